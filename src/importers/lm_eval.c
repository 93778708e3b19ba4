/*
 * See lm_eval.h. One line per filter: a filter other than "none" is a surface of its own, as the
 * tool itself keys its metrics "METRIC,FILTER". Lines of 2024 have neither `filter` nor `metrics`;
 * those of 2023 (version 0.3) stand in one list, see lm_eval_write_out.h. Totals without cases are
 * refused.
 */
#include "importers/lm_eval.h"

#include "base/json_write.h"
#include "importers/eval_head.h"
#include "importers/eval_lines.h"
#include "importers/eval_seen.h"
#include "importers/lm_eval_run.h"
#include "importers/lm_eval_write_out.h"

#include <math.h>

enum { METRIC_SIZE = 128, HEAD_SIZE = 64 * 1024, CASES_DEPTH = 1, FILTERS_MAX = 64 };

/* How many lines a filter has. */
struct filter_count {
    text surface; /* in the memory of `seen` */
    int64_t lines;
};

struct reading {
    struct eval_push push;
    struct lm_eval_run run;
    struct eval_seen seen;
    char metric[METRIC_SIZE]; /* the headline, chosen on the first line for all of them */
    int64_t not_scalar;       /* lines whose metrics are lists */
    struct filter_count filter[FILTERS_MAX];
    size_t filters;
    bool has_positions;
};

static const char *const samples_keys[] = { "\"doc_id\"", "\"target\"", NULL };
static const char *const results_keys[] = { "\"results\"", "\"versions\"", NULL };

bool lm_eval_recognise(text head, const char *file_name)
{
    (void)file_name;
    bool has_config = head_has_key(head, TEXT("\"config\"")) ||
                      head_has_key(head, TEXT("\"config_general\"")) ||
                      head_has_key(head, TEXT("\"configs\""));
    bool has_answers =
        head_has_key(head, TEXT("\"resps\"")) || head_has_key(head, TEXT("\"filtered_resps\""));
    return lm_eval_is_write_out(head) || (has_answers && head_is_object_with(head, samples_keys)) ||
           (has_config && head_is_object_with(head, results_keys));
}

/* ---- metrics ---- */

/* Keys of a line that are no metrics. */
static bool is_own_key(text key)
{
    static const char *const keys[] = { "doc_id",   "doc",         "target",     "arguments",
                                        "resps",    "filter",      "metrics",    "filtered_resps",
                                        "doc_hash", "prompt_hash", "target_hash" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_is(key, keys[i]))
            return true;
    return false;
}

static const struct json *metric_of(const struct json *object, text name)
{
    for (uint32_t i = 0; i < object->count; i++)
        if (text_equal(object->member[i].key, name) && !is_own_key(name))
            return &object->member[i].value;
    return NULL;
}

static bool is_scalar(const struct json *value)
{
    return value &&
           (json_is_number(value) || value->kind == JSON_BOOL || value->kind == JSON_NO_NUMBER);
}

/* A full score is a pass in these, and nothing else is. */
static const char *const verdict_metrics[] = { "acc", "exact_match", "pass@1", "pass_at_1" };

static bool is_verdict_metric(text name)
{
    for (size_t i = 0; i < sizeof verdict_metrics / sizeof *verdict_metrics; i++)
        if (text_is(name, verdict_metrics[i]))
            return true;
    return false;
}

/* The metric asked for, else one with verdicts, else the first that is a number. */
static text metric_choose(const struct eval_push *push, const struct json *object)
{
    text wanted = push->options->threshold_metric;
    if (wanted.at && is_scalar(metric_of(object, wanted)))
        return wanted;
    for (size_t i = 0; i < sizeof verdict_metrics / sizeof *verdict_metrics; i++)
        if (is_scalar(metric_of(object, text_of(verdict_metrics[i]))))
            return text_of(verdict_metrics[i]);
    for (uint32_t i = 0; i < object->count; i++)
        if (!is_own_key(object->member[i].key) && is_scalar(&object->member[i].value))
            return object->member[i].key;
    return TEXT_NONE;
}

static bool verdict_read(struct call *call, struct reading *reading, struct eval_line *line,
                         text metric, const struct json *value)
{
    bool is_lower = lm_eval_run_is_lower_better(&reading->run, metric);
    if (value->kind == JSON_NO_NUMBER)
        return true;
    line->score = value->kind == JSON_BOOL ? value->boolean : json_number(value);
    if (is_verdict_metric(metric) && !is_lower && (line->score == 0 || line->score == 1)) {
        line->verdict = line->score == 1 ? EVAL_PASS : EVAL_FAIL;
        return true;
    }
    if (!eval_push_judge(call, &reading->push, line, metric))
        return false;
    const struct eval_read_options *options = reading->push.options;
    if (is_lower && line->verdict != EVAL_UNSCORED)
        line->verdict = !options->has_threshold             ? EVAL_UNSCORED
                        : line->score <= options->threshold ? EVAL_PASS
                                                            : EVAL_FAIL;
    return true;
}

static bool metrics_read(struct call *call, struct reading *reading, const struct json *object,
                         struct eval_line *line)
{
    text metric = text_of(reading->metric);
    if (!metric.size) {
        metric = metric_choose(&reading->push, object);
        snprintf(reading->metric, sizeof reading->metric, "%.*s", TEXT_FMT(metric));
    }
    const struct json *value = metric.size ? metric_of(object, metric) : NULL;
    line->judge = metric.size ? metric : TEXT_NONE;
    if (is_scalar(value))
        return verdict_read(call, reading, line, metric, value);
    reading->not_scalar++;
    return true;
}

/* ---- lines ---- */

static bool case_read(struct call *call, struct reading *reading, const struct json *object,
                      struct eval_line *line)
{
    line->case_key = eval_text(object, "doc_hash");
    line->key_kind = line->case_key.at ? EVAL_KEY_CONTENT : EVAL_KEY_POSITION;
    reading->has_positions = reading->has_positions || !line->case_key.at;
    if (!line->case_key.at)
        line->case_key = eval_label(call, json_get(object, "doc_id"));
    if (!line->case_key.at)
        return call->fail.kind == FAIL_NONE &&
               fail_at(call, "doc_id", "the line must have 'doc_hash' or 'doc_id'");
    text place = call_format(call, "%.*s\n%.*s", TEXT_FMT(line->surface), TEXT_FMT(line->case_key));
    line->trial = place.at ? eval_seen_add(call, &reading->seen, place) : 0;
    return line->trial > 0;
}

static bool surface_read(struct call *call, const struct reading *reading,
                         const struct json *object, struct eval_line *line)
{
    text filter = eval_text(object, "filter");
    if (!filter.at || text_is(filter, "none") || reading->push.options->surface.at)
        return true;
    line->surface = call_format(call, "%.*s,%.*s", TEXT_FMT(line->surface), TEXT_FMT(filter));
    return line->surface.at != NULL;
}

/* The same case under another prompt is another question: the prompt's hash stays with it. */
static bool attributes_write(struct call *call, const struct json *object, struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    text hash = eval_text(object, "prompt_hash");
    if (!hash.at)
        return true;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    json_put_text(&writer, "prompt_hash", hash);
    json_object_end(&writer);
    line->attributes = out_view(&out);
    return line->attributes.at != NULL;
}

/* Of more filters than anybody has, the first are counted. */
static bool filter_count(struct call *call, struct reading *reading, text surface)
{
    for (size_t i = 0; i < reading->filters; i++)
        if (text_equal(reading->filter[i].surface, surface)) {
            reading->filter[i].lines++;
            return true;
        }
    if (reading->filters == FILTERS_MAX)
        return true;
    call_swap_memory(call, &reading->seen.memory);
    text copy = call_text(call, surface);
    call_swap_memory(call, &reading->seen.memory);
    if (copy.at)
        reading->filter[reading->filters++] = (struct filter_count){ copy, 1 };
    return copy.at != NULL;
}

/* The results count the cases of the task, of which each filter has a line. */
static bool counts_check(struct call *call, struct reading *reading, bool is_cut)
{
    const struct lm_eval_run *run = &reading->run;
    const struct eval_sink *sink = reading->push.sink;
    if (is_cut || isnan(run->told) || reading->push.bads)
        return true;
    for (size_t i = 0; i < reading->filters; i++) {
        const struct filter_count *filter = &reading->filter[i];
        if ((double)filter->lines == run->told)
            continue;
        text words = call_format(call,
                                 "the results of '%.*s' count %.0f cases and its samples are %lld: "
                                 "the run is partial and stays out of trends",
                                 TEXT_FMT(filter->surface), run->told, (long long)filter->lines);
        if (!eval_push_note(call, &reading->push, "totals_differ", words) ||
            !sink->partial(call, sink->to, run->line.suite, filter->surface, run->line.run))
            return false;
    }
    return true;
}

static bool line_take(struct call *call, void *to, const struct json *object, int64_t number)
{
    struct reading *reading = to;
    struct eval_line line = reading->run.line;
    const struct json *answers = json_get(object, "filtered_resps");
    bool has_answer = answers && answers->kind == JSON_LIST && answers->count;
    line.number = number;
    if (!surface_read(call, reading, object, &line) || !case_read(call, reading, object, &line) ||
        !metrics_read(call, reading, object, &line) || !attributes_write(call, object, &line))
        return false;
    line.input = eval_any(call, json_get(object, "doc"));
    line.expected = eval_any(call, json_get(object, "target"));
    line.output = eval_any(call, has_answer ? &answers->item[0] : answers);
    return call->fail.kind == FAIL_NONE && filter_count(call, reading, line.surface) &&
           eval_push_line(call, &reading->push, &line);
}

/* A results file that somebody gives by itself. */
static bool totals_refuse(struct call *call, const struct eval_push *push, text head)
{
    bool is_totals =
        head_is_object_with(head, results_keys) && !head_has_key(head, TEXT("\"doc_id\""));
    return !is_totals ||
           fail(call, FAIL_INVALID,
                "'%s' holds totals and no cases: give its samples_TASK_DATE.jsonl (of "
                "--log_samples), beside which it is read, or TASK_write_out_info.json (of "
                "--write_out, version 0.3)",
                source_facts(push->source)->name);
}

/* Not every metric of a run is a number, not every line has its document's hash. */
static bool oddities_tell(struct call *call, struct reading *reading)
{
    return (!reading->not_scalar ||
            eval_push_note(call, &reading->push, "no_scalar",
                           TEXT("metrics of lists are no scores of a case: it has no verdict"))) &&
           (!reading->has_positions ||
            eval_push_note(call, &reading->push, "position",
                           TEXT("lines without doc_hash are known by their position: another "
                                "document before them makes them others")));
}

static bool samples_read(struct call *call, struct reading *reading)
{
    struct eval_lines lines = {
        .push = &reading->push, .names = &reading->run.line, .to = reading, .take = line_take
    };
    return lm_eval_run_read(call, &reading->push, false, &reading->run) &&
           eval_lines_read(call, &lines) && oddities_tell(call, reading) &&
           counts_check(call, reading,
                        lines.is_cut || source_facts(reading->push.source)->is_cut) &&
           eval_push_end(call, &reading->push, &reading->run.line, lines.is_cut);
}

/* ---- the list of version 0.3 ---- */

static bool item_take(struct call *call, struct reading *reading, const struct json *item,
                      int64_t number)
{
    struct json line;
    struct eval_line names = reading->run.line;
    if (lm_eval_write_out_line(call, item, number, &line) &&
        line_take(call, reading, &line, number))
        return true;
    struct fail reason = call->fail;
    if (reason.kind != FAIL_INVALID)
        return false;
    fail_clear(call);
    text bytes = eval_any(call, item);
    if (call->fail.kind == FAIL_NONE)
        call->fail = reason;
    names.number = number;
    return eval_push_bad(call, &reading->push, &names, bytes);
}

static bool write_out_read(struct call *call, struct reading *reading)
{
    bool is_cut;
    struct json list;
    if (!eval_push_document(call, &reading->push, CASES_DEPTH, &list, &is_cut) ||
        !lm_eval_run_read(call, &reading->push, true, &reading->run))
        return false;
    for (uint32_t i = 0; i < list.count; i++)
        if (!item_take(call, reading, &list.item[i], (int64_t)i + 1))
            return false;
    return oddities_tell(call, reading) &&
           eval_push_end(call, &reading->push, &reading->run.line, is_cut);
}

bool lm_eval_read(struct call *call, struct source *source, const struct eval_read_options *options,
                  const struct eval_sink *sink)
{
    struct reading reading = { .not_scalar = 0 };
    text head;
    if (!eval_push_init(call, &reading.push, source, options, sink) ||
        !source_peek(call, source, HEAD_SIZE, &head) || !totals_refuse(call, &reading.push, head))
        return false;
    eval_seen_init(&reading.seen, call);
    bool done = lm_eval_is_write_out(head) ? write_out_read(call, &reading)
                                           : samples_read(call, &reading);
    eval_seen_release(&reading.seen);
    return done;
}

/*
 * See openai_evals.h. Events come in any order, and the final report may stand before them: lines
 * are pushed when all is read. Ids of samples are places after a shuffle, so that a case is known
 * by its first prompt where there is one.
 */
#include "importers/openai_evals.h"

#include "importers/eval_head.h"
#include "importers/eval_lines.h"
#include "importers/eval_seen.h"
#include "importers/openai_samples.h"

#include <math.h>

struct reading {
    struct eval_push push;
    struct openai_samples samples;
    struct eval_seen seen;
    struct eval_line run;
    struct arena memory; /* of the spec */
    bool has_spec, has_report, has_positions;
    double accuracy; /* as the final report says */
};

bool openai_evals_recognise(text head, const char *file_name)
{
    static const char *const spec[] = { "\"spec\"", "\"eval_name\"", NULL };
    static const char *const event[] = { "\"run_id\"", "\"sample_id\"", "\"event_id\"", NULL };
    (void)file_name;
    return head_is_object_with(head, spec) || head_is_object_with(head, event);
}

/* ---- the spec ---- */

static text models_of(struct call *call, const struct json *spec)
{
    struct out out;
    const struct json *list = json_get(spec, "completion_fns");
    if (!list || list->kind != JSON_LIST || list->count == 0)
        return eval_text(spec, "model_name");
    out_init(&out, call);
    for (uint32_t i = 0; i < list->count; i++) {
        if (i)
            out_char(&out, ',');
        out_text(&out, eval_label(call, &list->item[i]));
    }
    return out_view(&out);
}

/* A naive time here is UTC. */
static text created_of(struct call *call, const struct json *spec)
{
    stamp at;
    text created = text_trim(eval_text(spec, "created_at"));
    if (stamp_read(created, &at, NULL) != STAMP_WITHOUT_ZONE)
        return created;
    return call_format(call, "%.*sZ", TEXT_FMT(created));
}

static bool spec_read(struct call *call, struct reading *reading, const struct json *spec)
{
    text name = eval_text(spec, "eval_name"), base = eval_text(spec, "base_eval");
    struct eval_line *run = &reading->run;
    const struct content_part part[] = { { "run_config", json_get(spec, "run_config") } };
    run->model = models_of(call, spec);
    if (!eval_parameters(call, part, 1, &run->parameters))
        return false;
    reading->has_spec = eval_push_names(call, &reading->push, run, base.at ? base : name, name,
                                        eval_text(spec, "run_id"));
    return reading->has_spec &&
           eval_push_started(call, &reading->push, run, created_of(call, spec));
}

/* The spec outlives its line. */
static bool spec_take(struct call *call, struct reading *reading, const struct json *spec)
{
    struct eval_line *run = &reading->run;
    call_swap_memory(call, &reading->memory);
    bool done = spec_read(call, reading, spec);
    text *const words[] = { &run->suite, &run->surface,      &run->run,
                            &run->model, &run->started_zone, &run->parameters };
    for (size_t i = 0; done && i < sizeof words / sizeof *words; i++)
        if (words[i]->at)
            *words[i] = call_text(call, *words[i]);
    call_swap_memory(call, &reading->memory);
    return done && call->fail.kind == FAIL_NONE;
}

/* ---- lines ---- */

static bool line_take(struct call *call, void *to, const struct json *object, int64_t number)
{
    struct reading *reading = to;
    const struct json *spec = json_get(object, "spec");
    const struct json *report = json_get(object, "final_report");
    if (spec)
        return spec_take(call, reading, spec);
    if (report) {
        reading->has_report = true;
        reading->accuracy = eval_number(report, "accuracy");
        return true;
    }
    return openai_samples_add(call, &reading->samples, object, number,
                              reading->push.options->threshold_metric);
}

/* ---- samples ---- */

static bool sample_push(struct call *call, struct reading *reading,
                        const struct openai_sample *sample)
{
    struct eval_line line = reading->run;
    line.number = sample->number;
    line.case_key = sample->content.at ? sample->content : sample->id;
    line.key_kind = sample->content.at ? EVAL_KEY_CONTENT : EVAL_KEY_POSITION;
    reading->has_positions = reading->has_positions || !sample->content.at;
    line.trial = eval_seen_add(call, &reading->seen, line.case_key);
    line.model_served = sample->model;
    line.input = sample->input;
    line.output = sample->output;
    line.expected = sample->expected;
    line.error = sample->error;
    line.tokens_in = sample->tokens_in;
    line.tokens_out = sample->tokens_out;
    line.score = sample->score;
    if (!line.trial)
        return false;
    if (sample->has_match)
        line.verdict = sample->is_correct ? EVAL_PASS : EVAL_FAIL;
    else if (sample->error.at)
        line.verdict = EVAL_ERROR;
    else if (!eval_push_judge(call, &reading->push, &line, TEXT_NONE))
        return false;
    return eval_push_line(call, &reading->push, &line);
}

/* The report's own rate is held against the matches, which are what it is made of. */
static bool accuracy_check(struct call *call, struct reading *reading, bool is_cut)
{
    int64_t matches = 0, correct = 0;
    for (size_t i = 0; i < reading->samples.count; i++) {
        matches += reading->samples.sample[i].has_match;
        correct += reading->samples.sample[i].is_correct;
    }
    if (is_cut || !reading->has_report || isnan(reading->accuracy) || matches == 0 ||
        fabs((double)correct / (double)matches - reading->accuracy) < 1e-9)
        return true;
    reading->run.status = EVAL_RUN_PARTIAL;
    return eval_push_note(call, &reading->push, "totals_differ",
                          call_format(call, "the report's accuracy is %g, and %lld of %lld match",
                                      reading->accuracy, (long long)correct, (long long)matches));
}

static bool run_check(struct call *call, struct reading *reading)
{
    if (!reading->has_spec &&
        (!eval_push_names(call, &reading->push, &reading->run, TEXT_NONE, TEXT_NONE, TEXT_NONE) ||
         !eval_push_started(call, &reading->push, &reading->run, TEXT_NONE)))
        return false;
    if (reading->samples.count == 0)
        return fail(call, FAIL_INVALID, "'%s' holds no events of samples%s: give the whole log",
                    source_facts(reading->push.source)->name,
                    reading->has_report ? ", only totals" : "");
    if (reading->has_report)
        return true;
    reading->run.status = EVAL_RUN_PARTIAL;
    return eval_push_note(call, &reading->push, "started",
                          TEXT("the log has no final report: its run crashed or still goes on"));
}

static bool log_read(struct call *call, struct reading *reading)
{
    struct eval_lines lines = {
        .push = &reading->push, .names = &reading->run, .to = reading, .take = line_take
    };
    if (!eval_lines_read(call, &lines) || !run_check(call, reading) ||
        !accuracy_check(call, reading, lines.is_cut))
        return false;
    for (size_t i = 0; i < reading->samples.count; i++)
        if (!sample_push(call, reading, &reading->samples.sample[i]))
            return false;
    return (!reading->has_positions ||
            eval_push_note(call, &reading->push, "position",
                           TEXT("samples without a prompt are known by their place after the "
                                "shuffle: another sample makes them others"))) &&
           eval_push_end(call, &reading->push, &reading->run, lines.is_cut);
}

bool openai_evals_read(struct call *call, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink)
{
    struct reading reading = { .run = eval_push_blank(), .accuracy = NAN };
    if (!eval_push_init(call, &reading.push, source, options, sink))
        return false;
    openai_samples_init(&reading.samples, call);
    eval_seen_init(&reading.seen, call);
    arena_init(&reading.memory, call->arena.limit);
    bool done = log_read(call, &reading);
    arena_release(&reading.memory);
    eval_seen_release(&reading.seen);
    openai_samples_release(&reading.samples);
    return done;
}

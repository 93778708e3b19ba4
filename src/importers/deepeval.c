/*
 * See deepeval.h. The file knows neither its run nor its time: both are taken from its name. Names
 * like "test_case_0" are positions, so such cases are known by their input. A case whose metrics
 * broke has no verdict, whatever `success` says.
 */
#include "importers/deepeval.h"

#include "base/json_write.h"
#include "importers/content_key.h"
#include "importers/eval_head.h"
#include "importers/eval_push.h"
#include "importers/eval_seen.h"

#include <math.h>

enum { ROWS_DEPTH = 2 };

struct reading {
    struct eval_push push;
    struct eval_line names;
    struct eval_seen seen;
    const struct json *tree;
    bool has_shared_names; /* one name for different inputs: names tell no case */
    bool has_positions, is_cut;
    text judge;
    bool has_judges; /* more than one */
};

bool deepeval_recognise(text head, const char *file_name)
{
    static const char *const cases[] = { "\"testCases\"", NULL };
    (void)file_name;
    return head_is_object_with(head, cases) &&
           (head_has_key(head, TEXT("\"metricsData\"")) ||
            head_has_key(head, TEXT("\"metricsScores\"")) ||
            head_has_key(head, TEXT("\"testPassed\"")) ||
            head_has_key(head, TEXT("\"conversationalTestCases\"")));
}

/* ---- the case ---- */

static bool is_position_name(text name)
{
    static const char *const starts[] = { "test_case_", "conversational_test_case_" };
    int64_t number;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        text start = text_of(starts[i]);
        if (text_starts(name, start) && text_to_int(text_from(name, start.size), &number))
            return true;
    }
    return false;
}

/* A conversation is told apart by what it is about, else by what was said. */
static const struct json *input_of(const struct json *test)
{
    static const char *const keys[] = { "input", "scenario", "turns" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (eval_says(test, keys[i]))
            return json_get(test, keys[i]);
    return NULL;
}

static bool key_fill(struct call *call, struct reading *reading, const struct json *test,
                     struct eval_line *line)
{
    text name = eval_text(test, "name");
    const struct json *input = input_of(test);
    bool is_name_good = name.at && !is_position_name(name) && !reading->has_shared_names;
    if (is_name_good) {
        line->key_kind = EVAL_KEY_ID;
        line->case_key = name;
    } else if (input) {
        line->key_kind = EVAL_KEY_CONTENT;
        line->case_key = content_key(call, input);
    } else {
        reading->has_positions = true;
        line->key_kind = EVAL_KEY_POSITION;
        line->case_key = call_format(call, "case %lld", (long long)line->number);
    }
    if (!line->case_key.at)
        return false;
    line->trial = eval_seen_add(call, &reading->seen, line->case_key);
    return line->trial > 0;
}

/* ---- metrics ---- */

struct metrics {
    double score; /* of the only metric, or of the one asked for */
    uint32_t count;
    text failed; /* the first that says no */
    text error;  /* of the first that says nothing */
};

static bool is_true(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_BOOL && value->boolean;
}

static bool is_false(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_BOOL && !value->boolean;
}

/* Flaky metrics do not count for the case. */
static void metric_see(const struct json *metric, text wanted, struct metrics *metrics)
{
    text name = eval_text(metric, "name"), error = eval_text(metric, "error");
    double score = eval_number(metric, "score");
    if (is_true(metric, "flaky"))
        return;
    metrics->count++;
    if (metrics->count == 1 || text_equal(name, wanted))
        metrics->score = score;
    if (error.at || isnan(score) || !eval_says(metric, "success")) {
        if (!metrics->error.at)
            metrics->error = error.at ? error : TEXT("a metric gave no score");
    } else if (is_false(metric, "success") && !metrics->failed.at) {
        metrics->failed = name.at ? name : TEXT("metric");
    }
}

static struct metrics metrics_read(const struct json *test, text wanted)
{
    struct metrics metrics = { .score = NAN };
    bool has_wanted = false;
    const struct json *list = json_get(test, "metricsData");
    for (uint32_t i = 0; list && list->kind == JSON_LIST && i < list->count; i++) {
        metric_see(&list->item[i], wanted, &metrics);
        has_wanted = has_wanted || text_equal(eval_text(&list->item[i], "name"), wanted);
    }
    if (metrics.count > 1 && !(wanted.size && has_wanted))
        metrics.score = NAN;
    return metrics;
}

/* A metric that failed decides before one that broke; one that broke leaves no pass. */
static bool verdict_fill(struct call *call, const struct reading *reading, const struct json *test,
                         struct eval_line *line)
{
    struct metrics metrics = metrics_read(test, reading->push.options->threshold_metric);
    const struct json *success = json_get(test, "success");
    if (success && success->kind != JSON_BOOL && success->kind != JSON_NULL)
        return fail_at(call, "success", "'success' of test case %lld must be true, false or null",
                       (long long)line->number);
    line->score = metrics.score;
    if (is_true(test, "success") && !metrics.error.at) {
        line->verdict = EVAL_PASS;
    } else if (metrics.failed.at || (is_false(test, "success") && !metrics.error.at)) {
        line->verdict = EVAL_FAIL;
        line->failure = metrics.failed;
    } else if (metrics.error.at || metrics.count) {
        line->verdict = EVAL_ERROR;
        line->error = metrics.error.at ? metrics.error : TEXT("the case has no verdict");
    }
    return true;
}

/* ---- the rest of a case ---- */

static bool tags_fill(struct call *call, const struct json *test, struct eval_line *line)
{
    const struct json *tags = json_get(test, "tags");
    if (!tags || tags->kind != JSON_LIST)
        return true;
    text *tag = call_array(call, (size_t)tags->count + 1, sizeof *tag);
    for (uint32_t i = 0; tag && i < tags->count; i++)
        if (tags->item[i].kind == JSON_TEXT && tags->item[i].text.size &&
            !memchr(tags->item[i].text.at, '\n', tags->item[i].text.size))
            tag[line->tag_count++] = tags->item[i].text;
    line->tag = tag;
    return tag != NULL;
}

/* What the metrics said, by name; their cost is the judge's, not the case's. */
static bool attributes_fill(struct call *call, const struct json *test, struct eval_line *line)
{
    static const char *const kept[] = { "score",  "threshold", "success",       "flaky",
                                        "reason", "error",     "evaluationCost" };
    struct out out;
    struct json_writer writer;
    const struct json *list = json_get(test, "metricsData");
    if (!list || list->kind != JSON_LIST || list->count == 0)
        return true;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    json_key(&writer, "metrics");
    json_list(&writer);
    for (uint32_t i = 0; i < list->count; i++) {
        json_object(&writer);
        json_put_text(&writer, "name", eval_text(&list->item[i], "name"));
        for (size_t at = 0; at < sizeof kept / sizeof *kept; at++)
            if (eval_says(&list->item[i], kept[at])) {
                json_key(&writer, kept[at]);
                json_tree(&writer, json_get(&list->item[i], kept[at]));
            }
        json_object_end(&writer);
    }
    json_list_end(&writer);
    json_object_end(&writer);
    line->attributes = out_view(&out);
    return line->attributes.at != NULL;
}

static bool rest_fill(struct call *call, const struct json *test, struct eval_line *line)
{
    double seconds = eval_number(test, "completionTime");
    if (seconds > 0)
        line->latency_ms = seconds * 1000;
    line->input = eval_any(call, input_of(test));
    line->output = eval_any(call, json_get(test, "actualOutput"));
    line->expected = eval_any(call, json_get(test, "expectedOutput"));
    if (!line->expected.at)
        line->expected = eval_any(call, json_get(test, "expectedOutcome"));
    return tags_fill(call, test, line) && attributes_fill(call, test, line);
}

static bool test_push(struct call *call, struct reading *reading, const struct json *test,
                      int64_t number)
{
    struct eval_line line = reading->names;
    line.number = number;
    if (test->kind != JSON_OBJECT)
        fail(call, FAIL_INVALID, "test case %lld must be a JSON object", (long long)number);
    if (test->kind == JSON_OBJECT && key_fill(call, reading, test, &line) &&
        verdict_fill(call, reading, test, &line) && rest_fill(call, test, &line))
        return eval_push_line(call, &reading->push, &line);
    struct fail reason = call->fail;
    if (reason.kind != FAIL_INVALID)
        return false;
    fail_clear(call);
    text bytes = eval_any(call, test);
    if (call->fail.kind == FAIL_NONE)
        call->fail = reason;
    return eval_push_bad(call, &reading->push, &line, bytes);
}

/* ---- the file ---- */

static const char *const lists[] = { "testCases", "conversationalTestCases" };
enum { LISTS = sizeof lists / sizeof *lists };

typedef bool each_test(struct call *, struct reading *, const struct json *, int64_t number);

static bool tests_walk(struct call *call, struct reading *reading, each_test *each)
{
    int64_t number = 0;
    for (size_t at = 0; at < LISTS; at++) {
        const struct json *list = json_get(reading->tree, lists[at]);
        for (uint32_t i = 0; list && list->kind == JSON_LIST && i < list->count; i++) {
            if (!each(call, reading, &list->item[i], ++number))
                return false;
        }
    }
    return true;
}

static void judges_see(struct reading *reading, const struct json *test)
{
    const struct json *list = json_get(test, "metricsData");
    for (uint32_t i = 0; list && list->kind == JSON_LIST && i < list->count; i++) {
        text judge = eval_text(&list->item[i], "evaluationModel");
        if (!judge.at)
            continue;
        reading->has_judges =
            reading->has_judges || (reading->judge.at && !text_equal(reading->judge, judge));
        reading->judge = judge;
    }
}

/* A name that comes with several inputs comes more often than with this one. */
static bool test_see(struct call *call, struct reading *reading, const struct json *test,
                     int64_t number)
{
    (void)number;
    text name = eval_text(test, "name");
    const struct json *input = input_of(test);
    judges_see(reading, test);
    if (!name.at || is_position_name(name) || !input)
        return true;
    text key = content_key(call, input);
    text both = call_format(call, "%.*s\x1f%.*s", TEXT_FMT(name), TEXT_FMT(key));
    if (!key.at || !both.at)
        return false;
    int names = eval_seen_add(call, &reading->seen, name);
    int pairs = eval_seen_add(call, &reading->seen, both);
    reading->has_shared_names = reading->has_shared_names || names != pairs;
    return names > 0 && pairs > 0;
}

struct totals {
    double passed, failed;
    double told_passed, told_failed;
};

static struct totals totals_count(const struct json *tree)
{
    struct totals totals = { .told_passed = eval_number(tree, "testPassed"),
                             .told_failed = eval_number(tree, "testFailed") };
    for (size_t at = 0; at < LISTS; at++) {
        const struct json *list = json_get(tree, lists[at]);
        for (uint32_t i = 0; list && list->kind == JSON_LIST && i < list->count; i++) {
            totals.passed += is_true(&list->item[i], "success");
            totals.failed += !is_true(&list->item[i], "success");
        }
    }
    return totals;
}

static bool totals_check(struct call *call, struct reading *reading)
{
    struct totals totals = totals_count(reading->tree);
    const char *file = source_facts(reading->push.source)->name;
    if (totals.passed + totals.failed == 0 && eval_push_fail_early(call, &reading->push))
        return false;
    if (totals.passed + totals.failed == 0)
        return fail_at(call, "testCases",
                       "'%s' holds no test case: give the test_run file that DeepEval wrote", file);
    bool is_other = (!isnan(totals.told_passed) && totals.told_passed != totals.passed) ||
                    (!isnan(totals.told_failed) && totals.told_failed > totals.failed);
    if (!is_other || reading->is_cut)
        return true;
    reading->names.status = EVAL_RUN_PARTIAL;
    return eval_push_note(call, &reading->push, "totals",
                          call_format(call,
                                      "the file tells %.0f passed and %.0f failed and holds %.0f "
                                      "and %.0f: its run is partial and stays out of trends",
                                      totals.told_passed, totals.told_failed, totals.passed,
                                      totals.failed));
}

/* "test_run_20261116_070000" holds a local time. */
static text started_of_name(struct call *call, text name)
{
    text start = TEXT("test_run_"), digits = text_from(name, start.size);
    int64_t day, time;
    if (!text_starts(name, start) || digits.size < 15 || digits.at[8] != '_' ||
        !text_to_int(text_until(digits, 8), &day) ||
        !text_to_int(text_until(text_from(digits, 9), 6), &time) || day < 0 || time < 0)
        return TEXT_NONE;
    return call_format(call, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s", digits.at, digits.at + 4,
                       digits.at + 6, digits.at + 9, digits.at + 11, digits.at + 13);
}

/* Of several prompts none is the run's. */
static void prompt_take(struct eval_line *names, const struct json *prompts)
{
    if (!prompts || prompts->kind != JSON_LIST || prompts->count != 1)
        return;
    names->prompt = eval_text(&prompts->item[0], "alias");
    names->prompt_version = eval_text(&prompts->item[0], "version");
}

static bool names_take(struct call *call, struct reading *reading)
{
    const struct json *tree = reading->tree;
    const struct json *parameters = json_get(tree, "hyperparameters");
    text suite = eval_text(tree, "datasetAlias");
    if (!suite.at)
        suite = eval_text(tree, "testFile");
    reading->names.model = eval_text(parameters, "model");
    if (!reading->names.model.at)
        reading->names.model = eval_text(parameters, "Model");
    const struct content_part part[] = { { "hyperparameters", parameters } };
    prompt_take(&reading->names, json_get(tree, "prompts"));
    if (!eval_parameters(call, part, 1, &reading->names.parameters))
        return false;
    text started = started_of_name(call, reading->push.rules.run);
    return call->fail.kind == FAIL_NONE &&
           eval_push_names(call, &reading->push, &reading->names, suite, TEXT_NONE, TEXT_NONE) &&
           eval_push_started(call, &reading->push, &reading->names, started);
}

static bool notes_tell(struct call *call, struct reading *reading)
{
    if (reading->has_shared_names &&
        !eval_push_note(call, &reading->push, "shared_names",
                        TEXT("a name stands for different inputs: cases are known by their input")))
        return false;
    return !reading->has_positions ||
           eval_push_note(call, &reading->push, "position",
                          TEXT("cases without name and input are known by their position: another "
                               "one before them makes them others"));
}

static bool file_read(struct call *call, struct reading *reading)
{
    struct json *tree = call_new(call, struct json);
    if (!tree || !eval_push_document(call, &reading->push, ROWS_DEPTH, tree, &reading->is_cut))
        return false;
    reading->tree = tree;
    if (!totals_check(call, reading) || !names_take(call, reading) ||
        !tests_walk(call, reading, test_see))
        return false;
    if (!reading->has_judges)
        reading->names.judge = reading->judge;
    eval_seen_release(&reading->seen);
    eval_seen_init(&reading->seen, call);
    return tests_walk(call, reading, test_push) && notes_tell(call, reading) &&
           eval_push_end(call, &reading->push, &reading->names, reading->is_cut);
}

bool deepeval_read(struct call *call, struct source *source,
                   const struct eval_read_options *options, const struct eval_sink *sink)
{
    struct reading reading = { .names = eval_push_blank() };
    if (!eval_push_init(call, &reading.push, source, options, sink))
        return false;
    eval_seen_init(&reading.seen, call);
    bool is_done = file_read(call, &reading);
    eval_seen_release(&reading.seen);
    return is_done;
}

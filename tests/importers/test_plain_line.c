/* What one line of the plain shape means: each rule with the neighbour that it refuses. */
#include "support/eval_collect.h"

#include <math.h>

#define START "{\"suite\":\"s\",\"surface\":\"f\",\"run\":\"r\",\"case\":\"c\","

/* The line as collected; the reader's answer must be a line. */
static struct eval_line accepted(struct collected *all, const char *json,
                                 const struct eval_read_options *options)
{
    const struct eval_line *line = collect_one(all, json, options);
    if (!line)
        print_error("refused: %.*s\n", TEXT_FMT(all->bad[0].reason));
    assert_non_null(line);
    return *line;
}

static void refused(const char *json, const struct eval_read_options *options, const char *part)
{
    struct collected all;
    assert_null(collect_one(&all, json, options));
    if (!strstr(all.bad[0].reason.at, part))
        print_error("wanted '%s' in '%s'\n", part, all.bad[0].reason.at);
    assert_non_null(strstr(all.bad[0].reason.at, part));
    collected_release(&all);
}

static enum eval_verdict verdict_of(const char *json, const struct eval_read_options *options)
{
    struct collected all;
    enum eval_verdict verdict = accepted(&all, json, options).verdict;
    collected_release(&all);
    return verdict;
}

static void a_full_line_fills_every_member(void **state)
{
    (void)state;
    struct collected all;
    struct eval_line line = accepted(
        &all,
        "{\"suite\":\"support-bot\",\"surface\":\"refunds\",\"run\":\"2026-11-16-a\","
        "\"started_at\":\"2026-11-16T07:00:00Z\",\"case\":\"r-017\",\"pass\":false,\"score\":0.4,"
        "\"model\":\"m-large\",\"model_served\":\"m-large-2026-09-01\",\"agent\":\"ag\","
        "\"prompt\":\"refund\",\"prompt_version\":12,"
        "\"dataset_version\":\"d1\",\"judge\":\"rubric-3\",\"slice\":\"de\",\"tags\":[\"a\",\"b\"],"
        "\"cluster\":\"k\",\"trial\":1,\"latency_ms\":812,\"cost_usd\":0.0031,\"tokens_in\":911,"
        "\"tokens_out\":140,\"input\":\"i\",\"output\":{\"b\":[1,2.5]},\"expected\":\"e\","
        "\"failure\":\"parse_error\"}\n",
        NULL);
    assert_text(line.suite, "support-bot");
    assert_text(line.surface, "refunds");
    assert_text(line.run, "2026-11-16-a");
    assert_true(line.is_dated && line.started_at == TEST_NOW);
    assert_text(line.started_zone, "Z");
    assert_text(line.case_key, "r-017");
    assert_int_equal(line.key_kind, EVAL_KEY_ID);
    assert_int_equal(line.verdict, EVAL_FAIL);
    assert_true(line.score == 0.4 && line.latency_ms == 812 && line.cost_usd == 0.0031);
    assert_true(line.tokens_in == 911 && line.tokens_out == 140);
    assert_text(line.model, "m-large");
    assert_text(line.model_served, "m-large-2026-09-01");
    assert_text(line.agent, "ag");
    assert_text(line.prompt, "refund");
    assert_text(line.prompt_version, "12");
    assert_text(line.dataset_version, "d1");
    assert_text(line.judge, "rubric-3");
    assert_text(line.slice, "de");
    assert_int_equal(line.tag_count, 2);
    assert_text(line.tag[1], "b");
    assert_text(line.cluster, "k");
    assert_int_equal(line.trial, 1);
    assert_text(line.input, "i");
    assert_text(line.output, "{\"b\":[1,2.5]}");
    assert_text(line.expected, "e");
    assert_text(line.failure, "parse_error");
    assert_null(line.error.at);
    assert_null(line.attributes.at);
    assert_int_equal(line.number, 1);
    collected_release(&all);
}

static void what_is_not_said_is_unknown_and_never_zero(void **state)
{
    (void)state;
    struct collected all;
    struct eval_line line = accepted(
        &all,
        START "\"pass\":true,\"score\":null,\"latency_ms\":null,\"model\":null,\"trial\":null}\n",
        NULL);
    assert_true(isnan(line.score) && isnan(line.latency_ms) && isnan(line.cost_usd));
    assert_true(isnan(line.tokens_in) && isnan(line.tokens_out));
    assert_null(line.model.at);
    assert_null(line.model_served.at);
    assert_int_equal(line.trial, 0);
    assert_false(line.is_dated);
    collected_release(&all);
}

static void a_verdict_is_true_false_or_null(void **state)
{
    (void)state;
    assert_int_equal(verdict_of(START "\"pass\":true}\n", NULL), EVAL_PASS);
    assert_int_equal(verdict_of(START "\"pass\":false}\n", NULL), EVAL_FAIL);
    assert_int_equal(verdict_of(START "\"pass\":null}\n", NULL), EVAL_UNSCORED);
    refused(START "\"pass\":3}\n", NULL, "'pass' is 3; it must be true, false or null");
    refused(START "\"pass\":\"true\"}\n", NULL, "'pass'");
}

static void an_error_text_makes_an_error_unless_the_case_passed(void **state)
{
    (void)state;
    struct collected all;
    assert_int_equal(verdict_of(START "\"pass\":false,\"error\":\"timeout\"}\n", NULL), EVAL_ERROR);
    assert_int_equal(verdict_of(START "\"pass\":null,\"error\":\"timeout\"}\n", NULL), EVAL_ERROR);
    assert_int_equal(verdict_of(START "\"pass\":false,\"error\":\"\"}\n", NULL), EVAL_FAIL);
    assert_int_equal(verdict_of(START "\"pass\":false,\"failure\":\"x\"}\n", NULL), EVAL_FAIL);
    struct eval_line line = accepted(&all, START "\"pass\":true,\"error\":\"late\"}\n", NULL);
    assert_int_equal(line.verdict, EVAL_PASS);
    assert_text(line.error, "late");
    assert_int_equal(notes_of(&all, "pass_with_error"), 1);
    collected_release(&all);
}

static void pass_may_be_left_out_only_with_score_and_threshold(void **state)
{
    (void)state;
    const struct eval_read_options half = { .has_threshold = true, .threshold = 0.5 };
    assert_int_equal(verdict_of(START "\"score\":0.5}\n", &half), EVAL_PASS);
    assert_int_equal(verdict_of(START "\"score\":0.49}\n", &half), EVAL_FAIL);
    assert_int_equal(verdict_of(START "\"score\":0.9,\"pass\":null}\n", &half), EVAL_UNSCORED);
    refused(START "\"score\":0.5}\n", NULL, "no 'pass'");
    refused(START "\"model\":\"m\"}\n", &half, "no 'pass'");
    refused(START "\"score\":NaN}\n", &half, "no 'pass'");
}

static void case_is_a_text_or_an_integer_with_all_its_digits(void **state)
{
    (void)state;
    static const struct {
        const char *json, *key;
    } keys[] = {
        { "\"007\"", "007" },
        { "7", "7" },
        { "123456789012345678901234567890", "123456789012345678901234567890" },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct collected all;
        char json[200];
        snprintf(json, sizeof json, "{\"suite\":\"s\",\"run\":\"r\",\"pass\":true,\"case\":%s}\n",
                 keys[i].json);
        assert_text(accepted(&all, json, NULL).case_key, keys[i].key);
        collected_release(&all);
    }
    refused("{\"suite\":\"s\",\"run\":\"r\",\"pass\":true,\"case\":1.5}\n", NULL,
            "'case' is 1.5; it must be a text or an integer");
    refused("{\"suite\":\"s\",\"run\":\"r\",\"pass\":true,\"case\":\"\"}\n", NULL,
            "'case' is empty");
    refused("{\"suite\":\"s\",\"run\":\"r\",\"pass\":true}\n", NULL, "no 'case'");
    refused("{\"suite\":\"s\",\"run\":\"r\",\"pass\":true,\"case\":\"a\\u0000b\"}\n", NULL, "NUL");
}

static void a_trial_is_a_whole_number_from_one(void **state)
{
    (void)state;
    struct collected all;
    assert_int_equal(accepted(&all, START "\"pass\":true,\"trial\":5}\n", NULL).trial, 5);
    collected_release(&all);
    refused(START "\"pass\":true,\"trial\":0}\n", NULL,
            "'trial' is 0; it must be a whole number from 1");
    refused(START "\"pass\":true,\"trial\":1.5}\n", NULL, "'trial'");
    refused(START "\"pass\":true,\"trial\":\"1\"}\n", NULL, "'trial'");
    refused(START "\"pass\":true,\"trial\":4000000000}\n", NULL, "'trial'");
}

static void a_time_needs_a_zone_and_a_date_does_not(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options berlin = { .zone = TEXT("Europe/Berlin") };
    struct eval_line line =
        accepted(&all, START "\"pass\":true,\"started_at\":\"2026-11-16\"}\n", NULL);
    assert_true(line.is_dated && line.started_at == TEST_NOW - 7 * STAMP_HOUR);
    assert_null(line.started_zone.at);
    collected_release(&all);
    line =
        accepted(&all, START "\"pass\":true,\"started_at\":\"2026-11-16T03:00:00-04:00\"}\n", NULL);
    assert_true(line.started_at == TEST_NOW);
    assert_text(line.started_zone, "-04:00");
    collected_release(&all);
    line = accepted(&all, START "\"pass\":true,\"started_at\":\"2026-11-16T08:00:00\"}\n", &berlin);
    assert_true(line.started_at == TEST_NOW);
    assert_text(line.started_zone, "Europe/Berlin");
    collected_release(&all);
    refused(START "\"pass\":true,\"started_at\":\"2026-11-16T08:00:00\"}\n", NULL, "--zone");
    refused(START "\"pass\":true,\"started_at\":\"2026-02-30\"}\n", NULL, "must be a date");
    refused(START "\"pass\":true,\"started_at\":17}\n", NULL, "'started_at' is 17");
}

static void options_fill_only_what_a_line_does_not_say(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = {
        .suite = TEXT("S"),
        .surface = TEXT("F"),
        .run = TEXT("R"),
        .started_at = TEXT("2026-11-16"),
    };
    struct eval_line line = accepted(&all, "{\"case\":1,\"pass\":true}\n", &options);
    assert_text(line.suite, "S");
    assert_text(line.surface, "F");
    assert_text(line.run, "R");
    assert_true(line.is_dated);
    collected_release(&all);
    line = accepted(&all, START "\"started_at\":\"2026-11-17\",\"pass\":true}\n", &options);
    assert_text(line.suite, "s");
    assert_text(line.surface, "f");
    assert_text(line.run, "r");
    assert_true(line.started_at == TEST_NOW + 17 * STAMP_HOUR);
    collected_release(&all);
    refused("{\"case\":1,\"pass\":true}\n", NULL, "--suite");
    refused("{\"suite\":\"\",\"case\":1,\"pass\":true}\n", &options, "'suite' is empty");
    refused("{\"run\":\"\",\"case\":1,\"pass\":true}\n", &options, "'run' is empty");
}

static void without_a_name_the_surface_is_the_suite_and_the_run_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *file, *run;
    } names[] = {
        { "/data/2026-11-16-a.jsonl.gz", "2026-11-16-a" },
        { "gpt-4.1.jsonl", "gpt-4.1" },
        { "gpt-4.1", "gpt-4.1" },
        { ".jsonl", ".jsonl" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct collected all;
        collect(&all, "plain", names[i].file, TEXT("{\"suite\":\"s\",\"case\":1,\"pass\":true}\n"),
                NULL);
        assert_int_equal(all.lines, 1);
        assert_text(all.line[0].run, names[i].run);
        assert_text(all.line[0].surface, "s");
        collected_release(&all);
    }
    struct collected all;
    collect(&all, "plain", "standard input", TEXT("{\"suite\":\"s\",\"case\":1,\"pass\":true}\n"),
            NULL);
    assert_int_equal(all.bads, 1);
    assert_non_null(strstr(all.bad[0].reason.at, "--run"));
    collected_release(&all);
}

static void seconds_become_milliseconds_where_there_are_none(void **state)
{
    (void)state;
    struct collected all;
    assert_true(accepted(&all, START "\"pass\":true,\"duration_s\":1.5}\n", NULL).latency_ms ==
                1500);
    collected_release(&all);
    struct eval_line line =
        accepted(&all, START "\"pass\":true,\"duration_s\":1.5,\"latency_ms\":7}\n", NULL);
    assert_true(line.latency_ms == 7);
    assert_text(line.attributes, "{\"original_duration_s\":1.5}");
    collected_release(&all);
    refused(START "\"pass\":true,\"duration_s\":\"1.5\"}\n", NULL, "'duration_s'");
}

static void a_bare_nan_is_no_number_and_noted(void **state)
{
    (void)state;
    struct collected all;
    struct eval_line line =
        accepted(&all, START "\"pass\":true,\"score\":NaN,\"cost_usd\":-Infinity}\n", NULL);
    assert_true(isnan(line.score) && isnan(line.cost_usd));
    assert_int_equal(notes_of(&all, "no_number"), 1);
    collected_release(&all);
    refused(START "\"pass\":true,\"score\":\"NaN\"}\n", NULL, "'score' is \"NaN\"");
    refused(START "\"pass\":true,\"score\":\"abc\"}\n", NULL,
            "'score' is \"abc\"; it must be a number or null");
}

static void tokens_are_whole_numbers(void **state)
{
    (void)state;
    struct collected all;
    assert_true(accepted(&all, START "\"pass\":true,\"tokens_in\":911.0}\n", NULL).tokens_in ==
                911);
    collected_release(&all);
    refused(START "\"pass\":true,\"tokens_in\":1.5}\n", NULL, "'tokens_in' is 1.5");
    refused(START "\"pass\":true,\"tokens_out\":-1}\n", NULL, "'tokens_out' is -1");
}

static void tags_are_a_list_of_texts(void **state)
{
    (void)state;
    struct collected all;
    struct eval_line line =
        accepted(&all, START "\"pass\":true,\"tags\":[\"x;y\",\"\",\"z\"]}\n", NULL);
    assert_int_equal(line.tag_count, 2);
    assert_text(line.tag[0], "x;y");
    collected_release(&all);
    refused(START "\"pass\":true,\"tags\":\"x\"}\n", NULL,
            "'tags' is \"x\"; it must be a list of texts");
    refused(START "\"pass\":true,\"tags\":[\"x\",2]}\n", NULL, "item 2 of 'tags'");
}

static void other_keys_become_attributes_in_order_of_bytes(void **state)
{
    (void)state;
    struct collected all;
    struct eval_line line = accepted(
        &all,
        START "\"turns\":3,\"pass\":true,\"checks\":{\"b\":null,\"a\":[1]},\"weight\":null}\n",
        NULL);
    assert_text(line.attributes, "{\"checks\":{\"b\":null,\"a\":[1]},\"turns\":3}");
    assert_int_equal(notes_of(&all, "attribute_kept"), 2);
    assert_text(all.note[0].words, "other key 'checks' kept as an attribute");
    collected_release(&all);
}

static void a_wrong_type_is_named_with_what_was_expected(void **state)
{
    (void)state;
    refused("{\"suite\":3,\"case\":1,\"pass\":true}\n", NULL, "'suite' is 3; it must be a text");
    refused(START "\"pass\":true,\"model\":[1]}\n", NULL, "'model' is a list; it must be a text");
    refused(START "\"pass\":true,\"model_served\":4}\n", NULL,
            "'model_served' is 4; it must be a text");
    refused(START "\"pass\":true,\"prompt_version\":true}\n", NULL, "'prompt_version' is true");
    refused(START "\"pass\":true,\"error\":{}}\n", NULL, "'error' is an object");
}

static void options_that_hold_for_no_line_refuse_the_file(void **state)
{
    (void)state;
    static const struct {
        struct eval_read_options options;
        const char *part;
    } wrong[] = {
        { { .zone = TEXT("Mars/Base") }, "'Mars/Base' is not a time zone" },
        { { .started_at = TEXT("soon") }, "'started_at' is 'soon'" },
        { { .started_at = TEXT("2026-11-16T07:00:00") }, "--zone" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct collected all;
        collect(&all, "plain", "x.jsonl", TEXT(START "\"pass\":true}\n"), &wrong[i].options);
        assert_false(all.is_done);
        assert_refused(&all.call, FAIL_INVALID, wrong[i].part);
        collected_release(&all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_line_fills_every_member),
        cmocka_unit_test(what_is_not_said_is_unknown_and_never_zero),
        cmocka_unit_test(a_verdict_is_true_false_or_null),
        cmocka_unit_test(an_error_text_makes_an_error_unless_the_case_passed),
        cmocka_unit_test(pass_may_be_left_out_only_with_score_and_threshold),
        cmocka_unit_test(case_is_a_text_or_an_integer_with_all_its_digits),
        cmocka_unit_test(a_trial_is_a_whole_number_from_one),
        cmocka_unit_test(a_time_needs_a_zone_and_a_date_does_not),
        cmocka_unit_test(options_fill_only_what_a_line_does_not_say),
        cmocka_unit_test(without_a_name_the_surface_is_the_suite_and_the_run_the_file),
        cmocka_unit_test(seconds_become_milliseconds_where_there_are_none),
        cmocka_unit_test(a_bare_nan_is_no_number_and_noted),
        cmocka_unit_test(tokens_are_whole_numbers),
        cmocka_unit_test(tags_are_a_list_of_texts),
        cmocka_unit_test(other_keys_become_attributes_in_order_of_bytes),
        cmocka_unit_test(a_wrong_type_is_named_with_what_was_expected),
        cmocka_unit_test(options_that_hold_for_no_line_refuse_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

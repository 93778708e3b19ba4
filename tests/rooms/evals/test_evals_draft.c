/*
 * Lines gathered into runs, as an import of them shows: who agrees, who is partial, who is refused.
 */
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_draft.h"
#include "support/house.h"

#define LINE(run, number, pass) \
    "{\"suite\":\"s\",\"run\":\"" run "\",\"case\":\"" number "\",\"pass\":" pass "}\n"
#define SAID(run, number, more) \
    "{\"suite\":\"s\",\"run\":\"" run "\",\"case\":\"" number "\",\"pass\":true," more "}\n"

static void assert_word(struct test_house *test, const char *run, enum eval_run_field field,
                        const char *wanted)
{
    struct row row = test_run_row(test, run);
    if (wanted)
        assert_text(value_as_text(row.value[field]), wanted);
    else
        assert_true(value_is_null(row.value[field]));
}

static int64_t number_of(struct test_house *test, const char *run, enum eval_run_field field)
{
    return value_as_int(test_run_row(test, run).value[field]);
}

static void assert_run_refused(const struct import_report *report, const char *run,
                               const char *part)
{
    assert_int_equal(report->refused_count, 1);
    assert_text(report->refused[0].run, run);
    if (text_find(report->refused[0].reason, text_of(part)) == SIZE_MAX)
        print_error("wanted '%s', got '%.*s'\n", part, TEXT_FMT(report->refused[0].reason));
    assert_true(text_find(report->refused[0].reason, text_of(part)) != SIZE_MAX);
}

/* --- agreement --- */

static void a_line_that_does_not_say_takes_what_the_others_say(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        LINE("r", "1", "true") SAID("r", "2", "\"model\":\"m\",\"prompt\":\"p\"")
        LINE("r", "3", "true"), NULL);
    assert_int_equal(report.new_runs.count, 1);
    assert_int_equal(report.refused_count + report.bad_count, 0);
    assert_word(test, "r", EVAL_RUN_MODEL, "m");
    assert_word(test, "r", EVAL_RUN_PROMPT, "p");
    assert_word(test, "r", EVAL_RUN_AGENT, NULL);
    assert_int_equal(number_of(test, "r", EVAL_RUN_CASES), 3);
}

static void lines_that_disagree_on_model_agent_or_start_refuse_their_run_alone(void **state)
{
    static const struct {
        const char *first, *then, *part;
    } cases[] = {
        { "\"model\":\"a\"", "\"model\":\"b\"", "disagree on model: 'a' and 'b'" },
        { "\"agent\":\"a\"", "\"agent\":\"b\"", "disagree on agent: 'a' and 'b'" },
        { "\"started_at\":\"2026-11-16\"", "\"started_at\":\"2026-11-17\"",
          "disagree on started_at: '2026-11-16T00:00:00Z' and '2026-11-17T00:00:00Z'" },
        { "\"started_at\":\"2026-11-16\"", "\"score\":1", "'2026-11-16T00:00:00Z' and 'no date'" },
    };
    struct test_house *test = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text file = call_format(&test->call, SAID("bad", "1", "%s") SAID("bad", "2", "%s")
                                LINE("good%zu", "1", "true"), cases[i].first, cases[i].then, i);
        struct import_report report = test_import(test, "a.jsonl", file.at, NULL);
        assert_run_refused(&report, "bad", cases[i].part);
        assert_int_equal(report.new_runs.count, 1);
        assert_int_equal(import_report_exit(&report), 1);
    }
    assert_int_equal(test_count(test, "eval_runs WHERE run = 'bad'"), 0);
}

static void other_words_that_disagree_are_left_open_whatever_comes_later(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("r", "1", "\"prompt\":\"a\",\"dataset_version\":\"v\"")
        SAID("r", "2", "\"prompt\":\"b\",\"dataset_version\":\"v\"")
        SAID("r", "3", "\"prompt\":\"a\"") SAID("r", "4", "\"prompt\":\"c\""), NULL);
    assert_int_equal(report.new_runs.count, 1);
    assert_word(test, "r", EVAL_RUN_PROMPT, NULL);
    assert_word(test, "r", EVAL_RUN_DATASET_VERSION, "v");
    assert_text(test_note(&report, "mixed_words"),
                "the lines of run 'r' disagree on prompt: it is left open");
}

/* --- what only other formats say --- */

#define LOG(status, run, served)                                                           \
    "{\"status\":\"" status "\",\"eval\":{\"eval_id\":\"" run "\",\"task\":\"s\",\"model\":"   \
    "\"m\"},\"samples\":[{\"id\":1,\"epoch\":1,\"output\":{\"model\":\"" served "\"},\"scores\":" \
    "{\"x\":{\"value\":\"C\"}}}]}"

static void the_status_and_the_served_model_that_a_source_says_are_stored(void **state)
{
    static const struct {
        const char *word, *status;
    } words[] = { { "success", "complete" }, { "cancelled", "cancelled" },
                  { "error", "error" },      { "started", "partial" } };
    struct test_house *test = *state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        text log = call_format(&test->call, LOG("%s", "%s", "m-2026-09-01"), words[i].word,
                               words[i].word);
        struct import_report report = test_import(test, "log.json", log.at, NULL);
        assert_int_equal(report.new_runs.count, 1);
        assert_int_equal(import_report_exit(&report), 0);
        assert_word(test, words[i].word, EVAL_RUN_STATUS, words[i].status);
        assert_word(test, words[i].word, EVAL_RUN_MODEL, "m");
        assert_word(test, words[i].word, EVAL_RUN_MODEL_SERVED, "m-2026-09-01");
        report = test_import(test, "log.json", log.at, NULL);
        assert_int_equal(report.unchanged.count, 1);
    }
}

static void another_served_model_is_other_content(void **state)
{
    struct test_house *test = *state;
    test_import(test, "log.json", LOG("success", "r", "m-1"), NULL);
    struct import_report report =
        test_import(test, "log.json", LOG("success", "r", "m-2"), NULL);
    assert_run_refused(&report, "r", "model_served was 'm-1' and is 'm-2'");
}

static void a_line_of_the_plain_shape_tells_the_served_model_beside_the_asked_one(void **state)
{
    struct test_house *test = *state;
    struct import_report report =
        test_import(test, "a.jsonl",
                    SAID("r", "1", "\"model\":\"m\",\"model_served\":\"m-1\"")
                        LINE("r", "2", "true") SAID("mixed", "1", "\"model_served\":\"m-1\"")
                            SAID("mixed", "2", "\"model_served\":\"m-2\"")
                                SAID("asked", "1", "\"model\":\"m\""),
                    NULL);
    assert_int_equal(report.new_runs.count, 3);
    assert_word(test, "r", EVAL_RUN_MODEL, "m");
    assert_word(test, "r", EVAL_RUN_MODEL_SERVED, "m-1");
    assert_word(test, "mixed", EVAL_RUN_MODEL_SERVED, NULL);
    assert_text(test_note(&report, "mixed_words"),
                "the lines of run 'mixed' disagree on model_served: it is left open");
    assert_word(test, "asked", EVAL_RUN_MODEL_SERVED, NULL);
}

/* --- judges --- */

static void several_judges_make_a_run_each(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("r", "1", "\"judge\":\"A\"") SAID("r", "1", "\"judge\":\"B\"")
        SAID("r", "2", "\"judge\":\"A\"") LINE("r", "1", "false"), NULL);
    assert_int_equal(report.new_runs.count, 3);
    assert_non_null(test_note(&report, "several_judges").at);
    assert_int_equal(number_of(test, "r@A", EVAL_RUN_CASES), 2);
    assert_int_equal(number_of(test, "r@B", EVAL_RUN_CASES), 1);
    assert_int_equal(number_of(test, "r", EVAL_RUN_FAILED), 1);
    assert_word(test, "r@A", EVAL_RUN_JUDGE, "A");
    assert_word(test, "r", EVAL_RUN_JUDGE, NULL);
}

static void one_judge_leaves_the_name_alone(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("r", "1", "\"judge\":\"A\"") SAID("other", "1", "\"judge\":\"B\""), NULL);
    assert_int_equal(report.new_runs.count, 2);
    assert_null(test_note(&report, "several_judges").at);
    assert_word(test, "r", EVAL_RUN_JUDGE, "A");
}

/* --- repeats --- */

static void identical_lines_are_left_out_and_counted(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        LINE("r", "1", "true") LINE("r", "2", "true") LINE("r", "1", "true") LINE("r", "1", "true"),
        NULL);
    assert_int_equal(number_of(test, "r", EVAL_RUN_RESULTS), 2);
    assert_int_equal(report.bad_count, 0);
    assert_text(test_note(&report, "repeated_line"), "identical lines were left out");
    assert_int_equal(report.note[0].count, 2);
    assert_word(test, "r", EVAL_RUN_STATUS, "complete");
    assert_int_equal(import_report_exit(&report), 0);
}

static void another_result_of_a_case_goes_to_quarantine_and_the_first_stays(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        LINE("r", "1", "true") LINE("r", "2", "true")
        "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"1\",\"pass\":false,\"tags\":[\"a\",\"b\"],"
        "\"input\":\"question\",\"model\":\"m\"}\n", NULL);
    assert_int_equal(report.bad_count, 1);
    assert_int_equal(report.bad[0].line, 3);
    assert_text(report.bad[0].reason,
                "case '1' trial 1 stands in line 1 of this run already, with another result");
    assert_text(report.bad[0].bytes, /* all that it said, so that it can be replayed */
                "{\"suite\":\"s\",\"surface\":\"s\",\"run\":\"r\",\"case\":\"1\",\"pass\":false,"
                "\"model\":\"m\",\"tags\":[\"a\",\"b\"],\"trial\":1,\"input\":\"question\"}");
    assert_int_equal(number_of(test, "r", EVAL_RUN_PASSED), 2);
    assert_word(test, "r", EVAL_RUN_STATUS, "partial");
}

static void trials_are_told_apart(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("r", "1", "\"trial\":1") LINE("r", "1", "false") LINE("r", "1", "true")
        SAID("r", "2", "\"trial\":65537") SAID("r", "2", "\"trial\":1"), NULL);
    assert_int_equal(report.bad_count, 0);
    assert_int_equal(number_of(test, "r", EVAL_RUN_RESULTS), 5);
    assert_int_equal(number_of(test, "r", EVAL_RUN_CASES), 2);
    assert_int_equal(number_of(test, "r", EVAL_RUN_PASSED), 2); /* two of three pass */
}

/* --- bad lines --- */

static void assert_statuses(struct test_house *test, const char *a, const char *b)
{
    assert_word(test, "a", EVAL_RUN_STATUS, a);
    assert_word(test, "b", EVAL_RUN_STATUS, b);
}

#define BAD(run) "{\"suite\":\"s\",\"run\":\"" run "\",\"case\":\"9\",\"pass\":\"maybe\"}\n"

static void a_bad_line_makes_its_run_partial_and_no_other(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl", LINE("a", "1", "true") LINE("b", "1", "true") BAD("a"), NULL);
    assert_int_equal(report.bad_count, 1);
    assert_int_equal(report.new_runs.count, 2);
    assert_statuses(test, "partial", "complete");
    assert_non_null(test_note(&report, "partial").at);
}

static void a_bad_line_before_its_run_makes_it_partial_too(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                BAD("a") LINE("b", "1", "true")
                SAID("a", "1", "\"judge\":\"j\",\"started_at\":\"2026-11-16\""), NULL);
    assert_statuses(test, "partial", "complete");
    assert_word(test, "a", EVAL_RUN_JUDGE, "j");
    assert_false(value_is_null(test_run_row(test, "a").value[EVAL_RUN_STARTED_AT]));
}

static void a_bad_line_is_missing_from_the_runs_of_all_judges(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                SAID("r", "1", "\"judge\":\"A\"") BAD("r") SAID("r", "1", "\"judge\":\"B\""), NULL);
    assert_word(test, "r@A", EVAL_RUN_STATUS, "partial");
    assert_word(test, "r@B", EVAL_RUN_STATUS, "partial");
}

static void a_bad_line_that_tells_no_run_belongs_to_the_first(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                "no JSON at all\n" LINE("a", "1", "true") LINE("b", "1", "true"), NULL);
    assert_statuses(test, "partial", "complete");
}

static void runs_of_bad_lines_alone_are_not_made(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(test, "a.jsonl",
                                              LINE("a", "1", "true") BAD("b"), NULL);
    assert_int_equal(report.new_runs.count, 1);
    assert_int_equal(report.bad_count, 1);
    assert_int_equal(test_count(test, "eval_runs"), 1);
}

static void strict_refuses_the_run_of_a_bad_line_wherever_it_stands(void **state)
{
    struct test_house *test = *state;
    const struct import_options strict = { .strict = true };
    struct import_report report = test_import(
        test, "a.jsonl", LINE("a", "1", "true") LINE("b", "1", "true") BAD("a"), &strict);
    assert_run_refused(&report, "a", "strict: a line of it could not be read");
    report = test_import(test, "a.jsonl", BAD("c") LINE("c", "1", "true") LINE("d", "1", "true"),
                         &strict);
    assert_run_refused(&report, "c", "strict: a line of it could not be read");
    report = test_import(test, "a.jsonl", LINE("e", "1", "true") LINE("e", "1", "false"), &strict);
    assert_run_refused(&report, "e", "strict: a case stands in it twice");
    assert_int_equal(test_count(test, "eval_runs"), 2);
}

static void a_cut_file_leaves_its_last_run_partial(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl", LINE("b", "1", "true") LINE("a", "1", "true")
        "{\"suite\":\"s\",\"run\":\"a\",\"case\":\"2\",\"pa", NULL);
    assert_statuses(test, "partial", "complete");
    assert_non_null(test_note(&report, "cut").at);
    assert_int_equal(report.bad_count, 1);
}

/* --- names --- */

static void names_that_no_row_can_hold_are_bad_lines(void **state)
{
    struct test_house *test = *state;
    struct call *call = &test->call;
    char *key = call_take(call, 5001);
    memset(key, 'k', 5000);
    text file = call_format(call, LINE("a", "1", "true") LINE("a", "%s", "true")
                            LINE("a", "2", "true") LINE("b", "%s", "true") LINE("%s", "1", "true"),
                            key, key, key);
    struct import_report report = test_import(test, "a.jsonl", file.at, NULL);
    assert_int_equal(report.bad_count, 3);
    assert_int_equal(report.new_runs.count, 1);
    assert_true(text_find(report.bad[0].reason, TEXT("4096")) != SIZE_MAX);
    assert_int_equal(number_of(test, "a", EVAL_RUN_CASES), 2);
    assert_word(test, "a", EVAL_RUN_STATUS, "partial");
}

static void a_key_of_a_run_can_be_read_back(void **state)
{
    (void)state;
    struct call call;
    text suite, surface, run;
    test_call_init(&call);
    run_key_read(run_key(&call, TEXT("s s"), TEXT("/"), TEXT("r@j")), &suite, &surface, &run);
    assert_text(suite, "s s");
    assert_text(surface, "/");
    assert_text(run, "r@j");
    run_key_read(TEXT(""), &suite, &surface, &run);
    assert_null(suite.at);
    assert_null(surface.at);
    assert_null(run.at);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(a_line_that_does_not_say_takes_what_the_others_say),
        WITH_HOUSE(lines_that_disagree_on_model_agent_or_start_refuse_their_run_alone),
        WITH_HOUSE(other_words_that_disagree_are_left_open_whatever_comes_later),
        WITH_HOUSE(the_status_and_the_served_model_that_a_source_says_are_stored),
        WITH_HOUSE(another_served_model_is_other_content),
        WITH_HOUSE(a_line_of_the_plain_shape_tells_the_served_model_beside_the_asked_one),
        WITH_HOUSE(several_judges_make_a_run_each),
        WITH_HOUSE(one_judge_leaves_the_name_alone),
        WITH_HOUSE(identical_lines_are_left_out_and_counted),
        WITH_HOUSE(another_result_of_a_case_goes_to_quarantine_and_the_first_stays),
        WITH_HOUSE(trials_are_told_apart),
        WITH_HOUSE(a_bad_line_makes_its_run_partial_and_no_other),
        WITH_HOUSE(a_bad_line_before_its_run_makes_it_partial_too),
        WITH_HOUSE(a_bad_line_is_missing_from_the_runs_of_all_judges),
        WITH_HOUSE(a_bad_line_that_tells_no_run_belongs_to_the_first),
        WITH_HOUSE(runs_of_bad_lines_alone_are_not_made),
        WITH_HOUSE(strict_refuses_the_run_of_a_bad_line_wherever_it_stands),
        WITH_HOUSE(a_cut_file_leaves_its_last_run_partial),
        WITH_HOUSE(names_that_no_row_can_hold_are_bad_lines),
        cmocka_unit_test(a_key_of_a_run_can_be_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

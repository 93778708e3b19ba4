/* Logs of OpenAI evals: events in any order, gathered by sample. */
#include "support/eval_collect.h"

#include <math.h>

#define SPEC                                                                                       \
    "{\"spec\":{\"completion_fns\":[\"a\",\"b\"],\"eval_name\":\"e.s.v\",\"base_eval\":\"e\","     \
    "\"run_id\":\"R\",\"created_at\":\"2026-11-16 07:00:00\"}}\n"
#define REPORT(accuracy) "{\"final_report\":{\"accuracy\":" accuracy "}}\n"
#define EVENT(id, type, data)                                                                      \
    "{\"run_id\":\"R\",\"event_id\":0,\"sample_id\":\"" id "\",\"type\":\"" type                   \
    "\",\"data\":" data "}\n"
#define MATCH(id, correct) EVENT(id, "match", "{\"correct\":" correct "}")

static void read_log(struct collected *all, const char *log)
{
    collect(all, "openai-evals", "log.jsonl", text_of(log), NULL);
}

static void events_of_a_sample_make_one_line(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "openai-evals", "openai_evals/log.jsonl", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 4);
    assert_int_equal(all.bads + all.cuts, 0);
    const struct eval_line *first = &all.line[0];
    assert_text(first->suite, "sums");
    assert_text(first->surface, "sums.dev.v0");
    assert_text(first->run, "2611160000AB");
    assert_text(first->model, "m-large");
    assert_text(first->model_served, "m-large-2026");
    assert_text(first->started_zone, "Z");
    assert_int_equal(first->status, EVAL_RUN_COMPLETE);
    assert_int_equal(first->key_kind, EVAL_KEY_CONTENT);
    assert_int_equal(first->verdict, EVAL_PASS);
    assert_true(first->tokens_in == 5 && first->tokens_out == 1);
    assert_true(isnan(first->latency_ms) && isnan(first->cost_usd));
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_text(all.line[1].expected, "4");
    assert_text(all.line[1].output, "5");
    assert_int_equal(all.line[2].verdict, EVAL_ERROR);
    assert_text(all.line[2].error, "timed out");
    collected_release(&all);
}

/* The same prompt twice is the same case, tried twice; without a prompt only the place is known. */
static void a_case_is_its_prompt_and_else_its_place(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "openai-evals", "openai_evals/log.jsonl", NULL);
    assert_true(text_equal(all.line[1].case_key, all.line[3].case_key));
    assert_int_equal(all.line[1].trial, 1);
    assert_int_equal(all.line[3].trial, 2);
    collected_release(&all);
    read_log(&all, SPEC REPORT("1") MATCH("e.s.0", "true"));
    assert_text(all.line[0].case_key, "e.s.0");
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_POSITION);
    assert_int_equal(notes_of(&all, "position"), 1);
    assert_text(all.line[0].model, "a,b");
    collected_release(&all);
}

static void a_metric_alone_needs_a_threshold(void **state)
{
    const struct eval_read_options options = { .has_threshold = true,
                                               .threshold = 0.7,
                                               .threshold_metric = TEXT("score") };
    struct collected all;
    (void)state;
    collect_file(&all, "openai-evals", "openai_evals/log.jsonl", NULL);
    assert_int_equal(all.line[3].verdict, EVAL_UNSCORED);
    assert_true(all.line[3].score == 0.75);
    assert_int_equal(notes_of(&all, "no_threshold"), 1);
    collected_release(&all);
    collect_file(&all, "openai-evals", "openai_evals/log.jsonl", &options);
    assert_int_equal(all.line[3].verdict, EVAL_PASS);
    assert_int_equal(notes_of(&all, "no_threshold"), 0);
    collected_release(&all);
}

static void without_a_report_the_run_has_crashed(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "openai-evals", "openai_evals/crashed.jsonl", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    assert_int_equal(notes_of(&all, "started"), 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "2611160000AB");
    collected_release(&all);
}

static void a_report_of_other_totals_keeps_the_run_out(void **state)
{
    struct collected all;
    (void)state;
    read_log(&all, SPEC REPORT("0.9") MATCH("1", "true") MATCH("2", "false"));
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    assert_int_equal(notes_of(&all, "totals_differ"), 1);
    collected_release(&all);
    read_log(&all, SPEC REPORT("0.5") MATCH("1", "true") MATCH("2", "false"));
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    collected_release(&all);
}

static void events_that_cannot_be_used_are_bad_lines(void **state)
{
    struct collected all;
    (void)state;
    read_log(
        &all,
        SPEC MATCH("1", "true") MATCH("1", "false") MATCH(
            "2", "\"yes\"") "{\"type\":\"match\",\"data\":{\"correct\":true}}\n[1]\n" REPORT("1"));
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.bads, 4);
    assert_text(all.bad[0].reason, "sample '1' was correct on line 2 and is the opposite here: "
                                   "keep one of the two lines");
    assert_text(all.bad[1].reason, "the match of sample '2' must have 'correct', true or false");
    assert_text(all.bad[2].reason, "the event must have a 'sample_id'");
    assert_text(all.bad[3].reason, "the line must be a JSON object");
    assert_text(all.bad[0].run, "R");
    collected_release(&all);
}

static void totals_without_events_are_refused(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "openai-evals", "openai_evals/totals.jsonl", NULL);
    assert_refused(&all.call, FAIL_INVALID, "holds no events of samples, only totals");
    collected_release(&all);
    read_log(&all, "noise\n");
    assert_refused(&all.call, FAIL_INVALID, "'log.jsonl' holds no line that can be read");
    collected_release(&all);
    read_log(&all, MATCH("1", "true"));
    assert_refused(&all.call, FAIL_INVALID, "'log.jsonl' names no suite: give one with --suite");
    collected_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_of_a_sample_make_one_line),
        cmocka_unit_test(a_case_is_its_prompt_and_else_its_place),
        cmocka_unit_test(a_metric_alone_needs_a_threshold),
        cmocka_unit_test(without_a_report_the_run_has_crashed),
        cmocka_unit_test(a_report_of_other_totals_keeps_the_run_out),
        cmocka_unit_test(events_that_cannot_be_used_are_bad_lines),
        cmocka_unit_test(totals_without_events_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

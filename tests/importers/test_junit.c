/* JUnit XML: what is a verdict, what is a trial, whose counts count, and XML that is refused. */
#include "base/out.h"
#include "support/eval_collect.h"

#include <math.h>

static void children_say_the_verdict_and_an_error_is_none(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "junit", "junit/nested.xml", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 7);
    const struct eval_line *part = line_of_case(&all, "api.Refund.part", 1);
    assert_int_equal(part->verdict, EVAL_FAIL);
    assert_text(part->failure, "AssertionError");
    assert_true(text_find(part->attributes, TEXT("2 != 3 & more")) != SIZE_MAX);
    const struct eval_line *down = line_of_case(&all, "api.Refund.down", 1);
    assert_int_equal(down->verdict, EVAL_ERROR); /* though it holds a failure as well */
    assert_text(down->error, "connection refused");
    assert_int_equal(line_of_case(&all, "api.Refund.later", 1)->verdict, EVAL_SKIPPED);
    assert_int_equal(line_of_case(&all, "api.Refund.flaky", 1)->verdict, EVAL_PASS);
    assert_int_equal(notes_of(&all, "flaky"), 1);
    collected_release(&all);
}

static void names_times_and_properties_are_those_of_the_suites_around(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "junit", "junit/nested.xml", NULL);
    const struct eval_line *full = line_of_case(&all, "api.Refund.full", 1);
    assert_text(full->suite, "nightly");
    assert_text(full->run, "nested");
    assert_text(full->model, "m-large");
    assert_true(full->is_dated);
    assert_text(full->started_zone, "+01:00");
    assert_true(full->latency_ms == 1500);
    assert_null(full->slice.at);
    const struct eval_line *scored = line_of_case(&all, "api.Refund.scored", 1);
    assert_true(scored->score == 0.5 && isnan(full->score));
    assert_text(scored->slice, "deep");
    assert_text(scored->model, "m-large");
    assert_true(isnan(scored->latency_ms));
    collected_release(&all);
}

static void the_same_test_again_is_another_trial(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "junit", "junit/nested.xml", NULL);
    const struct eval_line *again = line_of_case(&all, "api.Refund.full", 2);
    assert_int_equal(again->verdict, EVAL_FAIL);
    assert_true(text_find(again->attributes, TEXT("\"reason\":\"a < b\"")) != SIZE_MAX);
    collected_release(&all);
}

static void wrong_counts_are_told_and_a_test_without_name_is_a_bad_line(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "junit", "junit/nested.xml", NULL);
    assert_int_equal(notes_of(&all, "totals"), 1);
    assert_int_equal(all.bads, 1);
    assert_non_null(strstr(all.bad[0].reason.at, "must have a name"));
    collected_release(&all);
}

static void tests_outside_of_suites_are_those_of_the_file(void **state)
{
    (void)state;
    struct collected all;
    collect(&all, "junit", "x.xml",
            TEXT("<testsuites name=\"all\" tests=\"2\"><testcase name=\"loose\"><failure/>"
                 "</testcase><testsuite name=\"s\"><testcase name=\"a\"/></testsuite>"
                 "</testsuites>"),
            NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_int_equal(line_of_case(&all, "loose", 1)->verdict, EVAL_FAIL);
    assert_text(line_of_case(&all, "loose", 1)->suite, "all");
    assert_text(line_of_case(&all, "a", 1)->suite, "all");
    assert_int_equal(notes_of(&all, "totals"), 0);
    collected_release(&all);
}

/* Bytes were decoded before: what the document says of them is not done twice. */
static void the_declared_encoding_does_not_count(void **state)
{
    (void)state;
    struct collected all;
    collect(&all, "junit", "x.xml",
            TEXT("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
                 "<testsuite name=\"s\"><testcase name=\"caf\xC3\xA9\"/></testsuite>"),
            NULL);
    assert_done(&all.call, all.is_done);
    assert_text(all.line[0].case_key, "caf\xC3\xA9");
    collected_release(&all);
}

static void right_counts_are_not_told(void **state)
{
    (void)state;
    struct collected all;
    collect(&all, "junit", "x.xml",
            TEXT("<testsuite name=\"s\" tests=\"2\" failures=\"0\" skip=\"1\">"
                 "<testcase name=\"a\"/><testcase name=\"b\"><skipped/></testcase></testsuite>"),
            NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.notes, 0);
    collected_release(&all);
}

static void cases_of_promptfoo_are_known_by_their_description(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "junit", "junit/promptfoo.junit.xml", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 3);
    assert_text(all.line[0].case_key, "refunds");
    assert_text(all.line[0].surface, "openai:m-large");
    assert_text(all.line[2].surface, "openai:m-small");
    assert_text(all.line[2].model, "openai:m-small");
    assert_int_equal(all.line[2].trial, 1);
    collected_release(&all);
}

/* Written by promptfoo itself: see tests/fixtures/README.md. */
static void two_prompts_of_one_provider_are_two_surfaces_and_not_trials(void **state)
{
    (void)state;
    static const char *const surfaces[] = { "broken", "echo-a / prompt 1", "echo-a / prompt 2" };
    struct collected all;
    collect_file(&all, "junit", "junit/echo.junit.xml", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 24);
    assert_int_equal(all.bads + all.cuts, 0);
    int passes = 0, errors = 0;
    for (int i = 0; i < all.lines; i++) {
        assert_text(all.line[i].suite, "promptfoo");
        assert_text(all.line[i].surface, surfaces[i / 8]);
        assert_true(all.line[i].is_dated);
        assert_int_equal(all.line[i].trial, i % 8 < 6 ? i % 2 + 1 : 1);
        passes += all.line[i].verdict == EVAL_PASS;
        errors += all.line[i].verdict == EVAL_ERROR;
    }
    assert_int_equal(passes, 8);
    assert_int_equal(errors, 8);
    assert_int_equal(notes_of(&all, "prompt_number"), 1);
    assert_int_equal(notes_of(&all, "totals"), 0);
    collected_release(&all);
}

static void tests_without_a_description_are_known_by_their_number_and_it_is_told(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "junit", "junit/echo_one.junit.xml", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 4);
    assert_text(all.line[2].case_key, "test 3");
    assert_int_equal(all.line[2].key_kind, EVAL_KEY_POSITION);
    assert_int_equal(all.line[2].verdict, EVAL_FAIL);
    assert_text(all.line[2].surface, "echo");
    assert_int_equal(notes_of(&all, "position"), 1);
    assert_int_equal(notes_of(&all, "prompt_number"), 0);
    collected_release(&all);
}

static void a_file_that_is_cut_keeps_its_whole_tests(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "junit", "junit/cut.xml", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "cut");
    collected_release(&all);
}

static void refuses_file(const char *name, const char *words)
{
    struct collected all;
    collect_file(&all, "junit", name, NULL);
    assert_false(all.is_done);
    assert_int_equal(all.call.fail.kind, FAIL_INVALID);
    assert_non_null(strstr(all.call.fail.sentence, words));
    assert_non_null(strstr(all.call.fail.sentence, name));
    collected_release(&all);
}

static void refuses(text bytes, const char *words)
{
    struct collected all;
    collect(&all, "junit", "x.xml", bytes, NULL);
    assert_false(all.is_done);
    assert_int_equal(all.call.fail.kind, FAIL_INVALID);
    assert_non_null(strstr(all.call.fail.sentence, words));
    collected_release(&all);
}

static void document_types_and_entities_are_refused(void **state)
{
    (void)state;
    refuses_file("junit/bomb.xml", "document type");
    refuses(TEXT("<testsuite name=\"s\"><testcase name=\"&own;\"/></testsuite>"), "own");
    refuses(TEXT("<testsuite name=\"s\"><testcase name=\"a\">&own;</testcase></testsuite>"), "own");
    refuses(TEXT("<!DOCTYPE testsuite SYSTEM \"file:///etc/passwd\"><testsuite/>"),
            "document type");
}

static void what_is_no_junit_is_refused_with_its_line(void **state)
{
    (void)state;
    refuses_file("junit/broken.xml", "line 2");
    refuses_file("junit/dump.xml", ".junit.xml");
    refuses(TEXT(""), "is empty");
    refuses(TEXT("<testsuite name=\"s\"></testsuite>"), "holds no testcase");
    refuses(TEXT("<testsuites><testsuite><testcase name=\"a\"/></testsuite></testsuites>"),
            "--suite");
    refuses(TEXT("<testsuite name=\"\xff\"><testcase name=\"a\"/></testsuite>"), "--encoding");
    refuses(TEXT("just words"), "not XML");
}

static text nested(struct call *call, int depth)
{
    struct out out;
    out_init(&out, call);
    for (int i = 0; i < depth; i++)
        out_string(&out, "<testsuite name=\"s\">");
    out_string(&out, "<testcase name=\"a\"/>");
    for (int i = 0; i < depth; i++)
        out_string(&out, "</testsuite>");
    return out_view(&out);
}

static void deep_nesting_is_refused_and_less_of_it_is_read(void **state)
{
    (void)state;
    struct call call;
    struct collected all;
    test_call_init(&call);
    collect(&all, "junit", "x.xml", nested(&call, 63), NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    collected_release(&all);
    refuses(nested(&call, 70), "64 elements deep");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_say_the_verdict_and_an_error_is_none),
        cmocka_unit_test(names_times_and_properties_are_those_of_the_suites_around),
        cmocka_unit_test(the_same_test_again_is_another_trial),
        cmocka_unit_test(wrong_counts_are_told_and_a_test_without_name_is_a_bad_line),
        cmocka_unit_test(tests_outside_of_suites_are_those_of_the_file),
        cmocka_unit_test(the_declared_encoding_does_not_count),
        cmocka_unit_test(right_counts_are_not_told),
        cmocka_unit_test(cases_of_promptfoo_are_known_by_their_description),
        cmocka_unit_test(two_prompts_of_one_provider_are_two_surfaces_and_not_trials),
        cmocka_unit_test(tests_without_a_description_are_known_by_their_number_and_it_is_told),
        cmocka_unit_test(a_file_that_is_cut_keeps_its_whole_tests),
        cmocka_unit_test(document_types_and_entities_are_refused),
        cmocka_unit_test(what_is_no_junit_is_refused_with_its_line),
        cmocka_unit_test(deep_nesting_is_refused_and_less_of_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

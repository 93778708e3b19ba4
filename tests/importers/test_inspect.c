/* Logs of Inspect: what a value means, which status a run has, and both containers. */
#include "support/eval_collect.h"
#include "support/zip_make.h"

#include <math.h>

#define HEAD                                                                                       \
    "{\"version\":2,\"status\":\"success\",\"eval\":{\"eval_id\":\"e\",\"task\":\"t\","            \
    "\"created\":\"2026-11-16T07:00:00+00:00\",\"model\":\"m\",\"scorers\":[{\"name\":\"x\"}]},"   \
    "\"plan\":{\"steps\":[]}"
#define SAMPLE(id, value) "{\"id\":" id ",\"epoch\":1,\"scores\":{\"x\":{\"value\":" value "}}}"

static const struct eval_read_options with_threshold = { .has_threshold = true,
                                                         .threshold = 0.5,
                                                         .threshold_metric = TEXT("x") };

static void read_document(struct collected *all, const char *json,
                          const struct eval_read_options *options)
{
    collect(all, "inspect", "log.json", text_of(json), options);
}

static void samples_become_lines_with_all_that_is_known(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "inspect", "inspect/success.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 10);
    assert_int_equal(all.bads + all.cuts, 0);
    const struct eval_line *line = line_of_case(&all, "1", 1);
    assert_text(line->suite, "arith");
    assert_text(line->surface, "sums");
    assert_text(line->run, "ev1");
    assert_true(line->is_dated);
    assert_true(line->started_at == TEST_NOW - 2 * STAMP_HOUR - STAMP_HOUR / 2);
    assert_text(line->started_zone, "-05:00");
    assert_int_equal(line->status, EVAL_RUN_COMPLETE);
    assert_text(line->model, "openai/m-large");
    assert_text(line->model_served, "m-large-2026-09-01");
    assert_text(line->judge, "match");
    assert_text(line->harness_version, "0.3.210");
    assert_int_equal(line->prompt_version.size, 16);
    assert_text(line->git_commit, "abc123");
    assert_text(line->parameters, "{\"config\":{\"limit\":10,\"epochs\":2,"
                                  "\"epochs_reducer\":[\"mean\"]}}");
    assert_int_equal(line->dataset_cases, 12);
    assert_true(line->latency_ms == 500);
    assert_true(line->tokens_in == 10 && line->tokens_out == 2); /* the judge's are not its own */
    assert_text(line->output, "2");
    assert_int_equal(line->key_kind, EVAL_KEY_ID);
    assert_text(line_of_case(&all, "lim", 1)->input, "a very long question");
    assert_int_equal(notes_of(&all, "invalid"), 1);
    assert_int_equal(notes_of(&all, "no_number"), 1);
    collected_release(&all);
}

static void a_judges_explanation_is_its_reason(void **state)
{
    struct collected all;
    (void)state;
    read_document(
        &all,
        HEAD ",\"samples\":["
             "{\"id\":1,\"epoch\":1,\"scores\":{\"x\":{\"value\":\"I\","
             "\"explanation\":\" names no date \"},\"y\":{\"value\":\"C\","
             "\"explanation\":\"of another\"}}},"
             "{\"id\":2,\"epoch\":1,\"scores\":{\"x\":{\"value\":\"C\","
             "\"explanation\":\"attachment://aa\"}},\"attachments\":{\"aa\":\"a long reason\"}},"
             "{\"id\":3,\"epoch\":1,\"scores\":{\"x\":{\"value\":\"C\",\"explanation\":null}}},"
             "{\"id\":4,\"epoch\":1,\"scores\":{\"x\":{\"value\":\"C\",\"explanation\":7}}},"
             "{\"id\":5,\"epoch\":1,\"scores\":{\"x\":{\"value\":\"C\",\"explanation\":\"  \"}}},"
             "{\"id\":6,\"epoch\":1,\"scores\":{\"x\":\"C\"}}]}",
        NULL);
    assert_done(&all.call, all.is_done);
    assert_text(line_of_case(&all, "1", 1)->attributes,
                "{\"reason\":\"names no date\",\"scores\":{\"y\":\"C\"}}");
    assert_text(line_of_case(&all, "2", 1)->attributes, "{\"reason\":\"a long reason\"}");
    for (int i = 2; i < 6; i++)
        assert_null(all.line[i].attributes.at); /* nothing said, nothing made up */
    assert_int_equal(all.lines, 6);
    collected_release(&all);
}

static void what_was_not_scored_is_no_failure(void **state)
{
    static const struct {
        const char *key;
        int trial;
        enum eval_verdict verdict;
        double score;
    } wanted[] = {
        { "1", 1, EVAL_PASS, 1 },          { "1", 2, EVAL_FAIL, 0 },
        { "b", 1, EVAL_UNSCORED, 0.5 },    { "c", 1, EVAL_FAIL, 0 },
        { "nan", 1, EVAL_UNSCORED, NAN },  { "null", 1, EVAL_UNSCORED, NAN },
        { "none", 1, EVAL_UNSCORED, NAN }, { "judge", 1, EVAL_UNSCORED, NAN },
        { "err", 1, EVAL_ERROR, NAN },     { "lim", 1, EVAL_FAIL, 0 },
    };
    struct collected all;
    (void)state;
    collect_file(&all, "inspect", "inspect/success.json", NULL);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct eval_line *line = line_of_case(&all, wanted[i].key, wanted[i].trial);
        assert_int_equal(line->verdict, wanted[i].verdict);
        assert_true(isnan(wanted[i].score) ? isnan(line->score) : line->score == wanted[i].score);
    }
    assert_text(line_of_case(&all, "judge", 1)->failure, "the judge said nothing");
    assert_text(line_of_case(&all, "err", 1)->error, "sandbox died");
    assert_text(line_of_case(&all, "lim", 1)->failure, "limit_token");
    collected_release(&all);
}

static void words_booleans_and_numbers_are_values(void **state)
{
    static const struct {
        const char *value;
        enum eval_verdict plain, judged;
    } values[] = {
        { "\"yes\"", EVAL_PASS, EVAL_PASS },     { "\"No\"", EVAL_FAIL, EVAL_FAIL },
        { "true", EVAL_PASS, EVAL_PASS },        { "false", EVAL_FAIL, EVAL_FAIL },
        { "0.5", EVAL_UNSCORED, EVAL_PASS },     { "0.4", EVAL_UNSCORED, EVAL_FAIL },
        { "\"0.7\"", EVAL_UNSCORED, EVAL_PASS }, { "\"P\"", EVAL_UNSCORED, EVAL_PASS },
        { "[1]", EVAL_UNSCORED, EVAL_PASS },     { "[1,0]", EVAL_UNSCORED, EVAL_UNSCORED },
        { "{}", EVAL_UNSCORED, EVAL_UNSCORED },  { "\"nan\"", EVAL_UNSCORED, EVAL_UNSCORED },
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct collected all;
        char json[600];
        snprintf(json, sizeof json, HEAD ",\"samples\":[" SAMPLE("1", "%s") "]}", values[i].value);
        read_document(&all, json, NULL);
        assert_done(&all.call, all.is_done);
        assert_int_equal(all.lines, 1);
        assert_int_equal(all.line[0].verdict, values[i].plain);
        collected_release(&all);
        read_document(&all, json, &with_threshold);
        assert_int_equal(all.line[0].verdict, values[i].judged);
        collected_release(&all);
    }
}

static void a_value_that_is_no_verdict_makes_a_bad_line(void **state)
{
    struct collected all;
    (void)state;
    read_document(&all,
                  HEAD ",\"samples\":[" SAMPLE("1", "\"maybe\"") "," SAMPLE(
                      "null", "\"C\"") "," SAMPLE("3", "\"C\"") ",7]}",
                  NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 3);
    assert_text(all.bad[0].reason,
                "the value 'maybe' of score 'x' is no verdict: it must be C, I, P, "
                "N, yes, no, true, false or a number");
    assert_text(all.bad[1].reason, "the sample has no 'id', which must be a text or an integer");
    assert_text(all.bad[2].reason, "the sample must be a JSON object");
    assert_text(all.bad[0].run, "e");
    assert_int_equal(all.bad[2].number, 4);
    collected_release(&all);
}

static void a_sample_without_an_id_is_known_by_its_input(void **state)
{
    struct collected all;
    (void)state;
    read_document(&all,
                  HEAD ",\"samples\":[{\"input\":\"1+1\",\"scores\":{}},"
                       "{\"input\":\"2+2\",\"scores\":{}}]}",
                  NULL);
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_CONTENT);
    assert_false(text_equal(all.line[0].case_key, all.line[1].case_key));
    collected_release(&all);
}

static void one_metric_of_several_is_taken_only_when_it_was_chosen(void **state)
{
    struct collected all;
    struct eval_read_options options = with_threshold;
    (void)state;
    collect_file(&all, "inspect", "inspect/metrics.json", NULL);
    assert_int_equal(line_of_case(&all, "1", 0)->verdict, EVAL_UNSCORED);
    assert_text(line_of_case(&all, "1", 0)->attributes, "{\"scores\":{\"match\":\"C\"}}");
    assert_int_equal(notes_of(&all, "several_metrics"), 1);
    collected_release(&all);
    options.threshold_metric = TEXT("graded/safe");
    collect_file(&all, "inspect", "inspect/metrics.json", &options);
    assert_int_equal(line_of_case(&all, "1", 0)->verdict, EVAL_FAIL);
    assert_text(line_of_case(&all, "1", 0)->judge, "graded");
    assert_int_equal(notes_of(&all, "several_metrics"), 0);
    collected_release(&all);
    options.threshold_metric = TEXT("match");
    collect_file(&all, "inspect", "inspect/metrics.json", &options);
    assert_int_equal(line_of_case(&all, "1", 0)->verdict, EVAL_PASS);
    assert_int_equal(line_of_case(&all, "2", 0)->verdict, EVAL_UNSCORED);
    collected_release(&all);
}

static void early_logs_have_one_score_without_a_name(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "inspect", "inspect/early.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_text(all.line[0].run, "rn0");
    assert_text(all.line[0].judge, "includes");
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].status, EVAL_RUN_COMPLETE);
    collected_release(&all);
}

static void the_log_says_the_status_of_its_run(void **state)
{
    static const struct {
        const char *word;
        enum eval_run_status status;
    } words[] = { { "success", EVAL_RUN_COMPLETE },
                  { "cancelled", EVAL_RUN_CANCELLED },
                  { "error", EVAL_RUN_ERROR },
                  { "started", EVAL_RUN_PARTIAL } };
    struct collected all;
    char json[600];
    (void)state;
    for (size_t i = 0; i <= sizeof words / sizeof *words; i++) {
        bool is_known = i < sizeof words / sizeof *words;
        snprintf(
            json, sizeof json,
            "{\"status\":\"%s\",\"eval\":{\"run_id\":\"r\",\"task\":\"t\"},\"samples\":[" SAMPLE(
                "1", "\"C\"") "]}",
            is_known ? words[i].word : "paused");
        read_document(&all, json, NULL);
        if (is_known)
            assert_int_equal(all.line[0].status, words[i].status);
        else
            assert_refused(&all.call, FAIL_INVALID,
                           "'log.json' has the status 'paused': it must be success");
        collected_release(&all);
    }
}

static void totals_are_held_against_samples(void **state)
{
    struct collected all;
    (void)state;
    read_document(&all,
                  HEAD ",\"results\":{\"total_samples\":2},\"samples\":[" SAMPLE("1", "\"C\"") "]}",
                  NULL);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    assert_int_equal(notes_of(&all, "totals_differ"), 1);
    collected_release(&all);
    read_document(&all,
                  HEAD ",\"results\":{\"total_samples\":1},\"samples\":[" SAMPLE("1", "\"C\"") "]}",
                  NULL);
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    assert_int_equal(notes_of(&all, "totals_differ"), 0);
    collected_release(&all);
    collect_file(&all, "inspect", "inspect/no_samples.json", NULL);
    assert_refused(&all.call, FAIL_INVALID, "holds no samples, only totals");
    collected_release(&all);
    read_document(&all, "{\"status\":\"success\",\"eval\":7,\"task\":1}", NULL);
    assert_refused(&all.call, FAIL_INVALID, "'log.json' is not a log of Inspect");
    collected_release(&all);
}

/* Cut anywhere, the samples that are whole are read and the run is told to be cut. */
static void a_document_that_was_cut_keeps_its_whole_samples(void **state)
{
    const char *json = HEAD ",\"samples\":[" SAMPLE("1", "\"C\"") "," SAMPLE("2", "\"I\"") "]}";
    size_t second = (size_t)(strstr(json, "{\"id\":2") - json);
    struct collected all;
    (void)state;
    for (size_t size = second; size < strlen(json) - 1; size++) {
        collect(&all, "inspect", "log.json", text_until(text_of(json), size), NULL);
        assert_done(&all.call, all.is_done);
        assert_int_equal(all.lines, size < strlen(json) - 2 ? 1 : 2);
        assert_int_equal(all.bads, 1);
        assert_int_equal(all.cuts, 1);
        assert_text(all.cut_run, "e");
        collected_release(&all);
    }
    collect(&all, "inspect", "log.json", text_until(text_of(json), 60), NULL);
    assert_false(all.is_done);
    collected_release(&all);
}

static void names_and_times_that_a_person_gives_go_first(void **state)
{
    struct collected all;
    const struct eval_read_options options = {
        .suite = TEXT("s"), .surface = TEXT("f"), .run = TEXT("r"), .started_at = TEXT("2026-11-17")
    };
    (void)state;
    read_document(&all, HEAD ",\"samples\":[" SAMPLE("1", "\"C\"") "]}", &options);
    assert_text(all.line[0].suite, "s");
    assert_text(all.line[0].surface, "f");
    assert_text(all.line[0].run, "r");
    assert_true(all.line[0].started_at == TEST_NOW + 17 * STAMP_HOUR);
    collected_release(&all);
}

/* ---- archives ---- */

#define BODY(id) SAMPLE(#id, "\"C\"")

static void add_samples(struct zip_making *making)
{
    zip_make_entry(making, "samples/1_epoch_1.json", TEXT(BODY(1)), 93, MAKE_TWO_FRAMES);
    zip_make_entry(making, "samples/2_epoch_1.json", TEXT(BODY(2)), 8, 0);
}

static void an_archive_holds_a_sample_in_each_entry(void **state)
{
    struct collected all;
    struct call call;
    struct zip_making making;
    (void)state;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "_journal/start.json", TEXT(HEAD "}"), 93, 0);
    add_samples(&making);
    zip_make_entry(&making, "summaries.json", TEXT("[" BODY(1) "," BODY(2) "]"), 93, 0);
    zip_make_entry(&making, "header.json", TEXT(HEAD ",\"results\":{\"total_samples\":2}}"), 93,
                   MAKE_ZIP64);
    collect(&all, "inspect-eval", "log.eval", zip_make_end(&making), NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_text(all.line[0].case_key, "1");
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    assert_int_equal(all.bads + all.cuts, 0);
    collected_release(&all);
    call_release(&call);
}

static void without_a_header_the_run_has_crashed_and_its_journal_counts(void **state)
{
    struct collected all;
    struct call call;
    struct zip_making making;
    (void)state;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "_journal/start.json", TEXT(HEAD "}"), 8, 0);
    zip_make_entry(&making, "_journal/summaries/1.json", TEXT("[" BODY(1) "," BODY(2) "]"), 93, 0);
    zip_make_entry(&making, "_journal/summaries/2.json", TEXT("[" BODY(3) "]"), 93, 0);
    collect(&all, "inspect-eval", "log.eval", zip_make_end(&making), NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 3);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    assert_int_equal(notes_of(&all, "started"), 1);
    assert_int_equal(all.cuts, 0);
    collected_release(&all);
    call_release(&call);
}

static void an_archive_that_was_cut_keeps_what_is_whole(void **state)
{
    struct collected all;
    struct call call;
    struct zip_making making;
    (void)state;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "_journal/start.json", TEXT(HEAD "}"), 8, 0);
    add_samples(&making);
    text whole = zip_make_end(&making);
    collect(&all, "inspect-eval", "log.eval", text_until(whole, making.out.size / 2), NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "e");
    collected_release(&all);
    call_release(&call);
}

static void a_damaged_sample_is_a_bad_line_and_the_others_count(void **state)
{
    struct collected all;
    struct call call;
    struct zip_making making;
    (void)state;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "header.json", TEXT(HEAD "}"), 8, 0);
    add_samples(&making);
    zip_make_entry(&making, "samples/3_epoch_1.json", TEXT(BODY(3)), 8, MAKE_WRONG_CRC);
    zip_make_entry(&making, "samples/4_epoch_1.json", TEXT("{\"id\":"), 8, 0);
    collect(&all, "inspect-eval", "log.eval", zip_make_end(&making), NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.bads, 2);
    assert_text(all.bad[0].reason, "entry 'samples/3_epoch_1.json' of 'log.eval': its checksum is "
                                   "wrong, it was damaged or changed: write it again");
    assert_text(all.bad[0].run, "e");
    collected_release(&all);
    call_release(&call);
}

/* One entry that would exhaust the machine, and nothing of the archive counts. */
static void an_archive_with_a_bomb_is_refused_as_a_whole(void **state)
{
    struct collected all;
    struct call call;
    struct zip_making making;
    size_t size = (size_t)64 * 1024 * 1024;
    (void)state;
    call_init(&call, 4 * size);
    char *blanks = call_take(&call, size);
    memset(blanks, ' ', size);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "header.json", TEXT(HEAD "}"), 8, 0);
    add_samples(&making);
    zip_make_entry(&making, "samples/3_epoch_1.json", (text){ blanks, size }, 93, 0);
    collect(&all, "inspect-eval", "log.eval", zip_make_end(&making), NULL);
    assert_refused(&all.call, FAIL_TOO_LARGE,
                   "entry 'samples/3_epoch_1.json' of 'log.eval': it unpacks to more than 1000");
    collected_release(&all);
    call_release(&call);
}

static void an_archive_of_something_else_is_refused(void **state)
{
    struct collected all;
    struct call call;
    struct zip_making making;
    (void)state;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "word/document.xml", TEXT("<a/>"), 8, 0);
    text bytes = zip_make_end(&making);
    assert_false(format_named("inspect-eval")->recognise(bytes, "letter.docx"));
    assert_true(format_named("inspect-eval")->recognise(bytes, "log.eval"));
    collect(&all, "inspect-eval", "log.eval", bytes, NULL);
    assert_refused(&all.call, FAIL_INVALID, "without header.json and _journal/start.json");
    collected_release(&all);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "header.json", TEXT(HEAD ",\"results\":{\"total_samples\":3}}"), 8, 0);
    collect(&all, "inspect-eval", "log.eval", zip_make_end(&making), NULL);
    assert_refused(&all.call, FAIL_INVALID, "holds no samples, only totals");
    collected_release(&all);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_become_lines_with_all_that_is_known),
        cmocka_unit_test(a_judges_explanation_is_its_reason),
        cmocka_unit_test(what_was_not_scored_is_no_failure),
        cmocka_unit_test(words_booleans_and_numbers_are_values),
        cmocka_unit_test(a_value_that_is_no_verdict_makes_a_bad_line),
        cmocka_unit_test(a_sample_without_an_id_is_known_by_its_input),
        cmocka_unit_test(one_metric_of_several_is_taken_only_when_it_was_chosen),
        cmocka_unit_test(early_logs_have_one_score_without_a_name),
        cmocka_unit_test(the_log_says_the_status_of_its_run),
        cmocka_unit_test(totals_are_held_against_samples),
        cmocka_unit_test(a_document_that_was_cut_keeps_its_whole_samples),
        cmocka_unit_test(names_and_times_that_a_person_gives_go_first),
        cmocka_unit_test(an_archive_holds_a_sample_in_each_entry),
        cmocka_unit_test(without_a_header_the_run_has_crashed_and_its_journal_counts),
        cmocka_unit_test(an_archive_that_was_cut_keeps_what_is_whole),
        cmocka_unit_test(a_damaged_sample_is_a_bad_line_and_the_others_count),
        cmocka_unit_test(an_archive_with_a_bomb_is_refused_as_a_whole),
        cmocka_unit_test(an_archive_of_something_else_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

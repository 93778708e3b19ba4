/* What is imported is what is read back; replayed lines join their runs; nothing is half in. */
#include "ledger/audit.h"
#include "offers/quarantine.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "store/driver.h"
#include "support/eval_world.h"
#include "support/house.h"
#include "support/runs.h"

#include <math.h>

#define LINE(run, number, pass) \
    "{\"suite\":\"s\",\"run\":\"" run "\",\"case\":\"" number "\",\"pass\":" pass "}\n"

static const char *stored_word(struct test_house *test, const char *name)
{
    struct verdicts verdicts;
    struct row run = test_run_row(test, name);
    assert_done(&test->call, stored_verdicts_read(&test->call, run_place(&run), &verdicts));
    return test_word(&test->call, &verdicts);
}

static void assert_status(struct test_house *test, const char *run, const char *wanted)
{
    assert_text(value_as_text(test_run_row(test, run).value[EVAL_RUN_STATUS]), wanted);
}

/* --- there and back --- */

static void every_field_of_a_line_is_read_back(void **state)
{
    struct test_house *test = *state;
    struct call *call = &test->call;
    struct verdicts verdicts;
    struct stored_results stored;
    test_import(test, "a.jsonl",
                "{\"suite\":\"s\",\"surface\":\"x\",\"run\":\"r\","
                "\"started_at\":\"2026-11-16T09:00:00+02:00\",\"case\":\"c\",\"pass\":true,"
                "\"score\":0.25,\"model\":\"m\",\"agent\":\"a\",\"prompt\":\"p\","
                "\"prompt_version\":12,\"dataset_version\":\"d\",\"judge\":\"j\",\"slice\":\"de\","
                "\"tags\":[\"t1\",\"t2\"],\"cluster\":\"k\",\"latency_ms\":812,\"cost_usd\":0.0031,"
                "\"tokens_in\":911,\"tokens_out\":140,\"failure\":\"f\",\"weight\":2}\n", NULL);
    struct row run = test_run_row(test, "r");
    static const struct {
        enum eval_run_field field;
        const char *wanted;
    } words[] = {
        { EVAL_RUN_MODEL, "m" }, { EVAL_RUN_AGENT, "a" }, { EVAL_RUN_PROMPT, "p" },
        { EVAL_RUN_PROMPT_VERSION, "12" }, { EVAL_RUN_DATASET_VERSION, "d" },
        { EVAL_RUN_JUDGE, "j" }, { EVAL_RUN_STARTED_ZONE, "+02:00" }, { EVAL_RUN_FILE, "a.jsonl" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_text(value_as_text(run.value[words[i].field]), words[i].wanted);
    assert_int_equal(value_as_int(run.value[EVAL_RUN_STARTED_AT]), TEST_NOW);
    assert_int_equal(value_as_text(run.value[EVAL_RUN_FILE_SHA256]).size, 64);
    assert_done(call, stored_verdicts_read(call, run_place(&run), &verdicts) &&
                          columns_read_results(call, run_place(&run), &verdicts, 1, &stored));
    static const double reals[RESULTS_REALS] = { 0.25, 812, 0.0031, 911, 140 };
    static const char *const texts[RESULTS_WORDS] = {
        [RESULTS_SLICE] = "de", [RESULTS_TAGS] = "t1\nt2", [RESULTS_CLUSTER] = "k",
        [RESULTS_FAILURE] = "f", [RESULTS_ATTRIBUTES] = "{\"weight\":2}",
    };
    for (int i = 0; i < RESULTS_REALS; i++)
        assert_true(stored.real[i] && stored.real[i][0] == reals[i]);
    for (int i = 0; i < RESULTS_WORDS; i++) {
        assert_int_equal(stored.word[i] != NULL, texts[i] != NULL);
        if (texts[i])
            assert_text(stored.word[i][0], texts[i]);
    }
}

static void every_result_of_a_drawn_history_is_read_back(void **state)
{
    static struct world world;
    struct test_house *test = *state;
    struct call *call = &test->call;
    world_draw(99, &world);
    test_import(test, "world.jsonl", world_file(call, &world), NULL);
    for (int i = 0; i < world.run_count; i++) {
        const struct world_run *drawn = &world.run[i];
        struct row run = test_run_row(test, drawn->name);
        struct verdicts verdicts;
        struct stored_results stored;
        int64_t count = value_as_int(run.value[EVAL_RUN_RESULTS]);
        assert_done(call,
                    stored_verdicts_read(call, run_place(&run), &verdicts) &&
                        columns_read_results(call, run_place(&run), &verdicts, count, &stored));
        int64_t results = 0;
        for (int number = 0; number < WORLD_CASES; number++)
            results += drawn->cases[number].trials;
        assert_int_equal(count, results);
        for (uint32_t at = 0; at < stored.count; at++) {
            struct query query;
            struct row row;
            query_init(&query, &eval_case_record);
            assert_done(call, query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS,
                                        run.value[EVAL_RUN_SUITE]));
            assert_done(call, query_add(call, &query, EVAL_CASE_NUMBER, FILTER_IS,
                                        value_int(stored.case_number[at])));
            assert_done(call, at % 17 || find_first(call, &query, &row));
            if (at % 17) /* every one would take long */
                continue;
            int number = 0;
            while (!text_is(value_as_text(row.value[EVAL_CASE_KEY]), world_key(call, number)))
                number++;
            assert_in_range(stored.trial[at], 1, drawn->cases[number].trials);
            assert_int_equal(stored.verdict[at],
                             drawn->cases[number].verdict[stored.trial[at] - 1]);
        }
    }
}

/* --- replay --- */

static rid waiting_line(struct test_house *test)
{
    struct out out;
    struct json_writer writer;
    struct json page;
    out_init(&out, &test->call);
    json_writer_init(&writer, &out, false);
    assert_done(&test->call, quarantine_write_json(&test->call, 0, 10, &writer));
    assert_done(&test->call, json_read(&test->call, out_view(&out), &page, NULL));
    const struct json *items = json_get(&page, "items");
    assert_int_equal(items->count, 1);
    return json_get(&items->item[0], "id")->integer;
}

static struct import_report replay(struct test_house *test, rid id, const char *repaired)
{
    static const struct import_options none = { .dry_run = false };
    struct import_report report;
    assert_done(&test->call, quarantine_replay(&test->call, test->house.importers, id,
                                               text_of(repaired), &none, &report));
    return report;
}

static void a_repaired_line_joins_its_run_and_makes_it_whole(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                LINE("r", "1", "true") LINE("r", "2", "\"perhaps\"") LINE("r", "3", "false"), NULL);
    assert_status(test, "r", "partial");
    struct import_report report = replay(test, waiting_line(test), LINE("r", "2", "true"));
    assert_int_equal(report.replaced.count, 1);
    assert_string_equal(stored_word(test, "r"), "PFP"); /* 2 came last, and is the third case */
    assert_status(test, "r", "complete");
    struct row run = test_run_row(test, "r");
    assert_text(value_as_text(run.value[EVAL_RUN_FILE]), "a.jsonl");
    assert_int_equal(test_count(test, "eval_runs"), 1);
    report =
        test_import(test, "b.jsonl",
                    LINE("r", "1", "true") LINE("r", "2", "true") LINE("r", "3", "false"), NULL);
    assert_int_equal(report.unchanged.count, 1); /* as if it had been whole from the start */
}

/* Rows of other tools' files come back by themselves, without the rest of their file. */
static void a_repaired_row_of_another_format_joins_its_run_too(void **state)
{
#define SCORED(id, value) "{\"id\":" id ",\"epoch\":1,\"scores\":{\"x\":{\"value\":" value "}}}"
#define TRIED(id, is_resolved)                                                                \
    "{\"task_id\":\"" id "\",\"trial_name\":\"a\",\"recording_path\":\"r/x\",\"is_resolved\":"   \
    is_resolved ",\"trial_started_at\":\"2026-11-16T07:00:0" id "Z\"}"
    static const struct {
        const char *file, *run, *repaired;
    } files[] = {
        { "{\"status\":\"success\",\"eval\":{\"eval_id\":\"e\",\"task\":\"t\",\"created\":"
          "\"2026-11-16T07:00:00Z\",\"scorers\":[{\"name\":\"x\"}]},\"samples\":["
          SCORED("1", "\"C\"") "," SCORED("2", "\"perhaps\"") "]}",
          "e", SCORED("2", "\"I\"") },
        { "{\"results\":[" TRIED("1", "true") "," TRIED("2", "\"perhaps\"") "]}", "r",
          TRIED("2", "false") },
    };
    struct test_house *test = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct import_report report = test_import(test, "a.json", files[i].file, NULL);
        assert_int_equal(report.bad_count, 1);
        assert_status(test, files[i].run, "partial");
        report = replay(test, waiting_line(test), files[i].repaired);
        assert_int_equal(report.bad_count + report.refused_count, 0);
        assert_string_equal(stored_word(test, files[i].run), "PF");
        assert_status(test, files[i].run, "complete");
    }
}

static void a_line_that_is_still_no_good_changes_nothing(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r", "1", "true") LINE("r", "2", "\"perhaps\""), NULL);
    rid id = waiting_line(test);
    struct import_report report = replay(test, 0, NULL);
    assert_int_equal(report.bad_count, 1);
    assert_int_equal(report.replaced.count + report.new_runs.count, 0);
    assert_status(test, "r", "partial");
    assert_int_equal(waiting_line(test), id);
}

static void a_run_is_whole_only_when_none_of_its_lines_waits(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                LINE("r", "1", "true") LINE("r", "2", "\"perhaps\"") LINE("r", "3", "\"no idea\""),
                NULL);
    replay(test, 1, LINE("r", "2", "true"));
    assert_status(test, "r", "partial");
    assert_string_equal(stored_word(test, "r"), "PP");
    replay(test, waiting_line(test), LINE("r", "3", "false"));
    assert_status(test, "r", "complete");
    assert_string_equal(stored_word(test, "r"), "PPF");
}

/* The bytes told no run, or another one: what is stored of the named run must not be lost. */
static void a_repaired_line_joins_whichever_run_it_names(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                LINE("other", "1", "true") LINE("other", "2", "false") LINE("r", "1", "true")
                LINE("r", "2", "\"perhaps\""), NULL);
    replay(test, waiting_line(test), LINE("other", "3", "true"));
    assert_string_equal(stored_word(test, "other"), "PFP");
    assert_status(test, "other", "complete");
    assert_string_equal(stored_word(test, "r"), "P.");
    assert_status(test, "r", "complete"); /* the line was never its own */
}

static void noise_before_the_first_line_is_replayed_into_its_run(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", "noise\n" LINE("r", "1", "true"), NULL);
    assert_status(test, "r", "partial");
    replay(test, waiting_line(test), "{\"case\":\"2\",\"pass\":false}");
    assert_string_equal(stored_word(test, "r"), "PF");
    assert_status(test, "r", "complete");
}

static void a_conflicting_line_stays_in_quarantine(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r", "1", "true") LINE("r", "1", "false"), NULL);
    struct import_report report = replay(test, 0, NULL);
    assert_int_equal(report.bad_count, 1);
    assert_string_equal(stored_word(test, "r"), "P");
    report = replay(test, waiting_line(test),
                    "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"1\",\"pass\":true}");
    assert_int_equal(report.bad_count, 0); /* the same as what is there */
    assert_status(test, "r", "complete");
    assert_int_equal(value_as_int(test_run_row(test, "r").value[EVAL_RUN_CONTENT]), 1);
}

static void lines_of_judges_join_the_run_of_their_judge(void **state)
{
    struct test_house *test = *state;
    static const char file[] =
        "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"1\",\"judge\":\"A\",\"pass\":true}\n"
        "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"1\",\"judge\":\"B\",\"pass\":false}\n"
        "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"2\",\"judge\":\"B\",\"pass\":\"?\"}\n";
    test_import(test, "a.jsonl", file, NULL);
    replay(test, waiting_line(test),
           "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"2\",\"judge\":\"B\",\"pass\":true}");
    assert_string_equal(stored_word(test, "r@A"), "P");
    assert_string_equal(stored_word(test, "r@B"), "FP");
    assert_int_equal(test_count(test, "eval_runs"), 2);
}

static void a_line_without_a_judge_takes_that_of_its_run(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"1\",\"judge\":\"A\",\"pass\":true}\n"
                LINE("r", "2", "\"?\""), NULL);
    replay(test, waiting_line(test), LINE("r", "2", "false"));
    assert_string_equal(stored_word(test, "r"), "PF");
    assert_int_equal(test_count(test, "eval_runs"), 1);
    assert_text(value_as_text(test_run_row(test, "r").value[EVAL_RUN_JUDGE]), "A");
}

static void a_line_that_disagrees_with_its_run_is_refused_and_waits_on(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"1\",\"model\":\"m\",\"pass\":true}\n"
                LINE("r", "2", "\"?\""), NULL);
    rid id = waiting_line(test);
    struct import_report report = replay(
        test, id, "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"2\",\"model\":\"x\",\"pass\":true}");
    assert_int_equal(report.refused_count, 1);
    assert_string_equal(stored_word(test, "r"), "P");
    assert_int_equal(waiting_line(test), id);
}

/* --- all or nothing --- */

static const char small_file[] =
    "{\"suite\":\"s\",\"run\":\"a\",\"case\":\"1\",\"pass\":true,\"score\":0.5,\"slice\":\"x\"}\n"
    LINE("a", "2", "false") LINE("b", "1", "true") LINE("b", "1", "false") "noise\n"
    LINE("c", "3", "null");

/* Everything that an import writes, apart from what was there. */
static int64_t everything(struct test_house *test)
{
    return test_count(test, "suites") + test_count(test, "surfaces") +
           test_count(test, "eval_cases") + test_count(test, "eval_runs") +
           test_count(test, "eval_column") + test_count(test, "eval_verdicts") +
           test_count(test, "quarantine") +
           test_count(test, "history") + test_count(test, "change") + test_count(test, "audit");
}

/* A run row without its columns, or the reverse. */
static void assert_no_half_runs(struct test_house *test)
{
    assert_int_equal(test_count(test, "eval_runs WHERE NOT EXISTS (SELECT 1 FROM eval_verdicts "
                                      "WHERE run = eval_runs.id)"), 0);
    assert_int_equal(test_count(test, "eval_column WHERE run NOT IN (SELECT id FROM eval_runs)"),
                     0);
    assert_int_equal(test_count(test, "eval_verdicts WHERE run NOT IN (SELECT id FROM eval_runs)"),
                     0);
}

static void an_import_that_finds_no_memory_stores_nothing_and_says_so(void **state)
{
    struct test_house *test = *state;
    int64_t before = everything(test);
    int failures = 0;
    bool done = false;
    for (size_t limit = 0; !done && limit < 1 << 20; limit += 64 + limit / 16) {
        struct import_report report;
        size_t sound = test->call.arena.limit, used = test->call.arena.used;
        test->call.arena.limit = used + limit;
        done = test_try_import(test, "a.jsonl", small_file, NULL, &report);
        bool is_refused = done && report.file[0].refused.at;
        test->call.arena.limit = sound;
        if (done && !is_refused)
            break;
        failures++;
        if (is_refused)
            assert_true(text_find(report.file[0].refused, TEXT("this needs more than")) !=
                        SIZE_MAX);
        else
            assert_refused(&test->call, FAIL_TOO_LARGE, "this needs more than");
        done = false;
        assert_false(store_in_transaction(&test->call));
        test_house_renew(test);
        assert_int_equal(everything(test), before);
    }
    assert_true(failures > 20);
    assert_no_half_runs(test);
    assert_int_equal(test_count(test, "eval_runs"), 3);
    assert_int_equal(test_count(test, "quarantine"), 2);
}

/* What a call holds after an import of so many runs of 40 cases. */
static size_t memory_of_runs(struct test_house *test, char from, int runs)
{
    struct out lines;
    out_init(&lines, &test->call);
    for (int run = 0; run < runs; run++)
        for (int number = 0; number < 40; number++)
            out_format(&lines, "{\"suite\":\"s\",\"run\":\"%c%d\",\"case\":%d,\"pass\":true}\n",
                       from, run, number);
    const char *file = call_string(&test->call, out_view(&lines));
    size_t before = test->call.arena.used;
    struct import_report report = test_import(test, "a.jsonl", file, NULL);
    assert_int_equal(report.new_runs.count, runs);
    return test->call.arena.used - before;
}

/* Of a run stays the order of its rows. */
static void many_runs_need_no_more_memory_than_few(void **state)
{
    struct test_house *test = *state;
    size_t few = memory_of_runs(test, 'a', 1), many = memory_of_runs(test, 'b', 50);
    assert_true(many < 10 * few);
}

/* --- a store that fails at its n-th operation --- */

/* The face of a driver has no place for this: one test, one thread. */
static int64_t operations_left = INT64_MAX;

static bool fails(void)
{
    return operations_left-- <= 0;
}

static enum driver_result faulty_begin(struct connection *connection, bool writing)
{
    return fails() ? DRIVER_FULL : test_driver()->begin(connection, writing);
}

static enum driver_result faulty_step(struct statement *prepared)
{
    return fails() ? DRIVER_FULL : test_driver()->step(prepared);
}

static enum driver_result faulty_commit(struct connection *connection)
{
    return fails() ? DRIVER_FULL : test_driver()->commit(connection);
}

static enum driver_result faulty_prepare(struct connection *connection, text statement,
                                         struct statement **prepared)
{
    return fails() ? DRIVER_FULL : test_driver()->prepare(connection, statement, prepared);
}

static void step_through_faults(struct test_house *test, const char *file,
                                const struct import_options *options)
{
    static struct driver driver; /* lives as long as the store */
    driver = *test_driver();
    driver.begin = faulty_begin;
    driver.step = faulty_step;
    driver.commit = faulty_commit;
    driver.prepare = faulty_prepare;
    test_house_reopen(test, &driver);
    int64_t before = everything(test);
    int failures = 0;
    for (int64_t n = 0;; n++) {
        struct import_report report;
        operations_left = n;
        bool done = test_try_import(test, "a.jsonl", file, options, &report);
        operations_left = INT64_MAX;
        if (done)
            break;
        failures++;
        assert_refused(&test->call, FAIL_STORE, "nothing of this change was stored");
        assert_int_equal(everything(test), before);
        assert_no_half_runs(test);
        test_house_renew(test);
        assert_true(n < 5000);
    }
    assert_true(failures > 20);
    assert_true(everything(test) > before);
    assert_no_half_runs(test);
}

static void an_import_into_a_failing_store_is_in_or_out(void **state)
{
    struct test_house *test = *state;
    step_through_faults(test, small_file, NULL);
    assert_int_equal(test_count(test, "eval_runs"), 3);
}

static void a_restatement_in_a_failing_store_is_in_or_out(void **state)
{
    const struct import_options replacing = { .replace = true };
    struct test_house *test = *state;
    test_import(test, "a.jsonl", small_file, NULL);
    step_through_faults(test, LINE("a", "1", "false") LINE("a", "9", "true"), &replacing);
    assert_string_equal(stored_word(test, "a"), "F..P");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(every_field_of_a_line_is_read_back),
        WITH_HOUSE(every_result_of_a_drawn_history_is_read_back),
        WITH_HOUSE(a_repaired_line_joins_its_run_and_makes_it_whole),
        WITH_HOUSE(a_repaired_row_of_another_format_joins_its_run_too),
        WITH_HOUSE(a_line_that_is_still_no_good_changes_nothing),
        WITH_HOUSE(a_run_is_whole_only_when_none_of_its_lines_waits),
        WITH_HOUSE(a_repaired_line_joins_whichever_run_it_names),
        WITH_HOUSE(noise_before_the_first_line_is_replayed_into_its_run),
        WITH_HOUSE(a_conflicting_line_stays_in_quarantine),
        WITH_HOUSE(lines_of_judges_join_the_run_of_their_judge),
        WITH_HOUSE(a_line_without_a_judge_takes_that_of_its_run),
        WITH_HOUSE(a_line_that_disagrees_with_its_run_is_refused_and_waits_on),
        WITH_HOUSE(an_import_that_finds_no_memory_stores_nothing_and_says_so),
        WITH_HOUSE(many_runs_need_no_more_memory_than_few),
        WITH_HOUSE(an_import_into_a_failing_store_is_in_or_out),
        WITH_HOUSE(a_restatement_in_a_failing_store_is_in_or_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Lines that could not be taken in: kept, listed page by page, repaired, replayed, undone. */
#include "support/support.h"

#include "offers/quarantine.h"
#include "support/tally.h"

static const char *page(struct test_doors *test, rid before, int limit)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, &test->call);
    json_writer_init(&writer, &out, false);
    assert_done(&test->call, quarantine_write_json(&test->call, before, limit, &writer));
    return call_string(&test->call, out_view(&out));
}

static const char *words(struct test_doors *test, int limit)
{
    struct out out;
    out_init(&out, &test->call);
    assert_done(&test->call, quarantine_write_words(&test->call, 0, limit, &out));
    return call_string(&test->call, out_view(&out));
}

/* The ids on a page, as "3 1". */
static void assert_ids(struct test_doors *test, const char *wanted)
{
    struct json tree;
    struct out out;
    const char *bytes = page(test, 0, 100);
    out_init(&out, &test->call);
    assert_done(&test->call, json_read(&test->call, text_of(bytes), &tree, NULL));
    const struct json *items = json_get(&tree, "items");
    for (uint32_t i = 0; i < items->count; i++)
        out_format(&out, "%s%lld", i ? " " : "",
                   (long long)json_get(&items->item[i], "id")->integer);
    assert_string_equal(out_view(&out).size ? call_string(&test->call, out_view(&out)) : "",
                        wanted);
}

static bool try_replay(struct test_doors *test, rid id, const char *repaired,
                       struct import_report *report)
{
    static const struct import_options none = { .dry_run = false };
    return quarantine_replay(&test->call, tally_importers, id, text_of(repaired), &none, report);
}

static struct import_report replay(struct test_doors *test, rid id, const char *repaired)
{
    struct import_report report;
    assert_done(&test->call, try_replay(test, id, repaired, &report));
    return report;
}

/* --- lists --- */

static void lines_are_listed_newest_first_and_in_pages(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "? r1 x\n? r1 y\n? r2 z\n");
    assert_ids(test, "3 2 1");
    const char *first = page(test, 0, 2), *second = page(test, 2, 2);
    assert_non_null(strstr(first, "\"text\":\"? r2 z\""));
    assert_null(strstr(first, "? r1 x"));
    assert_non_null(strstr(first, "\"next\":\"2\"}"));
    assert_non_null(strstr(second, "{\"items\":[{\"id\":1,"));
    assert_non_null(strstr(second, "\"format\":\"tally\",\"file\":\"a.tally\",\"line\":1,"
                                   "\"reason\":\"no name and size\",\"text\":\"? r1 x\"}"));
    assert_non_null(strstr(second, "\"next\":null}"));
    assert_string_equal(words(test, 1), "3  a.tally line 3: no name and size\n    ? r2 z\n");
}

static void an_empty_quarantine_says_so(void **state)
{
    struct test_doors *test = *state;
    assert_string_equal(page(test, 0, 10), "{\"items\":[],\"next\":null}");
    assert_string_equal(words(test, 10), "Nothing waits in quarantine.\n");
}

static void hostile_bytes_are_shown_without_harm(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "? r1 \x1b[2J\n");
    assert_null(strchr(words(test, 10), '\x1b'));
    assert_null(strchr(page(test, 0, 10), '\x1b'));
}

static void the_same_file_twice_keeps_its_lines_once(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "one 1\n? r1 x\n? r1 x\n");
    assert_ids(test, "2 1"); /* two lines of one file are two */
    tally(test, "b.tally", "one 1\n? r1 x\n? r1 x\n");
    assert_ids(test, "2 1");
    tally(test, "c.tally", "two 2\n? r1 x\n"); /* the same words, in line 2 of the same run */
    assert_ids(test, "2 1");
    tally(test, "c.tally", "? r1 x\n"); /* in another line */
    assert_ids(test, "3 2 1");
}

/* --- replay --- */

static void a_repaired_line_is_taken_in_and_waits_no_more(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "? r1 x\n? r2 y\n");
    struct import_report report = replay(test, 1, "fixed 5");
    assert_int_equal(report.new_runs.count, 1);
    assert_int_equal(import_report_exit(&report), 0);
    assert_ids(test, "2");
    assert_int_equal(test_doors_count(test, "batches WHERE name = 'fixed' AND size = 5"), 1);
    assert_int_equal(test_doors_count(test, "change WHERE what = 'replay quarantine'"), 1);
}

static void lines_that_are_still_no_good_stay_where_they_are(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "one 1\n? r1 x\n? r2 y\n");
    struct import_report report = replay(test, 0, NULL);
    assert_int_equal(report.bad_count, 2);
    assert_text(report.bad[0].file, "a.tally"); /* as they once came */
    assert_int_equal(report.bad[0].line, 2);
    assert_text(report.bad[0].bytes, "? r1 x");
    assert_int_equal(import_report_exit(&report), 1);
    assert_ids(test, "2 1");
}

static void the_replay_is_told_whether_others_of_the_run_wait(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "? r1 x\n? r1 y\n? r2 z\n");
    struct import_report report = replay(test, 1, "fixed 5");
    assert_int_equal(report.note_count, 1); /* line 2 */
    report = replay(test, 2, "other 5");
    assert_int_equal(report.note_count, 0);
}

static void an_undone_replay_makes_the_line_wait_again(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "? r1 x\n");
    replay(test, 1, "fixed 5");
    rid change = change_id(&test->call);
    assert_ids(test, "");
    assert_done(&test->call, ledger_undo(&test->call, change));
    assert_ids(test, "1");
    assert_int_equal(test_doors_count(test, "batches WHERE archived = 0"), 0);
}

static void lines_of_an_undone_import_wait_no_more(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "one 1\n? r1 x\n");
    assert_done(&test->call, ledger_undo(&test->call, change_id(&test->call)));
    assert_ids(test, "");
    struct import_report report;
    assert_false(try_replay(test, 1, "fixed 5", &report));
    assert_refused(&test->call, FAIL_NOT_FOUND, "no line 1 is in quarantine");
}

static void a_failing_replay_leaves_everything(void **state)
{
    struct test_doors *test = *state;
    struct import_report report;
    tally(test, "a.tally", "? r1 x\n? r2 y\n");
    assert_false(try_replay(test, 2, "! late store", &report));
    assert_refused(&test->call, FAIL_STORE, "told to fail");
    assert_false(store_in_transaction(&test->call));
    assert_ids(test, "2 1");
}

static void wrong_ways_to_replay_are_refused(void **state)
{
    struct test_doors *test = *state;
    struct import_report report;
    tally(test, "a.tally", "? r1 x\n");
    assert_false(try_replay(test, 7, NULL, &report));
    assert_refused(&test->call, FAIL_NOT_FOUND, "no line 7 is in quarantine");
    assert_false(try_replay(test, 0, "fixed 5", &report));
    assert_refused(&test->call, FAIL_USAGE, "name it by its id");
    test_act_as(&test->call, TEST_OLGA);
    assert_false(try_replay(test, 1, "fixed 5", &report));
    assert_refused(&test->call, FAIL_FORBIDDEN, "role 'member'");
    assert_ids(test, "1");
}

static void a_dry_replay_takes_nothing_in(void **state)
{
    const struct import_options dry = { .dry_run = true };
    struct test_doors *test = *state;
    struct import_report report;
    tally(test, "a.tally", "? r1 x\n");
    assert_done(&test->call, quarantine_replay(&test->call, tally_importers, 1, TEXT("fixed 5"),
                                               &dry, &report));
    assert_int_equal(report.new_runs.count, 1);
    assert_ids(test, "1");
    assert_int_equal(test_doors_count(test, "batches"), 0);
}

#define TEST(name) WITH_DOORS(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_are_listed_newest_first_and_in_pages),
        TEST(an_empty_quarantine_says_so),
        TEST(hostile_bytes_are_shown_without_harm),
        TEST(the_same_file_twice_keeps_its_lines_once),
        TEST(a_repaired_line_is_taken_in_and_waits_no_more),
        TEST(lines_that_are_still_no_good_stay_where_they_are),
        TEST(the_replay_is_told_whether_others_of_the_run_wait),
        TEST(an_undone_replay_makes_the_line_wait_again),
        TEST(lines_of_an_undone_import_wait_no_more),
        TEST(a_failing_replay_leaves_everything),
        TEST(wrong_ways_to_replay_are_refused),
        TEST(a_dry_replay_takes_nothing_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

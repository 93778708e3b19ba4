/*
 * The walk over files, with a made-up format: recognising, refusing, reporting, all in one change.
 */
#include "support/support.h"

#include "support/tally.h"

#include <unistd.h>

static const char *report_words(struct test_doors *test, const struct import_report *report)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, &test->call);
    json_writer_init(&writer, &out, false);
    import_report_write_json(report, &writer);
    return call_string(&test->call, out_view(&out));
}

/* --- formats --- */

static void a_format_is_recognised_or_named(void **state)
{
    struct test_doors *test = *state;
    const struct import_options named = { .format = TEXT("tally2") };
    struct import_report report = tally(test, "a.tally", "one 1\n");
    assert_text(report.file[0].format, "tally");
    assert_done(&test->call, tally_try(test, "a.txt", "two 2\n", &named, &report));
    assert_text(report.file[0].format, "tally2");
    assert_int_equal(test_doors_count(test, "batches"), 2);
}

static void a_file_of_no_known_format_is_refused_as_a_whole(void **state)
{
    static const struct {
        const char *name, *bytes, *format, *sentence;
    } cases[] = {
        { "a.txt", "one 1\n", NULL,
          "cannot tell the format of 'a.txt': known formats are tally2 (a tally by name alone), "
          "tally (a tally); name one with --format" },
        { "a.tally", "one 1\n", "tally3", "there is no format 'tally3': known formats are tally2" },
        { "a.tally", "", NULL, "'a.tally' is empty" },
    };
    struct test_doors *test = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct import_options options = { .format = text_of(cases[i].format) };
        struct import_report report;
        assert_done(&test->call,
                    tally_try(test, cases[i].name, cases[i].bytes, &options, &report));
        assert_true(text_find(report.file[0].refused, text_of(cases[i].sentence)) != SIZE_MAX);
        assert_int_equal(import_report_exit(&report), 2);
    }
    assert_int_equal(test_doors_count(test, "batches"), 0);
}

/* --- the report --- */

static void the_report_says_what_came_of_each_line(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "old 1\n");
    struct import_report report = tally(test, "b.tally", "old 1\nnew 2\n? run3 x\n");
    assert_int_equal(import_report_exit(&report), 1);
    assert_string_equal(
        report_words(test, &report),
        "{\"files\":[{\"file\":\"b.tally\",\"format\":\"tally\",\"lines\":3,\"results\":2}],"
        "\"runs\":{\"new\":[\"new\"],\"unchanged\":[\"old\"],\"replaced\":[],\"refused\":[]},"
        "\"suites\":{\"new\":[],\"known\":[]},\"surfaces\":{\"new\":[],\"known\":[]},"
        "\"quarantined\":[{\"file\":\"b.tally\",\"line\":3,\"reason\":\"no name and size\","
        "\"text\":\"? run3 x\"}],\"notes\":[],\"dry_run\":false}");
    report = tally(test, "c.tally", "new 2\n");
    assert_int_equal(import_report_exit(&report), 0);
}

static void equal_notes_are_counted_together(void **state)
{
    struct test_doors *test = *state;
    const struct import_options options = { .dry_run = true };
    struct import_report report;
    import_report_begin(&test->call, &options, &report);
    assert_true(import_report_note(&report, "a", TEXT("words")));
    assert_true(import_report_note(&report, "b", TEXT("words")));
    assert_true(import_report_note(&report, "a", TEXT("words")));
    assert_true(import_report_note(&report, "a", TEXT("others")));
    assert_int_equal(report.note_count, 3);
    assert_int_equal(report.note[0].count, 2);
    assert_true(report.dry_run);
    import_report_end(&report);
    assert_text(report.note[2].words, "others");
}

static void what_is_reported_outlives_its_file(void **state)
{
    struct test_doors *test = *state;
    struct import_report report;
    const struct import_options options = { .dry_run = false };
    import_report_begin(&test->call, &options, &report);
    struct arena_mark mark = arena_mark(&test->call.arena);
    text name = call_text(&test->call, TEXT("run")), reason = call_text(&test->call, TEXT("why"));
    for (int i = 0; i < 100; i++)
        assert_true(import_report_name(&report, &report.new_runs, name) &&
                    import_report_refuse(&report, name, reason));
    arena_rewind(&test->call.arena, mark);
    memset(call_take(&test->call, 5000), 'x', 5000);
    assert_text(report.new_runs.name[99], "run");
    assert_text(report.refused[99].reason, "why");
    import_report_end(&report);
}

/* --- several files --- */

static text write_file(struct test_doors *test, const char *name, const char *bytes)
{
    text path = call_format(&test->call, "%s/%s", test->folder, name);
    FILE *file = fopen(path.at, "w");
    assert_non_null(file);
    assert_int_equal(fputs(bytes, file) >= 0, 1);
    fclose(file);
    return path;
}

static bool import_three(struct test_doors *test, const char *second, struct import_report *report)
{
    static const struct import_options none = { .dry_run = false };
    const text path[] = { write_file(test, "1.tally", "one 1\n? run x\n"),
                          write_file(test, "2.tally", second),
                          write_file(test, "3.tally", "three 3\n") };
    return import_files(&test->call, tally_importers, path, 3, &none, report);
}

static void a_refused_file_leaves_the_others_in(void **state)
{
    struct test_doors *test = *state;
    struct import_report report;
    assert_done(&test->call, import_three(test, "two 2\n? run y\n! early invalid\n", &report));
    assert_text(report.file[1].refused, "told to fail: early invalid");
    assert_null(report.file[0].refused.at);
    assert_int_equal(report.new_runs.count, 2);
    assert_int_equal(report.bad_count, 1); /* the first file's */
    assert_int_equal(import_report_exit(&report), 2);
    assert_int_equal(test_doors_count(test, "batches"), 2);
    assert_int_equal(test_doors_count(test, "quarantine"), 1);
    assert_int_equal(test_doors_count(test, "change WHERE what = 'import 3 files'"), 1);
    assert_non_null(strstr(report_words(test, &report), "\"code\":\"file_refused\""));
}

static void a_file_that_cannot_be_opened_is_named(void **state)
{
    static const struct import_options none = { .dry_run = false };
    struct test_doors *test = *state;
    struct import_report report;
    const text path[] = { TEXT("/nowhere/a.tally"), write_file(test, "1.tally", "one 1\n") };
    assert_done(&test->call, import_files(&test->call, tally_importers, path, 2, &none, &report));
    assert_text(report.file[0].file, "/nowhere/a.tally");
    assert_true(text_find(report.file[0].refused, TEXT("cannot read '/nowhere/a.tally'")) !=
                SIZE_MAX);
    assert_int_equal(report.new_runs.count, 1);
    assert_int_equal(import_report_exit(&report), 2);
}

/* What is half written cannot be forgiven: the first file's batch goes as well. */
static void a_file_that_fails_amid_writing_ends_the_import(void **state)
{
    struct test_doors *test = *state;
    struct import_report report;
    assert_false(import_three(test, "two 2\n! late large\n", &report));
    assert_refused(&test->call, FAIL_TOO_LARGE, "told to fail: late large");
    assert_false(store_in_transaction(&test->call));
    assert_int_equal(test_doors_count(test, "batches"), 0);
    assert_int_equal(test_doors_count(test, "quarantine"), 0);
}

static void a_failure_that_is_not_the_files_ends_the_import(void **state)
{
    struct test_doors *test = *state;
    struct import_report report;
    assert_false(import_three(test, "! early store\n", &report));
    assert_refused(&test->call, FAIL_STORE, "told to fail");
    assert_int_equal(test_doors_count(test, "batches"), 0);
    tally(test, "a.tally", "one 1\n"); /* the call works again */
}

static void an_import_is_one_change_and_undone_as_one(void **state)
{
    struct test_doors *test = *state;
    tally(test, "a.tally", "one 1\ntwo 2\n? run x\n");
    rid change = change_id(&test->call);
    assert_true(change > 0);
    assert_int_equal(test_doors_count(test, "batches WHERE archived = 0"), 2);
    assert_done(&test->call, ledger_undo(&test->call, change));
    assert_int_equal(test_doors_count(test, "batches WHERE archived = 0"), 0);
}

static void a_dry_run_is_the_same_and_stores_nothing(void **state)
{
    const struct import_options dry = { .dry_run = true };
    struct test_doors *test = *state;
    struct import_report report;
    assert_done(&test->call, tally_try(test, "a.tally", "one 1\n? run x\n", &dry, &report));
    assert_true(report.dry_run);
    assert_int_equal(report.new_runs.count, 1);
    assert_int_equal(report.bad_count, 1);
    assert_int_equal(test_doors_count(test, "batches"), 0);
    assert_int_equal(test_doors_count(test, "quarantine"), 0);
    assert_int_equal(test_doors_count(test, "change WHERE door = 'import'"), 0);
}

/* --- who --- */

static void importing_needs_a_member_before_anything_is_read(void **state)
{
    struct test_doors *test = *state;
    struct import_report report;
    test_act_as(&test->call, TEST_OLGA);
    assert_false(tally_try(test, "a.tally", "! early store\n", NULL, &report));
    assert_refused(&test->call, FAIL_FORBIDDEN, "importing needs the role 'member'");
    test_act_as(&test->call, 0);
    assert_false(tally_try(test, "a.tally", "one 1\n", NULL, &report));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "nobody is signed in");
    test_act_as(&test->call, TEST_ADA);
    test->call.actor.scopes = SCOPE_READ;
    assert_false(tally_try(test, "a.tally", "one 1\n", NULL, &report));
    assert_refused(&test->call, FAIL_FORBIDDEN, "scope 'import'");
    test->call.actor.scopes = SCOPE_IMPORT;
    tally(test, "a.tally", "one 1\n");
}

#define TEST(name) WITH_DOORS(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_format_is_recognised_or_named),
        TEST(a_file_of_no_known_format_is_refused_as_a_whole),
        TEST(the_report_says_what_came_of_each_line),
        TEST(equal_notes_are_counted_together),
        TEST(what_is_reported_outlives_its_file),
        TEST(a_refused_file_leaves_the_others_in),
        TEST(a_file_that_cannot_be_opened_is_named),
        TEST(a_file_that_fails_amid_writing_ends_the_import),
        TEST(a_failure_that_is_not_the_files_ends_the_import),
        TEST(an_import_is_one_change_and_undone_as_one),
        TEST(a_dry_run_is_the_same_and_stores_nothing),
        TEST(importing_needs_a_member_before_anything_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Archives over the test catalogue: every kind of field, private rows, dropped rows and their
 * history come back as they were; what cannot be kept is refused with nothing changed.
 */
#include "offers/archive_export.h"
#include "offers/archive_import.h"
#include "offers/archive_row.h"
#include "store/setting.h"
#include "store/sql.h"
#include "support/test_store.h"

#include <stdlib.h>

static const struct room *const no_rooms[] = { NULL };

static const struct archive_options as_it_is = { .at = 0 };

/* An archive in the store's folder; gives its manifest, which has the digests of all files. */
static char *export_to(const struct test_store *at, const char *name,
                       const struct archive_options *options)
{
    struct call call;
    struct archive_report report;
    char path[TEST_PATH_SIZE], manifest[TEST_PATH_SIZE + 32];
    snprintf(path, sizeof path, "%s/%s", at->folder, name);
    snprintf(manifest, sizeof manifest, "%s/" ARCHIVE_MANIFEST, path);
    test_call_as(&call, at, MACHINE);
    assert_done(&call, archive_export(&call, no_rooms, text_of(path), options, &report));
    test_call_end(&call);
    FILE *file = fopen(manifest, "re");
    assert_non_null(file);
    char *bytes = calloc(1, 1 << 20);
    assert_non_null(bytes);
    assert_true(fread(bytes, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return bytes;
}

static void remove_archives(const struct test_store *at)
{
    char words[TEST_PATH_SIZE];
    snprintf(words, sizeof words, "rm -rf %s/a-*", at->folder);
    assert_int_equal(system(words), 0);
}

static int teardown(void **state)
{
    remove_archives(*state);
    return test_store_teardown(state);
}

#define WITH_ARCHIVES(test) cmocka_unit_test_setup_teardown(test, test_store_setup, teardown)

static struct store *open_other(struct test_store *other)
{
    struct call call;
    test_store_prepare(other);
    test_call_init(&call);
    other->store = test_store_open(&call, other, true);
    assert_done(&call, other->store != NULL);
    call_release(&call);
    return other->store;
}

static bool import_from(struct call *call, const struct test_store *from, const char *name)
{
    struct archive_reader reader;
    int64_t rows;
    char path[TEST_PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", from->folder, name);
    return archive_open(call, text_of(path), &reader) && archive_import(&reader, no_rooms, &rows);
}

/* Facts: reals of any size, null and empty texts and bytes. */
static void make_readings(const struct test_store *at)
{
    const struct {
        double score;
        text note, wave;
    } reading[] = {
        { 0.25, TEXT("a"), { "\0\xFF", 2 } },
        { 1e19, TEXT_NONE, TEXT_NONE },
        { -1e300, TEXT(""), TEXT("") },
    };
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, store_begin(&call));
    for (int i = 0; i < 3; i++) {
        struct sql *sql = SQL(&call, "INSERT INTO gadget_reading (gadget, at, score, note, wave) "
                                     "VALUES (1, ?1, ?2, ?3, ?4)");
        assert_done(&call, sql != NULL);
        sql_bind_int(sql, 1, 5 + i);
        sql_bind_real(sql, 2, reading[i].score);
        sql_bind_text(sql, 3, reading[i].note);
        sql_bind_blob(sql, 4, reading[i].wave);
        assert_done(&call, sql_run(&call, sql));
    }
    assert_done(&call,
                store_setting_set(&call, "zone", TEXT("Europe/Berlin")) && store_commit(&call));
    test_call_end(&call);
}

/* One of everything, changed, dropped and undone. */
static void make_things(struct test_store *at)
{
    const text tags[] = { TEXT("one"), TEXT("zwei") };
    struct call call;
    test_call_as(&call, at, ADA);
    struct row gadget = test_row(&call, &gadget_record, "=1+1, \"ok\"", 0);
    rid helpers[] = { at->person[BEN], at->person[ADA] };
    gadget.value[GADGET_SERIAL] = value_text(TEXT(""));
    gadget.value[GADGET_ABOUT] = value_text(TEXT("# Prose\r\n\tand \xC3\xA9 \xF0\x9F\x90\x9D"));
    gadget.value[GADGET_AMOUNT] = value_int(7);
    gadget.value[GADGET_RATIO] = value_real(0.1);
    gadget.value[GADGET_WEIGHT] = value_real(-3);
    gadget.value[GADGET_IS_LOUD] = value_bool(true);
    gadget.value[GADGET_OPENED] = value_stamp(1763276400123456);
    gadget.value[GADGET_DUE] = value_int(-3);
    gadget.value[GADGET_COLOR] = value_choice("green");
    gadget.value[GADGET_TEAM] = value_ref(at->red);
    gadget.value[GADGET_OWNER] = value_ref(at->person[ADA]);
    gadget.value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 2, .ids = helpers };
    gadget.value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 2, .texts = tags };
    gadget.value[GADGET_PLACE] = value_text(TEXT("m"));
    gadget.value[GADGET_EXTRA] = value_text(TEXT("{\"a\":[1,null,\"x\"]}"));
    gadget.value[GADGET_PICTURE] = value_text((text){ "\0\xFF\n\0", 4 });
    gadget.value[GADGET_PASSWORD] = value_text(TEXT("topsecretword"));
    gadget.value[GADGET_REMARK] = value_text(TEXT("only mine"));
    gadget.dimensions = DIMENSION_AI | DIMENSION_PEOPLE;
    assert_done(&call, ledger_create(&call, &gadget));
    assert_done(&call, test_set(&call, &gadget, GADGET_TAGS, VALUE_NONE));
    assert_done(&call, test_set(&call, &gadget, GADGET_ABOUT, VALUE_NONE));
    struct row gizmo = test_make(&call, &gizmo_record, "part", gadget.id);
    assert_done(&call, ledger_archive(&call, &gizmo_record, gizmo.id));
    test_make(&call, &diary_record, "dear diary", 0);
    struct row memo = test_make(&call, &memo_record, "memo", 0);
    assert_done(&call, ledger_share(&call, &memo_record, memo.id, at->person[BEN]));
    assert_done(&call, ledger_undo_row(&call, &gadget_record, gadget.id));
    test_call_end(&call);
    make_readings(at);
}

static void everything_comes_back_as_it_was(void **state)
{
    struct test_store *at = *state, other;
    struct call call;
    make_things(at);
    char *first = export_to(at, "a-1", &as_it_is);
    open_other(&other);
    test_call_as(&call, &other, NOBODY);
    assert_done(&call, import_from(&call, at, "a-1"));
    test_call_end(&call);
    char *second = export_to(&other, "a-2", &as_it_is);
    assert_string_equal(first, second);
    free(first);
    free(second);
    test_call_as(&call, &other, MACHINE);
    struct row gadget;
    assert_done(&call, find_row(&call, &gadget_record, 1, &gadget));
    assert_int_equal(gadget.version, 4);
    assert_memory_equal(value_as_text(gadget.value[GADGET_PICTURE]).at, "\0\xFF\n\0", 4);
    assert_int_equal(value_as_text(gadget.value[GADGET_SERIAL]).size, 0);
    assert_int_equal(gadget.value[GADGET_SERIAL].kind, VALUE_TEXT);
    assert_true(value_is_null(gadget.value[GADGET_PASSWORD]));
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM gadget_reading"), 3);
    assert_int_equal(
        test_ask(&call, "SELECT count(*) FROM gadget_reading WHERE score IN (1e19, -1e300)"), 2);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM reader WHERE record = 'memo'"), 2);
    test_call_end(&call);
    remove_archives(&other);
    store_close(other.store);
    test_store_remove(&other);
}

static void what_is_new_counts_on_from_what_came_in(void **state)
{
    struct test_store *at = *state, other;
    struct call call;
    make_things(at);
    free(export_to(at, "a-1", &as_it_is));
    open_other(&other);
    test_call_as(&call, &other, NOBODY);
    assert_done(&call, import_from(&call, at, "a-1"));
    test_call_end(&call);
    memcpy(other.person, at->person, sizeof other.person);
    other.red = at->red;
    test_call_as(&call, &other, ADA);
    struct row gadget;
    assert_done(&call, find_row(&call, &gadget_record, 1, &gadget));
    assert_done(&call, test_set(&call, &gadget, GADGET_AMOUNT, value_int(8)));
    assert_done(&call, ledger_undo_row(&call, &gadget_record, 1));
    assert_int_equal(test_make(&call, &gadget_record, "next", 0).id, 2);
    test_call_end(&call);
    store_close(other.store);
    test_store_remove(&other);
}

static void as_of_an_instant_it_is_the_archive_of_then(void **state)
{
    struct test_store *at = *state;
    struct call call;
    make_things(at);
    char *then = export_to(at, "a-then", &as_it_is);
    test_call_as(&call, at, MACHINE);
    stamp instant = test_ask(&call, "SELECT max(at) FROM change");
    test_call_end(&call);
    test_call_as(&call, at, ADA);
    call.now = instant + 60 * 1000000;
    struct row gadget;
    assert_done(&call, find_row(&call, &gadget_record, 1, &gadget));
    assert_done(&call, test_set(&call, &gadget, GADGET_AMOUNT, value_int(8)));
    test_make(&call, &gadget_record, "later", 0);
    test_make(&call, &diary_record, "later", 0);
    test_make(&call, &memo_record, "later", 0);
    assert_done(&call, ledger_archive(&call, &gadget_record, 1));
    test_call_end(&call);
    const struct archive_options of_then = { .at = instant }, before = { .at = 1 };
    char *again = export_to(at, "a-again", &of_then), *now = export_to(at, "a-now", &as_it_is);
    char *empty = export_to(at, "a-empty", &before);
    assert_string_equal(then, again);
    assert_string_not_equal(then, now);
    assert_null(strstr(empty, "records/gadgets.jsonl"));
    free(then);
    free(again);
    free(now);
    free(empty);
}

static void secrets_stand_in_no_file(void **state)
{
    struct test_store *at = *state;
    char words[2 * TEST_PATH_SIZE];
    const struct archive_options all = { .csv = true, .markdown = true };
    make_things(at);
    char *manifest = export_to(at, "a-1", &all);
    assert_non_null(strstr(manifest, "\"gadgets\": 1"));
    free(manifest);
    snprintf(words, sizeof words, "grep -rq 'only mine' %s/a-1", at->folder);
    assert_int_equal(system(words), 0);
    snprintf(words, sizeof words, "! grep -rq topsecretword %s/a-1", at->folder);
    assert_int_equal(system(words), 0);
}

static void a_store_with_rows_of_its_own_takes_no_archive(void **state)
{
    struct test_store *at = *state;
    struct call call;
    char *before = export_to(at, "a-1", &as_it_is);
    test_call_as(&call, at, NOBODY);
    assert_false(import_from(&call, at, "a-1"));
    assert_int_equal(call.fail.kind, FAIL_CONFLICT);
    assert_non_null(strstr(call.fail.sentence, "rows already"));
    test_call_end(&call);
    char *after = export_to(at, "a-2", &as_it_is);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static const struct {
    const char *line, *said;
} bad_rows[] = {
    { "[1]", "a JSON object" },
    { "{\"id\":\"GAD-1\",\"version\":1}", "needs 'id', 'version' and 'changed'" },
    { "{\"id\":\"DIARY-1\"}", "'id' is not" },
    { "{\"version\":0}", "'version' is not" },
    { "{\"changed\":\"yesterday\"}", "'changed' is not" },
    { "{\"dimensions\":[\"space\"]}", "'dimensions' is not" },
    { "{\"flavour\":1}", "'flavour' is nothing" },
    { "{\"name\":1}", "'name' holds" },
    { "{\"amount\":\"1\"}", "'amount' holds" },
    { "{\"ratio\":\"1\"}", "'ratio' holds" },
    { "{\"is_loud\":1}", "'is_loud' holds" },
    { "{\"opened\":\"2026-11-16\"}", "'opened' holds" },
    { "{\"due\":\"2026-02-30\"}", "'due' holds" },
    { "{\"team\":1}", "'team' holds" },
    { "{\"helpers\":[\"X-1\"]}", "'helpers' holds" },
    { "{\"tags\":[1]}", "'tags' holds" },
    { "{\"picture\":\"%\"}", "'picture' holds" },
};

static void lines_that_are_no_row_are_refused_by_their_key(void **state)
{
    struct test_store *at = *state;
    for (size_t i = 0; i < sizeof bad_rows / sizeof *bad_rows; i++) {
        struct call call;
        struct json json;
        struct row row;
        test_call_as(&call, at, MACHINE);
        assert_done(&call, json_read(&call, text_of(bad_rows[i].line), &json, NULL));
        assert_false(archive_row_read(&call, &gadget_record, &json, &row));
        assert_int_equal(call.fail.kind, FAIL_INVALID);
        if (!strstr(call.fail.sentence, bad_rows[i].said))
            print_error("%s: %s\n", bad_rows[i].line, call.fail.sentence);
        assert_non_null(strstr(call.fail.sentence, bad_rows[i].said));
        test_call_end(&call);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARCHIVES(everything_comes_back_as_it_was),
        WITH_ARCHIVES(what_is_new_counts_on_from_what_came_in),
        WITH_ARCHIVES(as_of_an_instant_it_is_the_archive_of_then),
        WITH_ARCHIVES(secrets_stand_in_no_file),
        WITH_ARCHIVES(a_store_with_rows_of_its_own_takes_no_archive),
        WITH_ARCHIVES(lines_that_are_no_row_are_refused_by_their_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

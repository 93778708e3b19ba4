/*
 * All rows of one store into another, over the borders of pages and through any driver; and nothing
 * at all when something fails on the way.
 */
#include "store/backup.h"
#include "base/hash.h"
#include "store/driver.h"
#include "store/setting.h"
#include "store/sql.h"
#include "store/tables.h"
#include "support/test_store.h"

#include <glob.h>
#include <sys/stat.h>

static void fail_table(const char *table, const char *what)
{
    print_error("%s: %s\n", table, what);
    assert_true(false);
}

/* Page borders: tags in thousands, blobs in sixteens; keys of texts, nulls, bytes of every value.
 */
enum { TAGS = 2000, READINGS = 48 };

static void make_tag(struct call *call, int i)
{
    struct sql *sql = SQL(call, "INSERT INTO tag (record, \"row\", field, position, tag) VALUES "
                                "('gadget', ?1, ?2, ?3, ?4)");
    assert_done(call, sql != NULL);
    sql_bind_int(sql, 1, i / 7);
    sql_bind_text(sql, 2, i % 7 ? TEXT("b'\"") : TEXT("a"));
    sql_bind_int(sql, 3, i);
    sql_bind_text(sql, 4, call_format(call, "t%d", i));
    assert_done(call, sql_run(call, sql));
}

static void make_reading(struct call *call, int i)
{
    char *bytes = call_take(call, 5000);
    struct sql *sql = SQL(call, "INSERT INTO gadget_reading (gadget, at, score, note, wave) VALUES "
                                "(?1, ?2, ?3, ?4, ?5)");
    assert_done(call, sql && bytes);
    random_bytes(bytes, 5000);
    sql_bind_int(sql, 1, i);
    sql_bind_int(sql, 2, -i);
    sql_bind_real(sql, 3, i / 3.0);
    sql_bind_text(sql, 4, i % 2 ? TEXT("") : TEXT_NONE);
    sql_bind_blob(sql, 5, i % 3 ? (text){ bytes, (size_t)(i % 3 - 1) * 5000 } : TEXT_NONE);
    assert_done(call, sql_run(call, sql));
}

static void make_rows(const struct test_store *at)
{
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, store_begin(&call));
    for (int i = 0; i < TAGS; i++)
        make_tag(&call, i);
    for (int i = 0; i < READINGS; i++)
        make_reading(&call, i);
    assert_done(&call, store_setting_set(&call, "zone", TEXT_NONE) &&
                           store_setting_set(&call, "colour", TEXT("red")) && store_commit(&call));
    test_call_end(&call);
}

/* --- two stores side by side --- */

static bool same_value(struct sql *a, struct sql *b, int at, enum column_kind kind)
{
    if (sql_is_null(a, at) || sql_is_null(b, at))
        return sql_is_null(a, at) == sql_is_null(b, at);
    switch (kind) {
    case COLUMN_INT:
        return sql_int(a, at) == sql_int(b, at);
    case COLUMN_REAL:
        return sql_real(a, at) == sql_real(b, at);
    case COLUMN_TEXT:
        return text_equal(sql_text(a, at), sql_text(b, at));
    case COLUMN_BLOB:
        return text_equal(sql_blob(a, at), sql_blob(b, at));
    }
    return false;
}

struct sides {
    struct call other;
    int tables;
};

/* Both order texts by their bytes. */
static text select_words(struct call *call, const struct table *table)
{
    struct out words;
    out_init(&words, call);
    out_string(&words, "SELECT ");
    for (const struct column *column = table->column; column->name; column++)
        out_format(&words, "%s\"%s\"", column == table->column ? "" : ", ", column->name);
    out_format(&words, " FROM \"%s\" ORDER BY ", table->name);
    for (int i = 0; i < INDEX_COLUMNS_MAX && table->key[i]; i++)
        out_format(&words, "%s\"%s\"", i ? ", " : "", table->key[i]);
    return out_view(&words);
}

static bool same_table(struct call *call, const struct table *table, void *to)
{
    struct sides *sides = to;
    text words = select_words(call, table);
    struct sql *a = sql_prepare(call, words), *b = sql_prepare(&sides->other, words);
    assert_true(a && b);
    enum sql_step step;
    while ((step = sql_step(call, a)) == sql_step(&sides->other, b) && step == SQL_ROW)
        for (int i = 0; table->column[i].name; i++)
            if (!same_value(a, b, i, table->column[i].kind))
                fail_table(table->name, table->column[i].name);
    if (step != SQL_DONE)
        fail_table(table->name, "another number of rows");
    sql_done(a);
    sql_done(b);
    sides->tables++;
    return true;
}

static void assert_equal_stores(const struct test_store *at, const char *where)
{
    struct call call;
    struct sides sides = { .tables = 0 };
    const struct store_options options = { .where = text_of(where),
                                           .read_only = true,
                                           .catalog = &at->catalog };
    test_call_init(&sides.other);
    struct store *other = store_open(&sides.other, &options);
    assert_done(&sides.other, other && store_attach(&sides.other, other));
    test_call_as(&call, at, MACHINE);
    assert_done(&call, tables_visit(&call, &at->catalog, same_table, &sides));
    assert_true(sides.tables > 15);
    test_call_end(&call);
    test_call_end(&sides.other);
    store_close(other);
}

/* --- copies --- */

struct pair {
    struct test_store *from, to;
};

static void pair_open(struct pair *pair, void **state)
{
    struct call call;
    pair->from = *state;
    make_rows(pair->from);
    test_store_prepare(&pair->to);
    test_call_init(&call);
    pair->to.store = test_store_open(&call, &pair->to, true);
    assert_done(&call, pair->to.store != NULL);
    call_release(&call);
}

static void pair_close(struct pair *pair)
{
    if (pair->to.store)
        store_close(pair->to.store);
    test_store_remove(&pair->to);
}

static bool copy_all(struct pair *pair, struct call *to, struct copy_report *report)
{
    struct call from;
    test_call_as(&from, pair->from, MACHINE);
    bool done = store_begin(to) && copy_rows(&from, to, report) && store_commit(to);
    test_call_end(&from);
    return done;
}

static const struct copy_count *count_of(const struct copy_report *report, const char *table)
{
    for (size_t i = 0; i < report->tables; i++)
        if (strcmp(report->count[i].table, table) == 0)
            return &report->count[i];
    return NULL;
}

static void every_row_of_every_table_arrives(void **state)
{
    struct pair pair;
    struct call to;
    struct copy_report report, counted;
    pair_open(&pair, state);
    test_call_as(&to, &pair.to, MACHINE);
    assert_done(&to, copy_all(&pair, &to, &report));
    assert_int_equal(count_of(&report, "tag")->rows, 2000);
    assert_int_equal(count_of(&report, "gadget_reading")->rows, 48);
    assert_int_equal(count_of(&report, "people")->rows, ACTOR_COUNT - ADA);
    assert_int_equal(count_of(&report, "gadget_helpers")->rows, 0);
    assert_done(&to, copy_count(&to, &counted));
    assert_int_equal(counted.rows, report.rows - count_of(&report, "setting")->rows);
    assert_null(count_of(&counted, "setting"));
    test_call_end(&to);
    assert_equal_stores(pair.from, pair.to.where);
    pair_close(&pair);
}

static void what_was_in_the_target_goes(void **state)
{
    struct pair pair;
    struct call to;
    struct copy_report report;
    pair_open(&pair, state);
    test_tamper(&pair.to, "INSERT INTO tag VALUES ('gadget', 1, 'z', 0, 'old');"
                          "INSERT INTO setting VALUES ('colour', 'blue'), ('old', 'x');");
    test_call_as(&to, &pair.to, MACHINE);
    assert_done(&to, copy_all(&pair, &to, &report));
    test_call_end(&to);
    assert_equal_stores(pair.from, pair.to.where);
    test_call_as(&to, &pair.to, MACHINE);
    assert_done(&to, store_begin(&to) && copy_clear(&to) && store_commit(&to));
    assert_done(&to, copy_count(&to, &report));
    assert_int_equal(report.rows, 0);
    assert_int_equal(test_ask(&to, "SELECT count(*) FROM setting WHERE name = 'colour'"), 1);
    test_call_end(&to);
    pair_close(&pair);
}

/* The face of a driver has no place for this: one test, one thread. */
static int64_t steps_left;

static enum driver_result faulty_step(struct statement *prepared)
{
    return steps_left-- <= 0 ? DRIVER_FULL : test_driver()->step(prepared);
}

static void a_failure_at_any_step_leaves_the_target_as_it_was(void **state)
{
    static const int64_t after[] = { 1, 2, 50, 900, 1500, 2050, 2090 };
    struct pair pair;
    struct call to;
    struct driver driver = *test_driver();
    pair_open(&pair, state);
    driver.step = faulty_step;
    store_close(pair.to.store);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        struct copy_report report;
        const struct store_options options = { .where = text_of(pair.to.where),
                                               .create = true,
                                               .catalog = &pair.to.catalog,
                                               .driver = &driver };
        steps_left = INT64_MAX;
        test_tamper(&pair.to, "INSERT INTO setting VALUES ('colour', 'blue') ON CONFLICT (name) "
                              "DO UPDATE SET value = 'blue';");
        test_call_init(&to);
        pair.to.store = store_open(&to, &options);
        assert_done(&to, pair.to.store && store_attach(&to, pair.to.store));
        steps_left = after[i];
        assert_false(copy_all(&pair, &to, &report));
        assert_int_equal(to.fail.kind, FAIL_STORE);
        fail_clear(&to);
        steps_left = INT64_MAX;
        store_rollback(&to);
        assert_done(&to, copy_count(&to, &report));
        assert_int_equal(report.rows, 0);
        assert_int_equal(test_ask(&to, "SELECT count(*) FROM setting WHERE value = 'blue'"), 1);
        test_call_end(&to);
        store_close(pair.to.store);
    }
    pair.to.store = NULL;
    pair_close(&pair);
}

static void a_failing_source_is_told_by_the_target(void **state)
{
    struct pair pair;
    struct call from, to;
    struct copy_report report;
    pair_open(&pair, state);
    test_tamper(pair.from, "ALTER TABLE tag RENAME TO gone;");
    test_call_as(&from, pair.from, MACHINE);
    test_call_as(&to, &pair.to, MACHINE);
    assert_done(&to, store_begin(&to));
    assert_false(copy_rows(&from, &to, &report));
    assert_int_equal(to.fail.kind, FAIL_STORE);
    assert_non_null(strstr(to.fail.sentence, store_where(from.store)));
    fail_clear(&to);
    assert_false(store_commit(&to)); /* it is doomed */
    test_call_end(&to);
    test_call_end(&from);
    pair_close(&pair);
}

static void backups_of_any_driver_are_the_store(void **state)
{
    struct test_store *at = *state;
    make_rows(at);
    for (int is_native = 0; is_native < 2; is_native++) {
        struct call call;
        struct stat facts;
        struct driver driver = *test_driver();
        char path[TEST_PATH_SIZE + 16];
        if (!is_native)
            driver.copy = NULL;
        store_close(at->store);
        const struct store_options options = { .where = text_of(at->where),
                                               .catalog = &at->catalog,
                                               .driver = &driver };
        snprintf(path, sizeof path, "%s/backup-%d.db", at->folder, is_native);
        test_call_init(&call);
        at->store = store_open(&call, &options);
        assert_done(&call, at->store && store_attach(&call, at->store));
        assert_done(&call, backup_write(&call, text_of(path)));
        assert_false(backup_write(&call, text_of(path)));
        assert_int_equal(call.fail.kind, FAIL_CONFLICT);
        test_call_end(&call);
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
        assert_equal_stores(at, path);
        glob_t left;
        snprintf(path, sizeof path, "%s/*.partial*", at->folder);
        assert_int_equal(glob(path, 0, NULL, &left), GLOB_NOMATCH);
        store_close(at->store);
        test_call_init(&call);
        at->store = test_store_open(&call, at, false);
        assert_done(&call, at->store != NULL);
        call_release(&call);
    }
}

static void a_store_has_one_name_for_each_of_its_paths(void **state)
{
    const struct test_store *at = *state;
    char roundabout[2 * TEST_PATH_SIZE], other[TEST_PATH_SIZE + 8];
    snprintf(roundabout, sizeof roundabout, "%s/../%s/rondo.db", at->folder,
             strrchr(at->folder, '/') + 1);
    snprintf(other, sizeof other, "%s.x", at->where);
    assert_true(backup_is_same(at->where, roundabout));
    assert_false(backup_is_same(at->where, other));
    assert_true(backup_is_same(other, other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(every_row_of_every_table_arrives),
        WITH_STORE(what_was_in_the_target_goes),
        WITH_STORE(a_failure_at_any_step_leaves_the_target_as_it_was),
        WITH_STORE(a_failing_source_is_told_by_the_target),
        WITH_STORE(backups_of_any_driver_are_the_store),
    };
    const struct CMUnitTest of_a_file[] = {
        WITH_STORE(a_store_has_one_name_for_each_of_its_paths),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed || !test_is_on_file() ? failed : cmocka_run_group_tests(of_a_file, NULL, NULL);
}

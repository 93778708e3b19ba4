/*
 * All rows of one store into another, over the borders of pages and through any driver; and nothing
 * at all when something fails on the way.
 */
#include "store/backup.h"
#include "store/driver.h"
#include "store/tables.h"
#include "support/test_store.h"

#include <sys/stat.h>

/* Page borders: tags in thousands, blobs in sixteens; keys of texts, nulls, bytes of every value.
 */
static void make_rows(const struct test_store *at)
{
    test_tamper(
        at,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999) "
        "INSERT INTO tag SELECT 'gadget', i / 7, CASE i % 7 WHEN 0 THEN 'a' ELSE 'b''\"' END, i, "
        "'t' || i FROM n;"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 47) "
        "INSERT INTO gadget_reading SELECT i, -i, i / 3.0, CASE i % 2 WHEN 0 THEN NULL ELSE '' "
        "END, "
        "CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN x'' ELSE randomblob(i * 100) END FROM n;"
        "INSERT INTO setting VALUES ('zone', NULL), ('colour', 'red');");
}

struct comparison {
    struct out words;
    int tables;
};

static bool compare_table(struct call *call, const struct table *table, void *to)
{
    struct comparison *comparison = to;
    (void)call;
    for (int side = 0; side < 2; side++)
        out_format(&comparison->words,
                   "INSERT INTO differ SELECT count(*) FROM (SELECT * FROM %s.\"%s\" EXCEPT SELECT "
                   "* FROM %s.\"%s\");",
                   side ? "other" : "main", table->name, side ? "main" : "other", table->name);
    comparison->tables++;
    return true;
}

/* Fails the test when a row of one is not in the other. */
static void assert_equal_stores(const struct test_store *at, const char *other)
{
    struct call call;
    struct comparison comparison = { .tables = 0 };
    test_call_init(&call);
    out_init(&comparison.words, &call);
    out_format(&comparison.words,
               "ATTACH '%s' AS other; CREATE TEMP TABLE differ (n INTEGER CHECK (n = 0));", other);
    assert_done(&call, tables_visit(&call, &at->catalog, compare_table, &comparison));
    assert_true(comparison.tables > 15);
    out_char(&comparison.words, '\0');
    test_tamper(at, out_view(&comparison.words).at);
    call_release(&call);
}

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
    return steps_left-- <= 0 ? DRIVER_FULL : sqlite_driver.step(prepared);
}

static void a_failure_at_any_step_leaves_the_target_as_it_was(void **state)
{
    static const int64_t after[] = { 1, 2, 50, 900, 1500, 2050, 2090 };
    struct pair pair;
    struct call to;
    struct driver driver = sqlite_driver;
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
        test_tamper(&pair.to, "INSERT OR REPLACE INTO setting VALUES ('colour', 'blue');");
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
    assert_non_null(strstr(to.fail.sentence, pair.from->where));
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
        struct driver driver = sqlite_driver;
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
        snprintf(path, sizeof path, "%s/backup-%d.db.partial", at->folder, is_native);
        assert_int_equal(stat(path, &facts), -1);
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
        WITH_STORE(a_store_has_one_name_for_each_of_its_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

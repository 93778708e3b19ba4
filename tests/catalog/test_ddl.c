/* SQL out of the catalogue: the whole of it against golden files, and that SQLite takes it. */
#include "support/support.h"

#include "support/golden.h"
#include "support/test_catalog.h"

#include <sqlite3.h>

static text ddl_of(struct call *call, const struct dialect *dialect)
{
    struct out out;
    out_init(&out, call);
    assert_done(call, catalog_write_ddl(call, &test_catalog, dialect, &out));
    return out_view(&out);
}

static void both_dialects_are_as_agreed(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_golden("tests/golden/test_catalog_sqlite.sql", ddl_of(&call, &dialect_sqlite));
    assert_golden("tests/golden/test_catalog_postgresql.sql", ddl_of(&call, &dialect_postgresql));
    call_release(&call);
}

static void run(sqlite3 *database, const char *sql)
{
    char *reason = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &reason) != SQLITE_OK)
        print_error("%s\n", reason);
    assert_null(reason);
}

static void sqlite_takes_it_twice_and_keeps_live_rows_unique(void **state)
{
    (void)state;
    struct call call;
    sqlite3 *database;
    test_call_init(&call);
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    char *sql = call_string(&call, ddl_of(&call, &dialect_sqlite));
    run(database, sql);
    run(database, sql);
    run(database,
        "INSERT INTO teams (version, created, changed, archived, change, dimensions, name)"
        "VALUES (1, 1, 1, 1, 1, 0, 'Core'), (1, 1, 1, 0, 1, 0, 'Core')");
    assert_int_equal(sqlite3_last_insert_rowid(database), 2);
    assert_int_equal(
        sqlite3_exec(
            database,
            "INSERT INTO teams (version, created, changed, archived, change, dimensions, name)"
            "VALUES (1, 1, 1, 0, 1, 0, 'Core')",
            NULL, NULL, NULL),
        SQLITE_CONSTRAINT);
    sqlite3_close(database);
    call_release(&call);
}

static void too_many_indexes_are_refused(void **state)
{
    (void)state;
    static char names[TABLE_INDEXES_MAX][8];
    struct field field[TABLE_INDEXES_MAX];
    struct record record = { .name = "wide", .plural = "wides", .field = field };
    struct call call;
    struct table table;
    test_call_init(&call);
    for (int i = 0; i < TABLE_INDEXES_MAX; i++) {
        snprintf(names[i], sizeof names[i], "f%d", i);
        field[i] = (struct field){ .name = names[i], .kind = FIELD_INT, .flags = FIELD_INDEXED };
    }
    record.field_count = TABLE_INDEXES_MAX - 2;
    assert_done(&call, table_of_record(&call, &record, &table));
    record.field_count = TABLE_INDEXES_MAX - 1;
    assert_false(table_of_record(&call, &record, &table));
    assert_refused(&call, FAIL_INTERNAL, "more than 23 indexes");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_dialects_are_as_agreed),
        cmocka_unit_test(sqlite_takes_it_twice_and_keeps_live_rows_unique),
        cmocka_unit_test(too_many_indexes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Statements: binding, stepping, keeping, and what a refusal says. */
#include "store/sql.h"
#include "store/setting.h"
#include "support/test_store.h"

static void every_kind_of_value_comes_back(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    struct sql *sql = sql_prepare(
        &call,
        call_format(&call,
                    "SELECT CAST(?1 AS BIGINT), CAST(?2 AS DOUBLE PRECISION), CAST(?3 AS TEXT), "
                    "CAST(?4 AS %s), CAST(?5 AS TEXT), CAST(?6 AS TEXT)",
                    test_driver()->dialect->column_word[COLUMN_BLOB]));
    assert_done(&call, sql != NULL);
    sql_bind_int(sql, 1, INT64_MIN);
    sql_bind_real(sql, 2, 0.1);
    sql_bind_text(sql, 3, TEXT("gr\xc3\xbc\xc3\x9f 'quoted'; DROP TABLE gadgets"));
    sql_bind_blob(sql, 4, (text){ "a\0b", 3 });
    sql_bind_null(sql, 5);
    sql_bind_text(sql, 6, TEXT(""));
    assert_int_equal(sql_step(&call, sql), SQL_ROW);
    assert_true(sql_int(sql, 0) == INT64_MIN);
    assert_true(sql_real(sql, 1) == 0.1);
    assert_text(sql_text(sql, 2), "gr\xc3\xbc\xc3\x9f 'quoted'; DROP TABLE gadgets");
    assert_int_equal(sql_blob(sql, 3).size, 3);
    assert_memory_equal(sql_blob(sql, 3).at, "a\0b", 3);
    assert_true(sql_is_null(sql, 4));
    assert_null(sql_text(sql, 4).at);
    assert_null(sql_blob(sql, 4).at);
    assert_int_equal(sql_int(sql, 4), 0);
    assert_false(sql_is_null(sql, 5)); /* empty is not unknown */
    assert_non_null(sql_text(sql, 5).at);
    assert_int_equal(sql_step(&call, sql), SQL_DONE);
    sql_done(sql);
    test_call_end(&call);
}

static void an_absent_text_is_bound_as_null(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    struct sql *sql = SQL(&call, "SELECT CAST(?1 AS TEXT) IS NULL AND CAST(?2 AS TEXT) IS NULL");
    assert_done(&call, sql != NULL);
    sql_bind_text(sql, 1, TEXT_NONE);
    sql_bind_blob(sql, 2, TEXT_NONE);
    assert_int_equal(sql_step(&call, sql), SQL_ROW);
    assert_int_equal(sql_int(sql, 0), 1);
    sql_done(sql);
    test_call_end(&call);
}

static void a_statement_is_kept_and_forgets_its_values(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    struct sql *first = SQL(&call, "SELECT CAST(?1 AS BIGINT)");
    sql_bind_int(first, 1, 7);
    assert_int_equal(sql_step(&call, first), SQL_ROW);
    sql_done(first);
    struct sql *second = SQL(&call, "SELECT CAST(?1 AS BIGINT)");
    assert_ptr_equal(first, second);
    assert_int_equal(sql_step(&call, second), SQL_ROW);
    assert_true(sql_is_null(second, 0));
    sql_done(second);
    test_call_end(&call);
}

static void a_statement_in_use_is_not_handed_out_again(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    struct sql *outer = SQL(&call, "SELECT id FROM people ORDER BY id");
    int pairs = 0;
    while (sql_step(&call, outer) == SQL_ROW) {
        rid id = sql_int(outer, 0);
        struct sql *inner = SQL(&call, "SELECT id FROM people ORDER BY id");
        assert_ptr_not_equal(outer, inner);
        while (sql_step(&call, inner) == SQL_ROW)
            pairs++;
        sql_done(inner);
        assert_int_equal(sql_int(outer, 0), id);
    }
    sql_done(outer);
    assert_int_equal(pairs, 49);
    test_call_end(&call);
}

static void more_statements_than_places_are_served(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 600; i++) {
            char words[32];
            snprintf(words, sizeof words, "SELECT %d", i);
            assert_int_equal(test_ask(&call, words), i);
        }
    test_call_end(&call);
}

static void what_the_store_refuses_fails_the_call(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_null(SQL(&call, "SELECT id FROM nowhere"));
    assert_refused(&call, FAIL_STORE, "nowhere");
    assert_done(&call, store_begin(&call));
    assert_done(&call, sql_script(&call, TEXT("INSERT INTO setting (name) VALUES ('a');"
                                              "INSERT INTO setting (name) VALUES ('b');")));
    assert_false(sql_script(&call, TEXT("INSERT INTO setting (name) VALUES ('a');")));
    assert_refused(&call, FAIL_CONFLICT, "already has");
    store_rollback(&call);
    assert_false(sql_run(&call, NULL));
    assert_null(sql_prepare(&call, TEXT_NONE));
    fail_clear(&call);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM setting WHERE name IN ('a', 'b')"), 0);
    test_call_end(&call);
}

/* A caller that forgives a failure and goes on must not commit half of what it wanted. */
static void a_transaction_with_a_failed_statement_cannot_be_committed(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, store_begin(&call));
    assert_done(&call, store_setting_set(&call, "zone", TEXT("Europe/Berlin")));
    assert_false(sql_run(&call, SQL(&call, "INSERT INTO setting (name) VALUES ('zone')")));
    fail_clear(&call);
    assert_false(store_setting_set(&call, "founded", TEXT("today")));
    assert_refused(&call, FAIL_STORE, "nothing of this change was stored");
    assert_false(store_commit(&call));
    assert_refused(&call, FAIL_STORE, "nothing of this change was stored");
    assert_false(store_in_transaction(&call));
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM setting WHERE name = 'zone'"), 0);
    assert_done(&call, store_begin(&call));
    assert_done(&call, store_setting_set(&call, "zone", TEXT("Europe/Berlin")));
    assert_done(&call, store_commit(&call));
    test_call_end(&call);
}

static void a_value_of_another_kind_than_its_column_is_refused(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, store_begin(&call));
    struct sql *sql = SQL(&call, "UPDATE people SET version = ?1");
    sql_bind_text(sql, 1, TEXT("three"));
    assert_false(sql_run(&call, sql));
    assert_refused(&call, FAIL_INVALID, "does not fit its column");
    store_rollback(&call);
    test_call_end(&call);
}

static void a_value_that_is_needed_and_missing_is_no_conflict(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, store_begin(&call));
    assert_false(sql_run(&call, SQL(&call, "UPDATE people SET version = NULL")));
    assert_refused(&call, FAIL_INVALID, "does not fit its column");
    store_rollback(&call);
    test_call_end(&call);
}

/* SQLite would leave the place empty. None of the bytes that are claimed here is read. */
static void a_text_that_is_too_long_to_keep_is_not_stored_as_null(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, store_begin(&call));
    for (int is_blob = 0; is_blob < 2; is_blob++) {
        struct sql *sql = SQL(&call, "SELECT CAST(?1 AS TEXT) IS NULL");
        assert_done(&call, sql != NULL);
        (is_blob ? sql_bind_blob : sql_bind_text)(sql, 1, (text){ "long", (size_t)1 << 31 });
        assert_int_equal(sql_step(&call, sql), SQL_FAILED);
        sql_done(sql);
        assert_refused(&call, FAIL_INVALID, "does not fit its column");
        store_rollback(&call);
        assert_done(&call, store_begin(&call));
    }
    struct sql *again =
        SQL(&call, "SELECT CAST(?1 AS TEXT) IS NULL"); /* the kept statement forgets it */
    assert_int_equal(sql_step(&call, again), SQL_ROW);
    sql_done(again);
    test_call_end(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(every_kind_of_value_comes_back),
        WITH_STORE(an_absent_text_is_bound_as_null),
        WITH_STORE(a_statement_is_kept_and_forgets_its_values),
        WITH_STORE(a_statement_in_use_is_not_handed_out_again),
        WITH_STORE(more_statements_than_places_are_served),
        WITH_STORE(what_the_store_refuses_fails_the_call),
        WITH_STORE(a_transaction_with_a_failed_statement_cannot_be_committed),
        WITH_STORE(a_value_of_another_kind_than_its_column_is_refused),
        WITH_STORE(a_value_that_is_needed_and_missing_is_no_conflict),
        WITH_STORE(a_text_that_is_too_long_to_keep_is_not_stored_as_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

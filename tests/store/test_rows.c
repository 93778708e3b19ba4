/* Rows to and from their tables: every kind of value, lists as a whole, ids. */
#include "store/rows.h"
#include "support/test_store.h"

static struct row full_row(struct call *call, const struct test_store *at)
{
    static const text tags[] = { { "loud", 4 }, { "heavy", 5 }, { "old", 3 } };
    static rid helpers[3];
    struct row row = test_row(call, &gadget_record, "lamp", 0);
    helpers[0] = at->person[BEN];
    helpers[1] = at->person[OLGA];
    helpers[2] = at->person[ADA];
    row.version = row.change = 1;
    row.created = row.changed = TEST_NOW;
    row.dimensions = DIMENSION_ALL;
    row.value[GADGET_ABOUT] = value_text(TEXT("two\nlines, \"quotes\" and gr\xc3\xbc\xc3\x9f"));
    row.value[GADGET_AMOUNT] = value_int(INT64_MAX);
    row.value[GADGET_RATIO] = value_real(5e-324);
    row.value[GADGET_WEIGHT] = value_real(-1.7976931348623157e308);
    row.value[GADGET_OPENED] = value_stamp(-1);
    row.value[GADGET_DUE] = value_int(-25567);
    row.value[GADGET_OWNER] = value_ref(at->person[ADA]);
    row.value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 3, .texts = tags };
    row.value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 3, .ids = helpers };
    row.value[GADGET_PICTURE] = value_text((text){ "\x00\xff\x00", 3 });
    row.value[GADGET_PASSWORD] = value_text(TEXT(""));
    return row;
}

static void every_value_comes_back_as_it_was(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, MACHINE);
    struct row row = full_row(&call, at);
    assert_done(&call, store_begin(&call));
    assert_done(&call, rows_insert(&call, &row));
    assert_done(&call, store_commit(&call));
    assert_true(rows_get(&call, &gadget_record, row.id, &found));
    assert_true(row_is_equal(&row, &found));
    for (int i = 0; i < GADGET_FIELD_COUNT; i++)
        assert_int_equal(row.value[i].kind, found.value[i].kind); /* empty is not unknown */
    assert_int_equal(found.created, TEST_NOW);
    assert_int_equal(found.change, 1);
    test_call_end(&call);
}

static void an_update_replaces_lists_as_a_whole(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, MACHINE);
    struct row row = full_row(&call, at);
    assert_done(&call, store_begin(&call));
    assert_done(&call, rows_insert(&call, &row));
    row.version = 2;
    row.value[GADGET_TAGS].count = 1;
    row.value[GADGET_HELPERS] = VALUE_NONE;
    row.value[GADGET_ABOUT] = VALUE_NONE;
    assert_done(&call, rows_update(&call, &row));
    assert_done(&call, store_commit(&call));
    assert_true(rows_get(&call, &gadget_record, row.id, &found));
    assert_true(row_is_equal(&row, &found));
    assert_int_equal(found.version, 2);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM tag"), 1);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM gadget_helpers"), 0);
    test_call_end(&call);
}

static void numbers_count_up_and_private_ones_do_not(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    assert_int_equal(test_make(&call, &memo_record, "a", 0).id, 1);
    assert_int_equal(test_make(&call, &memo_record, "b", 0).id, 2);
    rid first = test_make(&call, &diary_record, "a", 0).id;
    rid second = test_make(&call, &diary_record, "b", 0).id;
    assert_true(first > 1000000 && second > 1000000);
    assert_true(first - second > 1000 || second - first > 1000);
    test_call_end(&call);
}

static void a_row_that_is_not_there_is_no_failure(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, MACHINE);
    assert_false(rows_get(&call, &gadget_record, 77, &found));
    assert_int_equal(call.fail.kind, FAIL_NONE);
    test_call_end(&call);
}

static void a_column_list_can_follow_other_columns(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row row;
    struct out words;
    test_call_as(&call, at, MACHINE);
    out_init(&words, &call);
    out_string(&words, "SELECT 7, 8, ");
    rows_columns(&test_person_record, "p", &words);
    out_string(&words, " FROM people AS p WHERE p.name = 'Ada'");
    struct sql *sql = sql_prepare(&call, out_view(&words));
    assert_done(&call, sql != NULL);
    assert_int_equal(sql_step(&call, sql), SQL_ROW);
    assert_done(&call, rows_read(&call, sql, 2, &test_person_record, &row));
    assert_int_equal(row.id, at->person[ADA]);
    assert_text(value_as_text(row.value[PERSON_NAME]), "Ada");
    sql_done(sql);
    test_call_end(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(every_value_comes_back_as_it_was),
        WITH_STORE(an_update_replaces_lists_as_a_whole),
        WITH_STORE(numbers_count_up_and_private_ones_do_not),
        WITH_STORE(a_row_that_is_not_there_is_no_failure),
        WITH_STORE(a_column_list_can_follow_other_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

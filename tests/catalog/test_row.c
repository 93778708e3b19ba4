/* Values, empty rows, copies and public ids. */
#include "support/support.h"

#include "support/test_catalog.h"

static void null_reads_as_nothing(void **state)
{
    (void)state;
    assert_true(value_is_null(value_text(TEXT_NONE)));
    assert_true(value_is_null(value_ref(0)));
    assert_true(value_is_null((struct value){ .kind = VALUE_TEXTS }));
    assert_false(value_is_null(value_text(TEXT(""))));
    assert_false(value_is_null(value_stamp(0)));
    assert_int_equal(value_as_int(VALUE_NONE), 0);
    assert_true(value_as_real(VALUE_NONE) == 0.0);
    assert_false(value_as_bool(VALUE_NONE));
    assert_null(value_as_text(VALUE_NONE).at);
}

static void values_are_equal_by_what_they_hold(void **state)
{
    (void)state;
    rid a[] = { 1, 2 }, b[] = { 1, 2 }, c[] = { 2, 1 };
    text words[] = { TEXT("x") }, others[] = { TEXT("y") };
    struct value ids = { .kind = VALUE_IDS, .count = 2, .ids = a };
    struct value tags = { .kind = VALUE_TEXTS, .count = 1, .texts = words };
    assert_true(value_equal(ids, (struct value){ .kind = VALUE_IDS, .count = 2, .ids = b }));
    assert_false(value_equal(ids, (struct value){ .kind = VALUE_IDS, .count = 2, .ids = c }));
    assert_false(value_equal(ids, (struct value){ .kind = VALUE_IDS, .count = 1, .ids = b }));
    assert_false(
        value_equal(tags, (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = others }));
    assert_true(value_equal(VALUE_NONE, (struct value){ .kind = VALUE_IDS }));
    assert_true(value_equal(value_choice("red"), value_text(TEXT("red"))));
    assert_false(value_equal(value_text(TEXT("")), VALUE_NONE));
    assert_false(value_equal(value_int(1), value_real(1)));
    assert_true(value_equal(value_bool(true), value_int(1)));
}

static void a_new_row_holds_the_fallbacks(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &row));
    assert_ptr_equal(row.record, &gadget_record);
    assert_int_equal(row.id, 0);
    assert_int_equal(value_as_int(row.value[GADGET_AMOUNT]), 1);
    assert_int_equal(row.value[GADGET_IS_LOUD].kind, VALUE_INT);
    assert_text(value_as_text(row.value[GADGET_STATE]), "draft");
    assert_text(value_as_text(row.value[GADGET_ZONE]), "UTC");
    assert_true(value_is_null(row.value[GADGET_NAME]));
    call_release(&call);
}

static void a_copy_shares_nothing(void **state)
{
    (void)state;
    struct call call;
    struct row row, copy;
    char name[] = "lamp", word[] = "old";
    text words[] = { { word, 3 } };
    rid ids[] = { 7 };
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &row));
    row.id = 5;
    row.value[GADGET_NAME] = value_text((text){ name, 4 });
    row.value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = words };
    row.value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 1, .ids = ids };
    assert_done(&call, row_copy(&call, &row, &copy));
    name[0] = 'd';
    word[0] = 'c';
    ids[0] = 8;
    row.value[GADGET_AMOUNT] = value_int(99);
    assert_int_equal(copy.id, 5);
    assert_text(value_as_text(copy.value[GADGET_NAME]), "lamp");
    assert_text(copy.value[GADGET_TAGS].texts[0], "old");
    assert_int_equal(copy.value[GADGET_HELPERS].ids[0], 7);
    assert_int_equal(value_as_int(copy.value[GADGET_AMOUNT]), 1);
    call_release(&call);
}

static void a_row_is_called_by_its_title_else_its_id(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &row));
    row.id = 12;
    assert_text(row_title(&call, &row), "GAD-12");
    row.value[GADGET_NAME] = value_text(TEXT("Lamp"));
    assert_text(row_title(&call, &row), "Lamp");
    call_release(&call);
}

static void public_ids_are_read_in_any_case_and_only_whole(void **state)
{
    (void)state;
    rid id = 0;
    assert_true(row_id_read(&gadget_record, TEXT("gad-12"), &id));
    assert_int_equal(id, 12);
    assert_true(row_id_read(&gadget_record, TEXT("13"), &id));
    assert_int_equal(id, 13);
    assert_false(row_id_read(&gadget_record, TEXT("GIZ-12"), &id));
    assert_false(row_id_read(&gadget_record, TEXT("GAD-"), &id));
    assert_false(row_id_read(&gadget_record, TEXT("GAD-0"), &id));
    assert_false(row_id_read(&gadget_record, TEXT("GAD--1"), &id));
    assert_false(row_id_read(&gadget_record, TEXT("-1"), &id));
    assert_false(row_id_read(&gadget_record, TEXT("GAD-12x"), &id));
    assert_false(row_id_read(&gadget_record, TEXT("99999999999999999999"), &id));
    assert_false(row_id_read(&gadget_record, TEXT(""), &id));
    assert_int_equal(id, 13);
}

static void private_ids_tell_nothing_and_come_back(void **state)
{
    (void)state;
    struct call call;
    rid id = 0, top = (INT64_C(1) << 60) - 1;
    test_call_init(&call);
    assert_text(row_public_id(&call, &diary_record, 31), "DIA-00000000000z");
    assert_text(row_public_id(&call, &diary_record, top), "DIA-zzzzzzzzzzzz");
    assert_true(row_id_read(&diary_record, TEXT("dia-ZZZZZZZZZZZZ"), &id));
    assert_true(id == top);
    assert_true(row_id_read(&diary_record, row_public_id(&call, &diary_record, INT64_MAX), &id));
    assert_true(id == INT64_MAX);
    assert_true(row_id_read(&diary_record, TEXT("DIA-0000000000ol"), &id)); /* o is 0, l is 1 */
    assert_int_equal(id, 1);
    assert_false(row_id_read(&diary_record, TEXT("1"), &id));
    assert_false(row_id_read(&diary_record, TEXT("DIA-1"), &id));
    assert_false(row_id_read(&diary_record, TEXT("DIA-00000000000u"), &id));
    assert_false(row_id_read(&diary_record, TEXT("DIA-000000000000"), &id));
    assert_false(row_id_read(&diary_record, TEXT("DIA-zzzzzzzzzzzzz"), &id));
    call_release(&call);
}

static void a_public_id_names_its_record(void **state)
{
    (void)state;
    const struct record *record = NULL;
    rid id = 0;
    assert_true(catalog_id_read(&test_catalog, TEXT("giz-3"), &record, &id));
    assert_ptr_equal(record, &gizmo_record);
    assert_int_equal(id, 3);
    assert_false(catalog_id_read(&test_catalog, TEXT("3"), &record, &id));
    assert_false(catalog_id_read(&test_catalog, TEXT("XYZ-3"), &record, &id));
    assert_false(catalog_id_read(&test_catalog, TEXT("GIZ-x"), &record, &id));
    assert_false(catalog_id_read(&test_catalog, TEXT(""), &record, &id));
}

/* The memory limit is stepped up until it suffices: before that, each step fails and says so. */
static void a_row_that_does_not_fit_fails_the_call(void **state)
{
    (void)state;
    bool is_done = false;
    for (size_t limit = 0; !is_done && limit < 100000; limit += 64) {
        struct call call;
        struct row row, copy;
        call_init(&call, limit);
        is_done = row_init(&call, &gadget_record, &row) && row_copy(&call, &row, &copy);
        assert_int_equal(call.fail.kind, is_done ? FAIL_NONE : FAIL_TOO_LARGE);
        call_release(&call);
    }
    assert_true(is_done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_reads_as_nothing),
        cmocka_unit_test(values_are_equal_by_what_they_hold),
        cmocka_unit_test(a_new_row_holds_the_fallbacks),
        cmocka_unit_test(a_copy_shares_nothing),
        cmocka_unit_test(a_row_is_called_by_its_title_else_its_id),
        cmocka_unit_test(public_ids_are_read_in_any_case_and_only_whole),
        cmocka_unit_test(private_ids_tell_nothing_and_come_back),
        cmocka_unit_test(a_public_id_names_its_record),
        cmocka_unit_test(a_row_that_does_not_fit_fails_the_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

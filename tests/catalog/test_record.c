/* Records and fields found by their names. */
#include "support/support.h"

#include "support/test_catalog.h"

static void a_record_is_found_by_name_word_plural_and_prefix(void **state)
{
    (void)state;
    assert_ptr_equal(catalog_record(&test_catalog, TEXT("plan_item")), &plan_item_record);
    assert_ptr_equal(catalog_record_word(&test_catalog, TEXT("plan-item")), &plan_item_record);
    assert_ptr_equal(catalog_record_word(&test_catalog, TEXT("plan_items")), &plan_item_record);
    assert_ptr_equal(catalog_record_word(&test_catalog, TEXT("diaries")), &diary_record);
    assert_ptr_equal(catalog_record_prefix(&test_catalog, TEXT("plan")), &plan_item_record);
}

static void what_is_no_record_is_not_found(void **state)
{
    (void)state;
    assert_null(catalog_record(&test_catalog, TEXT("plan-item")));
    assert_null(catalog_record(&test_catalog, TEXT("gadgets")));
    assert_null(catalog_record_word(&test_catalog, TEXT("plan-ite")));
    assert_null(catalog_record_word(&test_catalog, TEXT("")));
    assert_null(catalog_record_prefix(&test_catalog, TEXT("PLA")));
}

static void fields_are_found_by_name(void **state)
{
    (void)state;
    assert_int_equal(record_field(&gadget_record, TEXT("name")), GADGET_NAME);
    assert_int_equal(record_field(&gadget_record, TEXT("cases")), GADGET_CASES);
    assert_int_equal(record_field(&gadget_record, TEXT("Name")), -1);
    assert_int_equal(record_parent(&gizmo_record), GIZMO_GADGET);
    assert_int_equal(record_parent(&gadget_record), -1);
}

static void words_on_the_command_line_have_hyphens(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_text(record_word(&call, &plan_item_record), "plan-item");
    assert_text(record_address(&call, &plan_item_record), "plan-items");
    assert_text(record_address(&call, &test_person_record), "people");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_found_by_name_word_plural_and_prefix),
        cmocka_unit_test(what_is_no_record_is_not_found),
        cmocka_unit_test(fields_are_found_by_name),
        cmocka_unit_test(words_on_the_command_line_have_hyphens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

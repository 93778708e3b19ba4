/* The facts of field kinds, and choices. */
#include "support/support.h"

#include "support/test_catalog.h"

static void every_kind_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < FIELD_KIND_COUNT; i++) {
        const char *name = field_kind_fact((enum field_kind)i)->name;
        assert_non_null(name);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(name, field_kind_fact((enum field_kind)j)->name);
    }
}

static void lists_and_numbers_are_told_apart(void **state)
{
    (void)state;
    assert_true(field_kind_fact(FIELD_REFS)->is_list);
    assert_true(field_kind_fact(FIELD_TAGS)->is_list);
    assert_false(field_kind_fact(FIELD_REF)->is_list);
    assert_true(field_kind_fact(FIELD_STAMP)->is_number);
    assert_true(field_kind_fact(FIELD_REF)->is_number);
    assert_false(field_kind_fact(FIELD_RANK)->is_number);
}

static void a_choice_is_found_by_its_exact_word(void **state)
{
    (void)state;
    const struct field *color = &gadget_record.field[GADGET_COLOR];
    assert_int_equal(field_choice(color, TEXT("red")), 0);
    assert_int_equal(field_choice(color, TEXT("blue")), 2);
    assert_int_equal(field_choice(color, TEXT("Blue")), -1);
    assert_int_equal(field_choice(color, TEXT("")), -1);
    assert_int_equal(field_choice(&gadget_record.field[GADGET_NAME], TEXT("red")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_name_of_its_own),
        cmocka_unit_test(lists_and_numbers_are_told_apart),
        cmocka_unit_test(a_choice_is_found_by_its_exact_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

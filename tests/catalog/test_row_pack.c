/* Rows for the history: what is packed comes back exactly, also into a catalogue that has moved on.
 */
#include "support/support.h"

#include "support/test_catalog.h"

#include <float.h>

static void assert_same_row(const struct row *a, const struct row *b)
{
    assert_ptr_equal(a->record, b->record);
    assert_true(a->id == b->id && a->version == b->version && a->created == b->created);
    assert_true(a->changed == b->changed && a->archived == b->archived && a->change == b->change);
    assert_int_equal(a->dimensions, b->dimensions);
    for (size_t i = 0; i < a->record->field_count; i++) {
        if (!value_equal(a->value[i], b->value[i]))
            print_error("'%s' differs\n", a->record->field[i].name);
        assert_true(value_equal(a->value[i], b->value[i]));
    }
}

static void assert_survives(struct call *call, const struct row *row)
{
    text packed;
    struct row back;
    assert_done(call, row_pack(call, row, &packed));
    assert_done(call, row_unpack(call, row->record, packed, &back));
    assert_same_row(row, &back);
}

static void every_kind_survives(void **state)
{
    (void)state;
    static const text tags[] = { { "a\x01", 2 }, { "\xf0\x9f\x99\x82", 4 } };
    static const rid helpers[] = { 2, INT64_MAX };
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &row));
    row.id = INT64_MAX;
    row.version = 3;
    row.created = -1;
    row.changed = TEST_NOW;
    row.archived = TEST_NOW + 1;
    row.change = 77;
    row.dimensions = DIMENSION_ALL;
    row.value[GADGET_NAME] =
        value_text(TEXT("\x01\x1f\"\\/\b\f\n\r\t\x7f \xe2\x80\xa8\xf0\x9f\x99\x82"));
    row.value[GADGET_ABOUT] = value_text(TEXT("line\r\nline \xef\xbf\xbd"));
    row.value[GADGET_AMOUNT] = value_int(INT64_MIN);
    row.value[GADGET_RATIO] = value_real(0.1);
    row.value[GADGET_OPENED] = value_stamp(0);
    row.value[GADGET_DUE] = value_int(-70000);
    row.value[GADGET_TEAM] = value_ref(4);
    row.value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 2, .ids = helpers };
    row.value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 2, .texts = tags };
    row.value[GADGET_PLACE] = value_text(TEXT("a1"));
    row.value[GADGET_EXTRA] = value_text(TEXT("{ \"kept\" : 1.50 }"));
    row.value[GADGET_PICTURE] = value_text(TEXT("\xff\0\x01\xfe"));
    row.value[GADGET_PASSWORD] = value_text(TEXT("sesame"));
    row.value[GADGET_REMARK] = value_text(TEXT("mine"));
    row.value[GADGET_CASES] = value_int(12);
    assert_survives(&call, &row);
    call_release(&call);
}

static void an_empty_row_survives(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &row));
    for (int i = 0; i < GADGET_FIELD_COUNT; i++)
        row.value[i] = VALUE_NONE; /* no fallback may come back */
    assert_survives(&call, &row);
    call_release(&call);
}

static void reals_survive_to_the_last_bit(void **state)
{
    (void)state;
    static const double reals[] = {
        0.1, 1.0 / 3, -2.5, 1e20, 1e22, 123456789012345680000.0, 9007199254740993.0, 1e300, 5e-324,
        DBL_MIN, DBL_MAX, -DBL_MAX, DBL_EPSILON, 4503599627370496.5, 18446744073709551616.0, 0,
    };
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &row));
    for (size_t i = 0; i < sizeof reals / sizeof reals[0]; i++) {
        row.value[GADGET_WEIGHT] = value_real(reals[i]);
        assert_survives(&call, &row);
    }
    call_release(&call);
}

static void fields_that_went_are_passed_over_and_new_ones_have_their_fallback(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call,
                row_unpack(&call, &gadget_record,
                           TEXT("{\"id\":3,\"version\":2,\"color\":\"red\",\"gone\":[1,{}]}"),
                           &row));
    assert_int_equal(row.id, 3);
    assert_int_equal(row.version, 2);
    assert_int_equal(row.change, 0);
    assert_text(row.value[GADGET_COLOR].text, "red");
    assert_int_equal(value_as_int(row.value[GADGET_AMOUNT]), 1);
    assert_text(value_as_text(row.value[GADGET_STATE]), "draft");
    assert_true(value_is_null(row.value[GADGET_WEIGHT])); /* it has none */
    assert_done(&call, row_unpack(&call, &gadget_record, TEXT("{\"amount\":null}"), &row));
    assert_true(value_is_null(row.value[GADGET_AMOUNT])); /* it was there, and empty */
    call_release(&call);
}

static void what_is_of_another_kind_is_refused(void **state)
{
    (void)state;
    static const char *const packed[] = {
        "{\"amount\":\"1\"}", "{\"name\":1}",       "{\"helpers\":[\"1\"]}", "{\"tags\":[1]}",
        "{\"tags\":\"a\"}",   "{\"weight\":\"1\"}", "{\"amount\":1.5}",
    };
    struct call call;
    struct row row;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++) {
        assert_false(row_unpack(&call, &gadget_record, text_of(packed[i]), &row));
        assert_refused(&call, FAIL_STORE, "an earlier version of 'gadget'");
    }
    assert_false(row_unpack(&call, &gadget_record, TEXT("[]"), &row));
    assert_refused(&call, FAIL_STORE, "cannot be read");
    assert_false(row_unpack(&call, &gadget_record, TEXT("{"), &row));
    assert_refused(&call, FAIL_STORE, "cannot be read");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_survives),
        cmocka_unit_test(an_empty_row_survives),
        cmocka_unit_test(reals_survive_to_the_last_bit),
        cmocka_unit_test(fields_that_went_are_passed_over_and_new_ones_have_their_fallback),
        cmocka_unit_test(what_is_of_another_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

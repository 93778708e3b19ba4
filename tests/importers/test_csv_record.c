/* RFC 4180: where a record ends and what its cells are. */
#include "importers/csv_record.h"
#include "support/support.h"

static void a_record_goes_on_while_a_quoted_cell_is_open(void **state)
{
    (void)state;
    enum csv_state state_after = csv_scan(TEXT("a,\"b"), ',', CSV_CELL_START);
    assert_int_equal(state_after, CSV_QUOTED);
    state_after = csv_scan(TEXT("\"\"c"), ',', state_after);
    assert_int_equal(state_after, CSV_QUOTED);
    assert_int_not_equal(csv_scan(TEXT("d\",e"), ',', state_after), CSV_QUOTED);
    assert_int_not_equal(csv_scan(TEXT("5\" disk,x"), ',', CSV_CELL_START), CSV_QUOTED);
    assert_int_not_equal(csv_scan(TEXT("a,\"\""), ',', CSV_CELL_START), CSV_QUOTED);
    assert_int_equal(csv_scan(TEXT("a;\"b"), ';', CSV_CELL_START), CSV_QUOTED);
    assert_int_not_equal(csv_scan(TEXT("a;\"b"), ',', CSV_CELL_START), CSV_QUOTED);
}

static void cells_come_one_by_one_with_the_empty_ones(void **state)
{
    (void)state;
    static const char *const cells[] = { "a", "", "b,\"c\"", "" };
    struct call call;
    test_call_init(&call);
    text rest = TEXT("a,,\"b,\"\"c\"\"\",");
    for (size_t i = 0; i < 4; i++) {
        struct csv_cell cell;
        assert_non_null(rest.at);
        assert_true(csv_cell_take(&rest, ',', &cell));
        assert_text(csv_cell_text(&call, &cell), cells[i]);
    }
    assert_null(rest.at);
    call_release(&call);
}

static void a_quote_must_close_where_its_cell_ends(void **state)
{
    (void)state;
    static const char *const broken[] = { "\"a", "\"a\"b,c", "\"", "\"a\"\"" };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct csv_cell cell;
        text rest = text_of(broken[i]);
        assert_false(csv_cell_take(&rest, ',', &cell));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_goes_on_while_a_quoted_cell_is_open),
        cmocka_unit_test(cells_come_one_by_one_with_the_empty_ones),
        cmocka_unit_test(a_quote_must_close_where_its_cell_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

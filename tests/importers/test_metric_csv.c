/* Points as separated values: what a header may be, and that one bad row refuses the file. */
#include "importers/metric_csv.h"

#include "support/support.h"

#include <math.h>

static struct call call;
static struct metric_rows rows;

static int begin(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static bool try_read(const char *content)
{
    struct source *source = source_open_memory(&call, "p.csv", text_of(content), TEXT_NONE);
    assert_done(&call, source != NULL);
    bool done = metric_csv_read(&call, source, TEXT_NONE, &rows);
    source_close(source);
    return done;
}

static void columns_stand_in_any_order_and_blank_lines_count_for_nothing(void **state)
{
    (void)state;
    assert_done(&call, try_read("label.b,value,at,label.a,series\r\n\r\n"
                                "2,NaN,2026-11-16T07:00:00Z,\"x,\"\"y\",MET-1\r\n"
                                ",1.5,2026-11-16T07:00:00Z,,MET-2"));
    assert_int_equal(rows.count, 2);
    assert_text(rows.row[0].point.labels, "{\"a\":\"x,\\\"y\",\"b\":\"2\"}");
    assert_text(rows.row[0].series, "MET-1");
    assert_true(isnan(rows.row[0].point.value));
    assert_int_equal(rows.row[0].line, 3);
    assert_text(rows.row[1].point.labels, "");
    assert_true(rows.row[1].point.value == 1.5);
    assert_false(rows.row[1].point.is_ratio);
}

static void ratios_and_other_delimiters_are_read(void **state)
{
    (void)state;
    static const char *const contents[] = {
        "at;numerator;denominator\n2026-11-16T07:00:00Z;1;2\n",
        "\xEF\xBB\xBF"
        "at\tnumerator\tdenominator\n2026-11-16T07:00:00Z\t1\t2\n",
    };
    for (size_t i = 0; i < 2; i++) {
        assert_done(&call, try_read(contents[i]));
        assert_int_equal(rows.count, 1);
        assert_true(rows.row[0].point.is_ratio);
        assert_true(rows.row[0].point.denominator == 2);
        assert_null(rows.row[0].series.at);
    }
}

static void headers_that_say_too_little_or_too_much_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *content, *words;
    } cases[] = {
        { "", "is empty" },
        { "value\n", "needs 'at'" },
        { "at\n", "needs 'at'" },
        { "at,numerator\n", "needs 'at'" },
        { "at,value,numerator,denominator\n", "needs 'at'" },
        { "at,value,value\n", "two columns 'value'" },
        { "at,value,label.\n", "column 'label.'" },
        { "at,value,region\n", "column 'region'" },
        { "at,\"value\n", "quote" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(try_read(cases[i].content));
        assert_refused(&call, FAIL_INVALID, cases[i].words);
    }
}

static void a_bad_row_is_named_by_its_line(void **state)
{
    (void)state;
    static const char *const rows_after[] = {
        "soon,1",
        "2026-11-16T07:00:00,1",
        "2026-11-16T07:00:00Z,",
        "2026-11-16T07:00:00Z",
        "2026-11-16T07:00:00Z,1,2",
        "2026-11-16T07:00:00Z,\"1",
        "2026-11-16T07:00:00Z,\xFF",
    };
    for (size_t i = 0; i < sizeof rows_after / sizeof *rows_after; i++) {
        text content = call_format(&call, "at,value\n2026-11-16T07:00:00Z,1\n%s\n", rows_after[i]);
        assert_false(try_read(content.at));
        assert_refused(&call, FAIL_INVALID, "line 3 of 'p.csv'");
    }
}

#define IN_A_CALL(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_CALL(columns_stand_in_any_order_and_blank_lines_count_for_nothing),
        IN_A_CALL(ratios_and_other_delimiters_are_read),
        IN_A_CALL(headers_that_say_too_little_or_too_much_are_refused),
        IN_A_CALL(a_bad_row_is_named_by_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

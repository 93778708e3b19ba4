/* Labels in their one spelling, numbers as texts, times with a zone. */
#include "importers/metric_point.h"

#include "base/json_read.h"
#include "base/stamp.h"
#include "support/support.h"

#include <math.h>

static struct call call;

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

static bool try_labels(const char *object, text *labels)
{
    struct json json;
    assert_done(&call, json_read(&call, text_of(object), &json, NULL));
    return metric_labels(&call, &json, labels);
}

static void labels_have_one_spelling_whatever_their_order(void **state)
{
    (void)state;
    text labels;
    assert_done(&call, try_labels("{\"b\":\"2\", \"a\":\"x\\\"y\"}", &labels));
    assert_text(labels, "{\"a\":\"x\\\"y\",\"b\":\"2\"}");
    assert_done(&call, try_labels("{}", &labels));
    assert_text(labels, "");
}

static void labels_are_texts(void **state)
{
    (void)state;
    text labels;
    assert_false(try_labels("{\"a\":1}", &labels));
    assert_refused(&call, FAIL_INVALID, "'a' is no text");
    assert_false(try_labels("[\"a\"]", &labels));
    assert_refused(&call, FAIL_INVALID, "an object");
}

static void numbers_are_decimal_and_three_words_are_none(void **state)
{
    (void)state;
    double number;
    assert_true(metric_number(TEXT("2e-02"), &number));
    assert_true(number == 0.02);
    assert_true(metric_number(TEXT("NaN"), &number));
    assert_true(isnan(number));
    assert_true(metric_number(TEXT("+Inf"), &number));
    assert_true(isinf(number) && number > 0);
    assert_true(metric_number(TEXT("-Inf"), &number));
    assert_true(isinf(number) && number < 0);
    static const char *const none[] = {
        "", "nan", "inf", "1,5", "0x10", " 1", "1 ", "1e999", "--1"
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(metric_number(text_of(none[i]), &number));
}

static void words_are_told_as_they_are_read(void **state)
{
    (void)state;
    assert_string_equal(metric_word(NAN), "NaN");
    assert_string_equal(metric_word(INFINITY), "+Inf");
    assert_string_equal(metric_word(-INFINITY), "-Inf");
    assert_null(metric_word(0));
}

static void a_time_without_zone_needs_one(void **state)
{
    (void)state;
    stamp with, without;
    assert_done(&call, metric_time(&call, TEXT("2026-11-16T08:00:00+01:00"), TEXT_NONE, &with));
    assert_true(with == TEST_NOW);
    assert_done(&call,
                metric_time(&call, TEXT("2026-11-16T08:00:00"), TEXT("Europe/Berlin"), &without));
    assert_true(without == TEST_NOW);
    assert_false(metric_time(&call, TEXT("2026-11-16T08:00:00"), TEXT_NONE, &without));
    assert_refused(&call, FAIL_INVALID, "has no zone");
    assert_false(metric_time(&call, TEXT("2026-02-30T08:00:00Z"), TEXT_NONE, &without));
    assert_refused(&call, FAIL_INVALID, "is not a time");
}

#define IN_A_CALL(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_CALL(labels_have_one_spelling_whatever_their_order),
        IN_A_CALL(labels_are_texts),
        IN_A_CALL(numbers_are_decimal_and_three_words_are_none),
        IN_A_CALL(words_are_told_as_they_are_read),
        IN_A_CALL(a_time_without_zone_needs_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

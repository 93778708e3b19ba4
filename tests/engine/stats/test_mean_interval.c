/* The mean and its t interval, against a table of Student's t. */
#include "engine/stats/mean_interval.h"

#include "support/close.h"

static struct running_mean mean_of(const double *value, size_t count)
{
    struct running_mean running = { .n = 0 };
    for (size_t i = 0; i < count; i++)
        running_mean_add(&running, value[i]);
    return running;
}

static void two_values_reach_as_far_as_the_table_says(void **state)
{
    (void)state;
    const double values[] = { 1, 3 }; /* standard error 1, t(0.975, 1) = 12.706 */
    struct running_mean running = mean_of(values, 2);
    struct interval interval = mean_interval(&running, 0.95);
    assert_true(interval.is_known);
    assert_close(running.mean, 2, 1e-12);
    assert_close(interval.lower, 2 - 12.7062, 1e-4);
    assert_close(interval.upper, 2 + 12.7062, 1e-4);
}

static void ten_values_take_nine_degrees_of_freedom(void **state)
{
    (void)state;
    const double values[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }; /* t(0.975, 9) = 2.26216 */
    struct running_mean running = mean_of(values, 10);
    struct interval interval = mean_interval(&running, 0.95);
    assert_close(interval.upper - running.mean, 2.26216 * 0.957427, 1e-4);
}

static void one_value_has_no_interval_and_none_neither(void **state)
{
    (void)state;
    const double value = 7;
    struct running_mean one = mean_of(&value, 1), none = mean_of(&value, 0);
    assert_false(mean_interval(&one, 0.95).is_known);
    assert_false(mean_interval(&none, 0.95).is_known);
}

static void a_large_offset_loses_no_digits(void **state)
{
    (void)state;
    const double values[] = { 1e9 + 1, 1e9 + 2, 1e9 + 3 };
    struct running_mean running = mean_of(values, 3);
    assert_close(running.squares, 2, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_values_reach_as_far_as_the_table_says),
        cmocka_unit_test(ten_values_take_nine_degrees_of_freedom),
        cmocka_unit_test(one_value_has_no_interval_and_none_neither),
        cmocka_unit_test(a_large_offset_loses_no_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

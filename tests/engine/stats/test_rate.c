/* Rates: the published anchors and what has no interval. */
#include "engine/stats/stats.h"
#include "support/close.h"

static void assert_interval(int64_t successes, int64_t n, double lower, double upper)
{
    struct interval interval = wilson(successes, n, 0.95);
    assert_true(interval.is_known);
    assert_close(interval.lower, lower, 5e-5);
    assert_close(interval.upper, upper, 5e-5);
}

static void the_interval_holds_the_published_anchors(void **state)
{
    (void)state;
    assert_interval(0, 10, 0, 0.2775);
    assert_interval(10, 10, 0.7225, 1);
    assert_interval(187, 200, 0.8920, 0.9616);
    assert_interval(81, 263, 0.2553, 0.3662);
}

static void none_and_all_end_exactly_at_the_border(void **state)
{
    (void)state;
    for (int64_t n = 1; n < 2000; n++) {
        assert_true(wilson(0, n, 0.95).lower == 0);
        assert_true(wilson(n, n, 0.95).upper == 1);
        assert_true(wilson(0, n, 0.95).upper < 1);
        assert_true(wilson(n, n, 0.95).lower > 0);
    }
}

static void a_rate_of_nothing_has_no_interval(void **state)
{
    (void)state;
    assert_false(wilson(0, 0, 0.95).is_known);
    assert_false(wilson(11, 10, 0.95).is_known);
    assert_false(wilson(-1, 10, 0.95).is_known);
    assert_true(wilson(0, 1, 0.95).is_known);
}

static void more_confidence_is_wider(void **state)
{
    (void)state;
    assert_close(normal_two_sided(0.95), 1.959963984540054, 1e-14);
    assert_true(wilson(187, 200, 0.9).lower > wilson(187, 200, 0.95).lower);
    assert_true(wilson(187, 200, 0.9).upper < wilson(187, 200, 0.95).upper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_holds_the_published_anchors),
        cmocka_unit_test(none_and_all_end_exactly_at_the_border),
        cmocka_unit_test(a_rate_of_nothing_has_no_interval),
        cmocka_unit_test(more_confidence_is_wider),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

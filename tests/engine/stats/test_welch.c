/* Tests at a planned end: anchors worked out by fractions, and what is not known. */
#include "engine/stats/experiment.h"
#include "support/close.h"

#include <math.h>

static const double short_arm[] = { 1, 2, 3 }, long_arm[] = { 2, 4, 6, 8 };

static struct welch welch_of(bool is_relative, enum alternative alternative)
{
    struct moments a = moments_of_values(short_arm, 3), b = moments_of_values(long_arm, 4);
    struct difference difference = difference_of(&a, &b, is_relative);
    return welch_t(&difference, 0.05, alternative);
}

/* Variances 1 and 20/3: se^2 = 1/3 + 5/3, df = 4 / ((1/9)/2 + (25/9)/3) = 216/53. */
static void welch_has_its_own_degrees_of_freedom(void **state)
{
    (void)state;
    struct welch test = welch_of(false, TWO_SIDED);
    assert_true(test.is_known);
    assert_close(test.difference.estimate, 3, 1e-15);
    assert_close(test.difference.se, sqrt(2), 1e-14);
    assert_close(test.difference.df, 216.0 / 53, 1e-12);
    assert_close(test.t, 3 / sqrt(2), 1e-14);
    assert_close((test.lower + test.upper) / 2, 3, 1e-13);
    assert_true(test.p > 0.05 && test.lower < 0);
}

/* L = 3/2, var = (5/3)/4 + (1/3) 25/16. */
static void a_lift_takes_the_spread_of_what_it_divides_by(void **state)
{
    (void)state;
    struct welch test = welch_of(true, TWO_SIDED);
    assert_close(test.difference.estimate, 1.5, 1e-15);
    assert_close(test.difference.se * test.difference.se, 5.0 / 12 + 25.0 / 48, 1e-14);
    assert_close(test.difference.df, 216.0 / 53, 1e-12);
}

static void one_side_has_one_bound_and_half_the_p(void **state)
{
    (void)state;
    struct welch both = welch_of(false, TWO_SIDED), more = welch_of(false, GREATER);
    struct welch less = welch_of(false, LESS);
    assert_close(more.p, both.p / 2, 1e-15);
    assert_close(less.p, 1 - more.p, 1e-14);
    assert_true(more.has_lower && !more.has_upper && more.lower > both.lower);
    assert_true(less.has_upper && !less.has_lower && less.upper < both.upper);
}

static void without_variation_there_is_no_test(void **state)
{
    (void)state;
    static const double tenths[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 };
    struct moments a = moments_of_values(tenths, 7), b = moments_of_values(tenths, 6);
    struct difference difference = difference_of(&a, &b, false);
    struct welch test = welch_t(&difference, 0.05, TWO_SIDED);
    assert_true(a.variance == 0 && difference.estimate == 0 && difference.se == 0);
    assert_false(test.is_known || test.has_lower || test.has_upper);
}

static void squares_too_small_for_their_sum_are_no_arm(void **state)
{
    (void)state;
    struct moments arm;
    assert_true(moments_of_sums(3, 6, 14, &arm));
    assert_close(arm.variance, 1, 1e-15);
    assert_true(moments_of_sums(3, 6, 12, &arm));
    assert_true(arm.variance == 0);
    assert_false(moments_of_sums(3, 6, 11.9, &arm));
    assert_false(moments_of_sums(3, 0, -1, &arm));
}

static void a_relative_variance_needs_a_control_mean(void **state)
{
    (void)state;
    struct moments zero = { 10, 0, 4 }, one = { 10, 1, 4 };
    assert_close(lift_variance(&zero, &one).absolute, 0.8, 1e-15);
    assert_false(lift_variance(&zero, &one).has_relative);
    assert_close(lift_variance(&one, &one).relative, 0.8, 1e-15);
}

static void the_named_test_of_two_rates_decides(void **state)
{
    (void)state;
    struct two_proportion test = two_proportion(120, 1000, 150, 1000, 0.95);
    assert_true(test.interval.lower > 0 && test.interval.lower < 1e-4);
    assert_close(test.p_fisher, 0.0576, 5e-5);
    assert_close(test.z_pooled, 0.03 / sqrt(0.135 * 0.865 * 0.002), 1e-12);
    assert_close(test.z_unpooled, 0.03 / sqrt(0.12 * 0.88 / 1000 + 0.15 * 0.85 / 1000), 1e-12);
}

static void rates_of_nothing_and_rates_without_spread(void **state)
{
    (void)state;
    assert_false(two_proportion(0, 0, 3, 10, 0.95).is_known);
    struct two_proportion apart = two_proportion(0, 5, 5, 5, 0.95);
    assert_true(apart.is_known && apart.has_pooled && !apart.has_unpooled);
    struct two_proportion equal = two_proportion(5, 5, 4, 4, 0.95);
    assert_true(equal.is_known && !equal.has_pooled && !equal.has_unpooled);
    assert_close(equal.p_fisher, 1, 1e-15);
}

static void arms_without_weight_do_not_count(void **state)
{
    (void)state;
    static const int64_t counts[] = { 60, 999, 40 };
    static const double weights[] = { 1, 0, 1 };
    struct srm test = srm(counts, weights, 3);
    assert_close(test.chi2, 4, 1e-12);
    assert_int_equal(test.df, 1);
    assert_close(test.p, 0.0455002638963584, 1e-12);
    assert_false(test.alarm);
}

static void the_alarm_needs_a_hundred_exposures(void **state)
{
    (void)state;
    static const int64_t few[] = { 80, 19 }, enough[] = { 80, 20 }, none[] = { 0, 0 };
    static const double weights[] = { 1, 1 };
    assert_true(srm(few, weights, 2).p < 0.001);
    assert_false(srm(few, weights, 2).alarm);
    assert_true(srm(enough, weights, 2).alarm);
    assert_false(srm(none, weights, 2).is_known);
    assert_false(srm(enough, weights, 1).is_known);
    assert_int_equal(srm(enough, weights, 0).df, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(welch_has_its_own_degrees_of_freedom),
        cmocka_unit_test(a_lift_takes_the_spread_of_what_it_divides_by),
        cmocka_unit_test(one_side_has_one_bound_and_half_the_p),
        cmocka_unit_test(without_variation_there_is_no_test),
        cmocka_unit_test(squares_too_small_for_their_sum_are_no_arm),
        cmocka_unit_test(a_relative_variance_needs_a_control_mean),
        cmocka_unit_test(the_named_test_of_two_rates_decides),
        cmocka_unit_test(rates_of_nothing_and_rates_without_spread),
        cmocka_unit_test(arms_without_weight_do_not_count),
        cmocka_unit_test(the_alarm_needs_a_hundred_exposures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Sizes and power: published sizes, and that a size has the power it was asked for. */
#include "engine/stats/experiment_size.h"
#include "engine/stats/student.h"
#include "support/close.h"

#include <math.h>

static void published_sizes(void **state)
{
    (void)state;
    assert_int_equal(size_whole(sample_size_two_proportion(0.8, 0.85, 0.05, 0.8).exact), 906);
    assert_int_equal(size_whole(sample_size_mcnemar(0.05, 0.12, 0.05, 0.8)), 270);
    assert_close(sample_size_mean(0.5, 0.05, 0.8).t, 63.7656, 5e-5);
    assert_close(sample_size_mean(0.2, 0.05, 0.8).t, 393.4057, 5e-5);
}

static void a_size_has_the_power_it_was_asked_for(void **state)
{
    (void)state;
    for (double effect = 0.05; effect < 4; effect *= 1.7) {
        double n = sample_size_mean(effect, 0.01, 0.9).t;
        assert_close(student_power(effect * sqrt(n / 2), 2 * n - 2, 0.01), 0.9, 1e-9);
        assert_close(sample_size_mean(-effect, 0.01, 0.9).t, n, 1e-9);
    }
}

static void without_an_effect_the_power_is_alpha(void **state)
{
    (void)state;
    assert_close(student_power(0, 10, 0.05), 0.05, 1e-12);
    assert_close(student_quantile(0.025, 1), 12.706204736174694, 1e-11);
    assert_close(student_quantile(0.025, 3), 3.182446305283708, 1e-13);
    assert_close(student_upper(1, 1), 0.25, 1e-15);
}

static void a_whole_size_is_not_one_more_for_rounding(void **state)
{
    (void)state;
    assert_int_equal(size_whole(270), 270);
    assert_int_equal(size_whole(270 + 1e-12), 270);
    assert_int_equal(size_whole(270.001), 271);
}

static struct lift_plan plan_of(double n)
{
    return (struct lift_plan){ 10, 400, n, 0.05, 0.8, 5000 };
}

static void the_smallest_lift_is_seen_with_the_power_asked_for(void **state)
{
    (void)state;
    struct lift_plan plan = plan_of(5000);
    struct lift_power power = power_lift(&plan, 0.1);
    assert_true(power.has_mde && power.has_mde_sequential && power.mde_sequential > power.mde);
    assert_close(power_lift(&plan, power.mde).fixed, 0.8, 1e-6);
    assert_close(power_lift(&plan, power.mde_sequential).sequential, 0.8, 1e-6);
    assert_true(power.sequential < power.fixed);
}

static void too_few_see_no_lift_however_large(void **state)
{
    (void)state;
    struct lift_plan plan = plan_of(30);
    assert_false(power_lift(&plan, 0.1).has_mde);
}

static struct mid_plan mid_of(double se)
{
    return (struct mid_plan){ .se = se,
                              .n = 1000,
                              .effect = 0.05,
                              .alpha = 0.05,
                              .power = 0.8,
                              .planned_n = 5000,
                              .prior_mean = 0,
                              .prior_variance = 0.01 };
}

/* delta / se = 1.95996 + .84162 at the end; the other tail is below a millionth. */
static void more_data_is_a_multiple_of_what_there_is(void **state)
{
    (void)state;
    struct mid_plan plan = mid_of(0.05);
    struct mid_power extra = power_mid_experiment(&plan);
    assert_close(extra.fixed.k, 2.8015852 * 2.8015852 - 1, 1e-4);
    assert_true(extra.sequential.is_known && extra.sequential.k > extra.fixed.k);
    assert_false(extra.bayes.is_known);
    plan.has_prior = true;
    assert_true(power_mid_experiment(&plan).bayes.k > extra.fixed.k);
}

static void enough_is_no_more(void **state)
{
    (void)state;
    struct mid_plan plan = mid_of(0.005);
    assert_true(power_mid_experiment(&plan).fixed.is_known);
    assert_true(power_mid_experiment(&plan).fixed.k == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_sizes),
        cmocka_unit_test(a_size_has_the_power_it_was_asked_for),
        cmocka_unit_test(without_an_effect_the_power_is_alpha),
        cmocka_unit_test(a_whole_size_is_not_one_more_for_rounding),
        cmocka_unit_test(the_smallest_lift_is_seen_with_the_power_asked_for),
        cmocka_unit_test(too_few_see_no_lift_however_large),
        cmocka_unit_test(more_data_is_a_multiple_of_what_there_is),
        cmocka_unit_test(enough_is_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

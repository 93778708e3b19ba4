/* Variance reduction: an anchor worked out by fractions, and covariates that say nothing. */
#include "engine/stats/experiment.h"
#include "support/close.h"

#include <math.h>

static const double a_post[] = { 1, 2, 3, 4 }, a_pre[] = { 1, 2, 3, 4 };
static const double b_post[] = { 2, 3, 4, 6 }, b_pre[] = { 1, 2, 3, 5 };

/* Both arms as one sample: cov = 115/8 / 7, var(pre) = 111/8 / 7. */
static void theta_is_that_of_both_arms_together(void **state)
{
    (void)state;
    struct cuped_arm a = cuped_arm_of_values(a_post, a_pre, 4);
    struct cuped_arm b = cuped_arm_of_values(b_post, b_pre, 4);
    struct cuped test = cuped(&a, &b, false);
    assert_close(test.theta, 115.0 / 111, 1e-13);
    assert_close(test.estimate, 110.0 / 111, 1e-13);
    assert_close(test.se, sqrt(test.var_a / 4 + test.var_b / 4), 1e-15);
}

static void sums_say_what_the_values_say(void **state)
{
    (void)state;
    struct cuped_arm a = cuped_arm_of_values(b_post, b_pre, 4), sums;
    assert_true(cuped_arm_of_sums(4, 15, 65, 11, 39, 50, &sums));
    assert_close(sums.covariance, a.covariance, 1e-14);
    assert_close(sums.post_variance, a.post_variance, 1e-14);
    assert_false(cuped_arm_of_sums(4, 15, 65, 11, 30, 50, &sums));
}

static void a_covariate_that_does_not_vary_changes_nothing(void **state)
{
    (void)state;
    static const double tenths[] = { 0.1, 0.1, 0.1, 0.1 };
    struct cuped_arm a = cuped_arm_of_values(a_post, tenths, 4);
    struct cuped_arm b = cuped_arm_of_values(b_post, tenths, 4);
    struct cuped test = cuped(&a, &b, false);
    assert_true(test.theta == 0);
    assert_close(test.estimate, 1.25, 1e-15);
}

/* Without a covariate the relative difference is that of welch_t. */
static void the_lift_is_to_the_unadjusted_control(void **state)
{
    (void)state;
    static const double none[] = { 1, 1, 1, 1 };
    struct cuped_arm a = cuped_arm_of_values(a_post, none, 4);
    struct cuped_arm b = cuped_arm_of_values(b_post, none, 4);
    struct moments plain_a = moments_of_values(a_post, 4), plain_b = moments_of_values(b_post, 4);
    struct difference plain = difference_of(&plain_a, &plain_b, true);
    struct cuped test = cuped(&a, &b, true);
    assert_close(test.estimate, plain.estimate, 1e-14);
    assert_close(test.se, plain.se, 1e-14);
}

static struct ratio_arm ratio_of(const double *post, const double *pre)
{
    struct cuped_arm arm = cuped_arm_of_values(post, pre, 4);
    struct ratio_arm ratio = { .n = 4, .mean = { arm.post_mean, 1, arm.pre_mean, 1 } };
    ratio.covariance[M_POST][M_POST] = arm.post_variance;
    ratio.covariance[M_PRE][M_PRE] = arm.pre_variance;
    ratio.covariance[M_POST][M_PRE] = ratio.covariance[M_PRE][M_POST] = arm.covariance;
    return ratio;
}

/* Here each arm's pre is its post but for a constant: theta is 1, and nothing is left of the
 * spread. */
static void a_ratio_over_one_is_a_mean(void **state)
{
    (void)state;
    struct ratio_arm a = ratio_of(a_post, a_pre), b = ratio_of(b_post, b_pre);
    struct cuped_ratio test = cuped_ratio(&a, &b, false, 0.05);
    assert_close(test.theta, 1, 1e-13);
    assert_close(test.test.difference.estimate, 1, 1e-13);
    assert_true(test.test.difference.se < 1e-7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(theta_is_that_of_both_arms_together),
        cmocka_unit_test(sums_say_what_the_values_say),
        cmocka_unit_test(a_covariate_that_does_not_vary_changes_nothing),
        cmocka_unit_test(the_lift_is_to_the_unadjusted_control),
        cmocka_unit_test(a_ratio_over_one_is_a_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

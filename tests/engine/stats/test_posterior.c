/* Beliefs: exact fractions, symmetry, and the ways beside the sum against it. */
#include "engine/stats/posterior.h"
#include "support/close.h"

#include <math.h>

static void a_small_comparison_is_the_exact_fraction(void **state)
{
    (void)state;
    struct beta_binomial rates = beta_binomial(1, 3, 2, 4, 1, 1);
    assert_close(rates.chance_b_better, 9.0 / 14, 1e-14);
    assert_close(rates.mean_a, 2.0 / 5, 1e-15);
    assert_close(rates.mean_b, 1.0 / 2, 1e-15);
    assert_close(rates.loss_keep_a - rates.loss_ship_b, 0.1, 1e-14);
}

static void no_data_is_even_odds(void **state)
{
    (void)state;
    assert_close(beta_binomial(0, 0, 0, 0, 1, 1).chance_b_better, 0.5, 1e-14);
    assert_close(beta_binomial(0, 0, 0, 0, 0.5, 0.5).chance_b_better, 0.5, 1e-12);
    assert_close(beta_binomial(0, 0, 0, 0, 1, 1).loss_ship_b, 1.0 / 6, 1e-14);
}

static void swapped_arms_swap_the_answer(void **state)
{
    (void)state;
    struct beta_binomial one = beta_binomial(30, 100, 41, 90, 2.5, 0.5);
    struct beta_binomial other = beta_binomial(41, 90, 30, 100, 2.5, 0.5);
    assert_close(one.chance_b_better + other.chance_b_better, 1, 1e-12);
    assert_close(one.loss_ship_b, other.loss_keep_a, 1e-13);
}

static void the_integral_goes_over_into_the_sum(void **state)
{
    (void)state;
    for (int64_t k = 0; k <= 60; k += 6) {
        double sum = beta_binomial(25, 60, k, 60, 1, 1).chance_b_better;
        double integral = beta_binomial(25, 60, k, 60, 1 + 1e-12, 1 + 1e-12).chance_b_better;
        assert_close(integral, sum, 1e-10);
    }
}

static void arms_far_apart_in_size_are_compared(void **state)
{
    (void)state;
    struct beta_binomial rates = beta_binomial(3, 10, 500000000, 1000000000, 0.5, 0.5);
    assert_close(rates.chance_b_better, 0.898, 1e-3);
    assert_true(rates.loss_ship_b > 0.007 && rates.loss_ship_b < 0.008);
}

static void risks_differ_by_the_mean_and_end_at_it(void **state)
{
    (void)state;
    assert_close(gaussian_risk(0, 1).keep, 0.3989422804014327, 1e-15);
    struct risk risk = gaussian_risk(-0.3, 0.2);
    assert_close(risk.keep - risk.ship, -0.3, 1e-15);
    assert_true(risk.keep > 0);
    assert_true(gaussian_risk(38, 1).keep == 38 && gaussian_risk(38, 1).ship == 0);
    assert_true(gaussian_risk(-38, 1).ship == 38 && gaussian_risk(-38, 1).keep == 0);
}

static void a_prior_pulls_by_its_precision(void **state)
{
    (void)state;
    struct gaussian_posterior flat = bayes_gaussian(0.2, 0.1, 0, INFINITY, 0.05);
    struct gaussian_posterior equal = bayes_gaussian(0.2, 0.1, 0, 0.01, 0.05);
    assert_close(flat.mean, 0.2, 1e-15);
    assert_close(flat.chance_to_win, 0.9772498680518208, 1e-13);
    assert_close(equal.mean, 0.1, 1e-15);
    assert_close(equal.sd, 0.1 / sqrt(2), 1e-15);
    assert_close(flat.upper - flat.lower, 2 * 1.959963984540054 * 0.1, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_comparison_is_the_exact_fraction),
        cmocka_unit_test(no_data_is_even_odds),
        cmocka_unit_test(swapped_arms_swap_the_answer),
        cmocka_unit_test(the_integral_goes_over_into_the_sum),
        cmocka_unit_test(arms_far_apart_in_size_are_compared),
        cmocka_unit_test(risks_differ_by_the_mean_and_end_at_it),
        cmocka_unit_test(a_prior_pulls_by_its_precision),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Looking any time: the formula again in plain numbers, and what it costs. */
#include "engine/stats/experiment.h"
#include "support/close.h"

#include <math.h>

static void the_width_is_that_of_the_confidence_sequence(void **state)
{
    (void)state;
    double rho = sqrt((-2 * log(0.05) + log(-2 * log(0.05) + 1)) / 5000);
    double t = 400 * rho * rho + 1, s2 = 0.1 * 0.1 * 400;
    double wide = sqrt(s2) * sqrt(2 * t * log(sqrt(t) / 0.05) / (400 * rho * 400 * rho));
    struct sequence test = sequential_test(0.5, 0.1, 400, 5000, 0.05);
    assert_close(test.rho, rho, 1e-15);
    assert_close(test.halfwidth, wide, 1e-13);
    assert_close(test.upper - test.lower, 2 * wide, 1e-13);
    assert_close(test.p, sqrt(t) * exp(-rho * rho * 25 * 400 / (2 * t)), 1e-13);
}

static void looking_costs_and_p_agrees_with_the_interval(void **state)
{
    (void)state;
    for (double estimate = 0; estimate < 1; estimate += 0.01) {
        struct sequence test = sequential_test(estimate, 0.1, 4000, 5000, 0.05);
        assert_true(test.ratio_to_fixed > 1);
        assert_true(test.p <= 1);
        assert_true((test.lower > 0) == (test.p < 0.05));
        assert_true(test.lower_one_sided > test.lower);
    }
}

static void far_out_p_is_0_and_not_undefined(void **state)
{
    (void)state;
    assert_true(sequential_test(1000, 0.1, 4000, 5000, 0.05).p == 0);
    assert_true(sequential_test(0, 0.1, 4000, 5000, 0.05).p == 1);
}

static void without_variation_only_rho_is_known(void **state)
{
    (void)state;
    struct sequence test = sequential_test(0.5, 0, 400, 5000, 0.05);
    assert_false(test.is_known);
    assert_true(test.rho > 0 && test.rho_one_sided > 0);
}

static void one_side_needs_an_alpha_below_a_half(void **state)
{
    (void)state;
    assert_true(sequential_test(0.5, 0.1, 400, 5000, 0.49).has_one_sided);
    assert_false(sequential_test(0.5, 0.1, 400, 5000, 0.5).has_one_sided);
    assert_true(sequential_test(0.5, 0.1, 400, 5000, 0.5).is_known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_width_is_that_of_the_confidence_sequence),
        cmocka_unit_test(looking_costs_and_p_agrees_with_the_interval),
        cmocka_unit_test(far_out_p_is_0_and_not_undefined),
        cmocka_unit_test(without_variation_only_rho_is_known),
        cmocka_unit_test(one_side_needs_an_alpha_below_a_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Flips: the anchors, large counts against exact sums, and the smallest change that can be seen. */
#include "engine/stats/stats.h"
#include "support/close.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static void assert_p_exact(int64_t pass_to_fail, int64_t fail_to_pass, double p)
{
    assert_close(mcnemar(pass_to_fail, fail_to_pass).p_exact, p, 5e-5);
    assert_close(mcnemar(fail_to_pass, pass_to_fail).p_exact, p, 5e-5);
    assert_true(mcnemar_exact(pass_to_fail, fail_to_pass) ==
                mcnemar(pass_to_fail, fail_to_pass).p_exact);
}

static void the_exact_test_holds_the_anchors(void **state)
{
    (void)state;
    assert_p_exact(5, 0, 0.0625);
    assert_p_exact(6, 0, 0.03125);
    assert_p_exact(8, 2, 0.1094);
    assert_p_exact(10, 2, 0.0386);
    assert_p_exact(12, 4, 0.0768);
    assert_close(mcnemar(5, 0).p_worse, 0.03125, 1e-15);
    assert_close(mcnemar(0, 5).p_better, 0.03125, 1e-15);
    assert_close(mcnemar(0, 5).p_worse, 1, 1e-15);
}

static void no_flips_are_no_evidence(void **state)
{
    (void)state;
    struct mcnemar none = mcnemar(0, 0);
    assert_true(none.p_exact == 1 && none.p_mid == 1 && none.p_worse == 1 && none.p_better == 1);
    assert_false(none.has_chi2);
    struct mcnemar one = mcnemar(1, 0);
    assert_true(one.has_chi2 && one.chi2_cc == 0 && one.p_chi2_cc == 1);
    assert_true(mcnemar(7, 7).p_mid == 1);
}

/* P(X <= k) for X ~ Bin(n, 1/2) with whole numbers: n <= 62. */
static double small_sum(int64_t k, int64_t n)
{
    uint64_t row[64] = { 1 }, sum = 0;
    for (int64_t size = 1; size <= n; size++)
        for (int64_t x = size; x > 0; x--)
            row[x] += row[x - 1];
    for (int64_t x = 0; x <= k; x++)
        sum += row[x];
    return (double)sum / (double)((uint64_t)1 << n);
}

static void small_counts_equal_sums_of_whole_numbers(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 62; n++) {
        for (int64_t k = 0; k <= n; k++) {
            double exact = small_sum(k, n), got = mcnemar(n - k, k).p_worse;
            assert_true(fabs(got - exact) <= 1e-13 * exact);
        }
    }
}

/* The same by adding log terms from the far end of the tail, smallest first. */
static double log_sum(int64_t k, int64_t n)
{
    long double sum = 0;
    for (int64_t x = 0; x <= k; x++)
        sum += expl(lgammal((long double)n + 1) - lgammal((long double)x + 1) -
                    lgammal((long double)(n - x) + 1) - (long double)n * logl(2));
    return (double)sum;
}

static void counts_in_the_thousands_keep_their_digits(void **state)
{
    (void)state;
    static const int64_t total[] = { 180, 1000, 5000, 20000 };
    for (size_t i = 0; i < sizeof total / sizeof *total; i++) {
        int64_t n = total[i], step = (int64_t)sqrt((double)n) / 2;
        for (int64_t k = n / 2 - 12 * step; k <= n / 2 + 4 * step; k += step) {
            double exact = log_sum(k, n), got = mcnemar(n - k, k).p_worse;
            assert_true(fabs(got - exact) <= 1e-12 * exact);
            double other = gsl_cdf_binomial_P((unsigned)k, 0.5, (unsigned)n);
            assert_true(fabs(other - exact) <= 1e-10 * exact);
        }
    }
}

static void the_smallest_p_of_a_thousand_flips_is_not_zero(void **state)
{
    (void)state;
    double p = mcnemar(1000, 0).p_worse;
    assert_true(fabs(p / exp2(-1000) - 1) < 1e-10);
    assert_true(mcnemar(5000, 0).p_worse < 1e-290);
}

static void huge_counts_do_not_jump_where_the_method_changes(void **state)
{
    (void)state;
    int64_t half = (int64_t)1 << 30;
    struct mcnemar summed = mcnemar(half + 30000, half - 30000);
    struct mcnemar normal = mcnemar(half + 30001, half - 30000);
    assert_true(summed.discordant == (int64_t)1 << 31);
    assert_true(normal.discordant == summed.discordant + 1);
    assert_true(fabs(normal.p_worse / summed.p_worse - 1) < 1e-4);
    assert_true(normal.p_worse < summed.p_worse);
    assert_true(mcnemar(INT64_MAX / 2, INT64_MAX / 2).p_exact == 1);
}

static void the_difference_holds_the_anchor(void **state)
{
    (void)state;
    struct paired_binary diff = paired_binary_diff(150, 12, 4, 34, 0.95);
    assert_true(diff.has_diff && diff.has_se && diff.interval.is_known);
    assert_int_equal(diff.n, 200);
    assert_close(diff.diff, -0.04, 1e-15);
    assert_close(diff.interval.lower, -0.079, 5e-4);
    assert_close(diff.interval.upper, -0.001, 5e-4);
    assert_close(diff.p_exact, 0.077, 5e-4);
}

static void a_difference_needs_pairs(void **state)
{
    (void)state;
    struct paired_binary none = paired_binary_diff(0, 0, 0, 0, 0.95);
    assert_false(none.has_diff || none.has_se || none.interval.is_known);
    assert_true(none.p_exact == 1);
    struct paired_binary one = paired_binary_diff(0, 1, 0, 0, 0.95);
    assert_true(one.has_diff && one.diff == -1);
    assert_false(one.has_se || one.interval.is_known);
    struct paired_binary two = paired_binary_diff(2, 0, 0, 0, 0.95);
    assert_true(two.has_se && two.se == 0 && two.interval.is_known);
}

static void the_smallest_visible_change_holds_the_anchors(void **state)
{
    (void)state;
    double mde = -1;
    assert_true(mde_mcnemar(200, 0.1, 0.05, 0.8, &mde));
    assert_close(mde, 0.062, 5e-4);
    mde = -1;
    assert_false(mde_mcnemar(50, 0.1, 0.05, 0.8, &mde));
    assert_true(mde == -1);
}

static void the_smallest_visible_change_solves_its_formula(void **state)
{
    (void)state;
    for (double n = 100; n < 1e6; n *= 3) {
        double d = 0, rate = 0.12;
        assert_true(mde_mcnemar(n, rate, 0.05, 0.8, &d));
        double z_alpha = normal_two_sided(0.95), z_power = gsl_cdf_ugaussian_Pinv(0.8);
        double root = z_alpha * sqrt(rate) + z_power * sqrt(rate - d * d);
        assert_close(root * root / (d * d) / n, 1, 1e-7);
    }
}

static void what_has_no_discordant_pairs_has_no_smallest_change(void **state)
{
    (void)state;
    double mde;
    assert_false(mde_mcnemar(200, 0, 0.05, 0.8, &mde));
    assert_false(mde_mcnemar(200, -0.1, 0.05, 0.8, &mde));
    assert_false(mde_mcnemar(200, 1.1, 0.05, 0.8, &mde));
    assert_false(mde_mcnemar(200, NAN, 0.05, 0.8, &mde));
    assert_false(mde_mcnemar(0, 0.1, 0.05, 0.8, &mde));
    assert_true(mde_mcnemar(200, 1, 0.05, 0.8, &mde));
}

/* What evals_repeats.c takes for granted: within one standard deviation no p value is small. */
static void counts_that_are_close_are_never_significant(void **state)
{
    (void)state;
    enum { PAIRS_MAX = 3000 };
    for (int64_t n = 1; n <= PAIRS_MAX; n++) {
        int64_t apart = (int64_t)sqrt((double)n);
        apart -= (n - apart) % 2 != 0; /* both counts are whole */
        assert_true(mcnemar_exact((n + apart) / 2, (n - apart) / 2) > 0.25);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exact_test_holds_the_anchors),
        cmocka_unit_test(no_flips_are_no_evidence),
        cmocka_unit_test(small_counts_equal_sums_of_whole_numbers),
        cmocka_unit_test(counts_in_the_thousands_keep_their_digits),
        cmocka_unit_test(the_smallest_p_of_a_thousand_flips_is_not_zero),
        cmocka_unit_test(huge_counts_do_not_jump_where_the_method_changes),
        cmocka_unit_test(the_difference_holds_the_anchor),
        cmocka_unit_test(a_difference_needs_pairs),
        cmocka_unit_test(the_smallest_visible_change_holds_the_anchors),
        cmocka_unit_test(the_smallest_visible_change_solves_its_formula),
        cmocka_unit_test(what_has_no_discordant_pairs_has_no_smallest_change),
        cmocka_unit_test(counts_that_are_close_are_never_significant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

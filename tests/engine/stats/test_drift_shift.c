/* Two batches: anchors by hand, empty batches, and paths counted one by one. */
#include "engine/stats/drift.h"
#include "support/close.h"

#include <math.h>

static void equal_shares_do_not_differ(void **state)
{
    (void)state;
    static const double before[] = { 10, 20, 30 }, now[] = { 20, 40, 60 };
    struct categorical_drift drift = categorical_drift(before, now, 3);
    assert_true(drift.is_known && drift.has_psi);
    assert_true(drift.psi == 0 && drift.js_distance == 0 && drift.g == 0 && drift.chi2 == 0);
    assert_true(drift.p_g == 1 && drift.p_chi2 == 1);
    assert_int_equal(drift.df, 2);
}

static void a_new_category_has_no_stability_index(void **state)
{
    (void)state;
    static const double before[] = { 50, 50, 0, 0 }, now[] = { 40, 50, 10, 0 };
    struct categorical_drift drift = categorical_drift(before, now, 4);
    assert_false(drift.has_psi);
    assert_int_equal(drift.df, 2); /* the fourth was never seen */
    assert_close(drift.chi2, 100.0 / 9, 1e-12);
    assert_close(drift.p_chi2, exp(-50.0 / 9), 1e-12);
    assert_close(drift.cramers_v, sqrt(1 / 18.0), 1e-12);
    assert_close(drift.total_variation, .1, 1e-12);
}

static void batches_without_overlap_are_one_bit_apart(void **state)
{
    (void)state;
    static const double before[] = { 7, 0 }, now[] = { 0, 3 };
    assert_close(categorical_drift(before, now, 2).js_divergence, 1, 1e-12);
    assert_close(categorical_drift(before, now, 2).total_variation, 1, 1e-12);
}

static void an_empty_batch_tells_nothing(void **state)
{
    (void)state;
    static const double none[] = { 0, 0 }, some[] = { 1, 2 };
    struct numeric_drift numbers;
    assert_false(categorical_drift(none, some, 2).is_known);
    assert_false(categorical_drift(some, none, 2).is_known);
    assert_true(numeric_drift(none, 0, some, 2, &numbers));
    assert_false(numbers.is_known || numbers.has_p);
}

static void samples_apart_have_the_rarest_order(void **state)
{
    (void)state;
    static const double before[] = { 1, 2, 3, 4, 5, 6 }, now[] = { 16, 15, 14, 13, 12, 11 };
    struct numeric_drift drift;
    assert_true(numeric_drift(before, 6, now, 6, &drift));
    assert_true(drift.ks == 1);
    assert_close(drift.p_exact, 2 / 924.0, 1e-15); /* two of the orders of 6 and 6 */
    assert_close(drift.wasserstein, 10, 1e-12);
}

static void the_same_numbers_do_not_differ(void **state)
{
    (void)state;
    static const double value[] = { 3, 1, 2, 2, 2 };
    struct numeric_drift drift;
    assert_true(numeric_drift(value, 5, value, 5, &drift));
    assert_true(drift.ks == 0 && drift.p_exact == 1 && drift.wasserstein == 0);
}

/* Every order of n and m values as bits; the share whose steps come as far apart. */
static double share_of_orders(int n, int m, int widest)
{
    int far = 0, all = 0;
    for (unsigned order = 0; order < 1U << (n + m); order++) {
        int i = 0, j = 0, most = 0;
        for (int at = 0; at < n + m; at++) {
            if (order >> at & 1)
                i++;
            else
                j++;
            int gap = abs(i * m - j * n);
            most = gap > most ? gap : most;
        }
        all += i == n;
        far += i == n && most >= widest;
    }
    return (double)far / all;
}

static void p_counts_every_order(void **state)
{
    (void)state;
    static const double before[] = { .2, .4, .6, .8 };
    static const double now[] = { .1, .3, .35, .5, .55, .7, .9, 1.1 };
    struct numeric_drift drift;
    assert_true(numeric_drift(before, 4, now, 8, &drift));
    assert_close(drift.ks, .25, 1e-15);
    assert_close(drift.p_exact, share_of_orders(4, 8, 8), 1e-14);
    assert_close(drift.wasserstein, .1125, 1e-12);
    assert_true(numeric_drift(before, 4, now, 7, &drift));
    assert_close(drift.p_exact, share_of_orders(4, 7, (int)lround(drift.ks * 28)), 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_shares_do_not_differ),
        cmocka_unit_test(a_new_category_has_no_stability_index),
        cmocka_unit_test(batches_without_overlap_are_one_bit_apart),
        cmocka_unit_test(an_empty_batch_tells_nothing),
        cmocka_unit_test(samples_apart_have_the_rarest_order),
        cmocka_unit_test(the_same_numbers_do_not_differ),
        cmocka_unit_test(p_counts_every_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

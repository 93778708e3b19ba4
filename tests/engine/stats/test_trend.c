/* Trend: the anchors of monotone series, ties, uneven weeks, and what has no answer. */
#include "engine/stats/stats.h"
#include "support/close.h"

static struct mann_kendall trend(const double *y, const double *x, size_t n)
{
    struct mann_kendall result;
    assert_true(mann_kendall(y, x, n, &result));
    assert_int_equal(result.n, n);
    return result;
}

static void monotone_series_hold_the_anchors(void **state)
{
    (void)state;
    const double y[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    assert_close(trend(y, NULL, 4).p, 1.0 / 12, 1e-15);
    assert_close(trend(y, NULL, 5).p, 1.0 / 60, 1e-15);
    struct mann_kendall eight = trend(y, NULL, 8);
    assert_true(eight.has_exact);
    assert_close(eight.p_exact, 2.0 / 40320, 1e-18);
    assert_close(eight.p_normal, 0.0008, 5e-5);
    assert_true(eight.p == eight.p_exact && eight.tau_a == 1 && eight.tau_b == 1);
}

/* Every order of six values, by Heap's way: how many have an |S| at least as large. */
static double slow_p(const double *value, int64_t s_seen)
{
    double order[6];
    size_t count[6] = { 0 }, all = 0, rare = 0;
    memcpy(order, value, sizeof order);
    for (size_t i = 0; i < 6;) {
        int64_t s = 0;
        for (size_t a = 0; i == 0 && a < 6; a++)
            for (size_t b = a + 1; b < 6; b++)
                s += order[b] > order[a] ? 1 : -1;
        all += i == 0;
        rare += i == 0 && llabs(s) >= llabs(s_seen);
        i = i == 0 ? 1 : i;
        if (count[i] >= i) {
            count[i++] = 0;
            continue;
        }
        size_t other = i % 2 ? count[i] : 0;
        double kept = order[i];
        order[i] = order[other];
        order[other] = kept;
        count[i]++;
        i = 0;
    }
    assert_int_equal(all, 720);
    return (double)rare / (double)all;
}

static void the_exact_p_counts_all_orders(void **state)
{
    (void)state;
    const double series[][6] = { { 1, 2, 3, 4, 5, 6 }, { 2, 1, 3, 4, 6, 5 }, { 3, 1, 2, 6, 4, 5 },
                                 { 6, 5, 4, 1, 2, 3 }, { 4, 6, 1, 5, 2, 3 } };
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        struct mann_kendall result = trend(series[i], NULL, 6);
        assert_close(result.p_exact, slow_p(series[i], result.s), 1e-14);
    }
}

static void a_tie_or_a_thirteenth_point_leaves_the_normal_p(void **state)
{
    (void)state;
    const double y[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 };
    assert_true(trend(y, NULL, 12).has_exact);
    assert_false(trend(y, NULL, 13).has_exact);
    assert_true(trend(y, NULL, 13).p == trend(y, NULL, 13).p_normal);
    const double tied[] = { 1, 2, 2, 3, 4 };
    struct mann_kendall result = trend(tied, NULL, 5);
    assert_false(result.has_exact);
    assert_int_equal(result.s, 9);
    assert_close(result.var_s, (5 * 4 * 15 - 2 * 1 * 9) / 18.0, 1e-12);
    assert_close(result.tau_a, 0.9, 1e-15);
    assert_close(result.tau_b, 0.9486832980505138, 1e-15); /* 9 / sqrt(10 * 9) */
}

static void a_flat_series_has_no_tau_b(void **state)
{
    (void)state;
    const double y[] = { 0.5, 0.5, 0.5 };
    struct mann_kendall flat = trend(y, NULL, 3);
    assert_false(flat.has_tau_b || flat.has_exact);
    assert_true(flat.z == 0 && flat.p == 1);
    assert_true(flat.has_slope && flat.slope == 0 && flat.intercept == 0.5);
}

static void missing_weeks_count_and_points_may_come_in_any_order(void **state)
{
    (void)state;
    const double x[] = { 9, 0, 1, 4 }, y[] = { 19, 1, 3, 9 };
    struct mann_kendall result = trend(y, x, 4);
    assert_int_equal(result.s, 6);
    assert_close(result.slope, 2, 1e-15);
    assert_close(result.intercept, 1, 1e-15);
    assert_close(trend(y, NULL, 4).slope, -2.0 / 3, 1e-15); /* by position: another number */
}

static void too_few_points_have_no_answer(void **state)
{
    (void)state;
    const double y[] = { 1, 2 }, same_x[] = { 3, 3 };
    for (size_t n = 0; n < 2; n++) {
        struct mann_kendall none = trend(y, NULL, n);
        assert_false(none.has_exact || none.has_tau_b || none.has_slope);
        assert_true(none.p == 1);
    }
    assert_true(trend(y, NULL, 2).has_slope && trend(y, NULL, 2).p == 1);
    assert_false(trend(y, same_x, 2).has_slope);
}

static void memory_that_cannot_be_had_is_said(void **state)
{
    (void)state;
    struct mann_kendall result;
    const double y = 1;
    assert_false(mann_kendall(&y, NULL, SIZE_MAX / 2, &result));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(monotone_series_hold_the_anchors),
        cmocka_unit_test(the_exact_p_counts_all_orders),
        cmocka_unit_test(a_tie_or_a_thirteenth_point_leaves_the_normal_p),
        cmocka_unit_test(a_flat_series_has_no_tau_b),
        cmocka_unit_test(missing_weeks_count_and_points_may_come_in_any_order),
        cmocka_unit_test(too_few_points_have_no_answer),
        cmocka_unit_test(memory_that_cannot_be_had_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

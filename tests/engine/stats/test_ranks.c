/* Ranks and tails: against all signs and all choices counted out, and values worked by hand. */
#include "engine/stats/ranks.h"
#include "support/close.h"

#include <math.h>

/* The share of all choices of signs whose smaller sum of ranks is no larger; ranks may be halves.
 */
static double slow_signs(const double *rank, size_t n, double w)
{
    double total = 0, low = 0;
    for (size_t i = 0; i < n; i++)
        total += rank[i];
    for (uint32_t signs = 0; signs < UINT32_C(1) << n; signs++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += signs >> i & 1 ? rank[i] : 0;
        low += fmin(sum, total - sum) <= w;
    }
    return low / (double)(UINT32_C(1) << n);
}

static void tied_ranks_have_their_own_exact_distribution(void **state)
{
    (void)state;
    const double before[] = { 0, 0, 0, 0, 0, 0, 9 },
                 after[] = { 0.3, 0.1 + 0.2, -0.3, 1, 2, -3, 9 };
    const double rank[] = { 2, 2, 2, 4, 5, 6 };
    struct signed_ranks ranks;
    assert_true(signed_ranks(before, after, 7, &ranks));
    assert_true(ranks.n == 6 && ranks.has_exact);
    assert_close(ranks.w, 8, 0);
    assert_close(ranks.p_exact, slow_signs(rank, 6, 8), 1e-15);
}

static void pairs_beyond_25_have_no_exact_p_and_25_have(void **state)
{
    (void)state;
    double before[26] = { 0 }, after[26];
    struct signed_ranks ranks;
    for (int i = 0; i < 26; i++)
        after[i] = i + 1;
    assert_true(signed_ranks(before, after, 25, &ranks));
    assert_true(ranks.has_exact);
    assert_close(ranks.p_exact, ldexp(1, -24), 1e-18);
    assert_true(signed_ranks(before, after, 26, &ranks));
    assert_true(ranks.n == 26 && !ranks.has_exact);
}

/* u of every choice of nx places among 1 to n for x, counted. */
static double slow_rank_sum(int nx, int n, double u)
{
    double all = 0, low = 0, pairs = nx * (n - nx);
    for (uint32_t chosen = 0; chosen < UINT32_C(1) << n; chosen++) {
        double above = 0, passed = 0;
        if (__builtin_popcount(chosen) != nx)
            continue;
        for (int i = 0; i < n; i++)
            if (chosen >> i & 1)
                passed++;
            else
                above += passed;
        all++;
        low += above <= fmin(u, pairs - u);
    }
    return fmin(1, 2 * low / all);
}

static void a_rank_sum_without_ties_has_an_exact_p(void **state)
{
    (void)state;
    const double x[] = { 1, 2, 4, 8 }, y[] = { 3, 5, 6, 7, 9, 10 };
    struct rank_sum sum;
    assert_true(rank_sum(x, 4, y, 6, &sum));
    assert_true(sum.has_u && sum.has_exact && sum.has_asymptotic);
    assert_close(sum.u, 19, 0);
    assert_close(sum.p_exact, slow_rank_sum(4, 10, 19), 1e-14);
    assert_close(sum.cliffs_delta, 2 * 19.0 / 24 - 1, 1e-15);
    assert_true(rank_sum(y, 6, x, 4, &sum));
    assert_close(sum.u, 5, 0);
    assert_close(sum.p_exact, slow_rank_sum(4, 10, 19), 1e-14);
}

static void ties_leave_no_exact_p_and_equal_lists_no_test(void **state)
{
    (void)state;
    const double x[] = { 1, 2 }, y[] = { 2, 3 }, same[] = { 5, 5 };
    struct rank_sum sum;
    assert_true(rank_sum(x, 2, y, 2, &sum));
    assert_true(sum.u == 3.5 && !sum.has_exact && sum.has_asymptotic);
    assert_true(rank_sum(same, 2, same, 2, &sum));
    assert_true(sum.u == 2 && !sum.has_exact && !sum.has_asymptotic && sum.cliffs_delta == 0);
    assert_true(rank_sum(x, 2, y, 0, &sum));
    assert_false(sum.has_u || sum.has_exact || sum.has_asymptotic);
}

static void the_case_at_the_border_counts_with_its_part(void **state)
{
    (void)state;
    double score[15] = { [0] = 1, [1] = 1, [2] = 0 };
    for (int i = 3; i < 15; i++)
        score[i] = 1;
    struct worst worst = worst_scores(score, 15, 0.1);
    assert_close(worst.n, 1.5, 1e-15);
    assert_close(worst.mean, 0.5 / 1.5, 1e-15);
    assert_close(worst.quantile, 1, 1e-15);
}

static void losses_beyond_the_cut_are_averaged_exactly_with_ties(void **state)
{
    (void)state;
    double value[] = { 10, 1, 1, 1, 2, 2, 2, 2, 2, 2 };
    struct loss_tail tail = loss_tail_of(value, 10, 0.7);
    assert_close(tail.at_risk, 2, 0);
    assert_close(tail.mean, 2 + 8.0 / 10 / 0.3, 1e-12);
}

static void the_hardest_are_those_of_the_past_and_ties_are_told(void **state)
{
    (void)state;
    const double past[] = { 0.5, 0, 0.2, 0, 0, 1 };
    uint32_t order[6];
    size_t chosen, tied;
    assert_true(hardest_cases(past, 6, 0.3, order, &chosen, &tied));
    assert_true(chosen == 2 && tied == 3);
    assert_true(order[0] == 1 && order[1] == 3 && order[2] == 4);
    assert_true(hardest_cases(past, 6, 0.01, order, &chosen, &tied) && chosen == 1);
    assert_true(hardest_cases(past, 0, 0.3, order, &chosen, &tied) && chosen == 0 && tied == 0);
}

static void quantiles_lie_between_values(void **state)
{
    (void)state;
    static const double sorted[] = { 1, 2, 3, 10 };
    assert_close(quantile_sorted(sorted, 4, 0.5), 2.5, 1e-15);
    assert_close(quantile_sorted(sorted, 4, 0.9), 7.9, 1e-14);
    assert_close(quantile_sorted(sorted, 4, 1), 10, 1e-15);
    assert_close(quantile_sorted(sorted, 1, 0.9), 1, 1e-15);
}

static int upwards(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* In waves, falling, all the same and mixed: what is picked is what sorting would have given. */
static double a_value(int shape, size_t i, size_t count)
{
    switch (shape) {
    case 0:
        return (double)(i % 50);
    case 1:
        return (double)(count - i);
    case 2:
        return 7;
    default:
        return (double)((i * 2654435761u) % 1009) / 8;
    }
}

static void a_quantile_is_picked_without_sorting(void **state)
{
    (void)state;
    static const double shares[] = { 0, 0.05, 0.5, 0.95, 1 };
    static const size_t counts[] = { 1, 2, 3, 50, 2000 };
    static double value[2000], sorted[2000];
    for (int shape = 0; shape < 4; shape++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            for (size_t s = 0; s < sizeof shares / sizeof *shares; s++) {
                size_t count = counts[c];
                for (size_t i = 0; i < count; i++)
                    sorted[i] = value[i] = a_value(shape, i, count);
                qsort(sorted, count, sizeof *sorted, upwards);
                double picked = quantile_picked(value, count, shares[s]);
                assert_true(picked == quantile_sorted(sorted, count, shares[s]));
                qsort(value, count, sizeof *value, upwards); /* none was lost */
                assert_memory_equal(value, sorted, count * sizeof *value);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_lie_between_values),
        cmocka_unit_test(a_quantile_is_picked_without_sorting),
        cmocka_unit_test(tied_ranks_have_their_own_exact_distribution),
        cmocka_unit_test(pairs_beyond_25_have_no_exact_p_and_25_have),
        cmocka_unit_test(a_rank_sum_without_ties_has_an_exact_p),
        cmocka_unit_test(ties_leave_no_exact_p_and_equal_lists_no_test),
        cmocka_unit_test(the_case_at_the_border_counts_with_its_part),
        cmocka_unit_test(losses_beyond_the_cut_are_averaged_exactly_with_ties),
        cmocka_unit_test(the_hardest_are_those_of_the_past_and_ties_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

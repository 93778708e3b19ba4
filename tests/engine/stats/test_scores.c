/* Scores of cases: anchors of the methods page, values worked by hand, and definitions. */
#include "engine/stats/scores.h"
#include "support/close.h"

#include <math.h>

static void a_pair_of_pairs_has_the_wide_interval_of_one_degree_of_freedom(void **state)
{
    (void)state;
    const double baseline[] = { 5, 5 }, candidate[] = { 5, 7 };
    struct paired_scores pairs = paired_scores(baseline, candidate, 2, 0.95);
    assert_true(pairs.has_t && pairs.has_p && pairs.by_t.is_known && pairs.by_z.is_known);
    assert_close(pairs.mean, 1, 0);
    assert_close(pairs.se, 1, 1e-15);
    assert_close(pairs.p, 0.5, 1e-12); /* a Cauchy distribution: half lies beyond 1 */
    assert_close(pairs.by_t.upper, 1 + tan(0.475 * M_PI), 1e-10);
    assert_close(pairs.by_z.upper, 1 + 1.959963984540054, 1e-12);
}

static void pairs_without_spread_have_no_t(void **state)
{
    (void)state;
    const double baseline[] = { 0.1, 0.2, 0.3 }, candidate[] = { 0.4, 0.5, 0.6 };
    struct paired_scores moved = paired_scores(baseline, candidate, 3, 0.95),
                         same = paired_scores(baseline, baseline, 3, 0.95);
    assert_true(moved.has_p && !moved.has_t && moved.p == 0 && moved.se == 0);
    assert_true(same.has_p && !same.has_t && same.p == 1);
}

/* Means of the same trials in another order: .1 + .2 + .3 is not .3 + .2 + .1 in doubles. */
static void the_order_of_trials_moves_nothing(void **state)
{
    (void)state;
    const double one = (0.1 + 0.2 + 0.3) / 3, other = (0.3 + 0.2 + 0.1) / 3;
    const double baseline[] = { one, one, one }, candidate[] = { other, other, other },
                 moved[] = { other + 1e-9, other + 1e-9, other + 1e-9 };
    assert_true(one != other);
    struct paired_scores still = paired_scores(baseline, candidate, 3, 0.95);
    assert_true(still.has_p && !still.has_t && still.p == 1 && still.mean == 0);
    assert_true(paired_scores(baseline, moved, 3, 0.95).p == 0);
}

static void one_pair_has_a_difference_only_and_none_has_nothing(void **state)
{
    (void)state;
    const double baseline[] = { 1 }, candidate[] = { 3 };
    struct paired_scores one = paired_scores(baseline, candidate, 1, 0.95),
                         none = paired_scores(baseline, candidate, 0, 0.95);
    assert_true(one.has_mean && one.mean == 2);
    assert_false(one.has_se || one.has_p || one.by_t.is_known || one.by_z.is_known);
    assert_false(none.has_mean);
    assert_false(pairing_of(baseline, candidate, 1).is_known);
}

static void pairing_helps_as_far_as_both_move_together(void **state)
{
    (void)state;
    const double a[] = { 1, 2, 3 }, b[] = { 2, 3, 4 }, still[] = { 7, 7, 7 };
    struct pairing together = pairing_of(a, b, 3), apart = pairing_of(a, still, 3);
    assert_true(together.has_r && together.se_paired == 0);
    assert_close(together.pearson_r, 1, 1e-15);
    assert_close(together.se_unpaired, sqrt(2.0 / 3), 1e-15);
    assert_false(apart.has_r);
    assert_close(apart.se_paired, apart.se_unpaired, 1e-15);
}

/* The anchor of the methods page: three passages of four questions, of which 4, 3 and 0 pass. */
static void questions_of_a_passage_count_together(void **state)
{
    (void)state;
    const double score[] = { 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0 };
    const uint32_t passage[] = { 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2 };
    struct clustered result;
    assert_true(clustered_scores(score, passage, 12, &result));
    assert_true(result.has_se && result.has_cr1 && result.clusters == 3);
    assert_close(result.se_clt, 0.149, 5e-4);
    assert_close(result.se_miller, 0.249, 5e-4);
    assert_close(result.se_cr0, 0.245, 5e-4);
    assert_close(result.se_cr1, 0.300, 5e-4);
}

static void one_cluster_has_no_small_sample_form_and_one_score_no_error(void **state)
{
    (void)state;
    const double score[] = { 1, 0 };
    const uint32_t cluster[] = { 0, 0 };
    struct clustered result;
    assert_true(clustered_scores(score, cluster, 2, &result));
    assert_true(result.has_se && !result.has_cr1);
    assert_true(clustered_scores(score, cluster, 1, &result));
    assert_true(result.has_mean && !result.has_se);
    assert_true(clustered_scores(score, cluster, 0, &result));
    assert_true(!result.has_mean && result.clusters == 0);
}

static void repeats_of_a_case_are_not_cases(void **state)
{
    (void)state;
    const double score[] = { 1, 0, 0, 0, 1 };
    const size_t count[] = { 2, 2, 1 };
    struct repeats result = repeated_scores(score, count, 3);
    assert_close(result.mean, 0.5, 1e-15);
    assert_close(result.se, sqrt(0.25 / 3), 1e-15);
    assert_close(result.within_variance, 0.25, 1e-15); /* of .5 and 0; the third has no second */
    assert_close(result.se_naive, sqrt(1.2 / 4 / 5), 1e-15);
    assert_false(repeated_scores(score, count, 1).has_se);
    assert_false(repeated_scores(score, count, 0).has_mean);
}

static void holm_steps_down_and_never_falls_back(void **state)
{
    (void)state;
    const double p[] = { 0.04, 0.01, 0.03, 0.9 }, wanted[] = { 0.09, 0.04, 0.09, 0.9 };
    double adjusted[4];
    struct sorted_real sorting[8];
    holm(p, 4, adjusted, sorting);
    for (size_t i = 0; i < 4; i++)
        assert_close(adjusted[i], wanted[i], 1e-15);
    holm(p, 0, adjusted, sorting);
    assert_close(adjusted[0], wanted[0], 1e-15);
}

static void sizes_are_those_of_the_methods_page(void **state)
{
    (void)state;
    struct paired_design plain = { 1.0 / 9, 0, 0, 1, 1, 0.05, 0.8 },
                         once = { 1.0 / 9, 1.0 / 6, 1.0 / 6, 1, 1, 0.05, 0.8 }, often = once;
    often.k_a = often.k_b = 10;
    assert_close(ceil(sample_size_paired(&plain, 0.03)), 969, 0);
    assert_close(mde_paired(&once, 198), 0.133, 5e-4);
    assert_close(mde_paired(&often, 198), 0.076, 5e-4);
    assert_close(mde_paired(&plain, sample_size_paired(&plain, 0.03)), 0.03, 1e-12);
    assert_true(mde_two_proportion(100, 0, 0.05, 0.8) == 0);
}

static void attempts_are_drawn_without_putting_back(void **state)
{
    (void)state;
    double any, all;
    assert_true(pass_at_k(10, 7, 3, &any, &all));
    assert_close(any, 119.0 / 120, 1e-15);
    assert_close(all, 35.0 / 120, 1e-15);
    assert_true(pass_at_k(5, 0, 5, &any, &all) && any == 0 && all == 0);
    assert_true(pass_at_k(5, 4, 5, &any, &all) && any == 1 && all == 0);
    assert_false(pass_at_k(2, 1, 3, &any, &all));
}

/* One fail among n: all k pass with (n - k) / n, and nobody walks through k steps for it. */
static void attempts_beyond_counting_are_answered(void **state)
{
    (void)state;
    double any, all;
    int64_t n = INT64_C(1) << 53;
    assert_true(pass_at_k(n, n - 1, n / 4, &any, &all));
    assert_close(all, 0.75, 1e-15);
    assert_true(any == 1);
    assert_true(pass_at_k(n, n / 2, n / 2, &any, &all) && any == 1 && all < 1e-300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_of_pairs_has_the_wide_interval_of_one_degree_of_freedom),
        cmocka_unit_test(pairs_without_spread_have_no_t),
        cmocka_unit_test(the_order_of_trials_moves_nothing),
        cmocka_unit_test(one_pair_has_a_difference_only_and_none_has_nothing),
        cmocka_unit_test(pairing_helps_as_far_as_both_move_together),
        cmocka_unit_test(questions_of_a_passage_count_together),
        cmocka_unit_test(one_cluster_has_no_small_sample_form_and_one_score_no_error),
        cmocka_unit_test(repeats_of_a_case_are_not_cases),
        cmocka_unit_test(holm_steps_down_and_never_falls_back),
        cmocka_unit_test(sizes_are_those_of_the_methods_page),
        cmocka_unit_test(attempts_are_drawn_without_putting_back),
        cmocka_unit_test(attempts_beyond_counting_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

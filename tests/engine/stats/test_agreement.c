/* Agreement of labellings: worked by hand, and pairs counted out. */
#include "engine/stats/agreement.h"
#include "support/close.h"

static void kappa_takes_away_what_chance_agrees(void **state)
{
    (void)state;
    /* 20 both yes, 5 and 10 apart, 15 both no: .7 agree, .5 by chance. */
    uint32_t a[50], b[50];
    struct agreement result;
    for (uint32_t i = 0; i < 50; i++) {
        a[i] = i < 25 ? 1 : 0;
        b[i] = i < 20 || (i >= 25 && i < 35) ? 1 : 0;
    }
    assert_true(cohen_kappa(a, b, 50, 2, &result));
    assert_true(result.has_share && result.has_kappa);
    assert_close(result.share, 0.7, 1e-15);
    assert_close(result.kappa, 0.4, 1e-15);
}

static void one_label_only_has_no_kappa_and_nothing_has_no_share(void **state)
{
    (void)state;
    const uint32_t a[] = { 0, 0 };
    struct agreement result;
    assert_true(cohen_kappa(a, a, 2, 1, &result));
    assert_true(result.has_share && result.share == 1 && !result.has_kappa);
    assert_true(cohen_kappa(a, a, 0, 0, &result));
    assert_false(result.has_share || result.has_kappa);
}

static void names_of_clusters_do_not_count(void **state)
{
    (void)state;
    const uint32_t truth[] = { 0, 0, 1, 1 }, found[] = { 1, 1, 0, 0 };
    struct cluster_quality quality;
    assert_true(cluster_quality(truth, 2, found, 2, 4, &quality));
    assert_close(quality.v_measure, 1, 1e-15);
    assert_close(quality.ari, 1, 0);
    assert_close(quality.pair_f1, 1, 0);
}

static void one_cluster_for_all_is_complete_and_worth_nothing(void **state)
{
    (void)state;
    const uint32_t truth[] = { 0, 0, 1, 1 }, found[] = { 0, 0, 0, 0 };
    struct cluster_quality quality;
    assert_true(cluster_quality(truth, 2, found, 1, 4, &quality));
    assert_close(quality.homogeneity, 0, 1e-15);
    assert_close(quality.completeness, 1, 0);
    assert_true(quality.v_measure == 0 && quality.ari == 0);
    assert_close(quality.pair_precision, 2.0 / 6, 1e-15);
    assert_close(quality.pair_recall, 1, 0);
}

/* The adjusted index of Hubert and Arabie from all pairs, one after the other. */
static double slow_ari(const uint32_t *truth, const uint32_t *found, size_t n)
{
    double both = 0, of_truth = 0, of_found = 0, pairs = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            pairs++;
            both += truth[i] == truth[j] && found[i] == found[j];
            of_truth += truth[i] == truth[j];
            of_found += found[i] == found[j];
        }
    double expected = of_truth * of_found / pairs;
    return (both - expected) / ((of_truth + of_found) / 2 - expected);
}

static void labels_at_random_follow_the_pairs(void **state)
{
    (void)state;
    uint64_t seed = 11;
    uint32_t truth[40], found[40];
    struct cluster_quality quality;
    for (size_t n = 12; n <= 40; n++) {
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            truth[i] = (uint32_t)(seed >> 33) % 4;
            found[i] = (uint32_t)(seed >> 45) % 3;
        }
        assert_true(cluster_quality(truth, 4, found, 3, n, &quality));
        assert_close(quality.ari, slow_ari(truth, found, n), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kappa_takes_away_what_chance_agrees),
        cmocka_unit_test(one_label_only_has_no_kappa_and_nothing_has_no_share),
        cmocka_unit_test(names_of_clusters_do_not_count),
        cmocka_unit_test(one_cluster_for_all_is_complete_and_worth_nothing),
        cmocka_unit_test(labels_at_random_follow_the_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

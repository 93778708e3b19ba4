/* Benjamini-Hochberg: worked by hand, and its definition on random families. */
#include "engine/stats/stats.h"
#include "support/close.h"

enum { FAMILY_MAX = 65 };
static struct sorted_real sorting[2 * FAMILY_MAX];

static void a_family_is_adjusted_in_the_order_it_came(void **state)
{
    (void)state;
    const double p[] = { 0.04, 0.01, 0.5, 0.02 };
    const double wanted[] = { 0.04 * 4 / 3, 0.04, 0.5, 0.04 };
    double adjusted[4];
    benjamini_hochberg(p, 4, adjusted, sorting);
    for (size_t i = 0; i < 4; i++)
        assert_close(adjusted[i], wanted[i], 1e-15);
}

static void one_test_is_left_alone_and_none_is_no_work(void **state)
{
    (void)state;
    double p = 0.049, adjusted = -1;
    benjamini_hochberg(&p, 0, &adjusted, sorting);
    assert_true(adjusted == -1);
    benjamini_hochberg(&p, 1, &adjusted, sorting);
    assert_true(adjusted == p);
}

static void no_adjusted_value_exceeds_one(void **state)
{
    (void)state;
    const double p[] = { 1, 0.9, 1 };
    double adjusted[3];
    benjamini_hochberg(p, 3, adjusted, sorting);
    for (size_t i = 0; i < 3; i++)
        assert_true(adjusted[i] == 1);
}

/* min over all q >= p of q * m / (how many are <= q), without sorting. */
static double slow_adjusted(const double *p, size_t count, size_t at)
{
    double least = 1;
    for (size_t i = 0; i < count; i++) {
        size_t rank = 0;
        for (size_t j = 0; j < count; j++)
            rank += p[j] <= p[i];
        double candidate = p[i] * (double)count / (double)rank;
        if (p[i] >= p[at] && candidate < least)
            least = candidate;
    }
    return least;
}

static void random_families_follow_the_definition(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (size_t count = 1; count <= FAMILY_MAX; count++) {
        double p[FAMILY_MAX], adjusted[FAMILY_MAX];
        for (size_t i = 0; i < count; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            p[i] = (double)(seed >> 58) / 64; /* coarse, so that many are equal */
        }
        benjamini_hochberg(p, count, adjusted, sorting);
        for (size_t i = 0; i < count; i++)
            assert_close(adjusted[i], slow_adjusted(p, count, i), 1e-14);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_family_is_adjusted_in_the_order_it_came),
        cmocka_unit_test(one_test_is_left_alone_and_none_is_no_work),
        cmocka_unit_test(no_adjusted_value_exceeds_one),
        cmocka_unit_test(random_families_follow_the_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Fisher's test: the anchors, every small table against whole numbers, large tables against GSL. */
#include "engine/stats/stats.h"
#include "support/close.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static void a_flip_holds_the_anchors(void **state)
{
    (void)state;
    assert_close(flip_fisher(10, 10, 0, 1), 0.091, 5e-4);
    assert_close(flip_fisher(10, 10, 0, 3), 0.0035, 5e-5);
    assert_close(flip_fisher(7, 10, 0, 3), 0.070, 5e-4);
    assert_close(flip_fisher(1, 1, 0, 1), 0.5, 1e-15);
}

static void an_empty_side_says_nothing(void **state)
{
    (void)state;
    assert_true(flip_fisher(0, 0, 0, 3) == 1);
    assert_true(flip_fisher(5, 5, 0, 0) == 1);
    assert_true(flip_fisher(0, 0, 0, 0) == 1);
    assert_true(flip_fisher(0, 5, 0, 3) == 1);
    assert_true(fisher_two_sided(0, 0, 0, 0) == 1);
    assert_true(fisher_two_sided(3, 0, 4, 0) == 1);
}

static uint64_t choose(int64_t n, int64_t k)
{
    uint64_t result = 1;
    for (int64_t i = 1; i <= k; i++)
        result = result * (uint64_t)(n - k + i) / (uint64_t)i;
    return result;
}

/* The tables with the same margins as a b / c d, by whole numbers: up to a, and no likelier. */
static void count_tables(int64_t a, int64_t b, int64_t c, int64_t d, double *up_to,
                         double *no_likelier)
{
    int64_t row = a + b, column = a + c, total = a + b + c + d;
    uint64_t seen = choose(column, a) * choose(total - column, row - a), low = 0, rare = 0, all = 0;
    for (int64_t x = 0; x <= row && x <= column; x++) {
        if (row - x > total - column)
            continue;
        uint64_t count = choose(column, x) * choose(total - column, row - x);
        all += count;
        low += x <= a ? count : 0;
        rare += count <= seen ? count : 0;
    }
    *up_to = (double)low / (double)all;
    *no_likelier = (double)rare / (double)all;
}

static void small_tables_equal_counts_of_whole_numbers(void **state)
{
    (void)state;
    for (int64_t code = 0; code < 7 * 7 * 7 * 7; code++) {
        int64_t a = code % 7, b = code / 7 % 7, c = code / 49 % 7, d = code / 343;
        double up_to, no_likelier;
        count_tables(a, b, c, d, &up_to, &no_likelier);
        assert_close(fisher_two_sided(a, b, c, d), no_likelier, 1e-13);
        if (a + b > 0 && c + d > 0)
            assert_close(flip_fisher(c, c + d, a, a + b), up_to, 1e-13);
    }
}

static void large_tables_agree_with_another_implementation(void **state)
{
    (void)state;
    for (unsigned now_pass = 3900; now_pass <= 4100; now_pass += 10) {
        double other = gsl_cdf_hypergeometric_P(now_pass, 50000, 50000, 8000);
        assert_true(fabs(flip_fisher(50000 - now_pass, 92000, now_pass, 8000) / other - 1) < 1e-9);
    }
}

static void hopeless_and_huge_tables_end(void **state)
{
    (void)state;
    assert_true(flip_fisher(1000000, 1000000, 0, 1000000) < 1e-290);
    assert_true(fisher_two_sided(1000000, 0, 0, 1000000) < 1e-290);
    int64_t huge = (int64_t)1 << 45;
    assert_close(flip_fisher(huge / 2, huge, huge / 2, huge), 0.5, 1e-6);
    assert_close(fisher_two_sided(huge, huge, huge, huge), 1, 1e-6);
    assert_true(flip_fisher(huge / 2, huge, huge / 2 - huge / 1000, huge) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flip_holds_the_anchors),
        cmocka_unit_test(an_empty_side_says_nothing),
        cmocka_unit_test(small_tables_equal_counts_of_whole_numbers),
        cmocka_unit_test(large_tables_agree_with_another_implementation),
        cmocka_unit_test(hopeless_and_huge_tables_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

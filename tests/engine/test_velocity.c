/* Velocity: the sign test's ranks as published, and the floor of sums of decimals. */
#include "engine/velocity.h"
#include "support/support.h"

static void the_ranks_of_the_sign_test_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        int64_t k;
    } published[] = { { 5, 1 },  { 7, 1 },  { 8, 2 },  { 10, 2 }, { 11, 3 },
                      { 13, 4 }, { 15, 4 }, { 16, 5 }, { 18, 6 } };
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        double velocity[18];
        for (size_t j = 0; j < published[i].count; j++)
            velocity[j] = (double)(published[i].count - j);
        struct velocity_interval got = velocity_interval(velocity, published[i].count, 0.9);
        assert_true(got.is_known);
        assert_int_equal(got.k, published[i].k);
        assert_true(got.low == (double)got.k);
        assert_true(got.high == (double)(published[i].count + 1) - (double)got.k);
    }
}

/* 2 P(Bin(5, 1/2) <= 0) is 1/16. */
static void a_confidence_that_is_hit_exactly_counts(void **state)
{
    (void)state;
    double velocity[] = { 1, 2, 3, 4, 5 };
    assert_true(velocity_interval(velocity, 5, 0.9375).is_known);
    assert_false(velocity_interval(velocity, 5, 0.9376).is_known);
}

/* 0.1 + 0.2 + 0.3 + ... is a hair below the whole number. */
static void rounding_does_not_cost_a_point(void **state)
{
    (void)state;
    static const struct velocity_iteration thirds[] = { { 2.3, 1, 1 },
                                                        { 2.9, 1, 1 },
                                                        { 3.8, 1, 1 } };
    assert_true(velocity_average(thirds, 3, 3, 1, 10).points == 3);
    static const struct velocity_iteration less[] = { { 2.3, 1, 1 }, { 2.9, 1, 1 }, { 3.7, 1, 1 } };
    assert_true(velocity_average(less, 3, 3, 1, 10).points == 2);
    static const double points[] = { 0.1, 0.2, 0.3, 0.1 };
    size_t iteration[4];
    assert_int_equal(velocity_plan(points, 4, 0.6, iteration), 2);
    assert_int_equal(iteration[2], 0);
    assert_int_equal(iteration[3], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ranks_of_the_sign_test_are_the_published_ones),
        cmocka_unit_test(a_confidence_that_is_hit_exactly_counts),
        cmocka_unit_test(rounding_does_not_cost_a_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

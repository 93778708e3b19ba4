/* Noise, change points and alarms: anchors, and every segmentation of short series. */
#include "engine/stats/drift.h"
#include "support/close.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct noise_sigma noise_of(const double *series, size_t n)
{
    struct noise_sigma noise;
    assert_true(noise_sigma(series, n, &noise));
    return noise;
}

static void noise_is_that_of_the_differences(void **state)
{
    (void)state;
    static const double step[] = { 0, 1, 3, 2, 12, 11 };
    assert_close(noise_of(step, COUNT(step)).sigma, 1.4826 * 2 / sqrt(2), 1e-12);
    static const double spike[] = { 1, 1, 1, 1, 9, 1, 1, 1, 1, 1 };
    assert_close(noise_of(spike, COUNT(spike)).sigma, 8, 1e-12);
    assert_close(noise_of(spike, COUNT(spike)).penalty, 192 * log(10), 1e-9);
}

static void one_jump_or_none_tells_no_noise(void **state)
{
    (void)state;
    static const double step[] = { 1, 1, 1, 1, 2, 2, 2, 2 };
    assert_true(noise_of(step, COUNT(step)).is_known);
    assert_true(noise_of(step, COUNT(step)).sigma == 0);
    assert_true(noise_of(step, 2).is_known && noise_of(step, 2).sigma == 0);
    assert_false(noise_of(step, 1).is_known);
    assert_false(noise_of(step, 0).is_known);
}

static double squares(const double *series, size_t from, size_t to)
{
    double sum = 0, cost = 0;
    for (size_t i = from; i < to; i++)
        sum += series[i];
    for (size_t i = from; i < to; i++)
        cost += pow(series[i] - sum / (double)(to - from), 2);
    return cost;
}

/* The least objective over all segmentations, a bit for each change. */
static double least(const double *series, size_t n, double penalty, size_t min_segment)
{
    double best = INFINITY;
    for (unsigned mask = 0; mask < 1U << (n - 1); mask++) {
        double cost = 0;
        size_t from = 0;
        bool is_allowed = true;
        for (size_t to = 1; to <= n; to++) {
            if (to < n && !(mask >> (to - 1) & 1))
                continue;
            is_allowed = is_allowed && to - from >= min_segment;
            cost += squares(series, from, to) + (to < n ? penalty : 0);
            from = to;
        }
        if (is_allowed && cost < best)
            best = cost;
    }
    return best;
}

static void the_objective_is_the_least_of_all_segmentations(void **state)
{
    (void)state;
    uint32_t dice = 7;
    for (int round = 0; round < 200; round++) {
        double series[9], penalty = round % 7;
        size_t breakpoint[9], min_segment = 1 + (size_t)round % 4;
        for (size_t i = 0; i < COUNT(series); i++) {
            dice = dice * 1664525 + 1013904223;
            series[i] = (double)(dice >> 24 & 15);
        }
        struct change_points points = { .breakpoint = breakpoint };
        assert_true(change_points_l2(series, COUNT(series), &penalty, min_segment, &points));
        assert_close(points.objective, least(series, COUNT(series), penalty, min_segment), 1e-9);
    }
}

static void a_step_is_found_and_a_spike_is_not(void **state)
{
    (void)state;
    static const double step[] = { 1, 1, 1, 1, 1, 2, 2, 2, 2, 2 };
    static const double spike[] = { 1, 1, 1, 1, 9, 1, 1, 1, 1, 1 };
    static const double flat[] = { .1, .1, .1, .1, .1, .1, .1, .1, .1, .1 };
    size_t breakpoint[10];
    struct change_points points = { .breakpoint = breakpoint };
    assert_true(change_points_l2(step, 10, NULL, 2, &points));
    assert_int_equal(points.count, 1);
    assert_int_equal(breakpoint[0], 5);
    assert_true(points.objective == 0);
    assert_true(change_points_l2(spike, 10, NULL, 2, &points));
    assert_int_equal(points.count, 0);
    assert_true(change_points_l2(flat, 10, NULL, 2, &points));
    assert_int_equal(points.count, 0);
}

static void ties_go_to_the_earlier_change(void **state)
{
    (void)state;
    static const double series[] = { 0, 0, 1, 1, 0, 0 };
    double penalty = 0.5;
    size_t breakpoint[6];
    struct change_points points = { .breakpoint = breakpoint };
    /* One change costs 1.5 at 2 and at 4, two cost 1, none 4 / 3. */
    assert_true(change_points_l2(series, 6, &penalty, 2, &points));
    assert_int_equal(points.count, 2);
    penalty = 2.0 / 3;
    assert_true(change_points_l2(series, 6, &penalty, 2, &points));
    assert_int_equal(points.count, 0);
}

static void too_few_points_have_no_change(void **state)
{
    (void)state;
    static const double series[] = { 1, 5, 9 };
    double penalty = .1;
    size_t breakpoint[3];
    struct change_points points = { .breakpoint = breakpoint };
    assert_true(change_points_l2(series, 3, &penalty, 2, &points));
    assert_int_equal(points.count, 0);
    assert_close(points.objective, 32, 1e-12);
    assert_true(change_points_l2(series, 1, NULL, 2, &points));
    assert_false(points.has_penalty);
    assert_true(change_points_binomial(NULL, NULL, 0, NULL, 2, &points));
    assert_false(points.has_penalty);
    assert_int_equal(points.count, 0);
}

static void a_rate_that_falls_is_found_whatever_the_sizes(void **state)
{
    (void)state;
    static const int64_t passed[] = { 178, 90, 175, 88, 0, 73, 152, 70, 150 };
    static const int64_t total[] = { 200, 100, 200, 100, 0, 100, 200, 100, 200 };
    size_t breakpoint[9];
    struct change_points points = { .breakpoint = breakpoint };
    assert_true(change_points_binomial(passed, total, 9, NULL, 2, &points));
    assert_int_equal(points.count, 1);
    assert_int_equal(breakpoint[0], 4); /* the run without cases: the earlier of two ties */
    assert_close(points.penalty, 2 * log(9), 1e-12);
    assert_true(change_points_binomial(total, total, 9, NULL, 2, &points));
    assert_int_equal(points.count, 0);
    assert_true(points.objective == 0);
}

static void an_alarm_needs_more_than_the_threshold(void **state)
{
    (void)state;
    static const double series[] = { 10, 8.5, 8.5, 7.5, 10, 6 };
    double s[6];
    assert_int_equal(cusum_lower(series, 6, 10, 1, .5, 4, s), 5);
    assert_close(s[0], 0, 0);
    assert_close(s[3], 4, 1e-12); /* at the threshold, not above it */
    assert_close(s[4], 3.5, 1e-12);
    assert_close(s[5], 7, 1e-12);
    assert_int_equal(cusum_lower(series, 6, 10, 1, .5, 7, s), 6);
    assert_int_equal(cusum_lower(series, 0, 10, 1, .5, 4, s), 0);
}

static void the_evidence_against_a_rate_is_exact(void **state)
{
    (void)state;
    /* Beta(1 + 14, 1 + 3) over 2^-17: 1 / (18 C(17, 3)) 2^17. */
    struct evalue evalue = evalue_bernoulli(14, 17, .5, 1, 1);
    assert_close(evalue.log_e, log(131072.0 / (18 * 680)), 1e-12);
    assert_close(evalue.p, 18 * 680 / 131072.0, 1e-12);
    assert_true(evalue_bernoulli(0, 0, .5, 1, 1).log_e == 0);
    assert_true(evalue_bernoulli(1, 2, .5, 1, 1).p == 1);
    assert_true(evalue_bernoulli(0, 100000, .5, 1, 1).p == 0);
}

/*
 * What the review says of its alarms: however many of a run's cases changed, even chances bring a
 * fall of e >= 20 in at most 1 look of 40. Summed exactly over the binomial.
 */
static void even_chances_raise_a_false_fall_in_at_most_one_look_of_forty(void **state)
{
    (void)state;
    double most = 0;
    for (int64_t n = 0; n <= 400; n++) {
        double falls = 0, log_chance = -(double)n * log(2);
        for (int64_t better = 0; 2 * better < n; better++) {
            if (evalue_bernoulli(better, n, .5, 1, 1).log_e >= log(20))
                falls += exp(log_chance);
            log_chance += log((double)(n - better)) - log((double)(better + 1));
        }
        most = fmax(most, falls);
    }
    assert_true(most <= .025);
    assert_true(most > .001); /* it does happen */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_is_that_of_the_differences),
        cmocka_unit_test(one_jump_or_none_tells_no_noise),
        cmocka_unit_test(the_objective_is_the_least_of_all_segmentations),
        cmocka_unit_test(a_step_is_found_and_a_spike_is_not),
        cmocka_unit_test(ties_go_to_the_earlier_change),
        cmocka_unit_test(too_few_points_have_no_change),
        cmocka_unit_test(a_rate_that_falls_is_found_whatever_the_sizes),
        cmocka_unit_test(an_alarm_needs_more_than_the_threshold),
        cmocka_unit_test(the_evidence_against_a_rate_is_exact),
        cmocka_unit_test(even_chances_raise_a_false_fall_in_at_most_one_look_of_forty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Forecasts: against counting every possible future, which is slow and cannot be wrong. */
#include "engine/forecast.h"
#include "support/close.h"

#include <math.h>

static const int64_t mixed[] = { 3, 0, 5, 2, 2 }, even[] = { 4, 10, 6 }, never_zero[] = { 7, 9 },
                     same[] = { 4, 4, 4 };

static const struct throughput pasts[] = {
    { mixed, 5 },
    { even, 3 },
    { never_zero, 2 },
    { same, 3 },
};

enum { PASTS = sizeof pasts / sizeof *pasts, PERIODS_MAX = 6 };

static const double confidences[] = { 0.2, 0.5, 0.75, 0.85, 0.95 };

/* Of count^periods futures, how many finish at least k. */
static uint64_t futures_with(const struct throughput *past, int64_t periods, int64_t k)
{
    if (periods == 0)
        return k <= 0;
    uint64_t sum = 0;
    for (size_t i = 0; i < past->count; i++)
        sum += futures_with(past, periods - 1, k - past->items[i]);
    return sum;
}

static double chance_of(const struct throughput *past, int64_t periods, int64_t k)
{
    return (double)futures_with(past, periods, k) / pow((double)past->count, (double)periods);
}

static void how_many_is_the_largest_number_that_is_sure_enough(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (size_t p = 0; p < PASTS; p++)
        for (int64_t periods = 0; periods <= PERIODS_MAX; periods++)
            for (size_t c = 0; c < sizeof confidences / sizeof *confidences; c++) {
                struct how_many got;
                assert_done(&call,
                            forecast_how_many(&call, &pasts[p], periods, confidences[c], &got));
                assert_close(got.p_at_least, chance_of(&pasts[p], periods, got.items), 1e-12);
                assert_true(got.p_at_least >= confidences[c] - 1e-9);
                assert_true(chance_of(&pasts[p], periods, got.items + 1) < confidences[c] - 1e-9);
            }
    call_release(&call);
}

static void when_is_the_first_week_that_is_sure_enough(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (size_t p = 0; p < PASTS; p++)
        for (int64_t backlog = 1; backlog <= 9; backlog++)
            for (size_t c = 0; c < sizeof confidences / sizeof *confidences; c++) {
                struct when got;
                assert_done(&call,
                            forecast_when(&call, &pasts[p], (double)backlog, confidences[c], &got));
                assert_true(got.is_ever && got.periods >= 1);
                if (got.periods > PERIODS_MAX + 2)
                    continue;
                assert_close(got.p, chance_of(&pasts[p], got.periods, backlog), 1e-12);
                assert_true(got.p >= confidences[c] - 1e-9);
                assert_true(chance_of(&pasts[p], got.periods - 1, backlog) < confidences[c] - 1e-9);
            }
    call_release(&call);
}

/* (1/2)^2 + 2 (1/2)^2 = 3/4 is reached, and not by rounding up or down. */
static void a_chance_that_is_hit_exactly_counts(void **state)
{
    (void)state;
    static const int64_t half[] = { 0, 10 };
    const struct throughput past = { half, 2 };
    struct call call;
    struct when when;
    struct how_many how_many;
    test_call_init(&call);
    assert_done(&call, forecast_when(&call, &past, 10, 0.75, &when));
    assert_int_equal(when.periods, 2);
    assert_done(&call, forecast_when(&call, &past, 10, 0.75 + 1e-8, &when));
    assert_int_equal(when.periods, 3);
    assert_done(&call, forecast_how_many(&call, &past, 2, 0.75, &how_many));
    assert_int_equal(how_many.items, 10);
    assert_done(&call, forecast_how_many(&call, &past, 2, 0.75 + 1e-8, &how_many));
    assert_int_equal(how_many.items, 0);
    call_release(&call);
}

static void random_futures_agree_within_a_week(void **state)
{
    (void)state;
    struct call call;
    struct when exact, random;
    test_call_init(&call);
    for (size_t p = 0; p < PASTS; p++)
        for (int backlog = 10; backlog <= 90; backlog += 20) {
            assert_done(&call, forecast_when(&call, &pasts[p], backlog, 0.85, &exact));
            assert_done(&call, forecast_when_mc(&call, &pasts[p], backlog, 2000, 7, 0.85, &random));
            assert_in_range(random.periods + 1 - exact.periods, 0, 2);
        }
    call_release(&call);
}

static void what_would_take_minutes_is_refused(void **state)
{
    (void)state;
    struct call call;
    struct when when;
    struct how_many how_many;
    test_call_init(&call);
    assert_false(forecast_when(&call, &pasts[0], 1e12, 0.85, &when));
    assert_refused(&call, FAIL_INVALID, "'backlog' is too large");
    assert_false(forecast_how_many(&call, &pasts[0], 1000000000, 0.85, &how_many));
    assert_refused(&call, FAIL_INVALID, "'periods' is too large");
    /* equal weeks leave nothing to add up */
    assert_done(&call, forecast_how_many(&call, &pasts[3], 1000000000, 0.85, &how_many));
    assert_int_equal(how_many.items, 4000000000);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_many_is_the_largest_number_that_is_sure_enough),
        cmocka_unit_test(when_is_the_first_week_that_is_sure_enough),
        cmocka_unit_test(a_chance_that_is_hit_exactly_counts),
        cmocka_unit_test(random_futures_agree_within_a_week),
        cmocka_unit_test(what_would_take_minutes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Forecasts: fractions worked out apart, exact trends, and what has none. */
#include "engine/capacity.h"
#include "support/close.h"

#include <math.h>

static void a_runway_is_null_without_growth_and_0_at_the_end(void **state)
{
    (void)state;
    double weeks;
    assert_true(capacity_runway(50, 100, 1, 1, &weeks));
    assert_close(weeks, 1, 1e-15);
    assert_true(capacity_runway(80, 100, 0.1, 0.8, &weeks));
    assert_true(weeks == 0);
    assert_true(capacity_runway(90, 100, -0.1, 0.8, &weeks) && weeks == 0);
    assert_false(capacity_runway(50, 100, 0, 1, &weeks));
    assert_false(capacity_runway(50, 100, -0.1, 1, &weeks));
    assert_false(capacity_runway(0, 100, 0.1, 1, &weeks));
}

static void a_line_is_relative_to_the_last_time(void **state)
{
    (void)state;
    static const double t[] = { 1e9, 1e9 + 10, 1e9 + 20 }, v[] = { 1, 3, 5 };
    struct line line;
    assert_true(predict_linear(t, v, 3, &line));
    assert_close(line.slope, 0.2, 1e-14);
    assert_close(line.intercept, 5, 1e-13);
}

static void one_time_has_no_slope(void **state)
{
    (void)state;
    static const double t[] = { 0.1, 0.1, 0.1 }, v[] = { 1, 2, 3 };
    struct line line;
    assert_false(predict_linear(t, v, 3, &line));
    assert_false(predict_linear(t, v, 1, &line));
    assert_false(predict_linear(t, v, 0, &line));
}

static void a_trend_is_the_fraction_worked_out_by_hand(void **state)
{
    (void)state;
    static const double y[] = { 1, 3, 4, 8 };
    double forecast[2], lower[2], upper[2];
    struct ahead ahead = { 2, forecast, lower, upper };
    struct smoothing with = { .alpha = 0.5, .beta_star = 0.5, .coverage = 0.8 };
    struct smoothed now = holt_linear(y, 4, &with, &ahead);
    assert_close(now.level, 57.0 / 8, 1e-14);
    assert_close(now.trend, 35.0 / 16, 1e-14);
    assert_close(now.sigma2, 65.0 / 48, 1e-14);
    assert_close(forecast[1], 11.5, 1e-13);
    double z = 1.2815515655446004;
    assert_close(upper[0] - forecast[0], z * sqrt(65.0 / 48), 1e-12);
    assert_close(forecast[1] - lower[1], z * sqrt(1625.0 / 768), 1e-12);
}

static void a_season_without_noise_goes_on(void **state)
{
    (void)state;
    static const double y[] = { 1, 5, 2, 1, 5, 2, 1 };
    double seasonal[3], forecast[4], lower[4], upper[4];
    struct ahead ahead = { 4, forecast, lower, upper };
    struct smoothing with = { 0.4, 0.2, 0.3, .season = 3, .coverage = 0.95 };
    struct smoothed now = holt_winters_additive(y, 6, &with, seasonal, &ahead);
    assert_close(now.sigma2, 0, 1e-25);
    assert_close(now.trend, 0, 1e-14);
    assert_close(forecast[1], 5, 1e-12);
    assert_close(forecast[3], 1, 1e-12);
    now = holt_winters_additive(y, 7, &with, seasonal, &ahead);
    assert_close(forecast[0], 5, 1e-12);
}

/* alpha .5 alone: var_1 = s2, var_2 = s2 (1 + .25), and with gamma .5 a season later another c = 1.
 */
static void the_interval_grows_by_level_and_season(void **state)
{
    (void)state;
    static const double y[] = { 1, 5, 2, 7, 1, 6 };
    double seasonal[2], forecast[4], lower[4], upper[4], half[4];
    struct ahead ahead = { 4, forecast, lower, upper };
    struct smoothing with = { 0.5, 0, 0.5, .season = 2, .coverage = 0.95 };
    holt_winters_additive(y, 6, &with, seasonal, &ahead);
    for (int i = 0; i < 4; i++)
        half[i] = (upper[i] - forecast[i]) * (upper[i] - forecast[i]);
    assert_true(half[0] > 0);
    assert_close(half[1] / half[0], 1.25, 1e-12);
    assert_close(half[2] / half[0], 2.25, 1e-12);
    assert_close(half[3] / half[0], 2.5, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_runway_is_null_without_growth_and_0_at_the_end),
        cmocka_unit_test(a_line_is_relative_to_the_last_time),
        cmocka_unit_test(one_time_has_no_slope),
        cmocka_unit_test(a_trend_is_the_fraction_worked_out_by_hand),
        cmocka_unit_test(a_season_without_noise_goes_on),
        cmocka_unit_test(the_interval_grows_by_level_and_season),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

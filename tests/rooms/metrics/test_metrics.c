/* Points of a series at rest, the weeks they make, and what verify says of them. */
#include "rooms/metrics/metrics.h"

#include "base/json_read.h"
#include "ledger/verify.h"
#include "rooms/evals/evals.h"
#include "rooms/metrics/metrics_points.h"
#include "rooms/metrics/metrics_trend.h"
#include "rooms/people/people.h"
#include "store/sql.h"
#include "support/close.h"
#include "support/house.h"

#include <math.h>

#define WEEK (7 * STAMP_DAY)

static rid make(struct test_house *test, struct row *row)
{
    assert_done(&test->call, ledger_create(&test->call, row));
    return row->id;
}

/* A series of a surface whose team is in that zone. */
static struct row make_series(struct test_house *test, const char *kind, const char *zone)
{
    struct row suite, team, surface, series;
    assert_done(&test->call, row_init(&test->call, &suite_record, &suite) &&
                                 row_init(&test->call, &team_record, &team) &&
                                 row_init(&test->call, &surface_record, &surface) &&
                                 row_init(&test->call, &metric_series_record, &series));
    suite.value[SUITE_NAME] = value_choice("bot");
    team.value[TEAM_NAME] = value_choice("Red");
    team.value[TEAM_ZONE] = value_choice(zone);
    surface.value[SURFACE_NAME] = value_choice("refunds");
    surface.value[SURFACE_SUITE] = value_ref(make(test, &suite));
    surface.value[SURFACE_TEAM] = value_ref(make(test, &team));
    series.value[METRIC_SERIES_NAME] = value_choice("rate");
    series.value[METRIC_SERIES_KIND] = value_choice(kind);
    series.value[METRIC_SERIES_SURFACE] = value_ref(make(test, &surface));
    make(test, &series);
    return series;
}

static void put(struct test_house *test, const struct row *series, struct metric_point point)
{
    struct metric_points points = { .point = &point, .count = 1 };
    point.labels = point.labels.at ? point.labels : TEXT("");
    assert_done(&test->call, metric_point_check(&test->call, series, &point));
    assert_done(&test->call, metric_points_take(&test->call, series, &points));
}

static void put_value(struct test_house *test, const struct row *series, stamp at, double value)
{
    put(test, series, (struct metric_point){ .at = at, .value = value });
}

static void put_ratio(struct test_house *test, const struct row *series, stamp at, double part,
                      double whole)
{
    put(test, series,
        (struct metric_point){
            .at = at, .is_ratio = true, .numerator = part, .denominator = whole });
}

static struct metric_trend trend_of(struct test_house *test, const struct row *series, int weeks)
{
    struct metric_trend trend;
    assert_done(&test->call, metric_trend_read(&test->call, series, NULL, weeks, &trend));
    assert_int_equal(trend.week_count, weeks);
    return trend;
}

/* --- points --- */

static void a_point_that_comes_again_takes_its_place(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "value", "UTC");
    put_value(test, &series, TEST_NOW, 1);
    put_value(test, &series, TEST_NOW, NAN);
    put_value(test, &series, TEST_NOW, 2);
    put_value(test, &series, TEST_NOW + 1, 3);
    put(test, &series,
        (struct metric_point){ .at = TEST_NOW, .value = 9, .labels = TEXT("{\"a\":\"b\"}") });
    assert_int_equal(test_count(test, "metric_point"), 3);
    assert_int_equal(test_count(test, "metric_point WHERE value = 2 AND word IS NULL"), 1);
}

static void what_is_no_number_is_kept_as_its_word(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "value", "UTC");
    const double values[] = { NAN, INFINITY, -INFINITY, 0 };
    for (int i = 0; i < 4; i++)
        put_value(test, &series, TEST_NOW + i, values[i]);
    assert_int_equal(test_count(test, "metric_point WHERE word = 'NaN' AND value IS NULL"), 1);
    assert_int_equal(test_count(test, "metric_point WHERE word = '+Inf' AND value IS NULL"), 1);
    assert_int_equal(test_count(test, "metric_point WHERE word = '-Inf' AND value IS NULL"), 1);
    assert_int_equal(test_count(test, "metric_point WHERE word IS NULL AND value = 0"), 1);
}

static void more_than_all_is_refused_where_both_are_counts(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "ratio", "UTC");
    struct metric_point point = { .is_ratio = true, .numerator = 9, .denominator = 9 };
    assert_done(&test->call, metric_point_check(&test->call, &series, &point));
    point.numerator = 10;
    assert_false(metric_point_check(&test->call, &series, &point));
    assert_refused(&test->call, FAIL_INVALID, "the numerator 10 is above the denominator 9");
    point.numerator = 10.5; /* an amount */
    assert_done(&test->call, metric_point_check(&test->call, &series, &point));
    point.is_ratio = false;
    assert_false(metric_point_check(&test->call, &series, &point));
    assert_refused(&test->call, FAIL_INVALID, "no 'value'");
}

/* --- weeks --- */

static void a_ratio_sums_its_week_and_has_wilsons_interval(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "ratio", "UTC");
    put_ratio(test, &series, TEST_NOW, 100, 110);
    put_ratio(test, &series, TEST_NOW + STAMP_HOUR, 87, 90);
    put_ratio(test, &series, TEST_NOW + 2 * STAMP_HOUR, 0, 0);
    struct metric_trend trend = trend_of(test, &series, 1);
    assert_int_equal(trend.now->n, 200);
    assert_close(trend.now->figure, 0.935, 1e-12);
    assert_close(trend.now->interval.lower, 0.8920, 5e-5);
    assert_close(trend.now->interval.upper, 0.9616, 5e-5);
    put_ratio(test, &series, TEST_NOW + 3 * STAMP_HOUR, 0.5, 1);
    trend = trend_of(test, &series, 1);
    assert_false(trend.now->interval.is_known); /* no longer counts */
    assert_int_equal(trend.now->n, 4);
}

static void nothing_of_nothing_is_a_gap(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "ratio", "UTC");
    put_ratio(test, &series, TEST_NOW, 0, 0);
    struct metric_trend trend = trend_of(test, &series, 1);
    assert_false(trend.now->has_figure);
    put_ratio(test, &series, TEST_NOW, 0, 1);
    trend = trend_of(test, &series, 1);
    assert_true(trend.now->has_figure);
    assert_true(trend.now->figure == 0);
}

static void gaps_and_nan_are_no_figures_and_the_delta_leaps_over_them(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "value", "UTC");
    put_value(test, &series, TEST_NOW - 3 * WEEK, 1);
    put_value(test, &series, TEST_NOW - WEEK, NAN);
    put_value(test, &series, TEST_NOW, 3);
    struct metric_trend trend = trend_of(test, &series, 5);
    const bool wanted[] = { false, true, false, false, true };
    for (int i = 0; i < 5; i++)
        assert_int_equal(trend.week[i].has_figure, wanted[i]);
    assert_int_equal(trend.week[3].no_data, 1);
    assert_ptr_equal(trend.before, &trend.week[1]);
    assert_int_equal(trend.known, 2);
    assert_false(trend.now->interval.is_known); /* one value */
}

static void weeks_begin_where_the_team_is(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "value", "Asia/Tokyo");
    stamp monday = TEST_NOW - 7 * STAMP_HOUR - 9 * STAMP_HOUR; /* 00:00 in Tokyo */
    put_value(test, &series, monday - 1, 1);
    put_value(test, &series, monday, 2);
    struct metric_trend trend = trend_of(test, &series, 2);
    assert_text(trend.zone, "Asia/Tokyo");
    assert_true(trend.week[0].figure == 1);
    assert_true(trend.week[1].figure == 2);
}

static void a_trend_takes_five_weeks_with_a_figure(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "value", "UTC");
    for (int i = 1; i <= 4; i++)
        put_value(test, &series, TEST_NOW - i * WEEK, 10 - i);
    put_value(test, &series, TEST_NOW, NAN);
    assert_false(trend_of(test, &series, 12).has_test);
    put_value(test, &series, TEST_NOW, 10);
    struct metric_trend trend = trend_of(test, &series, 12);
    assert_true(trend.has_test);
    assert_close(trend.test.p, 2.0 / 120, 1e-12);
    assert_close(trend.test.slope, 1, 1e-12);
}

static void a_series_without_points_ends_with_this_week(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "value", "UTC");
    iso_week week;
    struct metric_trend trend = trend_of(test, &series, 3);
    assert_true(week_read(TEXT("2026-W47"), &week));
    assert_int_equal(trend.now->week, week);
    assert_int_equal(trend.known, 0);
}

/* --- verify --- */

static int64_t wrong_points(struct test_house *test)
{
    struct verify_report report = { .count = 0 };
    assert_done(&test->call, metrics_verify(&test->call, &report));
    return report.check[0].wrong;
}

static void points_of_no_series_are_found(void **state)
{
    struct test_house *test = *state;
    struct row series = make_series(test, "value", "UTC");
    put_value(test, &series, TEST_NOW, 1);
    assert_int_equal(wrong_points(test), 0);
    assert_done(&test->call, store_begin(&test->call));
    assert_done(&test->call, sql_script(&test->call, TEXT("UPDATE metric_point SET series = 99")));
    assert_done(&test->call, store_commit(&test->call));
    assert_int_equal(wrong_points(test), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(a_point_that_comes_again_takes_its_place),
        WITH_HOUSE(what_is_no_number_is_kept_as_its_word),
        WITH_HOUSE(more_than_all_is_refused_where_both_are_counts),
        WITH_HOUSE(a_ratio_sums_its_week_and_has_wilsons_interval),
        WITH_HOUSE(nothing_of_nothing_is_a_gap),
        WITH_HOUSE(gaps_and_nan_are_no_figures_and_the_delta_leaps_over_them),
        WITH_HOUSE(weeks_begin_where_the_team_is),
        WITH_HOUSE(a_trend_takes_five_weeks_with_a_figure),
        WITH_HOUSE(a_series_without_points_ends_with_this_week),
        WITH_HOUSE(points_of_no_series_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

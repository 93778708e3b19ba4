/* Delivery: no data, and each band. */
#include "engine/delivery.h"
#include "support/close.h"

static void changes_of_no_time_are_left_out_and_counted(void **state)
{
    (void)state;
    double minutes[] = { 90, 0, 30, -5, 60 };
    struct lead_time lead = dora_lead_time(minutes, 5);
    assert_int_equal(lead.count, 3);
    assert_int_equal(lead.left_out, 2);
    assert_close(lead.median, 60, 1e-15);
    assert_close(lead.p90, 84, 1e-13);
    assert_int_equal(dora_lead_time(minutes, 0).count, 0);
}

static void no_incident_has_no_time_to_restore(void **state)
{
    (void)state;
    double seconds[] = { 7200, 1800 }, median = -1;
    assert_true(delivery_median(seconds, 2, &median));
    assert_close(median, 4500, 1e-12);
    assert_false(delivery_median(seconds, 0, &median));
}

static void assert_bucket(const double *days, const char *word)
{
    enum deploy_bucket bucket;
    double median;
    assert_true(dora_deploy_frequency(days, DEPLOY_WEEKS, &bucket, &median));
    assert_string_equal(deploy_bucket_word(bucket), word);
}

static void each_band_begins_where_the_method_says(void **state)
{
    (void)state;
    static const double daily[DEPLOY_WEEKS] = { 3, 3, 3, 3, 3, 3, 3 };
    static const double weekly[DEPLOY_WEEKS] = { 7, 7, 7, 7, 7, 7, 1 };
    static const double monthly[DEPLOY_WEEKS] = { 5, 5, 5, 5, 0, 0, 0, 1 };
    static const double yearly[DEPLOY_WEEKS] = { 5, 5, 5, 5 };
    assert_bucket(daily, "daily");
    assert_bucket(weekly, "weekly");
    assert_bucket(monthly, "monthly");
    assert_bucket(yearly, "yearly");
}

static void no_weeks_are_no_band(void **state)
{
    (void)state;
    enum deploy_bucket bucket;
    double median;
    assert_false(dora_deploy_frequency(NULL, 0, &bucket, &median));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_of_no_time_are_left_out_and_counted),
        cmocka_unit_test(no_incident_has_no_time_to_restore),
        cmocka_unit_test(each_band_begins_where_the_method_says),
        cmocka_unit_test(no_weeks_are_no_band),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The functions of service levels: what is not known, and what they refuse. */
#include "support/calc_case.h"

static void without_traffic_nothing_is_said(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "burn_rate", "{\"error_ratio\":null,\"objective\":0.5}", "{\"burn_rate\":null}", NULL },
        { "burn_rate", "{\"error_ratio\":0.25,\"objective\":0.5}", "{\"burn_rate\":0.5}", NULL },
        { "error_budget_events", "{\"objective\":0.5,\"total\":0,\"bad\":0}",
          "{\"allowed_bad_events\":0,\"sli\":null,\"budget_consumed_ratio\":null,"
          "\"budget_remaining_ratio\":null,\"budget_remaining_events\":0}",
          NULL },
        { "error_ratio_aggregate", "{\"total\":[],\"bad\":[]}",
          "{\"event_weighted\":null,\"slice_average\":null}", NULL },
        { "timeslices", "{\"slice_sli\":[null],\"time_slice_target\":1,\"target\":0.5}",
          "{\"good_slices\":0,\"total_slices\":0,\"sli\":null,\"budget_consumed_ratio\":null}",
          NULL },
        { "burn_alert", "{\"objective\":0.9,\"error_ratio\":{\"30m\":0.7,\"6h\":null}}",
          "{\"page\":false,\"ticket\":false}", NULL },
        { "time_to_exhaustion", "{\"budget_remaining_ratio\":1,\"burn_rate\":0,\"period_days\":30}",
          "{\"seconds\":null}", NULL },
        { 0 },
    };
    test_calc_cases(cases);
}

static void thresholds(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "alert_unreachable", "{\"objective\":0.5,\"factor\":2}",
          "{\"threshold\":1,\"unreachable\":true}", NULL },
        { "alert_unreachable", "{\"objective\":0.75,\"factor\":2}",
          "{\"threshold\":0.5,\"unreachable\":false}", NULL },
        { "detection_time",
          "{\"error_ratio\":1,\"objective\":0.75,\"factor\":2,\"long_window_hours\":2}",
          "{\"seconds\":3600}", NULL },
        { "error_budget_time", "{\"objective\":0.5,\"period_days\":1}",
          "{\"budget_ratio\":0.5,\"allowed_bad_seconds\":43200,\"allowed_bad_minutes\":720}",
          NULL },
        { 0 },
    };
    test_calc_cases(cases);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "error_budget_time", "{\"objective\":1,\"period_days\":30}", NULL, "'objective'" },
        { "error_budget_time", "{\"objective\":0.9,\"period_days\":0}", NULL, "'period_days'" },
        { "error_budget_events", "{\"objective\":0.9,\"total\":1,\"bad\":2}", NULL, "'bad'" },
        { "burn_rate", "{\"objective\":0.9}", NULL, "'error_ratio' is missing" },
        { "burn_rate", "{\"error_ratio\":1.5,\"objective\":0.9}", NULL, "'error_ratio'" },
        { "burn_factor", "{\"period_days\":30,\"budget_percent\":2,\"long_window_hours\":0}", NULL,
          "'long_window_hours'" },
        { "budget_consumed", "{\"burn_rate\":1,\"window_hours\":-1,\"period_days\":30}", NULL,
          "'window_hours'" },
        { "time_to_exhaustion",
          "{\"budget_remaining_ratio\":\"a\",\"burn_rate\":1,\"period_days\":30}", NULL,
          "'budget_remaining_ratio'" },
        { "burn_alert", "{\"objective\":0.9,\"error_ratio\":{\"7m\":0.1}}", NULL, "7m" },
        { "burn_alert", "{\"objective\":0.9,\"error_ratio\":{\"5m\":2}}", NULL, "5m" },
        { "error_ratio_aggregate", "{\"total\":[1,2],\"bad\":[1]}", NULL, "'bad'" },
        { "error_ratio_aggregate", "{\"total\":[1,2],\"bad\":[1,3]}", NULL, "'bad'" },
        { "timeslices", "{\"slice_sli\":[1.5],\"time_slice_target\":1,\"target\":0.5}", NULL,
          "'slice_sli'" },
        { "timeslices", "{\"slice_sli\":[1],\"time_slice_target\":1,\"target\":1}", NULL,
          "'target'" },
        { 0 },
    };
    test_calc_cases(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_traffic_nothing_is_said),
        cmocka_unit_test(thresholds),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The functions of the format rules: what importers and exporters obey too. */
#include "support/calc_case.h"

static void calendars(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "ics_fold", "{\"property\":\"SUMMARY\",\"text\":\"a, b; c\\\\d\\r\\ne\"}",
          "{\"lines\":[\"SUMMARY:a\\\\, b\\\\; c\\\\\\\\d\\\\ne\"],\"octets\":[23]}", NULL },
        { "ics_fold", "{\"property\":\"X-A;P=\\\"a:b\\\"\",\"text\":\"\"}",
          "{\"lines\":[\"X-A;P=\\\"a:b\\\":\"],\"octets\":[12]}", NULL },
        { "ics_fold", "{\"property\":\"SUM:MARY\",\"text\":\"a\"}", NULL, "'property'" },
        { "ics_fold", "{\"property\":\"A\\nB\",\"text\":\"a\"}", NULL, "'property'" },
        { "ics_fold", "{\"property\":\"\",\"text\":\"a\"}", NULL, "'property'" },
        { "ics_text_unescape", "{\"raw\":\"a\\\\\\\\nb\\\\;c\\\\x\\\\\"}",
          "{\"value\":\"a\\\\nb;c\\\\x\\\\\"}", NULL },
        { "ics_text_unescape", "{\"raw\":7}", NULL, "'raw' must be a text" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void guards(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "csv_formula_unguard", "{\"text\":\"'=1\"}", "{\"value\":\"=1\"}", NULL },
        { "csv_formula_unguard", "{\"text\":\"''=1\"}", "{\"value\":\"''=1\"}", NULL },
        { "csv_formula_unguard", "{\"text\":\"'quoted'\"}", "{\"value\":\"'quoted'\"}", NULL },
        { "csv_formula_unguard", "{\"text\":\"=1\"}", "{\"value\":\"=1\"}", NULL },
        { "csv_formula_unguard", "{\"text\":\"\"}", "{\"value\":\"\"}", NULL },
        { "csv_formula_unguard", "{}", NULL, "'text' is missing" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void messages(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "slack_permalink",
          "{\"workspace\":\"acme\",\"channel\":\"C1\",\"ts\":\"1.000001\","
          "\"thread_ts\":\"1.000001\"}",
          "{\"value\":\"https://acme.slack.com/archives/C1/p1000001\"}", NULL },
        { "slack_permalink", "{\"workspace\":\"a/b\",\"channel\":\"C1\",\"ts\":\"1.000001\"}", NULL,
          "'workspace' is 'a/b'" },
        { "slack_permalink", "{\"workspace\":\"a\",\"channel\":\"\",\"ts\":\"1.000001\"}", NULL,
          "'channel'" },
        { "slack_permalink",
          "{\"workspace\":\"a\",\"channel\":\"C1\",\"ts\":\"1.000001\",\"thread_ts\":\"1\"}", NULL,
          "'thread_ts'" },
        { "slack_ts_to_utc", "{\"ts\":\"0.000000\"}", "{\"value\":\"1970-01-01T00:00:00.000000Z\"}",
          NULL },
        { "slack_ts_to_utc", "{\"ts\":\"1600000000\"}", NULL, "'ts' is '1600000000'" },
        { "slack_ts_to_utc", "{\"ts\":\"-1.000000\"}", NULL, "'ts'" },
        { "slack_ts_to_utc", "{\"ts\":1600000000.0001}", NULL, "'ts' must be a text" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void dates(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "jira_date", "{\"text\":\"2015-12-07T14:19:13.000-0800\"}",
          "{\"value\":\"2015-12-07T22:19:13Z\"}", NULL },
        { "jira_date", "{\"text\":\"2015-12-07T14:19:13.999+05:30\"}",
          "{\"value\":\"2015-12-07T08:49:13Z\"}", NULL },
        { "jira_date", "{\"text\":\"5/Jan/24 12:05 pm\"}", "{\"value\":\"2024-01-05T12:05:00\"}",
          NULL },
        { "jira_date", "{\"text\":\"05/Jan/24\"}", "{\"value\":\"2024-01-05\"}", NULL },
        { "jira_date", "{\"text\":\"6/21/2025 16:14\"}", NULL, "it is not clear" },
        { "jira_date", "{\"text\":\"05/Jan/24 13:05 PM\"}", NULL, "'text'" },
        { "jira_date", "{\"text\":\"05/Jan/24 1:60 PM\"}", NULL, "'text'" },
        { "jira_date", "{\"text\":\"29/Feb/23 1:00 PM\"}", NULL, "'text'" },
        { "jira_date", "{\"text\":\"2015-12-07\\u00007\"}", NULL, "'text'" },
        { "jira_date", "{\"text\":\"\"}", NULL, "'text'" },
        { "tracker_date", "{\"text\":\"11/2/2014\"}", "{\"value\":\"2014-11-02\"}", NULL },
        { "tracker_date", "{\"text\":\" \"}", "{\"value\":null}", NULL },
        { "tracker_date", "{\"text\":\"22/11/2014\"}", NULL, "'text'" },
        { "tracker_date", "{\"text\":\"Feb 30, 2014\"}", NULL, "'text'" },
        { "tracker_date", "{\"text\":\"Nov 22, 14\"}", NULL, "'text'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void comments(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "jira_csv_comment", "{\"cell\":\"just; body\"}",
          "{\"created\":null,\"author\":null,\"body\":\"just; body\"}", NULL },
        { "jira_csv_comment", "{\"cell\":\"d;a;\"}",
          "{\"created\":\"d\",\"author\":\"a\",\"body\":\"\"}", NULL },
        { "tracker_csv_comment", "{\"cell\":\"x (A - Jan 1, 2020) (B (QA) - Jan 2, 2020)\\n\"}",
          "{\"body\":\"x (A - Jan 1, 2020)\",\"author\":\"B (QA)\",\"date\":\"Jan 2, 2020\"}",
          NULL },
        { "tracker_csv_comment", "{\"cell\":\"x (Jean - Luc - Jan 2, 2020)\"}",
          "{\"body\":\"x\",\"author\":\"Jean - Luc\",\"date\":\"Jan 2, 2020\"}", NULL },
        { "tracker_csv_comment", "{\"cell\":\"x :) (A :) - Jan 2, 2020)\"}",
          "{\"body\":\"x :)\",\"author\":\"A :)\",\"date\":\"Jan 2, 2020\"}", NULL },
        { "tracker_csv_comment", "{\"cell\":\"x (A - Feb 30, 2020)\"}",
          "{\"body\":\"x (A - Feb 30, 2020)\",\"author\":null,\"date\":null}", NULL },
        { "tracker_csv_comment", "{\"cell\":\"\"}", "{\"body\":\"\",\"author\":null,\"date\":null}",
          NULL },
        { "tracker_csv_comment", "{\"cell\":null}", NULL, "'cell' is missing" },
        { 0 },
    };
    test_calc_cases(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendars), cmocka_unit_test(guards),   cmocka_unit_test(messages),
        cmocka_unit_test(dates),     cmocka_unit_test(comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

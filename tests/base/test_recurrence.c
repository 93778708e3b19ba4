/* Days of recurrence rules, worked out by hand, and what is refused. 2026-11-23 is a Monday. */
#include "base/recurrence.h"

#include "base/stamp.h"
#include "support/support.h"

static int64_t day_of(const char *word)
{
    int64_t day;
    assert_true(date_read(text_of(word), &day));
    return day;
}

/* "2026-11-23 2026-11-30": the days of the rule in the stretch. */
static void assert_days(const char *rule, const char *first, const char *from, const char *to,
                        const char *expected)
{
    struct call call;
    struct recurrence_days days;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    assert_done(&call, recurrence_days(&call, text_of(rule), day_of(first), day_of(from),
                                       day_of(to), &days));
    assert_false(days.is_cut);
    for (size_t i = 0; i < days.count; i++) {
        char word[DATE_TEXT_SIZE];
        date_write(days.day[i], word);
        out_format(&out, "%s%s", i ? " " : "", word);
    }
    assert_text(out_view(&out), expected);
    call_release(&call);
}

static void days_are_those_of_the_rule(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *first, *from, *to, *days;
    } rows[] = {
        { "FREQ=WEEKLY;BYDAY=MO", "2026-11-23", "2026-11-23", "2026-12-07",
          "2026-11-23 2026-11-30 2026-12-07" },
        { "FREQ=WEEKLY;BYDAY=TU,TH", "2026-11-23", "2026-11-23", "2026-11-29",
          "2026-11-24 2026-11-26" },
        { "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "2026-11-23", "2026-11-23", "2027-01-10",
          "2026-11-25 2026-12-16 2027-01-06" },
        { "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "2026-11-23", "2026-12-01", "2026-12-31",
          "2026-12-16" },
        { "FREQ=MONTHLY;BYDAY=3TH", "2026-11-01", "2026-11-01", "2027-01-31",
          "2026-11-19 2026-12-17 2027-01-21" },
        { "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-01", "2026-11-01", "2026-12-31",
          "2026-11-27 2026-12-25" },
        { "FREQ=MONTHLY;INTERVAL=3", "2026-11-02", "2026-11-01", "2027-05-31",
          "2026-11-02 2027-02-02 2027-05-02" },
        { "FREQ=DAILY;COUNT=2", "2026-11-23", "2026-11-24", "2026-12-31", "2026-11-24" },
        { "FREQ=DAILY;UNTIL=20261125", "2026-11-23", "2026-11-24", "2026-12-31",
          "2026-11-24 2026-11-25" },
        { "FREQ=YEARLY;BYMONTH=2;BYDAY=-1MO", "2024-01-01", "2024-01-01", "2025-12-31",
          "2024-02-26 2025-02-24" },
        { "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "2016-05-02", "2026-11-20", "2026-12-10",
          "2026-11-29" },
        { "freq=weekly;byday=mo;", "1990-01-01", "2026-11-23", "2026-11-29", "2026-11-23" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_days(rows[i].rule, rows[i].first, rows[i].from, rows[i].to, rows[i].days);
}

static void nothing_lies_before_the_first_day(void **state)
{
    (void)state;
    assert_days("FREQ=DAILY", "2026-11-23", "2026-11-01", "2026-11-24", "2026-11-23 2026-11-24");
    assert_days("FREQ=DAILY", "2026-11-23", "2026-10-01", "2026-11-01", "");
}

static void steps_are_bounded(void **state)
{
    struct call call;
    struct recurrence_days days;
    (void)state;
    test_call_init(&call);
    assert_done(&call, recurrence_days(&call, TEXT("FREQ=DAILY"), 0, 0, INT32_MAX, &days));
    assert_true(days.is_cut || days.count < RECURRENCE_STEPS_MAX);
    assert_true(days.count <= RECURRENCE_STEPS_MAX);
    call_release(&call);
}

static void what_people_may_not_write_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *words;
    } rows[] = {
        { "", "is empty" },
        { "every monday", "not known" },
        { "FREQ=HOURLY", "more than once a day" },
        { "FREQ=SOMETIMES", "no frequency" },
        { "BYDAY=MO", "no frequency" },
        { "FREQ=WEEKLY;BYHOUR=9", "time of day" },
        { "FREQ=WEEKLY;FREQ=DAILY", "twice" },
        { "FREQ=WEEKLY;BYDAY=", "without a value" },
        { "FREQ=WEEKLY;BYDAY=XX", "cannot be read" },
        { "FREQ=WEEKLY;INTERVAL=0", "INTERVAL" },
        { "FREQ=WEEKLY;COUNT=-1", "COUNT" },
        { "FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "keep one" },
        { "FREQ=WEEKLY;UNTIL=20200101", "ends before it begins" },
        { "FREQ=WEEKLY;UNTIL=20262701", "no day" },
        { "FREQ=YEARLY;BYWEEKNO=20", "add BYDAY" },
        { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "29th" },
        { "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "name the weekdays" },
        { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never occurs" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct call call;
        test_call_init(&call);
        assert_false(recurrence_check(&call, text_of(rows[i].rule), day_of("2026-11-23")));
        assert_refused(&call, FAIL_INVALID, rows[i].words);
        call_release(&call);
    }
}

static void their_neighbours_are_taken(void **state)
{
    (void)state;
    static const char *const rules[] = {
        "FREQ=WEEKLY",          "FREQ=WEEKLY;BYDAY=MO,TU", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "FREQ=WEEKLY;COUNT=1",  "FREQ=DAILY;UNTIL=20261123", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28",
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct call call;
        test_call_init(&call);
        assert_done(&call, recurrence_check(&call, text_of(rules[i]), day_of("2026-11-23")));
        call_release(&call);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_rule),
        cmocka_unit_test(nothing_lies_before_the_first_day),
        cmocka_unit_test(steps_are_bounded),
        cmocka_unit_test(what_people_may_not_write_is_told),
        cmocka_unit_test(their_neighbours_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

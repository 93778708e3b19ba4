/*
 * Rules as instants in a zone: RFC 5545's own examples where
 * they tell times, and the clock's changes.
 */
#include "base/recurrence_times.h"
#include "support/support.h"

static struct call call;

static int set_up(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

struct times_case {
    const char *rule, *start, *zone, *from, *to, *left_out, *told;
};

static stamp instant(const char *word)
{
    struct recurrence_start start;
    stamp at;
    assert_done(&call, recurrence_start_read(&call, "at", text_of(word), TEXT("UTC"), &start));
    assert_done(&call, recurrence_start_instant(&call, &start, &at));
    return at;
}

static text told(const struct times_case *one)
{
    struct recurrence_start start;
    struct recurrence_times times;
    struct out out;
    stamp left_out = one->left_out ? instant(one->left_out) : 0;
    assert_done(&call, recurrence_start_read(&call, "start", text_of(one->start),
                                             text_of(one->zone), &start));
    assert_done(&call,
                recurrence_times(&call, text_of(one->rule), &start, instant(one->from),
                                 instant(one->to), &left_out, one->left_out != NULL, &times));
    assert_false(times.is_cut);
    out_init(&out, &call);
    for (size_t i = 0; i < times.count; i++) {
        char room[STAMP_TEXT_SIZE];
        stamp_write(times.at[i], room);
        room[start.is_day ? 10 : 16] = '\0';
        out_format(&out, "%s%s", i ? " " : "", room);
    }
    return out.size ? out_view(&out) : TEXT("");
}

static void starts_keep_their_local_time(void **state)
{
    static const char berlin[] = "Europe/Berlin", york[] = "America/New_York";
    static const struct times_case cases[] = {
        { "FREQ=WEEKLY", "2026-10-19T10:00", berlin, "2026-10-01", "2026-11-05", NULL,
          "2026-10-19T08:00 2026-10-26T09:00 2026-11-02T09:00" },
        { "FREQ=WEEKLY", "2026-10-19T08:00:00Z", berlin, "2026-10-26T09:00:00Z",
          "2026-10-26T09:00:00Z", NULL, "2026-10-26T09:00" },
        { "FREQ=DAILY", "20260328T023000", berlin, "2026-03-28", "2026-03-31", NULL,
          "2026-03-28T01:30 2026-03-29T01:30 2026-03-30T00:30" },
        { "FREQ=DAILY;COUNT=3", "2026-10-24T02:30", berlin, "2026-10-01", "2026-12-01", NULL,
          "2026-10-24T00:30 2026-10-25T00:30 2026-10-26T01:30" },
        { "FREQ=DAILY;COUNT=3", "2026-10-24T02:30", berlin, "2026-10-01", "2026-12-01",
          "2026-10-25T00:30:00Z", "2026-10-24T00:30 2026-10-26T01:30" },
        { "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "2026-11-04", "UTC", "2026-11-01", "2026-12-31", NULL,
          "2026-11-04 2026-11-25 2026-12-16" },
        /* UNTIL is an instant, and the day of it where the start is may be another one */
        { "FREQ=DAILY;UNTIL=19970905T030000Z", "1997-09-02T23:00", york, "1997-09-01", "1997-12-31",
          NULL, "1997-09-03T03:00 1997-09-04T03:00 1997-09-05T03:00" },
        { "FREQ=DAILY;UNTIL=19970905T025959Z", "1997-09-02T23:00", york, "1997-09-01", "1997-12-31",
          NULL, "1997-09-03T03:00 1997-09-04T03:00" },
        { "FREQ=DAILY;UNTIL=19970904", "1997-09-02T23:00", york, "1997-09-01", "1997-12-31", NULL,
          "1997-09-03T03:00 1997-09-04T03:00 1997-09-05T03:00" },
        /* what does not match the rule is the first instance all the same */
        { "FREQ=WEEKLY;BYDAY=WE;COUNT=2", "2026-11-03T09:00", "UTC", "2026-11-01", "2026-12-31",
          NULL, "2026-11-03T09:00 2026-11-04T09:00" },
        { "FREQ=DAILY;BYHOUR=9,17;COUNT=4", "2026-11-03T10:00", "UTC", "2026-11-01", "2026-12-31",
          NULL, "2026-11-03T10:00 2026-11-03T17:00 2026-11-04T09:00 2026-11-04T17:00" },
        { "FREQ=DAILY;BYHOUR=9,17", "2026-11-03T09:00", "UTC", "2026-11-04T10:00",
          "2026-11-05T10:00", NULL, "2026-11-04T17:00 2026-11-05T09:00" },
        /* the other times of a first day that the rule does not name are none of its */
        { "FREQ=WEEKLY;BYDAY=WE;BYHOUR=9,17", "2026-11-03T08:00", "UTC", "2026-11-01",
          "2026-11-05", NULL, "2026-11-03T08:00 2026-11-04T09:00 2026-11-04T17:00" },
        /* BYSETPOS counts the times of a period, the days before the first one included */
        { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2,-2;BYHOUR=9,16", "2026-09-01T09:00", "UTC",
          "2026-09-01", "2026-10-02", NULL,
          "2026-09-01T09:00 2026-09-01T16:00 2026-09-30T09:00 2026-10-01T16:00" },
        { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,3;BYHOUR=9,16;COUNT=3", "2026-09-02T16:00",
          "UTC", "2026-09-01", "2026-12-31", NULL,
          "2026-09-02T16:00 2026-10-01T09:00 2026-10-02T09:00" },
        { "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=-1;BYHOUR=9,16;WKST=SU", "2026-11-02T09:00", "UTC",
          "2026-11-05", "2026-11-14", NULL, "2026-11-06T16:00 2026-11-13T16:00" },
        { "FREQ=YEARLY;INTERVAL=200;BYMONTH=1;BYDAY=MO;BYHOUR=9,10;BYSETPOS=1,2",
          "2026-01-05T09:00", "UTC", "2026-01-01", "2026-12-31", NULL,
          "2026-01-05T09:00 2026-01-05T10:00" },
        { "freq=monthly;byday=-1fr;", "2026-10-30", "UTC", "2026-10-01", "2026-12-31", NULL,
          "2026-10-30 2026-11-27 2026-12-25" },
        { "FREQ=DAILY", "2026-10-30", "UTC", "2026-09-01", "2026-10-01", NULL, "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(told(&cases[i]), cases[i].told);
}

static void what_has_no_end_is_cut_and_says_so(void **state)
{
    struct recurrence_start start;
    struct recurrence_times times;
    (void)state;
    assert_done(&call, recurrence_start_read(&call, "start", TEXT("2026-01-01T00:00"), TEXT("UTC"),
                                             &start));
    assert_done(&call, recurrence_times(&call, TEXT("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11"),
                                        &start, 0, instant("2400-01-01"), NULL, 0, &times));
    assert_true(times.is_cut);
    assert_true(times.count <= RECURRENCE_STEPS_MAX);
}

static void what_is_no_time_or_no_rule_is_refused(void **state)
{
    struct recurrence_start start;
    struct recurrence_times times;
    (void)state;
    assert_false(recurrence_start_read(&call, "start", TEXT("tomorrow"), TEXT("UTC"), &start));
    assert_refused(&call, FAIL_INVALID,
                   "'tomorrow' is no time: write it like 2026-11-20T10:00, 2026-11-20T09:00:00Z or "
                   "2026-11-20");
    assert_done(&call, recurrence_start_read(&call, "start", TEXT("2026-01-01"), TEXT("UTC"),
                                             &start));
    assert_false(
        recurrence_times(&call, TEXT("FREQ=HOURLY"), &start, 0, STAMP_DAY, NULL, 0, &times));
    assert_refused(&call, FAIL_INVALID,
                   "'rule' has FREQ=HOURLY: write DAILY, WEEKLY, MONTHLY or YEARLY");
}

#define TIMES(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TIMES(starts_keep_their_local_time),
        TIMES(what_has_no_end_is_cut_and_says_so),
        TIMES(what_is_no_time_or_no_rule_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Recurrence rules: the days they fall on, what may be written, and their words. */
#include "base/recurrence.h"
#include "base/out.h"
#include "base/stamp.h"
#include "engine/rituals.h"
#include "support/support.h"

static int64_t day_of(const char *date)
{
    int64_t day;
    assert_true(date_read(text_of(date), &day));
    return day;
}

/* The days as "2026-11-30 2026-12-07", with " ..." when they are cut. */
static text days_text(struct call *call, const struct recurrence_days *days)
{
    struct out out;
    char date[DATE_TEXT_SIZE];
    out_init(&out, call);
    for (size_t i = 0; i < days->count; i++) {
        date_write(days->day[i], date);
        out_format(&out, "%s%s", i ? " " : "", date);
    }
    out_string(&out, days->is_cut ? " ..." : "");
    return out_view(&out);
}

static const struct expansion {
    const char *rule, *first, *from, *to, *days;
} expansions[] = {
    /* 2026-11-26 is a Thursday */
    { "FREQ=WEEKLY;BYDAY=TH", "2026-11-26", "2026-11-01", "2026-12-10",
      "2026-11-26 2026-12-03 2026-12-10" },
    { "FREQ=WEEKLY", "2026-11-26", "2026-11-27", "2026-12-09", "2026-12-03" },
    { "FREQ=WEEKLY;BYDAY=TU,TH", "2026-11-26", "2026-11-26", "2026-12-04",
      "2026-11-26 2026-12-01 2026-12-03" },
    /* the first day is an instance although it is no Monday, and one of COUNT */
    { "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-11-26", "2026-11-01", "2027-11-01",
      "2026-11-26 2026-11-30 2026-12-07" },
    { "FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2", "2026-11-26", "2026-11-01", "2027-11-01",
      "2026-11-26 2026-12-01" },
    { "FREQ=WEEKLY;BYDAY=MO;COUNT=1", "2026-11-26", "2026-11-27", "2027-11-01", "" },
    { "FREQ=MONTHLY;COUNT=1", "2026-11-26", "2026-11-27", "2027-11-01", "" },
    /* every third Wednesday; weeks are counted from that of the first day */
    { "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "2026-11-25", "2026-11-25", "2027-01-31",
      "2026-11-25 2026-12-16 2027-01-06 2027-01-27" },
    /* RFC 5545: WKST moves the Sunday into another week */
    { "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997-08-01",
      "1997-12-31", "1997-08-05 1997-08-10 1997-08-19 1997-08-24" },
    { "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997-08-01",
      "1997-12-31", "1997-08-05 1997-08-17 1997-08-19 1997-08-31" },
    { "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU", "1997-08-05", "1997-08-01", "1997-12-31",
      "1997-08-05 1997-08-10 1997-08-19 1997-08-24" },
    { "FREQ=DAILY;INTERVAL=10;UNTIL=20261216", "2026-11-26", "2026-11-27", "2027-11-26",
      "2026-12-06 2026-12-16" },
    { "FREQ=DAILY;UNTIL=20261125", "2026-11-26", "2026-11-01", "2026-12-31", "" },
    { "FREQ=DAILY;BYMONTH=1;BYDAY=FR", "2026-11-26", "2026-11-27", "2027-01-20",
      "2027-01-01 2027-01-08 2027-01-15" },
    { "FREQ=DAILY;BYMONTHDAY=-1", "2026-11-26", "2026-11-27", "2027-02-28",
      "2026-11-30 2026-12-31 2027-01-31 2027-02-28" },
    /* months */
    { "FREQ=MONTHLY;BYDAY=3TH", "2026-11-19", "2026-11-01", "2027-02-28",
      "2026-11-19 2026-12-17 2027-01-21 2027-02-18" },
    { "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-11-01", "2027-02-28",
      "2026-11-27 2026-12-25 2027-01-29 2027-02-26" },
    { "FREQ=MONTHLY;INTERVAL=3", "2026-10-01", "2026-10-02", "2027-07-01",
      "2027-01-01 2027-04-01 2027-07-01" },
    { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", "2026-11-01", "2027-02-28",
      "2026-11-30 2026-12-31 2027-01-29 2027-02-26" },
    { "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "2026-11-13", "2026-11-01", "2027-12-31",
      "2026-11-13 2027-08-13" },
    /* months without the day are left out */
    { "FREQ=MONTHLY", "2027-01-31", "2027-01-01", "2027-07-31",
      "2027-01-31 2027-03-31 2027-05-31 2027-07-31" },
    { "FREQ=MONTHLY;BYMONTHDAY=30", "2027-01-30", "2027-01-31", "2027-04-30",
      "2027-03-30 2027-04-30" },
    { "FREQ=MONTHLY;BYDAY=5FR", "2027-01-29", "2027-01-01", "2027-07-31",
      "2027-01-29 2027-04-30 2027-07-30" },
    /* leap years: 2100 is none, 2000 was one */
    { "FREQ=YEARLY", "2024-02-29", "2025-01-01", "2036-12-31", "2028-02-29 2032-02-29 2036-02-29" },
    { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2092-02-29", "2092-02-29", "2105-12-31",
      "2092-02-29 2096-02-29 2104-02-29" },
    { "FREQ=MONTHLY;BYMONTHDAY=-1;BYMONTH=2", "1999-02-28", "1999-01-01", "2001-12-31",
      "1999-02-28 2000-02-29 2001-02-28" },
    { "FREQ=DAILY", "2028-02-28", "2028-02-28", "2028-03-01", "2028-02-28 2028-02-29 2028-03-01" },
    /* years */
    { "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2025-11-27", "2026-01-01", "2028-12-31",
      "2026-11-26 2027-11-25 2028-11-23" },
    { "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=24", "2025-12-24", "2026-01-01", "2030-12-31",
      "2027-12-24 2029-12-24" },
    { "FREQ=YEARLY;BYYEARDAY=60,-1", "2027-03-01", "2027-01-01", "2028-12-31",
      "2027-03-01 2027-12-31 2028-02-29 2028-12-31" },
    { "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "2026-11-13", "2026-01-01", "2027-12-31",
      "2026-11-13 2027-08-13" },
    /* from elsewhere: what Rondo does not write is read */
    { "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2026-12-28", "2026-12-29", "2031-12-31",
      "2027-01-04 2028-01-03 2029-01-01 2029-12-31 2030-12-30 2031-12-29" },
    { "FREQ=YEARLY;BYWEEKNO=53", "2026-12-28", "2026-12-29", "2032-12-31", "2032-12-27" },
    { "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "2027-01-03", "2027-01-04", "2029-01-31",
      "2028-01-02 2028-12-31" },
    { "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1", "2026-11-27", "2026-11-28", "2026-12-11",
      "2026-12-04 2026-12-11" },
    { "freq=weekly;byday=mo, fr;byhour=9,17;X-NOTE=a;", "2026-11-27", "2026-11-27", "2026-12-04",
      "2026-11-27 2026-11-30 2026-12-04" },
    { "FREQ=MONTHLY;BYDAY=+2 TU,2TU;UNTIL=20270112T235959Z", "2026-12-08", "2026-12-08",
      "2027-12-31", "2026-12-08 2027-01-12" },
    { "FREQ=DAILY", "2026-11-26", "2026-11-27", "2026-11-26", "" },
    /* a rule that never falls on a day has its first day */
    { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-11-26", "2026-11-01", "2400-01-01",
      "2026-11-26" },
    { "FREQ=MONTHLY;BYDAY=6TH", "2026-11-26", "2026-11-01", "2400-01-01", "2026-11-26" },
    { "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "2026-11-26", "2026-11-01", "2400-01-01",
      "2026-11-26" },
    { "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2MO", "2026-11-26", "2026-11-01", "2400-01-01",
      "2026-11-26" },
};

static void rules_fall_on_their_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expansions / sizeof *expansions; i++) {
        const struct expansion *one = &expansions[i];
        struct recurrence_days days;
        struct call call;
        test_call_init(&call);
        assert_done(&call, recurrence_days(&call, text_of(one->rule), day_of(one->first),
                                           day_of(one->from), day_of(one->to), &days));
        text found = days_text(&call, &days);
        if (!text_is(found, one->days))
            print_error("%s from %s\n", one->rule, one->first);
        assert_text(found, one->days);
        call_release(&call);
    }
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int64_t below(uint64_t *state, int64_t end)
{
    return (int64_t)(next_random(state) % (uint64_t)end);
}

static text random_weekdays(struct call *call, uint64_t *state)
{
    static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
    struct out out;
    out_init(&out, call);
    int64_t set = 1 + below(state, 127);
    for (int i = 0, count = 0; i < 7; i++)
        if (set >> i & 1)
            out_format(&out, "%s%s", count++ ? "," : "", names[i]);
    return out_view(&out);
}

/* They count weeks alike; a first day that is no day of the rule is an instance only here. */
static void weekly_rules_are_those_of_rituals(void **state)
{
    (void)state;
    uint64_t seed = 6;
    for (int turn = 0; turn < 500; turn++) {
        struct call call;
        test_call_init(&call);
        int64_t first = day_of("2020-01-01") + below(&seed, 4000), to = first + below(&seed, 900);
        text days = random_weekdays(&call, &seed);
        text source = call_format(&call, "FREQ=WEEKLY;INTERVAL=%d;BYDAY=%.*s",
                                  (int)below(&seed, 5) + 1, TEXT_FMT(days));
        struct ritual_rule rule = { .interval = 1 };
        struct day_list none = { NULL, 0 }, expected;
        struct recurrence_days found;
        assert_done(&call, rituals_read_rule(&call, source, &rule));
        assert_done(&call, rituals_expected(&call, &rule, first, to, &none, &none, &expected));
        assert_done(&call, recurrence_days(&call, source, first, first, to, &found));
        size_t extra = expected.count == 0 || expected.day[0] != first;
        assert_int_equal(found.day[0], first);
        assert_int_equal(found.count, expected.count + extra);
        assert_memory_equal(found.day + extra, expected.day, expected.count * sizeof *found.day);
        call_release(&call);
    }
}

/* Every kind of road: walked, the library's, with COUNT and without. */
static const char *const shapes[] = {
    "FREQ=DAILY;INTERVAL=7",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR",
    "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=1,31",
    "FREQ=MONTHLY;BYDAY=-1FR,2MO",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,2",
    "FREQ=YEARLY;INTERVAL=3",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=2,11;BYDAY=-1TH",
    "FREQ=YEARLY;BYDAY=20MO",
    "FREQ=YEARLY;BYYEARDAY=1,366",
    "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1,53;BYDAY=MO,SU",
    "FREQ=MONTHLY;INTERVAL=3;COUNT=40",
    "FREQ=WEEKLY;BYDAY=TU;COUNT=90",
};

/* A range's days are those of the whole that lie in it, wherever it begins. */
static void a_range_is_cut_out_of_the_whole(void **state)
{
    (void)state;
    uint64_t seed = 7;
    int64_t first = day_of("2024-02-29"), end = day_of("2060-01-01");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (int turn = 0; turn < 60; turn++) {
            struct call call;
            test_call_init(&call);
            struct recurrence_days whole, part;
            text rule = text_of(shapes[i]);
            int64_t from = first - 10 + below(&seed, 12000), to = from + below(&seed, 900);
            assert_done(&call, recurrence_days(&call, rule, first, first, end, &whole));
            assert_done(&call, recurrence_days(&call, rule, first, from, to, &part));
            size_t at = 0, count = 0;
            while (at < whole.count && whole.day[at] < from)
                at++;
            while (at + count < whole.count && whole.day[at + count] <= to)
                count++;
            assert_int_equal(part.count, count);
            assert_memory_equal(part.day, whole.day + at, count * sizeof *part.day);
            for (size_t j = 1; j < whole.count; j++)
                assert_true(whole.day[j] > whole.day[j - 1]);
            call_release(&call);
        }
}

static void an_expansion_is_bounded(void **state)
{
    (void)state;
    struct call call;
    struct recurrence_days days;
    test_call_init(&call);
    int64_t first = day_of("2000-01-01");
    assert_done(&call, recurrence_days(&call, TEXT("FREQ=DAILY"), first, first,
                                       first + RECURRENCE_STEPS_MAX, &days));
    assert_int_equal(days.count, RECURRENCE_STEPS_MAX + 1);
    assert_false(days.is_cut);
    assert_done(&call, recurrence_days(&call, TEXT("FREQ=DAILY"), first, first,
                                       first + RECURRENCE_STEPS_MAX + 1, &days));
    assert_int_equal(days.count, RECURRENCE_STEPS_MAX + 1);
    assert_true(days.is_cut);
    /* years end too; what ends before them is whole */
    assert_done(&call, recurrence_days(&call, TEXT("FREQ=MONTHLY"), first, day_of("2500-12-01"),
                                       INT64_MAX, &days));
    assert_text(days_text(&call, &days), "2500-12-01 ...");
    assert_done(&call, recurrence_days(&call, TEXT("FREQ=MONTHLY;COUNT=2"), first, INT64_MIN,
                                       INT64_MAX, &days));
    assert_text(days_text(&call, &days), "2000-01-01 2000-02-01");
    assert_done(&call, recurrence_days(&call, TEXT("FREQ=WEEKLY;UNTIL=20000109"), first, INT64_MIN,
                                       INT64_MAX, &days));
    assert_text(days_text(&call, &days), "2000-01-01 2000-01-08");
    assert_false(recurrence_days(&call, TEXT("FREQ=DAILY"), day_of("1599-12-31"), first, first,
                                 &days));
    assert_refused(&call, FAIL_INVALID, "1600 to 2500");
    call_release(&call);
}

/* --- what may be written --- */

/* `refused` is NULL for the neighbour that is accepted; else a part of the sentence. */
static const struct written {
    const char *rule, *refused;
    bool is_read; /* refused as ours, expanded as somebody else's */
} written[] = {
    { "FREQ=WEEKLY;BYDAY=TU,TH", NULL, true },
    { "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", NULL, true },
    { "FREQ=WEEKLY;INTERVAL=0;BYDAY=WE", "INTERVAL=0: write a whole number", false },
    { "FREQ=WEEKLY;INTERVAL=32768", "INTERVAL=32768", false },
    { "FREQ=WEEKLY;INTERVAL=1.5", "INTERVAL=1.5", false },
    { "FREQ=MONTHLY;BYDAY=3TH", NULL, true },
    { "FREQ=MONTHLY;BYDAY=-1FR", NULL, true },
    { "FREQ=MONTHLY;BYDAY=0FR", "BYDAY=0FR", false },
    { "FREQ=MONTHLY;BYDAY=54FR", "BYDAY=54FR", false },
    { "FREQ=MONTHLY;BYDAY=FRI", "BYDAY=FRI: write MO", false },
    { "FREQ=WEEKLY;BYDAY=3TH", "needs a month", true },
    { "FREQ=MONTHLY;INTERVAL=3", NULL, true },
    { "FREQ=DAILY", NULL, true },
    { "FREQ=YEARLY", NULL, true },
    { "FREQ=HOURLY", "FREQ=HOURLY: write DAILY", false },
    { "FREQ=SECONDLY", "FREQ=SECONDLY", false },
    { "BYDAY=MO", "lacks FREQ", false },
    { "", "lacks FREQ", false },
    { "FREQ=DAILY;FREQ=DAILY", "FREQ twice", false },
    { "FREQ=DAILY;COUNT=3", NULL, true },
    { "FREQ=DAILY;COUNT=0", "COUNT=0", false },
    { "FREQ=DAILY;UNTIL=20261231", NULL, true },
    { "FREQ=DAILY;UNTIL=20261126", NULL, true },
    { "FREQ=DAILY;UNTIL=20261125", "before its first day 2026-11-26", true },
    { "FREQ=DAILY;UNTIL=20261231T120000Z", "UNTIL with a time", true },
    { "FREQ=DAILY;UNTIL=20261131", "UNTIL=20261131: write a date", false },
    { "FREQ=DAILY;UNTIL=2026-12-31", "UNTIL=2026-12-31", false },
    { "FREQ=DAILY;COUNT=3;UNTIL=20261231", "COUNT and UNTIL", false },
    { "FREQ=DAILY;EVERY=2", "'EVERY', which is no part", false },
    { "FREQ=DAILY;X-A=2", "begins with X-", true },
    { "FREQ=DAILY;RSCALE=HEBREW", "'RSCALE'", false },
    { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", NULL, true },
    { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "BYMONTHDAY=29", true },
    { "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=29", NULL, true },
    { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes again", true },
    { "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=32", "BYMONTHDAY=32: write numbers from 1 to 31", false },
    { "FREQ=YEARLY;BYMONTHDAY=15", "add BYMONTH", true },
    { "FREQ=YEARLY;BYMONTH=13", "BYMONTH=13", false },
    { "FREQ=YEARLY;BYMONTH=-1", "BYMONTH=-1", false },
    { "FREQ=YEARLY;BYMONTH=", "BYMONTH=:", false },
    { "FREQ=YEARLY;BYMONTH", "BYMONTH=:", false },
    { "FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO", true },
    { "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "BYWEEKNO", true },
    { "FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO without FREQ=YEARLY", false },
    { "FREQ=YEARLY;BYYEARDAY=100", NULL, true },
    { "FREQ=YEARLY;BYYEARDAY=100;BYMONTH=4", "BYYEARDAY with another way", false },
    { "FREQ=MONTHLY;BYYEARDAY=100", "BYYEARDAY without", false },
    { "FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY with FREQ=WEEKLY", false },
    { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", NULL, true },
    { "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "never comes again", true },
    { "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", NULL, true },
    { "FREQ=MONTHLY;BYMONTHDAY=21,-8;BYSETPOS=1", "from both ends", false },
    { "FREQ=MONTHLY;BYMONTHDAY=21,8;BYSETPOS=1", NULL, true },
    { "FREQ=YEARLY;BYYEARDAY=200,-1;BYSETPOS=1", "from both ends", false },
    { "FREQ=YEARLY;BYYEARDAY=200,300;BYSETPOS=1", NULL, true },
    { "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "BYSETPOS with days or weeks", true },
    { "FREQ=MONTHLY;BYSETPOS=1", "nothing to count", true },
    { "FREQ=DAILY;BYHOUR=9", "BYHOUR, BYMINUTE or BYSECOND", true },
    { "FREQ=DAILY;BYMINUTE=30", "BYHOUR, BYMINUTE or BYSECOND", true },
    { "FREQ=DAILY;BYHOUR=24", "BYHOUR=24", false },
    { "FREQ=WEEKLY;WKST=SU;BYDAY=SU", NULL, true },
    { "FREQ=WEEKLY;WKST=XX", "WKST=XX", false },
    { "FREQ=MONTHLY;BYMONTHDAY=-31", NULL, true },
    { "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,"
      "26,27,28,29,30,31", NULL, true },
    { "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,"
      "26,27,28,29,30,31,-1", "more than 31 values", false },
    { "FREQ=MONTHLY;BYMONTHDAY=-9223372036854775808", "BYMONTHDAY=-9223372036854775808", false },
    { "FREQ=MONTHLY;BYMONTHDAY=+-1", "BYMONTHDAY=+-1", false },
};

static void what_readers_share_may_be_written(void **state)
{
    (void)state;
    int64_t first = day_of("2026-11-26");
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        const struct written *one = &written[i];
        struct call call;
        struct recurrence_days days;
        test_call_init(&call);
        if (one->refused) {
            if (recurrence_check(&call, text_of(one->rule), first))
                print_error("%s was accepted\n", one->rule);
            assert_string_equal(call.fail.field, "rule");
            assert_refused(&call, FAIL_INVALID, one->refused);
        } else {
            assert_done(&call, recurrence_check(&call, text_of(one->rule), first));
        }
        bool is_read =
            recurrence_days(&call, text_of(one->rule), first, first, first + 999, &days);
        if (is_read != one->is_read)
            print_error("%s\n", one->rule);
        assert_int_equal(is_read, one->is_read);
        call_release(&call);
    }
}

static void a_long_rule_is_refused(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    out_string(&out, "FREQ=DAILY");
    out_repeat(&out, ';', RECURRENCE_BYTES_MAX - out.size);
    assert_done(&call, recurrence_check(&call, out_view(&out), 20000));
    out_char(&out, ';');
    assert_false(recurrence_check(&call, out_view(&out), 20000));
    assert_refused(&call, FAIL_INVALID, "513 bytes, and 512 are allowed");
    call_release(&call);
}

/* --- words --- */

static const struct {
    const char *rule, *words;
} worded[] = {
    { "FREQ=WEEKLY;BYDAY=MO", "every Monday" },
    { "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "every 3 weeks on Wednesday" },
    { "FREQ=WEEKLY;BYDAY=TH,TU", "on Tuesday and Thursday" },
    { "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10", "on Monday, Wednesday and Friday, 10 times" },
    { "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday" },
    { "FREQ=WEEKLY", "every week" },
    { "FREQ=DAILY;UNTIL=20261231", "every day until 2026-12-31" },
    { "FREQ=DAILY;INTERVAL=2;COUNT=1", "every 2 days, 1 time" },
    { "FREQ=MONTHLY;BYDAY=3TH", "the 3rd Thursday of every month" },
    { "FREQ=MONTHLY;BYDAY=-1FR", "the last Friday of every month" },
    { "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "every 2 months on the 1st Monday" },
    { "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "every 3 months on day 1" },
    { "FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on days 1 and 15" },
    { "FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day" },
    { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "the last weekday of every month" },
    { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=11", "the 11th weekday of every month" },
    { "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "every year on 24 December" },
    { "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the 4th Thursday of November" },
    { "FREQ=YEARLY;INTERVAL=2", "every 2 years" },
    /* no words: as it was written */
    { "FREQ=MONTHLY;BYDAY=-2FR", "FREQ=MONTHLY;BYDAY=-2FR" },
    { "FREQ=MONTHLY;BYDAY=FR", "FREQ=MONTHLY;BYDAY=FR" },
    { "FREQ=MONTHLY;BYDAY=1MO,1TU,1WE,1TH,1FR;BYSETPOS=1",
      "FREQ=MONTHLY;BYDAY=1MO,1TU,1WE,1TH,1FR;BYSETPOS=1" },
    { "FREQ=MONTHLY;BYMONTHDAY=1,-1", "FREQ=MONTHLY;BYMONTHDAY=1,-1" },
    { "FREQ=YEARLY;BYMONTH=1,2", "FREQ=YEARLY;BYMONTH=1,2" },
    { "FREQ=YEARLY;BYMONTH=1", "FREQ=YEARLY;BYMONTH=1" },
    { "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU" },
    { "FREQ=DAILY;BYDAY=MO", "FREQ=DAILY;BYDAY=MO" },
    { "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9" },
    { "weekly", "weekly" },
};

static void rules_have_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof worded / sizeof *worded; i++) {
        struct call call;
        test_call_init(&call);
        assert_text(recurrence_words(&call, text_of(worded[i].rule)), worded[i].words);
        assert_int_equal(call.fail.kind, FAIL_NONE);
        call_release(&call);
    }
}

/* Who starts a Wednesday's ritual on a Monday means Wednesdays. */
static void the_first_day_may_have_to_match(void **state)
{
    static const struct expansion rows[] = {
        { "FREQ=WEEKLY;BYDAY=WE", "2026-11-23", "2026-11-23", "2026-12-02",
          "2026-11-25 2026-12-02" },
        { "FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-11-24", "2026-11-01", "2026-12-31",
          "2026-11-30 2026-12-07" },
        { "FREQ=MONTHLY;BYDAY=3TH", "2026-11-23", "2026-11-23", "2026-12-31", "2026-12-17" },
        { "FREQ=MONTHLY;INTERVAL=3", "2026-11-23", "2026-11-23", "2027-02-28",
          "2026-11-23 2027-02-23" },
        { "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "2016-05-02", "2026-11-20", "2026-12-10",
          "2026-11-22 2026-12-06" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct call call;
        struct recurrence_days days;
        test_call_init(&call);
        assert_done(&call, recurrence_days_matching(&call, text_of(rows[i].rule),
                                                    day_of(rows[i].first), day_of(rows[i].from),
                                                    day_of(rows[i].to), &days));
        assert_text(days_text(&call, &days), rows[i].days);
        call_release(&call);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_day_may_have_to_match),
        cmocka_unit_test(rules_fall_on_their_days),
        cmocka_unit_test(weekly_rules_are_those_of_rituals),
        cmocka_unit_test(a_range_is_cut_out_of_the_whole),
        cmocka_unit_test(an_expansion_is_bounded),
        cmocka_unit_test(what_readers_share_may_be_written),
        cmocka_unit_test(a_long_rule_is_refused),
        cmocka_unit_test(rules_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Events on their days: rules with exceptions, what stands instead, whole days, zones. */
#include "offers/calendar.h"

#include "support/support.h"

static const struct record ritual = { .name = "ritual", .prefix = "RIT" };

static int64_t day_of(const char *date)
{
    int64_t day;
    assert_true(date_read(text_of(date), &day));
    return day;
}

static struct calendar_ask ask_of(struct call *call, const char *zone, const char *from,
                                  const char *until)
{
    struct calendar_ask ask = { .zone = text_of(zone) };
    assert_done(call, stamp_from_local(call, ask.zone, day_of(from) * STAMP_DAY, &ask.from));
    assert_done(call, stamp_from_local(call, ask.zone, day_of(until) * STAMP_DAY, &ask.until));
    return ask;
}

/* "2026-11-16T09:00:00Z 2026-11-23T09:00:00Z" */
static text beginnings(struct call *call, const struct calendar_ask *ask,
                       const struct calendar *calendar)
{
    struct calendar_entries entries;
    struct out out;
    char iso[STAMP_TEXT_SIZE];
    out_init(&out, call);
    assert_done(call, calendar_expand(call, ask, calendar, &entries));
    for (size_t i = 0; i < entries.count; i++) {
        stamp_write(entries.entry[i].from, iso);
        out_format(&out, "%s%s%s", i ? " " : "", iso,
                   entries.entry[i].event->is_cancelled ? " cancelled" : "");
    }
    return out.size ? out_view(&out) : TEXT("");
}

static struct calendar_event weekly(void)
{
    return (struct calendar_event){ .day = day_of("2026-10-19"),
                                    .minute = 10 * 60,
                                    .minutes = 45,
                                    .zone = TEXT("Europe/Berlin"),
                                    .rule = TEXT("FREQ=WEEKLY;BYDAY=MO"),
                                    .record = &ritual,
                                    .row = 1 };
}

static void the_local_time_stays_when_the_clock_changes(void **state)
{
    struct call call;
    struct calendar calendar = { .event = NULL };
    (void)state;
    test_call_init(&call);
    struct calendar_ask ask = ask_of(&call, "UTC", "2026-10-19", "2026-10-27");
    assert_done(&call, calendar_add(&call, &calendar, weekly()));
    assert_text(beginnings(&call, &ask, &calendar), "2026-10-19T08:00:00Z 2026-10-26T09:00:00Z");
    call_release(&call);
}

static void what_is_left_out_or_replaced_is_not_there_twice(void **state)
{
    struct call call;
    struct calendar calendar = { .event = NULL };
    const int64_t without[] = { day_of("2026-11-02") };
    (void)state;
    test_call_init(&call);
    struct calendar_ask ask = ask_of(&call, "Europe/Berlin", "2026-11-01", "2026-11-20");
    struct calendar_event event = weekly(), moved = weekly();
    event.without = without;
    event.without_count = 1;
    moved.rule = TEXT_NONE;
    moved.is_instead = true;
    moved.is_cancelled = true;
    moved.instead_day = day_of("2026-11-09");
    moved.day = day_of("2026-11-10");
    assert_done(&call, calendar_add(&call, &calendar, event));
    assert_done(&call, calendar_add(&call, &calendar, moved));
    assert_text(beginnings(&call, &ask, &calendar),
                "2026-11-10T09:00:00Z cancelled 2026-11-16T09:00:00Z");
    calendar.event[1].row = 2; /* another row's: it replaces nothing of this one */
    assert_text(beginnings(&call, &ask, &calendar),
                "2026-11-09T09:00:00Z 2026-11-10T09:00:00Z cancelled 2026-11-16T09:00:00Z");
    call_release(&call);
}

static void a_whole_day_is_that_of_whoever_asks_and_ends_before_the_next(void **state)
{
    struct call call;
    struct calendar calendar = { .event = NULL };
    (void)state;
    test_call_init(&call);
    const struct calendar_event event = { .day = day_of("2026-11-18"), .days = 2,
                                          .record = &ritual, .row = 1 };
    assert_done(&call, calendar_add(&call, &calendar, event));
    struct calendar_ask second = ask_of(&call, "Asia/Tokyo", "2026-11-19", "2026-11-20");
    struct calendar_ask after = ask_of(&call, "Asia/Tokyo", "2026-11-20", "2026-11-21");
    struct calendar_ask before = ask_of(&call, "Asia/Tokyo", "2026-11-17", "2026-11-18");
    assert_text(beginnings(&call, &second, &calendar), "2026-11-17T15:00:00Z");
    assert_text(beginnings(&call, &after, &calendar), "");
    assert_text(beginnings(&call, &before, &calendar), "");
    call_release(&call);
}

static void a_first_day_is_one_that_matches(void **state)
{
    struct call call;
    int64_t first;
    bool has_one;
    (void)state;
    test_call_init(&call);
    const struct {
        const char *rule, *first;
    } days[] = { { "FREQ=WEEKLY;BYDAY=WE", "2026-11-18" },
                 { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29" },
                 { "", "2026-11-16" } };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        assert_done(&call, calendar_first_day(&call, text_of(days[i].rule), day_of("2026-11-16"),
                                              &first, &has_one));
        assert_true(has_one);
        assert_int_equal(first, day_of(days[i].first));
    }
    assert_done(&call, calendar_first_day(&call, TEXT("FREQ=DAILY;UNTIL=20261101"),
                                          day_of("2026-11-16"), &first, &has_one));
    assert_false(has_one);
    assert_false(calendar_first_day(&call, TEXT("FREQ=HOURLY"), 0, &first, &has_one));
    assert_refused(&call, FAIL_INVALID, "HOURLY");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_local_time_stays_when_the_clock_changes),
        cmocka_unit_test(what_is_left_out_or_replaced_is_not_there_twice),
        cmocka_unit_test(a_whole_day_is_that_of_whoever_asks_and_ends_before_the_next),
        cmocka_unit_test(a_first_day_is_one_that_matches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

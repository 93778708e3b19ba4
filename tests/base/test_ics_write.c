/* iCalendar as it is written: lines, times, rules, and the rules of zones. */
#include "base/ics_write.h"

#include "base/ics_zone.h"
#include "support/support.h"

static int64_t day_of(const char *date)
{
    int64_t day;
    assert_true(date_read(text_of(date), &day));
    return day;
}

static text event_text(struct call *call, const struct ics_event *event)
{
    struct out out;
    out_init(&out, call);
    assert_done(call, ics_write_event(call, event, &out));
    return out_view(&out);
}

static bool holds(text whole, const char *part)
{
    bool is_there = text_find(whole, text_of(part)) != SIZE_MAX;
    if (!is_there)
        print_error("'%s' is not in:\n%.*s\n", part, TEXT_FMT(whole));
    return is_there;
}

static void a_long_line_is_folded_and_ends_with_cr_lf(void **state)
{
    struct call call;
    struct out out;
    (void)state;
    test_call_init(&call);
    out_init(&out, &call);
    ics_write_text(&out, "SUMMARY",
                   TEXT("a; b, c \\ d\n"
                        "and so on until the line is too long for one, xxx\xc3\xa9\xc3\xa9"));
    assert_text(out_view(&out),
                "SUMMARY:a\\; b\\, c \\\\ d\\n"
                "and so on until the line is too long for one\\, xxx\r\n"
                " \xc3\xa9\xc3\xa9\r\n");
    out_init(&out, &call);
    ics_write_text(&out, "SUMMARY", TEXT(""));
    assert_int_equal(out.size, 0);
    call_release(&call);
}

static void what_recurs_has_its_exceptions_in_the_type_of_its_start(void **state)
{
    struct call call;
    (void)state;
    test_call_init(&call);
    const int64_t without[] = { day_of("2026-12-21"), day_of("2026-12-28") };
    struct ics_event event = { .uid = TEXT("RIT-1@x"),
                               .summary = TEXT("Review"),
                               .time = { .day = day_of("2026-11-23"),
                                         .minute = 10 * 60,
                                         .minutes = 45,
                                         .zone = TEXT("Europe/Berlin"),
                                         .rule = TEXT("freq=weekly; byday=MO;"),
                                         .without = without,
                                         .without_count = 2 },
                               .sequence = 3,
                               .changed = TEST_NOW };
    text timed = event_text(&call, &event);
    assert_true(holds(timed, "DTSTART;TZID=Europe/Berlin:20261123T100000\r\n"));
    assert_true(holds(timed, "DTEND;TZID=Europe/Berlin:20261123T104500\r\n"));
    assert_true(holds(timed, "RRULE:FREQ=WEEKLY;BYDAY=MO\r\n"));
    assert_true(holds(timed, "EXDATE;TZID=Europe/Berlin:20261228T100000\r\n"));
    assert_true(holds(timed, "DTSTAMP:20261116T070000Z\r\n"));
    assert_true(holds(timed, "SEQUENCE:3\r\n"));
    event.time.days = 1;
    text whole = event_text(&call, &event);
    assert_true(holds(whole, "DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261124\r\n"));
    assert_true(holds(whole, "EXDATE;VALUE=DATE:20261221\r\n"));
    call_release(&call);
}

static void a_moved_instance_names_the_one_that_it_replaces(void **state)
{
    struct call call;
    (void)state;
    test_call_init(&call);
    struct ics_event event = { .uid = TEXT("RIT-1@x"),
                               .time = { .day = day_of("2026-11-24"),
                                         .minute = 23 * 60 + 30,
                                         .minutes = 60,
                                         .zone = TEXT("UTC"),
                                         .is_instead = true,
                                         .instead_day = day_of("2026-11-23"),
                                         .instead_minute = 600 },
                               .is_cancelled = true,
                               .changed = TEST_NOW };
    text told = event_text(&call, &event);
    assert_true(holds(told, "DTSTART:20261124T233000Z\r\nDTEND:20261125T003000Z\r\n"));
    assert_true(holds(told, "RECURRENCE-ID:20261123T100000Z\r\n"));
    assert_true(holds(told, "STATUS:CANCELLED\r\n"));
    assert_false(text_find(told, TEXT("RRULE")) != SIZE_MAX);
    call_release(&call);
}

static const struct {
    const char *rule, *zone;
    int days;
    const char *written;
} rules[] = {
    { "FREQ=DAILY", "UTC", 0, "FREQ=DAILY" },
    { "FREQ=DAILY;UNTIL=20261231", "UTC", 0, "FREQ=DAILY;UNTIL=20261231T235959Z" },
    { "FREQ=DAILY;UNTIL=20261231", "Europe/Berlin", 0, "FREQ=DAILY;UNTIL=20261231T225959Z" },
    { "FREQ=DAILY;UNTIL=20261231T080000Z", "UTC", 1, "FREQ=DAILY;UNTIL=20261231" },
    { "freq=daily ; ;x-part=1;count=2", "UTC", 0, "FREQ=DAILY;COUNT=2" },
};

static void a_rule_is_written_as_readers_expect_it(void **state)
{
    struct call call;
    (void)state;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct ics_time time = { .rule = text_of(rules[i].rule),
                                       .zone = text_of(rules[i].zone),
                                       .days = rules[i].days };
        assert_text(ics_rule(&call, &time), rules[i].written);
    }
    const struct ics_time nowhere = { .rule = TEXT("FREQ=DAILY;UNTIL=20261231"),
                                      .zone = TEXT("Moon/Base") };
    assert_null(ics_rule(&call, &nowhere).at);
    assert_refused(&call, FAIL_INVALID, "'Moon/Base' is not known");
    call_release(&call);
}

/* --- zones, for a calendar that begins in 2026 --- */

static const struct {
    const char *zone;
    const char *part[4];
} zones[] = {
    { "Europe/Berlin",
      { "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n",
        "BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n" } },
    { "America/New_York",
      { "DTSTART:19700308T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n",
        "DTSTART:19701101T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n" } },
    /* half an hour, and summer around the new year */
    { "Australia/Lord_Howe",
      { "BEGIN:STANDARD\r\nDTSTART:19700405T020000\r\nTZOFFSETFROM:+1100\r\nTZOFFSETTO:+1030\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU\r\n",
        "BEGIN:DAYLIGHT\r\nDTSTART:19701004T020000\r\nTZOFFSETFROM:+1030\r\nTZOFFSETTO:+1100\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU\r\n" } },
    /* the law calls its winter the exception: readers expect the summer to be one */
    { "Europe/Dublin",
      { "BEGIN:DAYLIGHT\r\nDTSTART:19700329T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n",
        "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n" } },
    /* across the date line and without summer time since 2021 */
    { "Pacific/Apia",
      { "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+1300\r\nTZOFFSETTO:+1300\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n" } },
    /* another month each year: its changes one by one */
    { "Africa/Casablanca",
      { "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\n",
        "BEGIN:STANDARD\r\nDTSTART:20260215T030000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
        "END:STANDARD\r\n",
        "BEGIN:DAYLIGHT\r\nDTSTART:20260322T020000\r\n"
        "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n" } },
    /* a Friday among seven days */
    { "Asia/Jerusalem",
      { "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=FR;BYMONTHDAY=23,24,25,26,27,28,29\r\n" } },
};

static text zone_text(struct call *call, const char *zone)
{
    struct out out;
    out_init(&out, call);
    assert_done(call, ics_zone_write(call, text_of(zone), day_of("2026-01-01") * STAMP_DAY, &out));
    return out_view(&out);
}

static void a_zone_has_the_rule_of_these_years_or_each_change(void **state)
{
    struct call call;
    (void)state;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        text told = zone_text(&call, zones[i].zone);
        for (size_t k = 0; k < 4 && zones[i].part[k]; k++)
            assert_true(holds(told, zones[i].part[k]));
    }
    assert_true(text_find(zone_text(&call, "Africa/Casablanca"), TEXT("RRULE")) == SIZE_MAX);
    assert_true(text_find(zone_text(&call, "Pacific/Apia"), TEXT("DAYLIGHT")) == SIZE_MAX);
    call_release(&call);
}

static void a_zone_that_is_not_known_is_refused(void **state)
{
    struct call call;
    struct out out;
    (void)state;
    test_call_init(&call);
    out_init(&out, &call);
    assert_false(ics_zone_write(&call, TEXT("Moon/Base"), 0, &out));
    assert_refused(&call, FAIL_INVALID, "'Moon/Base' is not known");
    call_release(&call);
}

static void a_calendar_names_each_zone_but_utc(void **state)
{
    struct call call;
    struct out out;
    const text zone[] = { TEXT("UTC"), TEXT("Europe/Berlin") };
    const struct ics_calendar calendar = { TEXT("Rondo: Ada"), zone, 2, TEST_NOW };
    (void)state;
    test_call_init(&call);
    out_init(&out, &call);
    assert_done(&call, ics_write_begin(&call, &calendar, &out));
    ics_write_end(&out);
    text told = out_view(&out);
    assert_true(text_starts(told, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")));
    assert_true(holds(told, "METHOD:PUBLISH\r\nX-WR-CALNAME:Rondo: Ada\r\n"));
    assert_true(holds(told, "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"));
    assert_true(text_find(told, TEXT("TZID:UTC")) == SIZE_MAX);
    assert_true(text_ends(told, TEXT("END:VTIMEZONE\r\nEND:VCALENDAR\r\n")));
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_line_is_folded_and_ends_with_cr_lf),
        cmocka_unit_test(what_recurs_has_its_exceptions_in_the_type_of_its_start),
        cmocka_unit_test(a_moved_instance_names_the_one_that_it_replaces),
        cmocka_unit_test(a_rule_is_written_as_readers_expect_it),
        cmocka_unit_test(a_zone_has_the_rule_of_these_years_or_each_change),
        cmocka_unit_test(a_zone_that_is_not_known_is_refused),
        cmocka_unit_test(a_calendar_names_each_zone_but_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

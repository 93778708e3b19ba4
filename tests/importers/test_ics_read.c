/*
 * iCalendar as others write it: each trap, what is read all the same, and what is said of the rest.
 */
#include "importers/ics_read.h"
#include "base/out.h"
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

static void put_time(struct out *out, struct ics_time time)
{
    char room[STAMP_TEXT_SIZE];
    int size = stamp_write(time.at, room);
    out_text(out, (text){ room, time.is_day ? 10 : (size_t)size });
}

static void put_word(struct out *out, text word)
{
    out_format(out, " %.*s", TEXT_FMT(word.at ? word : TEXT("-")));
}

/*
 * A line for each event: "UID START END ZONE RULE STATUS SUMMARY", what it leaves out, what moves.
 */
static void put_event(struct out *out, const struct ics_event *event)
{
    out_text(out, event->uid);
    out_char(out, ' ');
    put_time(out, event->start);
    out_char(out, ' ');
    put_time(out, event->end);
    put_word(out, event->zone);
    put_word(out, event->rrule);
    put_word(out, event->status);
    put_word(out, event->summary);
    for (size_t i = 0; i < event->exdate_count; i++) {
        out_string(out, " not:");
        put_time(out, event->exdate[i]);
    }
    for (size_t i = 0; i < event->override_count; i++) {
        out_string(out, " moved:");
        put_time(out, event->override[i].recurrence_id);
        out_char(out, '>');
        put_time(out, event->override[i].start);
        put_word(out, event->override[i].summary);
    }
    out_char(out, '\n');
}

static text told(text source)
{
    struct ics_calendar calendar;
    struct out out;
    assert_done(&call, ics_read(&call, source, &calendar));
    out_init(&out, &call);
    for (size_t i = 0; i < calendar.count; i++)
        put_event(&out, &calendar.event[i]);
    for (size_t i = 0; i < calendar.warning_count; i++)
        out_format(&out, "! %.*s\n", TEXT_FMT(calendar.warning[i]));
    return out_view(&out);
}

#define CALENDAR(lines) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" lines "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\nUID:a\r\n" lines "END:VEVENT\r\n"
#define NOON "DTSTART:20261120T120000Z\r\n"
#define NOON_TOLD "2026-11-20T12:00:00Z 2026-11-20T12:00:00Z UTC"

struct read_case {
    const char *source, *told;
};

static void check(const struct read_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_text(told(text_of(cases[i].source)), cases[i].told);
}

#define CHECK(cases) check(cases, sizeof cases / sizeof *cases)

static void lines_end_and_fold_as_they_like(void **state)
{
    static const struct read_case cases[] = {
        { CALENDAR(EVENT(NOON "SUMMARY:a\r\n")), "a " NOON_TOLD " - - a\n" },
        { "\xEF\xBB\xBF"
          "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261120T120000Z\nEND:VEVENT"
          "\nEND:VCALENDAR",
          "a " NOON_TOLD " - - -\n" },
        { "BEGIN:VCALENDAR\rBEGIN:VEVENT\rUID:a\rDTSTART:20261120T120000Z\rEND:VEVENT\rEND:"
          "VCALENDAR",
          "a " NOON_TOLD " - - -\n" },
        { CALENDAR(EVENT("\r\n" NOON "\r\nSUMMARY:Gr\xC3\r\n \xBC\xC3\r\n\t\x9F"
                         "e\r\n")),
          "a " NOON_TOLD " - - Gr\xC3\xBC\xC3\x9F"
          "e\n" },
        { "begin:vcalendar\nbegin:vevent\nuid:a\ndtstart:20261120t120000z\nsummary:x\nend:vevent\n"
          "end:vcalendar\n",
          "a " NOON_TOLD " - - x\n" },
        { CALENDAR(EVENT(NOON "SUMMARY:a\\, b\\; c\\nd\\\\\r\n")),
          "a " NOON_TOLD " - - a, b; c\nd\\\n" },
        { CALENDAR(EVENT(NOON "SUMMARY;X-A=\"b:c;d,e\":told\r\nX-NEW:kept out\r\n")),
          "a " NOON_TOLD " - - told\n" },
        { CALENDAR(EVENT(NOON "SUMMARY:\xFF"
                              "x\r\n")),
          "a " NOON_TOLD " - - \xEF\xBF\xBDx\n! line 6: bytes that are no UTF-8 are replaced\n" },
    };
    (void)state;
    CHECK(cases);
}

static void zones_are_found_however_they_are_called(void **state)
{
    static const struct read_case cases[] = {
        { CALENDAR(EVENT("DTSTART;TZID=Europe/Berlin:20260720T120000\r\n")),
          "a 2026-07-20T10:00:00Z 2026-07-20T10:00:00Z Europe/Berlin - - -\n" },
        { CALENDAR(EVENT("DTSTART;TZID=\"W. Europe Standard Time\":20261120T120000\r\n")),
          "a 2026-11-20T11:00:00Z 2026-11-20T11:00:00Z Europe/Berlin - - -\n" },
        { CALENDAR(
              EVENT("DTSTART;TZID=/mozilla.org/20050126_1/America/New_York:20261120T120000\r\n")),
          "a 2026-11-20T17:00:00Z 2026-11-20T17:00:00Z America/New_York - - -\n" },
        { CALENDAR("X-WR-TIMEZONE:Asia/Tokyo\r\n" EVENT("DTSTART:20261120T120000\r\n")),
          "a 2026-11-20T03:00:00Z 2026-11-20T03:00:00Z Asia/Tokyo - - -\n" },
        { CALENDAR(EVENT("DTSTART:20261120T120000\r\n")),
          "a 2026-11-20T12:00:00Z 2026-11-20T12:00:00Z - - - -\n"
          "! line 5: '20261120T120000' has no zone: it is taken as UTC\n" },
        { CALENDAR(EVENT("DTSTART;TZID=Mars/Base:20261120T120000\r\n")),
          "! line 5: nobody knows the zone 'Mars/Base', and the file does not say: the event is "
          "left "
          "out\n" },
        { CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Ours\r\nEND:VTIMEZONE\r\n"
                   EVENT("DTSTART;TZID=Ours:20261120T120000\r\n")),
          "! line 8: nobody knows the zone 'Ours', and the file does not say: the event is left "
          "out\n" },
        /* in a gap: forward; twice there: the first */
        { CALENDAR(EVENT("DTSTART;TZID=Europe/Berlin:20260329T023000\r\n")),
          "a 2026-03-29T01:30:00Z 2026-03-29T01:30:00Z Europe/Berlin - - -\n" },
        { CALENDAR(EVENT("DTSTART;TZID=Europe/Berlin:20261025T023000\r\n")),
          "a 2026-10-25T00:30:00Z 2026-10-25T00:30:00Z Europe/Berlin - - -\n" },
        /* used before it is defined, and known by nobody else */
        { CALENDAR("BEGIN:VEVENT\r\nUID:w\r\nDTSTART;TZID=Ours:20261120T120000\r\nEND:VEVENT\r\n"
                   "BEGIN:VEVENT\r\nUID:s\r\nDTSTART;TZID=Ours:20260720T120000\r\nEND:VEVENT\r\n"
                   "BEGIN:VTIMEZONE\r\nTZID:Ours\r\n"
                   "BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\n"
                   "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
                   "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\n"
                   "TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
                   "END:VTIMEZONE\r\n"),
          "w 2026-11-20T11:00:00Z 2026-11-20T11:00:00Z Ours - - -\n"
          "s 2026-07-20T10:00:00Z 2026-07-20T10:00:00Z Ours - - -\n" },
    };
    (void)state;
    CHECK(cases);
}

static void an_event_ends_as_it_says_or_as_it_must(void **state)
{
    static const struct read_case cases[] = {
        { CALENDAR(EVENT("DTSTART;VALUE=DATE:20261224\r\n")), "a 2026-12-24 2026-12-25 - - - -\n" },
        { CALENDAR(EVENT("DTSTART:20261224\r\nDTEND:20261227\r\n")),
          "a 2026-12-24 2026-12-27 - - - -\n" },
        { CALENDAR(EVENT(NOON "DURATION:P1DT2H30M\r\n")),
          "a 2026-11-20T12:00:00Z 2026-11-21T14:30:00Z UTC - - -\n" },
        { CALENDAR(EVENT("DURATION:P2W\r\nDTSTART;VALUE=DATE:20261201\r\n")),
          "a 2026-12-01 2026-12-15 - - - -\n" },
        { CALENDAR(EVENT(NOON "DURATION:soon\r\n")),
          "a " NOON_TOLD " - - -\n! line 6: 'soon' is no duration: it is passed over\n" },
        { CALENDAR(EVENT(NOON "DTEND:20261120T110000Z\r\n")),
          "a " NOON_TOLD
          " - - -\n! line 3: the event ends before it begins: it is taken as without "
          "length\n" },
        { CALENDAR(EVENT(NOON "STATUS:cancelled\r\n")), "a " NOON_TOLD " - CANCELLED -\n" },
    };
    (void)state;
    CHECK(cases);
}

static void rules_leave_out_and_move(void **state)
{
    static const struct read_case cases[] = {
        { CALENDAR(EVENT(NOON "RRULE:freq=weekly;byday=FR;\r\nEXDATE:20261127T120000Z,"
                              "20261204T120000Z\r\nEXDATE:20261211T120000Z\r\n")),
          "a " NOON_TOLD " FREQ=WEEKLY;BYDAY=FR - - not:2026-11-27T12:00:00Z "
          "not:2026-12-04T12:00:00Z not:2026-12-11T12:00:00Z\n" },
        { CALENDAR(
              EVENT("RECURRENCE-ID:20261127T120000Z\r\nDTSTART:20261128T120000Z\r\nSUMMARY:m\r\n")
                  EVENT(NOON "RRULE:FREQ=WEEKLY\r\n")),
          "a " NOON_TOLD " FREQ=WEEKLY - - moved:2026-11-27T12:00:00Z>2026-11-28T12:00:00Z m\n" },
        { CALENDAR(EVENT("RECURRENCE-ID:20261127T120000Z\r\nDTSTART:20261128T120000Z\r\n")),
          "a 2026-11-28T12:00:00Z 2026-11-28T12:00:00Z UTC - - -\n"
          "! line 3: an occurrence of 'a' without its event: it stands for itself\n" },
        { CALENDAR(EVENT(NOON "RRULE:FREQ=DAILY\r\n")
                       EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE:20261127T120000Z\r\n"
                             "DTSTART:20261127T130000Z\r\n")),
          "a " NOON_TOLD " FREQ=DAILY - - moved:2026-11-27T12:00:00Z>2026-11-27T13:00:00Z -\n"
          "! line 10: what changes from here on (RANGE) is read as this occurrence alone\n" },
        { CALENDAR(EVENT(NOON "RRULE:;\r\n")),
          "a " NOON_TOLD " - - -\n! line 6: an empty rule is passed over\n" },
        { CALENDAR(EVENT(NOON "RRULE:FREQ=HOURLY\r\n")),
          "a " NOON_TOLD " FREQ=HOURLY - -\n! line 3: its rule is not expanded: 'rule' has "
          "FREQ=HOURLY: write DAILY, WEEKLY, MONTHLY or YEARLY\n" },
        /* the higher sequence wins, then the later stamp */
        { CALENDAR(EVENT(NOON "SEQUENCE:2\r\nSUMMARY:new\r\n")
                       EVENT(NOON "SEQUENCE:1\r\nSUMMARY:old\r\n")),
          "a " NOON_TOLD " - - new\n" },
        { CALENDAR(EVENT(NOON "DTSTAMP:20261102T000000Z\r\nSUMMARY:new\r\n")
                       EVENT(NOON "DTSTAMP:20261101T000000Z\r\nSUMMARY:old\r\n")),
          "a " NOON_TOLD " - - new\n" },
    };
    (void)state;
    CHECK(cases);
}

#define ALSO(date) " moved:" date ">" date " -"

static void further_dates_are_occurrences_beside_the_rule(void **state)
{
    static const struct read_case cases[] = {
        { CALENDAR(EVENT(NOON "RRULE:FREQ=WEEKLY\r\nRDATE:20261201T120000Z,20261125T090000Z\r\n"
                              "RDATE;TZID=Europe/Berlin:20261203T100000\r\n")),
          "a " NOON_TOLD " FREQ=WEEKLY - -" ALSO("2026-11-25T09:00:00Z")
              ALSO("2026-12-01T12:00:00Z") ALSO("2026-12-03T09:00:00Z") "\n" },
        /* without a rule; each once, and never the start again */
        { CALENDAR(EVENT("RDATE:20261121T120000Z,20261120T120000Z,,20261121T120000Z\r\n" NOON)),
          "a " NOON_TOLD " - - -" ALSO("2026-11-21T12:00:00Z") "\n" },
        { CALENDAR(EVENT("DTSTART;VALUE=DATE:20261120\r\nRDATE;VALUE=DATE:20261124,20261122\r\n")),
          "a 2026-11-20 2026-11-21 - - - -" ALSO("2026-11-22") ALSO("2026-11-24") "\n" },
        /* what is left out stays left out, and what is otherwise stays so */
        { CALENDAR(EVENT(NOON "RDATE:20261121T120000Z,20261122T120000Z\r\n"
                              "EXDATE:20261121T120000Z\r\n")),
          "a " NOON_TOLD " - - - not:2026-11-21T12:00:00Z" ALSO("2026-11-22T12:00:00Z") "\n" },
        { CALENDAR(EVENT(NOON "RDATE:20261121T120000Z,20261123T120000Z\r\n")
                       EVENT("RECURRENCE-ID:20261121T120000Z\r\nDTSTART:20261121T150000Z\r\n")),
          "a " NOON_TOLD " - - - moved:2026-11-21T12:00:00Z>2026-11-21T15:00:00Z -"
              ALSO("2026-11-23T12:00:00Z") "\n" },
        /* a day beside times, and a time beside days */
        { CALENDAR(EVENT("DTSTART;TZID=Europe/Berlin:20261120T100000\r\n"
                         "RDATE;VALUE=DATE:20261201\r\n")),
          "a 2026-11-20T09:00:00Z 2026-11-20T09:00:00Z Europe/Berlin - - -"
              ALSO("2026-12-01T09:00:00Z") "\n" },
        { CALENDAR(EVENT("DTSTART;VALUE=DATE:20261120\r\nRDATE:20261124T100000Z\r\n")),
          "a 2026-11-20 2026-11-21 - - - -" ALSO("2026-11-24") "\n" },
        { CALENDAR(EVENT(NOON "RDATE:tomorrow,20261121T120000Z,20261199\r\n"
                              "RDATE;VALUE=PERIOD:20261122T120000Z/soon,"
                              "20261123T120000Z/-PT1H\r\n")),
          "a " NOON_TOLD " - - -" ALSO("2026-11-21T12:00:00Z")
              "\n! line 6: 'tomorrow' is no further date: it is passed over\n"
              "! line 6: '20261199' is no further date: it is passed over\n"
              "! line 7: '20261122T120000Z/soon' is no further date: it is passed over\n"
              "! line 7: '20261123T120000Z/-PT1H' is no further date: it is passed over\n" },
        { CALENDAR(EVENT(NOON "RDATE;TZID=Mars/Base:20261121T120000\r\n")),
          "! line 6: nobody knows the zone 'Mars/Base', and the file does not say: the event is "
          "left out\n" },
    };
    (void)state;
    CHECK(cases);
}

static void a_period_says_how_long_its_occurrence_is(void **state)
{
    struct ics_calendar calendar;
    (void)state;
    assert_done(&call, ics_read(&call,
                                TEXT(CALENDAR(EVENT(NOON "DURATION:PT30M\r\n"
                                                    "RDATE;VALUE=PERIOD:20261121T120000Z/PT2H,"
                                                    "20261122T120000Z/20261122T130000Z\r\n"
                                                    "RDATE:20261123T120000Z\r\n"))),
                                &calendar));
    const struct ics_event *event = &calendar.event[0];
    const stamp minutes[] = { 120, 60, 30 };
    assert_int_equal(calendar.warning_count, 0);
    assert_int_equal(event->override_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(event->override[i].end.at - event->override[i].start.at,
                         minutes[i] * STAMP_MINUTE);
}

static void further_dates_have_an_end(void **state)
{
    struct ics_calendar calendar;
    struct out out;
    (void)state;
    out_init(&out, &call);
    out_string(&out, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n" NOON "RDATE:20261121");
    for (int i = 1; i < ICS_EVENTS_MAX; i++)
        out_string(&out, ",20261121");
    text most = call_text(&call, out_view(&out));
    text end = TEXT("\nEND:VEVENT\nEND:VCALENDAR\n");
    assert_done(&call, ics_read(&call, CALL_JOIN(&call, most, end), &calendar));
    assert_int_equal(calendar.event[0].override_count, 1);
    assert_false(ics_read(&call, CALL_JOIN(&call, most, TEXT(",20261121"), end), &calendar));
    assert_int_equal(call.fail.kind, FAIL_TOO_LARGE);
    fail_clear(&call);
}

static void what_is_broken_is_left_out_with_its_line(void **state)
{
    static const struct read_case cases[] = {
        { CALENDAR(EVENT("SUMMARY:when?\r\n") "BEGIN:VEVENT\r\nUID:b\r\n" NOON "END:VEVENT\r\n"),
          "b " NOON_TOLD " - - -\n! line 3: the event has no DTSTART: it is left out\n" },
        { CALENDAR(EVENT("DTSTART:20261340T120000Z\r\n")),
          "! line 5: '20261340T120000Z' is no time: the event is left out\n" },
        { CALENDAR("BEGIN:VEVENT\r\nUID:a\r\n" NOON),
          "! line 3: the VEVENT that begins here does not end: it is left out\n" },
        { "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n" NOON,
          "! line 2: the file ends within the VEVENT that begins here: it is left out\n"
          "! line 1: the file ends within the VCALENDAR that begins here\n" },
        { CALENDAR("END:VEVENT\r\nnonsense\r\n"),
          "! line 3: 'END:VEVENT' closes what was not begun\n"
          "! line 4: 'nonsense' is no line of a calendar: it is passed over\n" },
        { CALENDAR("BEGIN:VTODO\r\nUID:t\r\nDTSTART:20261120T120000Z\r\nEND:VTODO\r\n"), "" },
        { CALENDAR(EVENT(NOON "BEGIN:VALARM\r\nSUMMARY:ring\r\nDURATION:PT1H\r\nEND:VALARM\r\n"
                         "SUMMARY:a\r\n")), "a " NOON_TOLD " - - a\n" },
        { CALENDAR(EVENT(NOON)) CALENDAR("BEGIN:VEVENT\r\nUID:b\r\n" NOON "END:VEVENT\r\n"),
          "a " NOON_TOLD " - - -\nb " NOON_TOLD " - - -\n" },
        { CALENDAR("BEGIN:VEVENT\r\n" NOON "SUMMARY:x\r\nEND:VEVENT\r\n"),
          "b3b6ebc157562741ce38e8f9a0e07783@rondo " NOON_TOLD " - - x\n! line 3: the event has no "
          "UID: it is known as 'b3b6ebc157562741ce38e8f9a0e07783@rondo'\n" },
    };
    (void)state;
    CHECK(cases);
}

static void a_nul_is_no_part_of_a_text(void **state)
{
    static const char source[] =
        CALENDAR("X-WR-CALNAME:Red\\, all\r\n" EVENT(NOON "SUMMARY:a\0b\r\n"));
    struct ics_calendar calendar;
    (void)state;
    assert_text(told((text){ source, sizeof source - 1 }),
                "a " NOON_TOLD " - - a\xEF\xBF\xBD"
                "b\n! line 7: bytes that no text has (NUL) are replaced\n");
    assert_done(&call, ics_read(&call, (text){ source, sizeof source - 1 }, &calendar));
    assert_text(calendar.name, "Red, all");
}

static void what_is_no_calendar_is_refused(void **state)
{
    struct ics_calendar calendar;
    struct out deep;
    (void)state;
    assert_false(ics_read(&call, TEXT("hello"), &calendar));
    assert_refused(&call, FAIL_INVALID, "this is no calendar: a line 'BEGIN:VCALENDAR' is missing");
    assert_false(ics_read(&call, TEXT(""), &calendar));
    assert_refused(&call, FAIL_INVALID, "this is no calendar: a line 'BEGIN:VCALENDAR' is missing");
    out_init(&deep, &call);
    for (int i = 0; i <= ICS_DEPTH_MAX; i++)
        out_string(&deep, "BEGIN:X\n");
    assert_false(ics_read(&call, out_view(&deep), &calendar));
    assert_refused(&call, FAIL_TOO_LARGE,
                   "line 17: components lie 16 deep in each other: more is not read");
}

#define ICS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ICS(lines_end_and_fold_as_they_like),
        ICS(zones_are_found_however_they_are_called),
        ICS(an_event_ends_as_it_says_or_as_it_must),
        ICS(rules_leave_out_and_move),
        ICS(further_dates_are_occurrences_beside_the_rule),
        ICS(a_period_says_how_long_its_occurrence_is),
        ICS(further_dates_have_an_end),
        ICS(what_is_broken_is_left_out_with_its_line),
        ICS(a_nul_is_no_part_of_a_text),
        ICS(what_is_no_calendar_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

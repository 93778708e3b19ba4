/* Calendars from outside: what is stored, on which instants they are, and who reads what. */
#include "rooms/calendar/outside_events.h"

#include "ledger/verify.h"
#include "rooms/calendar/outside_calendar.h"
#include "rooms/people/people.h"
#include "store/sql.h"
#include "support/house.h"

#define FILE_OF(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"
#define EVENT(uid, lines) "BEGIN:VEVENT\r\nUID:" uid "\r\n" lines "END:VEVENT\r\n"

static const char dentist[] =
    FILE_OF(EVENT("a", "DTSTART:20261124T120000Z\r\nDTEND:20261124T130000Z\r\nSUMMARY:Dentist\r\n"
                       "LOCATION:Main street\r\n"));

/* --- taking --- */

static bool take(struct test_house *test, const struct outside_wish *wish, const char *file,
                 struct ics_calendar *read)
{
    struct row calendar;
    assert_done(&test->call, ics_read(&test->call, text_of(file), read));
    assert_done(&test->call, outside_calendar_find(&test->call, wish, &calendar));
    return outside_calendar_take(&test->call, &calendar, read);
}

static void takes(struct test_house *test, const char *file)
{
    struct ics_calendar read;
    assert_done(&test->call,
                take(test, &(struct outside_wish){ .name = TEXT("Work") }, file, &read));
    assert_int_equal(read.warning_count, 0);
}

static struct calendar_ask ask_days(int month, int day, int days)
{
    stamp from = days_from_date(2026, month, day) * STAMP_DAY;
    return (struct calendar_ask){ .zone = TEXT("UTC"), .from = from,
                                  .until = from + days * STAMP_DAY };
}

static struct outside_times read_days(struct test_house *test, int month, int day, int days)
{
    struct calendar_ask ask = ask_days(month, day, days);
    struct outside_times times;
    assert_done(&test->call, outside_events_read(&test->call, &ask, &times));
    return times;
}

static stamp at(const char *word)
{
    stamp instant;
    assert_int_equal(stamp_read(text_of(word), &instant, NULL), STAMP_WITH_ZONE);
    return instant;
}

static void person(struct test_house *test, const char *name, rid team)
{
    static const text member[] = { { "member", 6 } };
    struct row row, membership;
    assert_done(&test->call, row_init(&test->call, &person_record, &row) &&
                                 row_init(&test->call, &membership_record, &membership));
    row.value[PERSON_NAME] = value_choice(name);
    assert_done(&test->call, ledger_create(&test->call, &row));
    membership.value[MEMBERSHIP_PERSON] = value_ref(row.id);
    membership.value[MEMBERSHIP_TEAM] = value_ref(team);
    membership.value[MEMBERSHIP_ROLES] =
        (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = member };
    assert_done(&test->call, ledger_create(&test->call, &membership));
}

static void act_as(struct test_house *test, const char *name)
{
    assert_done(&test->call, people_act_as(&test->call, text_of(name)));
}


/* --- when --- */

static void what_recurs_keeps_its_clock_over_a_change(void **state)
{
    struct test_house *test = *state;
    takes(test, FILE_OF(EVENT("a", "DTSTART;TZID=Europe/Berlin:20260105T090000\r\n"
                                   "DURATION:PT30M\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Gym\r\n")));
    struct outside_times times = read_days(test, 10, 19, 14);
    assert_int_equal(times.count, 2);
    assert_int_equal(times.time[0].from, at("2026-10-19T07:00:00Z"));
    assert_int_equal(times.time[1].from, at("2026-10-26T08:00:00Z"));
    assert_int_equal(times.time[1].until, at("2026-10-26T08:30:00Z"));
    assert_int_equal(read_days(test, 1, 4, 1).count, 0); /* the day before the first */
}

static void an_occurrence_that_is_otherwise_takes_its_place(void **state)
{
    struct test_house *test = *state;
    takes(test, FILE_OF(EVENT("a", "DTSTART:20261102T090000Z\r\nDTEND:20261102T100000Z\r\n"
                                   "RRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE:20261109T090000Z\r\n"
                                   "SUMMARY:Gym\r\n")
                            EVENT("a", "RECURRENCE-ID:20261116T090000Z\r\nDTSTART:20261117T150000Z"
                                       "\r\nDTEND:20261117T160000Z\r\nSUMMARY:Gym, late\r\n")
                            EVENT("a", "RECURRENCE-ID:20261123T090000Z\r\nDTSTART:20261123T090000Z"
                                       "\r\nSTATUS:CANCELLED\r\n")));
    struct outside_times times = read_days(test, 11, 1, 30);
    assert_int_equal(times.count, 2);
    assert_int_equal(times.time[0].from, at("2026-11-02T09:00:00Z"));
    assert_text(times.time[1].title, "Gym, late");
    assert_int_equal(times.time[1].from, at("2026-11-17T15:00:00Z"));
}

static void what_is_cancelled_takes_no_time(void **state)
{
    struct test_house *test = *state;
    takes(test, FILE_OF(EVENT("a", "DTSTART:20261124T120000Z\r\nSTATUS:CANCELLED\r\n")
                            EVENT("b", "DTSTART:20261124T130000Z\r\nSTATUS:TENTATIVE\r\n")));
    struct outside_times times = read_days(test, 11, 24, 1);
    assert_int_equal(times.count, 1);
    assert_text(times.time[0].title, "Without a title");
}

static void a_whole_day_begins_where_who_asks_is(void **state)
{
    struct test_house *test = *state;
    takes(test, FILE_OF(EVENT("a", "DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261126\r\n"
                                   "RRULE:FREQ=YEARLY\r\nSUMMARY:Away\r\n")));
    struct calendar_ask ask = ask_days(11, 24, 1);
    struct outside_times times;
    ask.zone = TEXT("America/Los_Angeles");
    assert_done(&test->call, outside_events_read(&test->call, &ask, &times));
    assert_int_equal(times.count, 1);
    assert_int_equal(times.time[0].from, at("2026-11-24T08:00:00Z"));
    assert_int_equal(times.time[0].until, at("2026-11-26T08:00:00Z"));
    assert_int_equal(times.time[0].days, 2);
    assert_int_equal(read_days(test, 11, 25, 1).count, 1); /* its second day */
    assert_int_equal(read_days(test, 11, 26, 1).count, 0);
}

static void a_zone_that_only_the_file_knows_is_told(void **state)
{
    struct test_house *test = *state;
    struct ics_calendar read;
    const char *file =
        FILE_OF("BEGIN:VTIMEZONE\r\nTZID:Our Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000"
                "\r\nTZOFFSETFROM:+0130\r\nTZOFFSETTO:+0130\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
                EVENT("a", "DTSTART;TZID=Our Office:20261124T120000\r\nRRULE:FREQ=DAILY\r\n"));
    assert_done(&test->call,
                take(test, &(struct outside_wish){ .name = TEXT("Work") }, file, &read));
    assert_int_equal(read.warning_count, 1);
    assert_true(text_find(read.warning[0], TEXT("'Our Office'")) != SIZE_MAX);
    struct outside_times times = read_days(test, 11, 25, 1);
    assert_int_equal(times.count, 1);
    assert_int_equal(times.time[0].from, at("2026-11-25T10:30:00Z"));
}

static void a_rule_that_nobody_can_expand_leaves_its_first_day(void **state)
{
    struct test_house *test = *state;
    struct ics_calendar read;
    assert_done(&test->call, take(test, &(struct outside_wish){ .name = TEXT("Work") },
                                  FILE_OF(EVENT("a", "DTSTART:20261124T120000Z\r\n"
                                                     "RRULE:FREQ=HOURLY\r\n")), &read));
    assert_int_equal(read.warning_count, 1);
    assert_int_equal(read_days(test, 11, 24, 3).count, 1);
}

/* --- what is stored --- */

static void a_file_read_again_takes_the_place_of_all_before(void **state)
{
    struct test_house *test = *state;
    takes(test, FILE_OF(EVENT("a", "DTSTART:20261124T120000Z\r\nSUMMARY:Old\r\n")
                            EVENT("b", "DTSTART:20261125T120000Z\r\nSUMMARY:Gone\r\n")));
    assert_int_equal(test_count(test, "outside_event"), 2);
    takes(test, dentist);
    assert_int_equal(test_count(test, "outside_event"), 1);
    assert_int_equal(test_count(test, "outside_calendars"), 1);
    assert_int_equal(test_count(test, "outside_calendars WHERE events = 1 AND warnings = 0"), 1);
}

static void events_without_their_calendar_are_found_by_verify(void **state)
{
    struct test_house *test = *state;
    struct verify_report report = { .count = 0 };
    takes(test, dentist);
    assert_done(&test->call, outside_calendar_verify(&test->call, &report));
    assert_int_equal(report.check[0].wrong, 0);
    assert_done(&test->call, change_open(&test->call, TEXT("test")));
    assert_done(&test->call, sql_script(&test->call,
                                        TEXT("UPDATE outside_event SET calendar = 9")));
    assert_done(&test->call, change_commit(&test->call));
    report = (struct verify_report){ .count = 0 };
    assert_done(&test->call, outside_calendar_verify(&test->call, &report));
    assert_int_equal(report.check[0].wrong, 1);
}

/* --- who reads what --- */

static void others_read_no_more_than_that_the_time_is_taken(void **state)
{
    struct test_house *test = *state;
    takes(test, dentist);
    assert_text(read_days(test, 11, 24, 1).time[0].title, "Dentist");
    person(test, "Bea", 0);
    rid ada = test->call.actor.person;
    act_as(test, "Bea");
    assert_int_equal(read_days(test, 11, 24, 1).count, 0); /* it is not hers */
    struct calendar_ask ask = ask_days(11, 24, 1);
    struct outside_times times;
    ask.person = ada;
    assert_done(&test->call, outside_events_read(&test->call, &ask, &times));
    assert_int_equal(times.count, 1);
    assert_text(times.time[0].title, "Ada: busy");
    assert_true(times.time[0].is_hidden);
    assert_null(times.time[0].place.at);
}

static void a_shown_calendar_hides_what_its_own_program_calls_private(void **state)
{
    struct test_house *test = *state;
    struct ics_calendar read;
    const struct outside_wish wish = { .name = TEXT("Open"), .is_shown = true };
    assert_done(&test->call,
                take(test, &wish,
                     FILE_OF(EVENT("a", "DTSTART:20261124T120000Z\r\nSUMMARY:Talk\r\n")
                                 EVENT("b", "DTSTART:20261124T130000Z\r\nSUMMARY:Doctor\r\n"
                                            "CLASS:CONFIDENTIAL\r\n")), &read));
    rid ada = test->call.actor.person;
    person(test, "Bea", 0);
    act_as(test, "Bea");
    struct calendar_ask ask = ask_days(11, 24, 1);
    struct outside_times times;
    ask.person = ada;
    assert_done(&test->call, outside_events_read(&test->call, &ask, &times));
    assert_text(times.time[0].title, "Talk");
    assert_text(times.time[1].title, "Ada: busy");
}

static void only_its_person_reads_a_calendar_in(void **state)
{
    struct test_house *test = *state;
    struct ics_calendar read;
    takes(test, dentist);
    struct row calendar = test_titled(test, &outside_calendar_record, "Work");
    person(test, "Bea", 0);
    act_as(test, "Bea");
    assert_done(&test->call, ics_read(&test->call, TEXT(FILE_OF("")), &read));
    assert_false(outside_calendar_take(&test->call, &calendar, &read));
    assert_refused(&test->call, FAIL_FORBIDDEN, "somebody else's calendar");
    assert_int_equal(test_count(test, "outside_event"), 1);
    takes(test, FILE_OF("")); /* her own of that name */
    assert_int_equal(test_count(test, "outside_calendars"), 2);
    assert_int_equal(test_count(test, "outside_event"), 1);
}

static void the_calendar_of_a_team_is_that_of_its_members(void **state)
{
    struct test_house *test = *state;
    struct ics_calendar read;
    struct row team;
    assert_done(&test->call, row_init(&test->call, &team_record, &team));
    team.value[TEAM_NAME] = value_choice("Red");
    assert_done(&test->call, ledger_create(&test->call, &team));
    person(test, "Bea", team.id);
    person(test, "Cleo", 0);
    const struct outside_wish wish = { .name = TEXT("Red"), .team = team.id };
    act_as(test, "Cleo");
    assert_false(take(test, &wish, dentist, &read));
    assert_refused(&test->call, FAIL_FORBIDDEN, "only its members");
    act_as(test, "Bea");
    assert_done(&test->call, take(test, &wish, dentist, &read));
    assert_text(read_days(test, 11, 24, 1).time[0].title, "Dentist");
    act_as(test, "Cleo");
    assert_int_equal(read_days(test, 11, 24, 1).count, 0);
    struct calendar_ask ask = ask_days(11, 24, 1);
    struct outside_times times;
    ask.team = team.id;
    assert_done(&test->call, outside_events_read(&test->call, &ask, &times));
    assert_text(times.time[0].title, "Red: busy");
}

static void what_came_from_a_calendar_does_not_go_back_to_one(void **state)
{
    struct test_house *test = *state;
    takes(test, dentist);
    struct calendar_ask ask = ask_days(11, 24, 1);
    struct calendar calendar;
    assert_done(&test->call, calendar_collect(&test->call, &ask, &calendar));
    assert_int_equal(calendar.count, 1);
    assert_int_equal(calendar.event[0].kind, CALENDAR_OUTSIDE);
    ask.goes_out = true;
    assert_done(&test->call, calendar_collect(&test->call, &ask, &calendar));
    assert_int_equal(calendar.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(what_recurs_keeps_its_clock_over_a_change),
        WITH_HOUSE(an_occurrence_that_is_otherwise_takes_its_place),
        WITH_HOUSE(what_is_cancelled_takes_no_time),
        WITH_HOUSE(a_whole_day_begins_where_who_asks_is),
        WITH_HOUSE(a_zone_that_only_the_file_knows_is_told),
        WITH_HOUSE(a_rule_that_nobody_can_expand_leaves_its_first_day),
        WITH_HOUSE(a_file_read_again_takes_the_place_of_all_before),
        WITH_HOUSE(events_without_their_calendar_are_found_by_verify),
        WITH_HOUSE(others_read_no_more_than_that_the_time_is_taken),
        WITH_HOUSE(a_shown_calendar_hides_what_its_own_program_calls_private),
        WITH_HOUSE(only_its_person_reads_a_calendar_in),
        WITH_HOUSE(the_calendar_of_a_team_is_that_of_its_members),
        WITH_HOUSE(what_came_from_a_calendar_does_not_go_back_to_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

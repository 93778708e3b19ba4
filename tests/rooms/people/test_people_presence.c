/* Who is there when: working days and hours, absences, public holidays, over zones and clocks. */
#include "rooms/people/people.h"
#include "rooms/people/working_days.h"

#include "support/house.h"

static int64_t day(const char *word)
{
    int64_t days = 0;
    assert_true(date_read(text_of(word), &days));
    return days;
}

static stamp at(const char *word)
{
    stamp instant = 0;
    assert_int_not_equal(stamp_read(text_of(word), &instant, NULL), STAMP_NOT);
    return instant;
}

static void set(struct row *row, int field, const char *word)
{
    row->value[field] = word ? value_text(text_of(word)) : VALUE_NONE;
}

static rid add_person(struct test_house *test, const char *name, const char *from,
                      const char *until, const char *days)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &person_record, &row));
    set(&row, PERSON_NAME, name);
    set(&row, PERSON_ZONE, "Europe/Berlin");
    set(&row, PERSON_WORKING_FROM, from);
    set(&row, PERSON_WORKING_UNTIL, until);
    set(&row, PERSON_WORKING_DAYS, days);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

static bool try_absence(struct test_house *test, rid person, const char *first, const char *last)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &absence_record, &row));
    row.value[ABSENCE_PERSON] = value_ref(person);
    row.value[ABSENCE_FIRST_DAY] = value_int(day(first));
    row.value[ABSENCE_LAST_DAY] = last ? value_int(day(last)) : VALUE_NONE;
    return ledger_create(&test->call, &row);
}

static void absence(struct test_house *test, rid person, const char *first, const char *last)
{
    assert_done(&test->call, try_absence(test, person, first, last));
}

static rid add_named(struct test_house *test, const struct record *record, const char *name)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, record, &row));
    set(&row, record->title, name);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

static void holiday(struct test_house *test, const char *on, rid team, rid calendar)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &holiday_record, &row));
    set(&row, HOLIDAY_NAME, "a day of rest");
    row.value[HOLIDAY_DAY] = value_int(day(on));
    row.value[HOLIDAY_TEAM] = team ? value_ref(team) : VALUE_NONE;
    row.value[HOLIDAY_CALENDAR] = calendar ? value_ref(calendar) : VALUE_NONE;
    assert_done(&test->call, ledger_create(&test->call, &row));
}

static void join(struct test_house *test, rid person, rid team)
{
    struct row row;
    text words[1] = { TEXT("member") };
    assert_done(&test->call, row_init(&test->call, &membership_record, &row));
    row.value[MEMBERSHIP_PERSON] = value_ref(person);
    row.value[MEMBERSHIP_TEAM] = value_ref(team);
    row.value[MEMBERSHIP_ROLES] = (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = words };
    assert_done(&test->call, ledger_create(&test->call, &row));
}

static void follow(struct test_house *test, const struct record *record, rid id, int field,
                   rid calendar)
{
    struct row before, after;
    assert_done(&test->call, find_row(&test->call, record, id, &before));
    assert_done(&test->call, row_copy(&test->call, &before, &after));
    after.value[field] = value_ref(calendar);
    assert_done(&test->call, ledger_update(&test->call, &before, &after));
}

static enum people_day kind_of(struct test_house *test, rid person, const char *on)
{
    enum people_day kind;
    bool is_there;
    assert_done(&test->call, people_day(&test->call, person, day(on), &kind));
    assert_done(&test->call, people_is_there(&test->call, person, day(on), &is_there));
    assert_int_equal(is_there, kind == PEOPLE_DAY_WORKING);
    return kind;
}

static const char *presence(struct test_house *test, rid person, const char *when)
{
    enum people_presence found;
    assert_done(&test->call, people_working_at(&test->call, person, at(when), &found));
    return people_presence_word(found);
}

/* "2026-12-04", or "here". */
static text until(struct test_house *test, rid person, const char *on)
{
    bool is_away;
    int64_t last;
    char word[DATE_TEXT_SIZE];
    assert_done(&test->call, people_away_until(&test->call, person, day(on), &is_away, &last));
    if (!is_away)
        return TEXT("here");
    date_write(last, word);
    return call_format(&test->call, "%s", word);
}

/* --- days --- */

static void days_of_the_week_are_monday_to_friday_until_somebody_says_otherwise(void **state)
{
    struct test_house *test = *state;
    rid usual = add_person(test, "Bert", NULL, NULL, NULL);
    rid other = add_person(test, "Cleo", NULL, NULL, "su,TU , mo,tu");
    struct row row;
    assert_int_equal(kind_of(test, usual, "2026-11-20"), PEOPLE_DAY_WORKING);
    assert_int_equal(kind_of(test, usual, "2026-11-21"), PEOPLE_DAY_OFF);
    assert_int_equal(kind_of(test, usual, "2026-11-22"), PEOPLE_DAY_OFF);
    assert_int_equal(kind_of(test, other, "2026-11-20"), PEOPLE_DAY_OFF);
    assert_int_equal(kind_of(test, other, "2026-11-22"), PEOPLE_DAY_WORKING);
    assert_done(&test->call, find_row(&test->call, &person_record, other, &row));
    assert_text(value_as_text(row.value[PERSON_WORKING_DAYS]), "MO,TU,SU");
}

static void what_is_no_day_of_the_week_is_refused(void **state)
{
    static const char *const words[] = { "MO,XX", ",", "MO,", "monday", "1MO" };
    unsigned days = 0;
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_false(working_days_read(text_of(words[i]), &days));
    assert_int_equal(days, 0);
    assert_true(working_days_read(TEXT("SU"), &days));
    assert_true(working_days_has(days, day("1969-12-28")));
    assert_false(working_days_has(days, day("1969-12-29")));
}

static void an_absence_holds_on_its_first_and_last_day(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, NULL, NULL);
    absence(test, bert, "2026-11-17", "2026-11-19");
    assert_int_equal(kind_of(test, bert, "2026-11-16"), PEOPLE_DAY_WORKING);
    assert_int_equal(kind_of(test, bert, "2026-11-17"), PEOPLE_DAY_ABSENT);
    assert_int_equal(kind_of(test, bert, "2026-11-19"), PEOPLE_DAY_ABSENT);
    assert_int_equal(kind_of(test, bert, "2026-11-20"), PEOPLE_DAY_WORKING);
    assert_int_equal(kind_of(test, 1, "2026-11-17"), PEOPLE_DAY_WORKING); /* of nobody else */
}

static void absences_do_not_overlap_and_do_not_end_before_they_begin(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, NULL, NULL);
    absence(test, bert, "2026-11-17", "2026-11-19");
    assert_false(try_absence(test, bert, "2026-11-19", "2026-11-20"));
    assert_refused(&test->call, FAIL_INVALID, "some of these days are in ABS-1 already");
    assert_false(try_absence(test, bert, "2026-11-16", "2026-11-30"));
    assert_refused(&test->call, FAIL_INVALID, "ABS-1");
    assert_false(try_absence(test, bert, "2026-11-24", "2026-11-23"));
    assert_refused(&test->call, FAIL_INVALID, "before the first, 2026-11-24");
    assert_false(try_absence(test, bert, "2026-11-24", "2036-12-24"));
    assert_refused(&test->call, FAIL_INVALID, "ten years");
    absence(test, bert, "2026-11-20", NULL);
    absence(test, 1, "2026-11-17", "2026-11-19");
}

static void absences_without_a_working_day_between_them_are_one(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, NULL, NULL);
    absence(test, bert, "2026-11-23", "2026-11-25");
    absence(test, bert, "2026-11-18", "2026-11-20"); /* the weekend lies between */
    absence(test, bert, "2026-11-27", NULL);         /* Thursday is worked */
    assert_text(until(test, bert, "2026-11-17"), "here");
    assert_text(until(test, bert, "2026-11-18"), "2026-11-25");
    assert_text(until(test, bert, "2026-11-21"), "2026-11-25"); /* within it */
    assert_text(until(test, bert, "2026-11-26"), "here");
    assert_text(until(test, bert, "2026-11-27"), "2026-11-27");
    holiday(test, "2026-11-26", 0, 0);
    assert_text(until(test, bert, "2026-11-18"), "2026-11-27");
}

static void who_is_away_in_a_week_is_told_by_day_and_by_team(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, NULL, NULL);
    rid cleo = add_person(test, "Cleo", NULL, NULL, NULL);
    rid red = add_named(test, &team_record, "Red");
    struct people_away *away;
    size_t count;
    join(test, bert, red);
    absence(test, bert, "2026-11-20", "2026-11-30");
    absence(test, cleo, "2026-11-16", NULL);
    absence(test, cleo, "2026-11-18", NULL);
    absence(test, 1, "2026-11-23", NULL); /* the week after */
    assert_done(&test->call, people_away_between(&test->call, 0, day("2026-11-16"),
                                                 day("2026-11-22"), &away, &count));
    assert_int_equal(count, 3);
    assert_text(away[0].name, "Cleo");
    assert_int_equal(away[1].first_day, day("2026-11-18"));
    assert_int_equal(away[2].person, bert);
    assert_int_equal(away[2].last_day, day("2026-11-30"));
    assert_done(&test->call, people_away_between(&test->call, red, day("2026-11-16"),
                                                 day("2026-11-22"), &away, &count));
    assert_int_equal(count, 1);
    assert_int_equal(away[0].person, bert);
    assert_done(&test->call, ledger_archive(&test->call, &person_record, bert));
    assert_done(&test->call, people_away_between(&test->call, red, day("2026-11-16"),
                                                 day("2026-11-22"), &away, &count));
    assert_int_equal(count, 0);
}

static void working_days_from_now_leave_out_days_off_and_holidays_and_count_absences(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, NULL, "MO,WE,FR");
    stamp end;
    holiday(test, "2026-11-23", 0, 0);
    absence(test, bert, "2026-11-25", NULL);
    assert_done(&test->call,
                people_after_working_days(&test->call, bert, at("2026-11-18T10:00:00Z"), 2, &end));
    assert_true(end == at("2026-11-25T23:00:00Z")); /* Friday and Wednesday: the end of its day */
    assert_done(&test->call,
                people_after_working_days(&test->call, bert, at("2026-11-18T10:00:00Z"), 0, &end));
    assert_true(end == at("2026-11-18T23:00:00Z"));
    assert_done(&test->call,
                people_after_working_days(&test->call, 0, at("2026-11-19T10:00:00Z"), 2, &end));
    assert_true(end == at("2026-11-25T00:00:00Z")); /* Friday and Tuesday */
}

/* --- holidays --- */

static void a_holiday_is_everybodys_a_teams_or_of_who_follows_its_calendar(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, NULL, NULL);
    rid cleo = add_person(test, "Cleo", NULL, NULL, NULL);
    rid red = add_named(test, &team_record, "Red");
    rid bavaria = add_named(test, &holiday_calendar_record, "Bavaria");
    rid poland = add_named(test, &holiday_calendar_record, "Poland");
    join(test, bert, red);
    join(test, cleo, 0); /* of the workspace, not of Red */
    holiday(test, "2026-11-16", 0, 0);
    holiday(test, "2026-11-17", red, 0);
    holiday(test, "2026-11-18", 0, bavaria);
    holiday(test, "2026-11-19", 0, poland);
    assert_int_equal(kind_of(test, bert, "2026-11-16"), PEOPLE_DAY_HOLIDAY);
    assert_int_equal(kind_of(test, cleo, "2026-11-16"), PEOPLE_DAY_HOLIDAY);
    assert_int_equal(kind_of(test, bert, "2026-11-17"), PEOPLE_DAY_HOLIDAY);
    assert_int_equal(kind_of(test, cleo, "2026-11-17"), PEOPLE_DAY_WORKING);
    assert_int_equal(kind_of(test, bert, "2026-11-18"), PEOPLE_DAY_WORKING);

    follow(test, &team_record, red, TEAM_HOLIDAY_CALENDAR, bavaria);
    assert_int_equal(kind_of(test, bert, "2026-11-18"), PEOPLE_DAY_HOLIDAY);
    assert_int_equal(kind_of(test, cleo, "2026-11-18"), PEOPLE_DAY_WORKING);

    /* Bert lives elsewhere than his team */
    follow(test, &person_record, bert, PERSON_HOLIDAY_CALENDAR, poland);
    assert_int_equal(kind_of(test, bert, "2026-11-16"), PEOPLE_DAY_HOLIDAY);
    assert_int_equal(kind_of(test, bert, "2026-11-17"), PEOPLE_DAY_WORKING);
    assert_int_equal(kind_of(test, bert, "2026-11-18"), PEOPLE_DAY_WORKING);
    assert_int_equal(kind_of(test, bert, "2026-11-19"), PEOPLE_DAY_HOLIDAY);
    assert_text(until(test, bert, "2026-11-19"), "here"); /* a holiday is no absence */
}

/* --- hours --- */

static void hours_are_those_of_the_persons_clock(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", "09:00", "17:30", NULL);
    assert_string_equal(presence(test, bert, "2026-11-16T07:59:59Z"), "off_hours");
    assert_string_equal(presence(test, bert, "2026-11-16T08:00:00Z"), "working");
    assert_string_equal(presence(test, bert, "2026-11-16T16:29:59Z"), "working");
    assert_string_equal(presence(test, bert, "2026-11-16T16:30:00Z"), "off_hours");
    assert_string_equal(presence(test, bert, "2026-11-21T09:00:00Z"), "day_off");
    assert_string_equal(presence(test, bert, "2026-11-15T23:30:00Z"), "off_hours"); /* Monday */
    /* an hour earlier in UTC before the clock was changed on 2026-10-25 */
    assert_string_equal(presence(test, bert, "2026-10-23T07:00:00Z"), "working");
    assert_string_equal(presence(test, bert, "2026-10-26T07:00:00Z"), "off_hours");
    absence(test, bert, "2026-11-16", NULL);
    holiday(test, "2026-11-17", 0, 0);
    assert_string_equal(presence(test, bert, "2026-11-16T08:00:00Z"), "absent");
    assert_string_equal(presence(test, bert, "2026-11-17T08:00:00Z"), "holiday");
}

static void hours_that_nobody_told_are_unknown_and_days_off_are_not(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, NULL, NULL);
    assert_string_equal(presence(test, bert, "2026-11-16T10:00:00Z"), "unknown");
    assert_string_equal(presence(test, bert, "2026-11-21T10:00:00Z"), "day_off");
}

static void a_night_belongs_to_the_day_on_which_it_begins(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", "22:00", "06:00", "FR");
    assert_string_equal(presence(test, bert, "2026-11-20T20:59:00Z"), "off_hours");
    assert_string_equal(presence(test, bert, "2026-11-20T21:00:00Z"), "working");
    assert_string_equal(presence(test, bert, "2026-11-21T04:59:00Z"), "working"); /* Saturday */
    assert_string_equal(presence(test, bert, "2026-11-21T05:00:00Z"), "day_off");
    assert_string_equal(presence(test, bert, "2026-11-20T04:00:00Z"), "off_hours"); /* Thursday's */
    absence(test, bert, "2026-11-21", NULL);
    assert_string_equal(presence(test, bert, "2026-11-21T04:00:00Z"), "working");
    assert_string_equal(presence(test, bert, "2026-11-21T05:00:00Z"), "absent");
}

static void a_night_over_a_change_of_the_clock_keeps_to_the_clock(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", "22:00", "02:30", "SA");
    /* 02:30 comes twice on 2026-10-25: what is before it on the clock is within, both times */
    assert_string_equal(presence(test, bert, "2026-10-25T00:29:00Z"), "working");
    assert_string_equal(presence(test, bert, "2026-10-25T00:30:00Z"), "day_off");
    assert_string_equal(presence(test, bert, "2026-10-25T01:29:00Z"), "working");
    assert_string_equal(presence(test, bert, "2026-10-25T01:30:00Z"), "day_off");
}

static void hours_have_both_ends_and_some_time_between(void **state)
{
    static const struct {
        const char *from, *until, *sentence;
    } hours[] = {
        { "09:00", NULL, "give both, or neither" },
        { NULL, "17:00", "give both, or neither" },
        { "09:00", "09:00", "end at another time than they begin" },
        { "9", "17:00", "'9' is not a time of day" },
        { "09:00", "24:00", "'24:00' is not a time of day" },
    };
    struct test_house *test = *state;
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        struct row row;
        assert_done(&test->call, row_init(&test->call, &person_record, &row));
        set(&row, PERSON_NAME, "Bert");
        set(&row, PERSON_WORKING_FROM, hours[i].from);
        set(&row, PERSON_WORKING_UNTIL, hours[i].until);
        assert_false(ledger_create(&test->call, &row));
        assert_refused(&test->call, FAIL_INVALID, hours[i].sentence);
    }
    add_person(test, "Bert", "16:00", "00:00", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(days_of_the_week_are_monday_to_friday_until_somebody_says_otherwise),
        cmocka_unit_test(what_is_no_day_of_the_week_is_refused),
        WITH_HOUSE(an_absence_holds_on_its_first_and_last_day),
        WITH_HOUSE(absences_do_not_overlap_and_do_not_end_before_they_begin),
        WITH_HOUSE(absences_without_a_working_day_between_them_are_one),
        WITH_HOUSE(who_is_away_in_a_week_is_told_by_day_and_by_team),
        WITH_HOUSE(working_days_from_now_leave_out_days_off_and_holidays_and_count_absences),
        WITH_HOUSE(a_holiday_is_everybodys_a_teams_or_of_who_follows_its_calendar),
        WITH_HOUSE(hours_are_those_of_the_persons_clock),
        WITH_HOUSE(hours_that_nobody_told_are_unknown_and_days_off_are_not),
        WITH_HOUSE(a_night_belongs_to_the_day_on_which_it_begins),
        WITH_HOUSE(a_night_over_a_change_of_the_clock_keeps_to_the_clock),
        WITH_HOUSE(hours_have_both_ends_and_some_time_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

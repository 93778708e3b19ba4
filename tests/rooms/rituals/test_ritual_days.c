/* On which days a ritual is expected, and which occurrences a stretch of time has. */
#include "rooms/rituals/ritual_days.h"

#include "rooms/people/people.h"
#include "rooms/rituals/occurrence_rules.h"
#include "rooms/rituals/rituals.h"
#include "support/house.h"

static int64_t day_of(const char *word)
{
    int64_t day;
    assert_true(date_read(text_of(word), &day));
    return day;
}

static struct row ritual_row(struct test_house *test, const char *name, const char *rule)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &ritual_record, &row));
    row.value[RITUAL_NAME] = value_choice(name);
    row.value[RITUAL_RULE] = value_choice(rule);
    row.value[RITUAL_STARTS] = value_int(day_of("2026-11-02"));
    row.value[RITUAL_AT] = value_choice("09:00");
    return row;
}

static rid ritual(struct test_house *test, const char *name, const char *rule, rid not_after)
{
    struct row row = ritual_row(test, name, rule);
    if (not_after)
        row.value[RITUAL_NOT_AFTER] =
            (struct value){ .kind = VALUE_IDS, .count = 1, .ids = &not_after };
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

static void holiday(struct test_house *test, const char *day, rid team)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &holiday_record, &row));
    row.value[HOLIDAY_NAME] = value_choice("holiday");
    row.value[HOLIDAY_DAY] = value_int(day_of(day));
    row.value[HOLIDAY_TEAM] = value_ref(team);
    assert_done(&test->call, ledger_create(&test->call, &row));
}

/* "16 17 20": the days of November on which it is expected in the week of the tests' clock. */
static void assert_expected(struct test_house *test, rid id, const char *expected)
{
    struct ritual_calendar calendar;
    struct day_list days;
    struct out out;
    int64_t monday = day_of("2026-11-16");
    assert_done(&test->call, ritual_calendar_read(&test->call, monday, monday + 6, &calendar));
    assert_done(&test->call,
                ritual_days_expected(&test->call, &calendar, ritual_calendar_find(&calendar, id),
                                     monday, monday + 6, &days));
    out_init(&out, &test->call);
    for (size_t i = 0; i < days.count; i++)
        out_format(&out, "%s%d", i ? " " : "", (int)(days.day[i] - monday) + 16);
    assert_text(out_view(&out), expected);
}

static void the_day_after_another_is_left_out(void **state)
{
    struct test_house *test = *state;
    rid planning = ritual(test, "planning", "FREQ=WEEKLY;BYDAY=WE", 0);
    rid standup = ritual(test, "standup", "FREQ=WEEKLY;BYDAY=TU,TH", planning);
    assert_expected(test, planning, "18");
    assert_expected(test, standup, "17");
}

static void what_is_skipped_or_on_a_holiday_has_no_day_after(void **state)
{
    struct test_house *test = *state;
    struct row row;
    rid planning = ritual(test, "planning", "FREQ=WEEKLY;BYDAY=WE", 0);
    rid standup = ritual(test, "standup", "FREQ=WEEKLY;BYDAY=TU,TH", planning);
    assert_done(&test->call, occurrence_skip(&test->call, TEXT("planning"), TEXT("offsite"), &row));
    assert_expected(test, standup, "17 19");
    assert_done(&test->call, ledger_undo_row(&test->call, &occurrence_record, row.id));
    assert_expected(test, standup, "17");
    holiday(test, "2026-11-18", 0);
    assert_expected(test, planning, "");
    assert_expected(test, standup, "17 19");
}

static void a_holiday_of_another_team_is_a_working_day(void **state)
{
    struct test_house *test = *state;
    struct row team;
    assert_done(&test->call, row_init(&test->call, &team_record, &team));
    team.value[TEAM_NAME] = value_choice("Berlin");
    assert_done(&test->call, ledger_create(&test->call, &team));
    rid daily = ritual(test, "daily", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 0);
    holiday(test, "2026-11-17", team.id);
    assert_expected(test, daily, "16 17 18 19 20");
    holiday(test, "2026-11-19", 0);
    assert_expected(test, daily, "16 17 18 20");
}

/* The rule is the truth: what only waits on a day that is gone is not held. */
static void an_edited_rule_leaves_no_ghost(void **state)
{
    struct test_house *test = *state;
    struct row item, occurrence, before, after;
    struct occurrence_slot slot;
    rid id = ritual(test, "sync", "FREQ=WEEKLY;BYDAY=WE", 0);
    assert_done(&test->call, row_init(&test->call, &agenda_item_record, &item));
    item.value[AGENDA_ITEM_TITLE] = value_choice("budget");
    assert_done(&test->call,
                occurrence_item_add(&test->call, TEXT("RIT-1@2026-11-18"), &item, &occurrence));
    assert_done(&test->call, occurrence_find(&test->call, TEXT("OCC-1"), &slot));
    assert_done(&test->call, find_row(&test->call, &ritual_record, id, &before) &&
                                 row_copy(&test->call, &before, &after));
    after.value[RITUAL_RULE] = value_choice("FREQ=WEEKLY;BYDAY=FR");
    assert_done(&test->call, ledger_update(&test->call, &before, &after));
    assert_false(occurrence_find(&test->call, TEXT("OCC-1"), &slot));
    assert_refused(&test->call, FAIL_NOT_FOUND, "gives no day for OCC-1 any more");
}

static void a_ritual_is_not_kept_from_the_day_after_itself(void **state)
{
    struct test_house *test = *state;
    rid id = ritual(test, "sync", "FREQ=WEEKLY;BYDAY=WE", 0);
    struct row before, after;
    assert_done(&test->call, find_row(&test->call, &ritual_record, id, &before) &&
                                 row_copy(&test->call, &before, &after));
    after.value[RITUAL_NOT_AFTER] = (struct value){ .kind = VALUE_IDS, .count = 1, .ids = &id };
    assert_false(ledger_update(&test->call, &before, &after));
    assert_refused(&test->call, FAIL_INVALID, "the day after itself");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(the_day_after_another_is_left_out),
        WITH_HOUSE(what_is_skipped_or_on_a_holiday_has_no_day_after),
        WITH_HOUSE(a_holiday_of_another_team_is_a_working_day),
        WITH_HOUSE(an_edited_rule_leaves_no_ghost),
        WITH_HOUSE(a_ritual_is_not_kept_from_the_day_after_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* An incident's states, what closing needs, and whom it waits for. */
#include "rooms/incidents/incidents.h"

#include "ledger/state.h"
#include "offers/agenda.h"
#include "offers/needs.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"
#include "support/house.h"

static struct row incident(struct test_house *test, const char *title)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &incident_record, &row));
    row.value[INCIDENT_TITLE] = value_choice(title);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row;
}

static bool move(struct test_house *test, struct row *row, const char *verb)
{
    struct row after;
    assert_done(&test->call, row_copy(&test->call, row, &after));
    if (!state_move(&test->call, &after, verb) || !ledger_update(&test->call, row, &after))
        return false;
    *row = after;
    return true;
}

static void it_opened_when_it_was_declared_unless_somebody_says_when(void **state)
{
    struct test_house *test = *state;
    struct row row = incident(test, "answers are empty"), early;
    assert_int_equal(value_as_int(row.value[INCIDENT_OPENED]), test->call.now);
    assert_done(&test->call, row_init(&test->call, &incident_record, &early));
    early.value[INCIDENT_TITLE] = value_choice("since the night");
    early.value[INCIDENT_OPENED] = value_stamp(test->call.now - STAMP_HOUR);
    assert_done(&test->call, ledger_create(&test->call, &early));
    assert_int_equal(value_as_int(early.value[INCIDENT_OPENED]), test->call.now - STAMP_HOUR);
}

static void closing_needs_impact_and_cause(void **state)
{
    struct test_house *test = *state;
    struct row row = incident(test, "answers are empty");
    assert_false(move(test, &row, "close"));
    assert_int_equal(test->call.fail.missing_count, 2);
    assert_string_equal(test->call.fail.missing[1], "cause");
    assert_refused(&test->call, FAIL_INVALID,
                   "'impact' and 'cause' are needed to close an incident");
    row.value[INCIDENT_IMPACT] = value_choice("9 users, an hour");
    row.value[INCIDENT_CAUSE] = value_choice(" \n ");
    assert_false(move(test, &row, "close"));
    assert_refused(&test->call, FAIL_INVALID, "'cause' is needed to close an incident");
}

static void a_closed_incident_is_not_closed_again_and_keeps_its_cause(void **state)
{
    struct test_house *test = *state;
    struct row row = incident(test, "answers are empty"), after;
    assert_done(&test->call, row_copy(&test->call, &row, &after));
    after.value[INCIDENT_IMPACT] = value_choice("9 users");
    after.value[INCIDENT_CAUSE] = value_choice("a full disk");
    assert_done(&test->call, ledger_update(&test->call, &row, &after));
    assert_done(&test->call, move(test, &after, "stabilise"));
    assert_done(&test->call, move(test, &after, "close"));
    assert_false(move(test, &after, "close"));
    assert_refused(&test->call, FAIL_CONFLICT, "which is closed: possible now is 'reopen'");
    struct row emptied;
    assert_done(&test->call, row_copy(&test->call, &after, &emptied));
    emptied.value[INCIDENT_CAUSE] = VALUE_NONE;
    assert_false(ledger_update(&test->call, &after, &emptied));
    assert_refused(&test->call, FAIL_INVALID, "'cause' is needed");
    assert_done(&test->call, move(test, &after, "reopen"));
}

/* --- what it brings --- */

static size_t points(struct test_house *test, rid team, struct agenda *agenda)
{
    const struct agenda_ask ask = { .team = team, .until = test->call.now };
    const text name = TEXT("incidents.open");
    *agenda = (struct agenda){ .point = NULL };
    assert_done(&test->call, agenda_compile(&test->call, &ask, &name, 1, agenda));
    return agenda->count;
}

static rid make_titled(struct test_house *test, const struct record *record, const char *title)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, record, &row));
    row.value[record->title] = value_choice(title);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

static rid surface_of(struct test_house *test, const char *name, rid suite, rid team)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &surface_record, &row));
    row.value[SURFACE_NAME] = value_choice(name);
    row.value[SURFACE_SUITE] = value_ref(suite);
    row.value[SURFACE_TEAM] = value_ref(team);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

static void a_team_sees_what_is_on_one_of_its_surfaces_or_nobodys(void **state)
{
    struct test_house *test = *state;
    struct agenda agenda;
    rid suite = make_titled(test, &suite_record, "s"), red = make_titled(test, &team_record, "Red"),
        blue = make_titled(test, &team_record, "Blue");
    rid surfaces[] = { surface_of(test, "a", suite, red), surface_of(test, "b", suite, 0) };
    struct row row = incident(test, "on a"), after;
    assert_done(&test->call, row_copy(&test->call, &row, &after));
    after.value[INCIDENT_SURFACES] =
        (struct value){ .kind = VALUE_IDS, .count = 1, .ids = surfaces };
    assert_done(&test->call, ledger_update(&test->call, &row, &after));
    assert_int_equal(points(test, red, &agenda), 1);
    assert_text(agenda.point[0].why, "investigating, nobody leads it");
    assert_string_equal(agenda.point[0].source, "incidents.open");
    assert_int_equal(points(test, 0, &agenda), 1);
    assert_int_equal(points(test, blue, &agenda), 0);
    assert_done(&test->call, row_copy(&test->call, &after, &row));
    row.value[INCIDENT_SURFACES] = /* the second is no team's, hence everybody's */
        (struct value){ .kind = VALUE_IDS, .count = 2, .ids = surfaces };
    assert_done(&test->call, ledger_update(&test->call, &after, &row));
    assert_int_equal(points(test, blue, &agenda), 1);
    incident(test, "nobody knows where");
    assert_int_equal(points(test, blue, &agenda), 2);
}

static void it_waits_for_its_lead_alone(void **state)
{
    struct test_house *test = *state;
    struct needs needs;
    rid ben = make_titled(test, &person_record, "Ben");
    struct row row = incident(test, "answers are empty"), after;
    assert_done(&test->call, row_copy(&test->call, &row, &after));
    after.value[INCIDENT_LEAD] = value_ref(ben);
    after.value[INCIDENT_IMPACT] = value_choice("9 users");
    after.value[INCIDENT_CAUSE] = value_choice("a full disk");
    assert_done(&test->call, ledger_update(&test->call, &row, &after));
    assert_done(&test->call, needs_collect(&test->call, test->call.actor.person, &needs));
    assert_int_equal(needs.count, 0);
    assert_done(&test->call, needs_collect(&test->call, ben, &needs));
    assert_int_equal(needs.count, 1);
    assert_text(needs.need[0].why, "you lead it, and it is investigating");
    assert_done(&test->call, move(test, &after, "close"));
    assert_done(&test->call, needs_collect(&test->call, ben, &needs));
    assert_int_equal(needs.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(it_opened_when_it_was_declared_unless_somebody_says_when),
        WITH_HOUSE(closing_needs_impact_and_cause),
        WITH_HOUSE(a_closed_incident_is_not_closed_again_and_keeps_its_cause),
        WITH_HOUSE(a_team_sees_what_is_on_one_of_its_surfaces_or_nobodys),
        WITH_HOUSE(it_waits_for_its_lead_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

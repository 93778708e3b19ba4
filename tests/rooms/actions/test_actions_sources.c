/* Which actions a ritual looks at, and which wait for whom. */
#include "rooms/actions/actions_sources.h"

#include "rooms/actions/actions.h"
#include "rooms/people/people.h"
#include "support/house.h"

static rid person(struct test_house *test, const char *name)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &person_record, &row));
    row.value[PERSON_NAME] = value_choice(name);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

/* `due` 0: at no time. */
static struct row action(struct test_house *test, const char *title, rid owner, stamp due)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &action_record, &row));
    row.value[ACTION_TITLE] = value_choice(title);
    row.value[ACTION_OWNER] = value_ref(owner);
    if (due)
        row.value[ACTION_DUE] = value_stamp(due);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row;
}

static void set(struct test_house *test, struct row *row, int field, struct value value)
{
    struct row after;
    assert_done(&test->call, row_copy(&test->call, row, &after));
    after.value[field] = value;
    assert_done(&test->call, ledger_update(&test->call, row, &after));
    *row = after;
}

static struct needs needs_of(struct test_house *test, rid who)
{
    struct needs needs;
    assert_done(&test->call, needs_collect(&test->call, who, &needs));
    return needs;
}

static void overdue_ones_come_with_owner_and_age_the_oldest_first(void **state)
{
    struct test_house *test = *state;
    const struct agenda_ask ask = { .until = test->call.now };
    const text name = TEXT("actions.overdue");
    struct agenda agenda = { .point = NULL };
    stamp now = test->call.now;
    rid ben = person(test, "Ben");
    action(test, "hour", ben, now - STAMP_HOUR);
    action(test, "days", 0, now - 3 * STAMP_DAY);
    action(test, "now", 0, now);
    action(test, "no time", 0, 0);
    struct row done = action(test, "done", 0, now - STAMP_DAY);
    set(test, &done, ACTION_STATE, value_choice("done"));
    action(test, "just", 0, now - STAMP_MINUTE);
    assert_done(&test->call, agenda_compile(&test->call, &ask, &name, 1, &agenda));
    assert_int_equal(agenda.count, 3);
    assert_text(agenda.point[0].title, "days");
    assert_text(agenda.point[0].why, "3 days overdue, nobody owns it");
    assert_text(agenda.point[1].why, "1 hour overdue, owned by Ben");
    assert_int_equal(agenda.point[1].owner, ben);
    assert_text(agenda.point[2].why, "less than an hour overdue, nobody owns it");
}

static void an_open_action_waits_for_its_owner(void **state)
{
    struct test_house *test = *state;
    stamp now = test->call.now;
    rid ben = person(test, "Ben");
    action(test, "some day", ben, 0);
    action(test, "tomorrow", ben, now + STAMP_DAY);
    struct row late = action(test, "yesterday", ben, now - STAMP_DAY);
    set(test, &late, ACTION_FIRST_STEP, value_choice("look"));
    action(test, "of somebody else", test->call.actor.person, 0);
    struct needs needs = needs_of(test, ben);
    assert_int_equal(needs.count, 3);
    assert_text(needs.need[0].title, "yesterday");
    assert_text(needs.need[0].why, "you own it; first step: look");
    assert_true(needs.need[0].is_late && !needs.need[1].is_late);
    assert_int_equal(needs.need[1].due, now + STAMP_DAY);
    assert_text(needs.need[2].why, "you own it");
    set(test, &late, ACTION_STATE, value_choice("done"));
    assert_int_equal(needs_of(test, ben).count, 2);
}

static void what_belongs_to_somebody_who_left_is_told_to_owners_alone(void **state)
{
    struct test_house *test = *state;
    rid ada = test->call.actor.person, ana = person(test, "Ana"), ben = person(test, "Ben");
    struct row row = action(test, "ring the bank", ana, 0);
    assert_int_equal(needs_of(test, ada).count, 0);
    assert_done(&test->call, ledger_archive(&test->call, &person_record, ana));
    struct needs needs = needs_of(test, ada);
    assert_int_equal(needs.count, 1);
    assert_text(needs.need[0].why, "ACT-1 belongs to Ana, who left: give it to somebody");
    assert_int_equal(needs_of(test, ben).count, 0);
    set(test, &row, ACTION_OWNER, value_ref(ben));
    assert_int_equal(needs_of(test, ada).count, 0);
    assert_int_equal(needs_of(test, ben).count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(overdue_ones_come_with_owner_and_age_the_oldest_first),
        WITH_HOUSE(an_open_action_waits_for_its_owner),
        WITH_HOUSE(what_belongs_to_somebody_who_left_is_told_to_owners_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Notes and their balance in the real house, on whichever store it stands. */
#include "rooms/day/day.h"

#include "rooms/actions/actions.h"
#include "rooms/day/day_balance.h"
#include "rooms/day/day_draft.h"
#include "rooms/day/note_turn.h"
#include "support/close.h"
#include "support/house.h"

static struct row write_note(struct test_house *test, const char *body)
{
    struct row note;
    assert_done(&test->call, row_init(&test->call, &note_record, &note));
    note.value[NOTE_BODY] = value_choice(body);
    assert_done(&test->call, ledger_create(&test->call, &note));
    return note;
}

static void a_note_turns_and_turns_back_as_one_change(void **state)
{
    struct test_house *test = *state;
    struct row note = write_note(test, "Fix the prompt due:2026-12-01"), made;
    struct note_turn turn = { .into = TEXT("action") };
    assert_done(&test->call, note_turn(&test->call, &note, &turn, &made));
    assert_true(made.record == &action_record);
    assert_int_equal(test_count(test, "notes WHERE state = 'done'"), 1);
    assert_int_equal(test_count(test, "links"), 1);
    assert_done(&test->call, ledger_undo(&test->call, change_id(&test->call)));
    assert_int_equal(test_count(test, "notes WHERE state = 'open'"), 1);
    assert_int_equal(test_count(test, "actions WHERE archived = 0"), 0);
}

static void the_balance_counts_what_was_made_in_the_week(void **state)
{
    struct test_house *test = *state;
    struct day_balance balance;
    write_note(test, "prompt");
    write_note(test, "audit");
    write_note(test, "milk");
    assert_done(&test->call, day_balance_read(&test->call, test->call.actor.person, NULL,
                                              NEGLECTED_DAYS_DEFAULT, &balance));
    assert_close(balance.of_week.count[1], 1, 0);
    assert_close(balance.of_day.count[3], 1, 0);
    assert_int_equal(balance.of_week.unsorted, 1);
}

static void a_standup_is_drafted_and_written_once(void **state)
{
    struct test_house *test = *state;
    struct standup_draft draft;
    rid id;
    assert_done(&test->call, standup_draft_read(&test->call, &draft));
    assert_int_equal(draft.standup, 0);
    assert_done(&test->call, standup_draft_store(&test->call, &draft, &id));
    assert_false(standup_draft_store(&test->call, &draft, &id));
    assert_refused(&test->call, FAIL_CONFLICT, "already a standup");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(a_note_turns_and_turns_back_as_one_change),
        WITH_HOUSE(the_balance_counts_what_was_made_in_the_week),
        WITH_HOUSE(a_standup_is_drafted_and_written_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

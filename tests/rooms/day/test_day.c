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

/* Notes over ten weeks, none of People, Business in the first weeks alone. */
static void write_history(struct test_house *test)
{
    static const char *const bodies[] = { "prompt", "audit", "milk", "schema prompt #it", "eval" };
    stamp now = test->call.now;
    for (int day = 70; day > 0; day--) {
        test->call.now = now - day * STAMP_DAY;
        write_note(test, day > 40 && day % 3 == 0 ? "ship it #business" : bodies[day * day % 5]);
    }
    test->call.now = now;
    struct row other = write_note(test, "Ask the team #people");
    assert_done(&test->call, ledger_archive(&test->call, &note_record, other.id));
}

/* The same by looking at every note. */
static void assert_balance_of_all(struct test_house *test, const struct day_balance *balance)
{
    struct query query;
    struct rows rows;
    double of_week[DIMENSIONS] = { 0 };
    stamp last[DIMENSIONS] = { 0 };
    int64_t unsorted = 0;
    query_init(&query, &note_record);
    assert_done(&test->call, find_rows(&test->call, &query, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.row[i];
        int64_t day = row->created / STAMP_DAY - week_monday_days(balance->week);
        bool is_of_week = day >= 0 && day < 7;
        unsorted += is_of_week && row->dimensions == 0;
        for (int bit = 0; bit < DIMENSIONS; bit++) {
            bool has = row->dimensions >> bit & 1;
            of_week[bit] += has && is_of_week;
            if (has && row->created > last[bit])
                last[bit] = row->created;
        }
    }
    assert_int_equal(balance->of_week.unsorted, unsorted);
    for (int bit = 0; bit < DIMENSIONS; bit++) {
        assert_close(balance->of_week.count[bit], of_week[bit], 0);
        assert_int_equal(balance->last[bit], last[bit]);
    }
}

static void the_balance_of_any_week_is_that_of_all_rows(void **state)
{
    struct test_house *test = *state;
    struct day_balance balance;
    iso_week now;
    write_history(test);
    assert_done(&test->call, week_of_stamp(&test->call, TEXT("UTC"), test->call.now, &now));
    for (int back = -1; back <= 11; back++) {
        iso_week week = now - back;
        assert_done(&test->call, day_balance_read(&test->call, test->call.actor.person, &week,
                                                  NEGLECTED_DAYS_DEFAULT, &balance));
        assert_balance_of_all(test, &balance);
    }
    assert_true(balance.last[3] > 0); /* governance, newer than the week that was asked for */
    assert_int_equal(balance.last[5], 0); /* people: dropped, so there never was one */
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
        WITH_HOUSE(the_balance_of_any_week_is_that_of_all_rows),
        WITH_HOUSE(a_standup_is_drafted_and_written_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What starting an experiment needs, and whom it waits for. */
#include "rooms/experiments/experiments.h"

#include "ledger/state.h"
#include "offers/agenda.h"
#include "offers/needs.h"
#include "support/house.h"

static struct row experiment(struct test_house *test)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &experiment_record, &row));
    row.value[EXPERIMENT_TITLE] = value_choice("shorter prompt");
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row;
}

static bool set(struct test_house *test, struct row *row, int field, struct value value)
{
    struct row after;
    assert_done(&test->call, row_copy(&test->call, row, &after));
    after.value[field] = value;
    if (!ledger_update(&test->call, row, &after))
        return false;
    *row = after;
    return true;
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

static void fill(struct test_house *test, struct row *row)
{
    assert_done(&test->call, set(test, row, EXPERIMENT_HYPOTHESIS,
                                 value_choice("half the prompt answers as well")));
    assert_done(&test->call,
                set(test, row, EXPERIMENT_PRIMARY_METRIC, value_choice("pass rate")));
    assert_done(&test->call,
                set(test, row, EXPERIMENT_OWNER, value_ref(test->call.actor.person)));
}

static void a_start_names_all_that_is_missing(void **state)
{
    struct test_house *test = *state;
    struct row row = experiment(test);
    assert_false(move(test, &row, "start"));
    assert_int_equal(test->call.fail.missing_count, 3);
    assert_refused(&test->call, FAIL_INVALID,
                   "'hypothesis', 'primary_metric' and 'owner' are needed to start an experiment");
    assert_done(&test->call, set(test, &row, EXPERIMENT_PRIMARY_METRIC, value_choice("rate")));
    assert_false(move(test, &row, "start"));
    assert_refused(&test->call, FAIL_INVALID, "'hypothesis' and 'owner' are needed");
    fill(test, &row);
    assert_done(&test->call, move(test, &row, "start"));
    assert_false(move(test, &row, "start"));
    assert_refused(&test->call, FAIL_CONFLICT, "which is running");
}

static void a_hypothesis_is_one_line_and_stays_once_started(void **state)
{
    struct test_house *test = *state;
    struct row row = experiment(test);
    assert_false(set(test, &row, EXPERIMENT_HYPOTHESIS, value_choice("one\nand another")));
    assert_refused(&test->call, FAIL_INVALID, "one line");
    fill(test, &row);
    assert_done(&test->call, move(test, &row, "start"));
    assert_false(set(test, &row, EXPERIMENT_HYPOTHESIS, VALUE_NONE));
    assert_refused(&test->call, FAIL_INVALID, "keeps its 'hypothesis'");
}

static void it_waits_for_its_owner_until_it_is_decided(void **state)
{
    struct test_house *test = *state;
    rid ada = test->call.actor.person;
    static const struct {
        const char *verb, *why;
    } step[] = {
        { "start", "you own it: start it, or abandon it" },
        { "stop", "you own it, and it is running" },
        { "decide", "you own it, and it was stopped: decide it" },
    };
    struct needs needs;
    struct row row = experiment(test);
    fill(test, &row);
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        assert_done(&test->call, needs_collect(&test->call, ada, &needs));
        assert_int_equal(needs.count, 1);
        assert_text(needs.need[0].why, step[i].why);
        assert_done(&test->call, move(test, &row, step[i].verb));
    }
    assert_done(&test->call, needs_collect(&test->call, ada, &needs));
    assert_int_equal(needs.count, 0);
}

static void the_planned_ones_are_on_the_agenda(void **state)
{
    struct test_house *test = *state;
    const struct agenda_ask ask = { .team = 0 };
    const text name = TEXT("experiments.planned");
    struct agenda agenda = { .point = NULL };
    struct row row = experiment(test);
    fill(test, &row);
    assert_done(&test->call, agenda_compile(&test->call, &ask, &name, 1, &agenda));
    assert_int_equal(agenda.count, 1);
    assert_text(agenda.point[0].why, "half the prompt answers as well");
    assert_int_equal(agenda.point[0].owner, test->call.actor.person);
    assert_done(&test->call, move(test, &row, "abandon"));
    agenda.count = 0;
    assert_done(&test->call, agenda_compile(&test->call, &ask, &name, 1, &agenda));
    assert_int_equal(agenda.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(a_start_names_all_that_is_missing),
        WITH_HOUSE(a_hypothesis_is_one_line_and_stays_once_started),
        WITH_HOUSE(it_waits_for_its_owner_until_it_is_decided),
        WITH_HOUSE(the_planned_ones_are_on_the_agenda),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What is made early: for whom, when, and that nobody waits for it or hears of what failed. */
#include "app/early_maker.h"

#include "app/rooms.h"
#include "offers/early.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"
#include "store/sql.h"
#include "support/house.h"

enum { MADE_MAX = 16 };
static rid made_for[MADE_MAX];
static _Atomic int made;
static bool is_failing;

static bool make_note(struct call *call)
{
    assert_true(made < MADE_MAX);
    assert_int_equal(call->actor.scopes, SCOPE_READ);
    made_for[made++] = call->actor.person;
    return !is_failing || fail(call, FAIL_STORE, "nothing works");
}

static const struct early noting[] = { { "a note", make_note }, { 0 } };
static const struct room early_room = { .name = "early", .early = noting };
static const struct room silent_room = { .name = "silent" };
static const struct room *const two_rooms[] = { &silent_room, &early_room, NULL };

static bool set_clock(struct call *call)
{
    call->now = TEST_NOW;
    return true;
}

static struct early_maker maker_on(const struct test_house *house, const struct room *const *list)
{
    made = 0;
    is_failing = false;
    return (struct early_maker){ .rooms = list,
                                 .store = house->store,
                                 .call_memory = CALL_MEMORY_DEFAULT,
                                 .set_clock = set_clock };
}

static rid make_person(struct test_house *house, const char *name)
{
    struct row row;
    test_house_renew(house);
    assert_done(&house->call, row_init(&house->call, &person_record, &row));
    row.value[PERSON_NAME] = value_text(text_of(name));
    assert_done(&house->call, ledger_create(&house->call, &row));
    return row.id;
}

static void it_is_made_once_for_each_moment_of_the_store(void **state)
{
    struct test_house *house = *state;
    struct early_maker maker = maker_on(house, two_rooms);
    early_maker_init(&maker);
    early_maker_note(&maker, house->call.actor.person);
    assert_true(early_maker_round(&maker));
    assert_int_equal(made, 1);
    assert_int_equal(made_for[0], house->call.actor.person);
    assert_false(early_maker_round(&maker));
    make_person(house, "Ben");
    assert_true(early_maker_round(&maker));
    store_moved(house->store); /* another process wrote */
    assert_true(early_maker_round(&maker));
    assert_int_equal(made, 3);
    early_maker_end(&maker);
}

static void the_last_four_readers_have_it_made(void **state)
{
    struct test_house *house = *state;
    struct early_maker maker = maker_on(house, two_rooms);
    rid person[EARLY_READERS + 1];
    early_maker_init(&maker);
    early_maker_note(&maker, 0); /* nobody */
    for (int i = 0; i <= EARLY_READERS; i++) {
        person[i] = make_person(house, (const char *[]){ "A", "B", "C", "D", "E" }[i]);
        early_maker_note(&maker, person[i]);
    }
    early_maker_note(&maker, person[2]); /* who comes again is not there twice */
    early_maker_round(&maker);
    assert_int_equal(made, EARLY_READERS);
    assert_int_equal(made_for[0], person[2]);
    assert_int_equal(made_for[1], person[4]);
    assert_int_equal(made_for[2], person[3]);
    assert_int_equal(made_for[3], person[1]);
    early_maker_end(&maker);
}

static void what_fails_stops_nobody(void **state)
{
    struct test_house *house = *state;
    struct early_maker maker = maker_on(house, two_rooms);
    rid gone = make_person(house, "Gone"), here = make_person(house, "Here");
    test_house_renew(house);
    assert_done(&house->call, ledger_archive(&house->call, &person_record, gone));
    early_maker_init(&maker);
    early_maker_note(&maker, house->call.actor.person);
    early_maker_note(&maker, here);
    early_maker_note(&maker, gone);
    is_failing = true;
    assert_true(early_maker_round(&maker));
    assert_int_equal(made, 2); /* not for whom there is no more */
    early_maker_end(&maker);
}

static void its_thread_begins_at_once_and_wakes_with_news(void **state)
{
    struct test_house *house = *state;
    struct early_maker maker = maker_on(house, two_rooms);
    early_maker_init(&maker);
    early_maker_note(&maker, house->call.actor.person);
    assert_done(&house->call, early_maker_start(&house->call, &maker));
    while (made < 1)
        sched_yield();
    make_person(house, "Ben");
    early_maker_wake(&maker);
    while (made < 2)
        sched_yield();
    early_maker_stop(&maker);
    early_maker_end(&maker);
    assert_int_equal(made, 2);
}

/* Behind the ledger's back, so that only what was made before can still tell of the runs. */
static void forget_runs(struct test_house *house)
{
    struct call *call = &house->call;
    assert_done(call, store_begin(call));
    struct sql *sql = SQL(call, "UPDATE eval_runs SET archived = 1");
    assert_done(call, sql != NULL && sql_run(call, sql) && store_commit(call));
}

static void the_latest_review_is_there_before_it_is_asked_for(void **state)
{
    struct test_house *house = *state;
    struct early_maker maker = maker_on(house, rooms);
    struct review unnamed, named, refused;
    struct review_options options = { .weeks = REVIEW_WEEKS_DEFAULT };
    test_import(house, "a.jsonl",
                "{\"suite\":\"s\",\"surface\":\"s\",\"run\":\"r\",\"started_at\":\"2026-11-16\","
                "\"case\":\"c\",\"pass\":true}\n",
                NULL);
    early_maker_init(&maker);
    early_maker_note(&maker, house->call.actor.person);
    early_maker_round(&maker);
    early_maker_end(&maker);
    forget_runs(house);
    test_house_renew(house);
    assert_done(&house->call, evals_review(&house->call, &options, &unnamed));
    options.has_week = true;
    options.week = unnamed.week;
    assert_done(&house->call, evals_review(&house->call, &options, &named));
    assert_int_equal(named.surface_count, 1);
    assert_ptr_equal(named.surface, unnamed.surface); /* a week's review is one, named or not */
    options.weeks--;
    assert_false(evals_review(&house->call, &options, &refused)); /* nobody had made this one */
    fail_clear(&house->call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(it_is_made_once_for_each_moment_of_the_store),
        WITH_HOUSE(the_last_four_readers_have_it_made),
        WITH_HOUSE(what_fails_stops_nobody),
        WITH_HOUSE(its_thread_begins_at_once_and_wakes_with_news),
        WITH_HOUSE(the_latest_review_is_there_before_it_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The watch: when it wakes, and when it does not. */
#include "app/event_watch.h"

#include "rooms/evals/evals.h"
#include "support/house.h"

static int wakes;

static void count_wake(void *of)
{
    assert_ptr_equal(of, &wakes);
    wakes++;
}

static struct event_watch watch_on(const struct test_house *house)
{
    wakes = 0;
    return (struct event_watch){ .store = house->store, .wake = count_wake, .of = &wakes };
}

static void make_suite(struct test_house *house, const char *name)
{
    struct row row;
    test_house_renew(house);
    assert_done(&house->call, row_init(&house->call, &suite_record, &row));
    row.value[SUITE_NAME] = value_text(text_of(name));
    assert_done(&house->call, ledger_create(&house->call, &row));
}

static void it_wakes_once_for_what_is_new(void **state)
{
    struct test_house *house = *state;
    struct event_watch watch = watch_on(house);
    event_watch_look(&watch);
    assert_int_equal(wakes, 1);
    event_watch_look(&watch);
    assert_int_equal(wakes, 1);
    make_suite(house, "one");
    make_suite(house, "two");
    event_watch_look(&watch);
    assert_int_equal(wakes, 2);
    event_watch_look(&watch);
    assert_int_equal(wakes, 2);
}

static void it_wakes_when_nothing_was_new_for_long(void **state)
{
    struct test_house *house = *state;
    struct event_watch watch = watch_on(house);
    event_watch_look(&watch);
    watch.woken_us -= 6 * 1000000;
    event_watch_look(&watch);
    assert_int_equal(wakes, 2);
    event_watch_look(&watch);
    assert_int_equal(wakes, 2);
}

static void it_tells_the_store_of_what_is_new(void **state)
{
    struct test_house *house = *state;
    struct event_watch watch = watch_on(house);
    event_watch_look(&watch);
    uint64_t moment = store_moment(house->store);
    event_watch_look(&watch);
    assert_int_equal(store_moment(house->store), moment);
    watch.seen.line--; /* as after a line of another process */
    event_watch_look(&watch);
    assert_true(store_moment(house->store) > moment);
}

static void its_thread_ends_when_it_is_told_to(void **state)
{
    struct test_house *house = *state;
    struct event_watch watch = watch_on(house);
    assert_done(&house->call, event_watch_start(&house->call, &watch));
    event_watch_stop(&watch);
    assert_true(watch.is_stopping);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(it_wakes_once_for_what_is_new),
        WITH_HOUSE(it_wakes_when_nothing_was_new_for_long),
        WITH_HOUSE(it_tells_the_store_of_what_is_new),
        WITH_HOUSE(its_thread_ends_when_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

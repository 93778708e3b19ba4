/* Several threads for one call: each thing is done once, and all that is made is the call's. */
#include "ledger/parallel.h"

#include "ledger/change.h"
#include "store/sources.h"
#include "support/test_store.h"

#include <sched.h>
#include <unistd.h>

enum { ITEMS = 200, GADGETS = 3 };

struct counting {
    _Atomic int done[ITEMS];
    int64_t found[ITEMS];
    text words[ITEMS];
    _Atomic size_t by_hand[PARALLEL_HANDS_MAX];
    size_t fails_at; /* ITEMS: none */
};

static bool count_gadgets(struct call *call, void *of, size_t item, size_t hand)
{
    struct counting *counting = of;
    struct query query;
    counting->done[item]++;
    counting->by_hand[hand]++;
    if (item == counting->fails_at)
        return fail(call, FAIL_INVALID, "item %zu is refused", item);
    query_init(&query, &gadget_record);
    counting->words[item] = call_format(call, "item %zu", item);
    return counting->words[item].at && find_count(call, &query, &counting->found[item]);
}

static void make_gadgets(const struct test_store *at)
{
    struct call call;
    test_call_as(&call, at, ADA);
    for (int i = 0; i < GADGETS; i++)
        test_make(&call, &gadget_record, i ? i > 1 ? "lamp" : "fan" : "bell", 0);
    test_call_end(&call);
}

static void assert_all_done(const struct counting *counting)
{
    for (size_t i = 0; i < ITEMS; i++) {
        char words[24];
        snprintf(words, sizeof words, "item %zu", i);
        assert_int_equal(counting->done[i], 1);
        assert_int_equal(counting->found[i], GADGETS);
        assert_true(text_is(counting->words[i], words));
    }
}

static void each_item_is_done_once_and_stays(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct sources sources = { .count = 0 };
    make_gadgets(at);
    test_call_as(&call, at, ADA);
    call.sources = &sources;
    for (int round = 0; round < 5; round++) {
        struct counting counting = { .fails_at = ITEMS };
        assert_done(&call, parallel_each(&call, ITEMS, count_gadgets, &counting));
        assert_all_done(&counting);
    }
    assert_true(sources_have(&sources, TEXT("gadget")));
    test_call_end(&call);
}

enum { WAIT_MS = 10000 };

/* The asking thread does nothing more until somebody else has done something. */
static bool wait_for_help(struct call *call, void *of, size_t item, size_t hand)
{
    struct counting *counting = of;
    (void)call;
    counting->done[item]++;
    counting->by_hand[hand]++;
    for (int waited = 0; hand == 0 && !counting->by_hand[1] && waited < WAIT_MS; waited++)
        usleep(1000);
    return true;
}

static void another_processor_helps(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct counting counting = { .fails_at = ITEMS };
    cpu_set_t processors;
    assert_int_equal(sched_getaffinity(0, sizeof processors, &processors), 0);
    test_call_as(&call, at, ADA);
    if (CPU_COUNT(&processors) > 1) {
        assert_done(&call, parallel_each(&call, ITEMS, wait_for_help, &counting));
        assert_true(counting.by_hand[1] > 0);
    } else {
        assert_done(&call, parallel_each(&call, ITEMS, count_gadgets, &counting));
        assert_int_equal(counting.by_hand[0], ITEMS);
    }
    test_call_end(&call);
}

static void few_items_are_done_by_the_asking_call(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct counting counting = { .fails_at = ITEMS };
    test_call_as(&call, at, ADA);
    assert_done(&call, parallel_each(&call, 3, count_gadgets, &counting));
    assert_int_equal(counting.by_hand[0], 3);
    assert_done(&call, parallel_each(&call, 0, count_gadgets, &counting));
    test_call_end(&call);
}

/* The asking call goes on seeing its moment, and so does all that is done for it. */
static void a_change_meanwhile_is_not_seen(void **state)
{
    struct test_store *at = *state;
    struct call call, other;
    struct query query;
    int64_t before;
    struct counting counting = { .fails_at = ITEMS };
    make_gadgets(at);
    test_call_as(&call, at, ADA);
    query_init(&query, &gadget_record);
    assert_done(&call, find_count(&call, &query, &before));
    test_call_as(&other, at, ADA);
    test_make(&other, &gadget_record, "horn", 0);
    test_call_end(&other);
    assert_done(&call, parallel_each(&call, ITEMS, count_gadgets, &counting));
    assert_int_equal(counting.by_hand[0], ITEMS);
    assert_all_done(&counting);
    test_call_end(&call);
}

static void within_a_change_nobody_else_helps(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct counting counting = { .fails_at = ITEMS };
    test_call_as(&call, at, ADA);
    assert_done(&call, change_open(&call, TEXT("make gadgets")));
    for (int i = 0; i < GADGETS; i++) {
        struct row row = test_row(&call, &gadget_record, i ? i > 1 ? "lamp" : "fan" : "bell", 0);
        assert_done(&call, ledger_create(&call, &row));
    }
    assert_done(&call, parallel_each(&call, ITEMS, count_gadgets, &counting));
    assert_int_equal(counting.by_hand[0], ITEMS);
    assert_all_done(&counting);
    assert_done(&call, change_commit(&call));
    test_call_end(&call);
}

static void one_that_fails_fails_the_call(void **state)
{
    struct test_store *at = *state;
    for (size_t item = 0; item < ITEMS; item += 37) {
        struct call call;
        struct counting counting = { .fails_at = item };
        char sentence[40];
        test_call_as(&call, at, ADA);
        assert_false(parallel_each(&call, ITEMS, count_gadgets, &counting));
        snprintf(sentence, sizeof sentence, "item %zu is refused", item);
        assert_string_equal(call.fail.sentence, sentence);
        test_call_end(&call);
    }
}

static bool take_much(struct call *call, void *of, size_t item, size_t hand)
{
    (void)of;
    (void)item;
    (void)hand;
    return call_take(call, 1024 * 1024) != NULL;
}

/* Whoever takes it, it is the asking call's. */
static void all_together_have_the_memory_of_one_call(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    call.arena.limit = call.arena.used + (size_t)ITEMS / 2 * 1024 * 1024;
    assert_false(parallel_each(&call, ITEMS, take_much, NULL));
    assert_int_equal(call.fail.kind, FAIL_TOO_LARGE);
    test_call_end(&call);
}

/* Who may read less asks for less, on whichever thread. */
static bool count_plans(struct call *call, void *of, size_t item, size_t hand)
{
    int64_t *found = of;
    struct query query;
    (void)hand;
    query_init(&query, &plan_item_record);
    return find_count(call, &query, &found[item]);
}

static void every_thread_reads_as_the_actor(void **state)
{
    struct test_store *at = *state;
    static const struct {
        enum test_actor who;
        int64_t sees;
    } readers[] = { { ADA, 1 }, { BEN, 0 } };
    struct call call;
    test_call_as(&call, at, ADA);
    test_make(&call, &plan_item_record, "ship it", at->red);
    test_call_end(&call);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        int64_t found[ITEMS];
        test_call_as(&call, at, readers[i].who);
        assert_done(&call, parallel_each(&call, ITEMS, count_plans, found));
        for (size_t item = 0; item < ITEMS; item++)
            assert_int_equal(found[item], readers[i].sees);
        test_call_end(&call);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(each_item_is_done_once_and_stays),
        WITH_STORE(another_processor_helps),
        WITH_STORE(few_items_are_done_by_the_asking_call),
        WITH_STORE(a_change_meanwhile_is_not_seen),
        WITH_STORE(within_a_change_nobody_else_helps),
        WITH_STORE(one_that_fails_fails_the_call),
        WITH_STORE(all_together_have_the_memory_of_one_call),
        WITH_STORE(every_thread_reads_as_the_actor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

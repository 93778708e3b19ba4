/* See parallel.h. The next item goes to whoever is free; the threads live for one parallel_each. */
#include "ledger/parallel.h"

#include "base/thread.h"
#include "ledger/audit.h"
#include "store/sources.h"
#include "store/store.h"

/* A thread begins with a connection, which reads the whole schema: fewer items are done sooner. */
enum { HAND_ITEMS_MIN = 16 };

struct work {
    bool (*one)(struct call *call, void *of, size_t item, size_t hand);
    void *of;
    size_t count;
    rid moment; /* the newest line of the audit: another one is another moment of the store */
    _Atomic size_t next;
    _Atomic bool is_stopped;
};

struct hand {
    struct work *work;
    const struct call *asking;
    struct call call;
    struct sources sources;
    size_t number;
    pthread_t thread;
};

static void do_items(struct work *work, struct call *call, size_t hand)
{
    size_t item;
    while (!work->is_stopped && (item = work->next++) < work->count)
        if (!work->one(call, work->of, item, hand))
            work->is_stopped = true;
}

/* Where the thread has no part in the work, for whatever reason, the others do it. */
static void *hand_work(void *of)
{
    struct hand *hand = of;
    struct call *call = &hand->call;
    rid moment;
    if (store_attach_beside(call, hand->asking) && audit_last(call, &moment) &&
        moment == hand->work->moment)
        do_items(hand->work, call, hand->number);
    else
        fail_clear(call);
    store_leave(call);
    return NULL;
}

static bool hand_start(struct hand *hand, struct work *work, const struct call *asking,
                       size_t number, const cpu_set_t *processors)
{
    *hand = (struct hand){ .work = work, .asking = asking, .number = number };
    call_init(&hand->call, asking->arena.limit - asking->arena.used);
    arena_expect_much(&hand->call.arena);
    hand->call.now = asking->now;
    hand->call.door = asking->door;
    hand->call.actor = asking->actor;
    hand->call.all_rows = asking->all_rows;
    if (asking->sources)
        hand->call.sources = &hand->sources;
    return thread_start_on(processors, hand_work, hand, &hand->thread);
}

/* What was made goes on living, also where something failed: nobody knows which part is used. */
static void hand_end(struct hand *hand, struct call *asking)
{
    pthread_join(hand->thread, NULL);
    sources_note_made(asking, &hand->sources);
    if (asking->fail.kind == FAIL_NONE)
        asking->fail = hand->call.fail;
    arena_adopt(&asking->arena, &hand->call.arena);
    call_release(&hand->call);
}

/*
 * How many threads besides the asking one, and where they may run. Within a change only its own
 * connection sees it.
 */
static size_t hands_beside(const struct call *call, size_t count, cpu_set_t *processors)
{
    size_t most = count / HAND_ITEMS_MIN;
    if (most < 2 || store_in_transaction(call))
        return 0;
    size_t others = thread_others(processors);
    most = (most < PARALLEL_HANDS_MAX ? most : PARALLEL_HANDS_MAX) - 1;
    return most < others ? most : others;
}

bool parallel_each(struct call *call, size_t count,
                   bool (*one)(struct call *call, void *of, size_t item, size_t hand), void *of)
{
    struct work work = { .one = one, .of = of, .count = count };
    struct hand hand[PARALLEL_HANDS_MAX - 1];
    cpu_set_t processors;
    size_t beside = hands_beside(call, count, &processors), started = 0;
    if (beside && !audit_last(call, &work.moment))
        return false;
    while (started < beside && hand_start(&hand[started], &work, call, started + 1, &processors))
        started++;
    do_items(&work, call, 0);
    for (size_t i = 0; i < started; i++)
        hand_end(&hand[i], call);
    if (call->fail.kind == FAIL_NONE && !arena_has_room(&call->arena, 0))
        return call_take(call, 1) != NULL; /* together they took more than one call may have */
    return call->fail.kind == FAIL_NONE;
}

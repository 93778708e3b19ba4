/*
 * Has the rooms make early what is asked for often (offers/early.h): a thread that wakes with news,
 * waits until there is no more for a moment, and makes it for those who were here last. It takes a
 * tenth of a processor's time at most.
 */
#ifndef RONDO_EARLY_MAKER_H
#define RONDO_EARLY_MAKER_H

#include "app/house.h"
#include "catalog/row.h"

#include <pthread.h>

enum { EARLY_READERS = 4 };

/* Set by the owner before early_maker_init; the rest is the maker's own. */
struct early_maker {
    const struct room *const *rooms; /* ended by NULL */
    struct store *store;
    size_t call_memory;
    /* Sets the clock of a call; NULL: the machine's. */
    bool (*set_clock)(struct call *call);

    rid reader[EARLY_READERS];  /* who was here last stands first; 0: nobody. Guarded by the lock */
    bool is_woken, is_stopping; /* likewise */
    uint64_t moment;            /* of the store, when all was made */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/*
 * Life cycle: init, [start, stop], end; noting and waking at any time between init and end. The
 * first round begins with the start, which is false when the machine has no more threads.
 */
void early_maker_init(struct early_maker *maker);
bool early_maker_start(struct call *call, struct early_maker *maker);
void early_maker_stop(struct early_maker *maker);
void early_maker_end(struct early_maker *maker);

/* Somebody is here. From any thread. */
void early_maker_note(struct early_maker *maker, rid person);

/* There may be news. From any thread. */
void early_maker_wake(struct early_maker *maker);

/* One round, as the thread does it. False: the store is as it was at the last one. */
bool early_maker_round(struct early_maker *maker);

#endif

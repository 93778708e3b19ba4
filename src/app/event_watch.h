/*
 * Looks for news in the store, whichever process wrote it, tells the store that it has moved, and
 * wakes the streams that tell of it.
 * What is told to whom is in offers/events.h.
 */
#ifndef RONDO_EVENT_WATCH_H
#define RONDO_EVENT_WATCH_H

#include "offers/events.h"
#include "store/store.h"

#include <pthread.h>

/* Set by the owner before the start; the rest is the watch's own. */
struct event_watch {
    struct store *store;
    void (*wake)(void *of); /* from the watch's thread */
    void *of;

    bool is_stopping; /* guarded by the lock */
    struct event_mark seen;
    int64_t woken_us;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stopped;
};

/* False: the machine has no more threads. */
bool event_watch_start(struct call *call, struct event_watch *watch);
void event_watch_stop(struct event_watch *watch);

/* One look, as the thread does it. */
void event_watch_look(struct event_watch *watch);

#endif

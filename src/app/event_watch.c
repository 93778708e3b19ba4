/* See event_watch.h. */
#include "app/event_watch.h"

#include "base/stamp.h"

#include <time.h>

/* Streams are also woken when nothing happens: they show that they are alive, and who may listen.
 */
enum { LOOK_MS = 100, WAKE_US = 5 * 1000000 };

/* A store in trouble has no news; the next look comes soon. */
static bool read_now(struct event_watch *watch, struct event_mark *now)
{
    struct call call;
    call_init(&call, CALL_MEMORY_DEFAULT);
    bool done = store_attach(&call, watch->store) && events_now(&call, now);
    store_leave(&call);
    call_release(&call);
    return done;
}

void event_watch_look(struct event_watch *watch)
{
    struct event_mark now = watch->seen;
    int64_t ticks = stamp_ticks();
    bool is_read = read_now(watch, &now);
    bool is_news = is_read && (now.line != watch->seen.line || now.job != watch->seen.job);
    if (!is_news && ticks - watch->woken_us < WAKE_US)
        return;
    if (is_news)
        store_moved(watch->store); /* another process may have written it */
    watch->seen = now;
    watch->woken_us = ticks;
    watch->wake(watch->of);
}

/* False: the watch stops. */
static bool wait_for_next(struct event_watch *watch)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LOOK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&watch->lock);
    if (!watch->is_stopping)
        pthread_cond_timedwait(&watch->stopped, &watch->lock, &until);
    bool goes_on = !watch->is_stopping;
    pthread_mutex_unlock(&watch->lock);
    return goes_on;
}

static void *watch_loop(void *of)
{
    struct event_watch *watch = of;
    while (wait_for_next(watch))
        event_watch_look(watch);
    return NULL;
}

bool event_watch_start(struct call *call, struct event_watch *watch)
{
    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->stopped, NULL);
    return pthread_create(&watch->thread, NULL, watch_loop, watch) == 0 ||
           fail(call, FAIL_STORE,
                "cannot start the thread that looks for news: allow more threads");
}

void event_watch_stop(struct event_watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->is_stopping = true;
    pthread_cond_broadcast(&watch->stopped);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->stopped);
    pthread_mutex_destroy(&watch->lock);
}

/* See early_maker.h. */
#include "app/early_maker.h"

#include "base/stamp.h"
#include "offers/early.h"
#include "rooms/people/people.h"
#include "store/store.h"

#include <errno.h>
#include <string.h>
#include <time.h>

enum {
    QUIET_MS = 200, /* without news, before a round: an import brings many */
    REST = 9,       /* times as long as the round took */
};

void early_maker_note(struct early_maker *maker, rid person)
{
    size_t place = 0;
    if (person == 0)
        return;
    pthread_mutex_lock(&maker->lock);
    while (place < EARLY_READERS - 1 && maker->reader[place] != person)
        place++;
    memmove(&maker->reader[1], &maker->reader[0], place * sizeof maker->reader[0]);
    maker->reader[0] = person;
    pthread_mutex_unlock(&maker->lock);
}

void early_maker_wake(struct early_maker *maker)
{
    pthread_mutex_lock(&maker->lock);
    maker->is_woken = true;
    pthread_cond_broadcast(&maker->changed);
    pthread_mutex_unlock(&maker->lock);
}

/* --- a round --- */

static bool begin_call(const struct early_maker *maker, struct call *call, rid person)
{
    call_init(call, maker->call_memory);
    call->now = stamp_clock();
    call->door = DOOR_JOB;
    return store_attach(call, maker->store) && (!maker->set_clock || maker->set_clock(call)) &&
           people_act_for(call, person, SCOPE_READ);
}

static void end_call(struct call *call)
{
    store_leave(call);
    call_release(call);
}

/* Nobody waits for it, so nobody is told what failed: whoever asks will be. */
static void make_for(const struct early_maker *maker, rid person)
{
    for (const struct room *const *room = maker->rooms; *room; room++)
        for (const struct early *early = (*room)->early; early && early->name; early++) {
            struct call call;
            if (begin_call(maker, &call, person))
                early->make(&call);
            end_call(&call);
        }
}

bool early_maker_round(struct early_maker *maker)
{
    rid reader[EARLY_READERS];
    uint64_t moment = store_moment(maker->store);
    if (moment && moment == maker->moment)
        return false;
    pthread_mutex_lock(&maker->lock);
    memcpy(reader, maker->reader, sizeof reader);
    pthread_mutex_unlock(&maker->lock);
    for (size_t i = 0; i < EARLY_READERS && reader[i]; i++)
        make_for(maker, reader[i]);
    maker->moment = moment;
    return true;
}

/* --- the thread --- */

/* Under the lock; ends early when the maker stops. */
static void wait_us(struct early_maker *maker, int64_t us)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    us += until.tv_nsec / 1000;
    until.tv_sec += us / 1000000;
    until.tv_nsec = us % 1000000 * 1000;
    while (!maker->is_stopping &&
           pthread_cond_timedwait(&maker->changed, &maker->lock, &until) != ETIMEDOUT)
        continue;
}

/* Under the lock. */
static void wait_for_news(struct early_maker *maker)
{
    while (!maker->is_stopping && !maker->is_woken)
        pthread_cond_wait(&maker->changed, &maker->lock);
    while (!maker->is_stopping && maker->is_woken) {
        maker->is_woken = false;
        wait_us(maker, QUIET_MS * 1000);
    }
}

static void *maker_loop(void *of)
{
    struct early_maker *maker = of;
    pthread_mutex_lock(&maker->lock);
    while (!maker->is_stopping) {
        int64_t begun = stamp_ticks();
        pthread_mutex_unlock(&maker->lock);
        early_maker_round(maker);
        pthread_mutex_lock(&maker->lock);
        wait_us(maker, (stamp_ticks() - begun) * REST);
        wait_for_news(maker);
    }
    pthread_mutex_unlock(&maker->lock);
    return NULL;
}

void early_maker_init(struct early_maker *maker)
{
    pthread_mutex_init(&maker->lock, NULL);
    pthread_cond_init(&maker->changed, NULL);
}

bool early_maker_start(struct call *call, struct early_maker *maker)
{
    return pthread_create(&maker->thread, NULL, maker_loop, maker) == 0 ||
           fail(call, FAIL_STORE,
                "cannot start the thread that makes reviews early: allow more "
                "threads");
}

void early_maker_stop(struct early_maker *maker)
{
    pthread_mutex_lock(&maker->lock);
    maker->is_stopping = true;
    pthread_cond_broadcast(&maker->changed);
    pthread_mutex_unlock(&maker->lock);
    pthread_join(maker->thread, NULL);
}

void early_maker_end(struct early_maker *maker)
{
    pthread_cond_destroy(&maker->changed);
    pthread_mutex_destroy(&maker->lock);
}

/* See shelf.h. */
#include "store/shelf.h"

#include "store/session.h"

enum { PLACES = 8 };

/* Of all things together: a store that many ask different questions of stays within it. */
#define SHELF_BYTES_MAX ((size_t)512 * 1024 * 1024)

struct shelved {
    struct shelf_name name;
    rid person;
    bool all_rows;
    const void *what; /* NULL: the place is free */
    struct arena memory;
    unsigned holders; /* calls that have not left the store yet */
    uint64_t last_use;
};

struct shelf {
    pthread_mutex_t lock;
    struct shelved thing[PLACES];
    uint64_t uses;
};

bool shelf_is_there(const struct call *call)
{
    return !call->store->is_of_one_call;
}

static bool is_of(const struct shelved *thing, const struct call *call,
                  const struct shelf_name *name)
{
    return thing->what && thing->name.of == name->of && thing->name.moment == name->moment &&
           memcmp(&thing->name.how, &name->how, sizeof name->how) == 0 &&
           thing->person == call->actor.person && thing->all_rows == call->all_rows;
}

static void take_down(struct shelved *thing)
{
    arena_release(&thing->memory);
    *thing = (struct shelved){ .what = NULL };
}

/* A call holds each place once. */
static void hold(struct call *call, struct shelved *thing)
{
    unsigned place = 1u << (thing - call->store->shelf->thing);
    thing->holders += !(call->session->held & place);
    call->session->held |= place;
}

const void *shelf_find(struct call *call, const struct shelf_name *name)
{
    struct shelf *shelf = call->store->shelf;
    const void *what = NULL;
    pthread_mutex_lock(&shelf->lock);
    for (size_t i = 0; i < PLACES && !what; i++)
        if (is_of(&shelf->thing[i], call, name)) {
            hold(call, &shelf->thing[i]);
            shelf->thing[i].last_use = ++shelf->uses;
            what = shelf->thing[i].what;
        }
    pthread_mutex_unlock(&shelf->lock);
    return what;
}

/* What is of an earlier moment goes first, then what was asked for longest ago. */
static struct shelved *next_to_go(struct shelf *shelf, int64_t moment)
{
    struct shelved *next = NULL;
    for (size_t i = 0; i < PLACES; i++) {
        struct shelved *thing = &shelf->thing[i];
        if (thing->holders || !thing->what)
            continue;
        if (thing->name.moment < moment)
            return thing;
        if (!next || thing->last_use < next->last_use)
            next = thing;
    }
    return next;
}

static struct shelved *free_place(struct shelf *shelf)
{
    for (size_t i = 0; i < PLACES; i++)
        if (!shelf->thing[i].what)
            return &shelf->thing[i];
    return NULL;
}

static size_t bytes_of(const struct shelf *shelf)
{
    size_t bytes = 0;
    for (size_t i = 0; i < PLACES; i++)
        bytes += shelf->thing[i].memory.used;
    return bytes;
}

/* NULL: what is held leaves no room for `size` bytes. */
static struct shelved *make_room(struct shelf *shelf, size_t size, int64_t moment)
{
    while (size <= SHELF_BYTES_MAX) {
        struct shelved *next = next_to_go(shelf, moment), *place = free_place(shelf);
        bool has_room = place && bytes_of(shelf) + size <= SHELF_BYTES_MAX;
        if (has_room && !(next && next->name.moment < moment))
            return place;
        if (!next)
            return has_room ? place : NULL;
        take_down(next);
    }
    return NULL;
}

bool shelf_put(struct call *call, const struct shelf_name *name, const void *what,
               struct arena *memory)
{
    struct shelf *shelf = call->store->shelf;
    pthread_mutex_lock(&shelf->lock);
    struct shelved *place = make_room(shelf, memory->used, name->moment);
    if (place) {
        *place = (struct shelved){ .name = *name,
                                   .person = call->actor.person,
                                   .all_rows = call->all_rows,
                                   .what = what,
                                   .memory = *memory,
                                   .last_use = ++shelf->uses };
        hold(call, place);
        *memory = (struct arena){ .limit = memory->limit };
    }
    pthread_mutex_unlock(&shelf->lock);
    return place != NULL;
}

void shelf_let_go(struct shelf *shelf, unsigned held)
{
    pthread_mutex_lock(&shelf->lock);
    for (size_t i = 0; i < PLACES; i++)
        shelf->thing[i].holders -= held >> i & 1;
    pthread_mutex_unlock(&shelf->lock);
}

struct shelf *shelf_new(void)
{
    struct shelf *shelf = calloc(1, sizeof *shelf);
    if (shelf)
        pthread_mutex_init(&shelf->lock, NULL);
    return shelf;
}

void shelf_release(struct shelf *shelf)
{
    for (size_t i = 0; i < PLACES; i++)
        take_down(&shelf->thing[i]);
    pthread_mutex_destroy(&shelf->lock);
    free(shelf);
}

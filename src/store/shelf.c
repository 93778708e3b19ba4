/* See shelf.h. */
#include "store/shelf.h"

#include "store/session.h"

enum { PLACES = 16 };

/* Of all things together: a store that many ask different questions of stays within it. */
#define SHELF_BYTES_MAX ((size_t)512 * 1024 * 1024)

struct shelved {
    struct shelf_name name;
    int64_t until; /* the last moment that it is known to stand at */
    struct sources sources;
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
    return !call->store->is_of_one_call && !call->session->is_beside;
}

static bool is_named(const struct shelved *thing, const struct call *call,
                     const struct shelf_name *name)
{
    return thing->what && thing->name.of == name->of &&
           memcmp(&thing->name.how, &name->how, sizeof name->how) == 0 &&
           thing->person == call->actor.person && thing->all_rows == call->all_rows;
}

static void take_down(struct shelved *thing)
{
    arena_release(&thing->memory);
    *thing = (struct shelved){ .what = NULL };
}

/* A call holds each place once. */
static const void *hold(struct call *call, struct shelved *thing)
{
    struct shelf *shelf = call->store->shelf;
    unsigned place = 1u << (thing - shelf->thing);
    thing->holders += !(call->session->held & place);
    call->session->held |= place;
    thing->last_use = ++shelf->uses;
    return thing->what;
}

const void *shelf_find(struct call *call, const struct shelf_name *name)
{
    struct shelf *shelf = call->store->shelf;
    const void *what = NULL;
    pthread_mutex_lock(&shelf->lock);
    for (size_t i = 0; i < PLACES && !what; i++)
        if (is_named(&shelf->thing[i], call, name) && shelf->thing[i].name.moment <= name->moment &&
            name->moment <= shelf->thing[i].until) {
            what = hold(call, &shelf->thing[i]);
            sources_note_made(call, &shelf->thing[i].sources);
        }
    pthread_mutex_unlock(&shelf->lock);
    return what;
}

bool shelf_find_earlier(struct call *call, const struct shelf_name *name, struct sources *sources,
                        int64_t *until)
{
    struct shelf *shelf = call->store->shelf;
    const struct shelved *newest = NULL;
    pthread_mutex_lock(&shelf->lock);
    for (size_t i = 0; i < PLACES; i++) {
        const struct shelved *thing = &shelf->thing[i];
        if (is_named(thing, call, name) && thing->until < name->moment &&
            (!newest || thing->until > newest->until))
            newest = thing;
    }
    if (newest) {
        *sources = newest->sources;
        *until = newest->until;
    }
    pthread_mutex_unlock(&shelf->lock);
    return newest != NULL;
}

void shelf_stands(struct call *call, const struct shelf_name *name, int64_t until)
{
    struct shelf *shelf = call->store->shelf;
    pthread_mutex_lock(&shelf->lock);
    for (size_t i = 0; i < PLACES; i++)
        if (is_named(&shelf->thing[i], call, name) && shelf->thing[i].until == until)
            shelf->thing[i].until = name->moment;
    pthread_mutex_unlock(&shelf->lock);
}

/* What was asked for longest ago. */
static struct shelved *next_to_go(struct shelf *shelf)
{
    struct shelved *next = NULL;
    for (size_t i = 0; i < PLACES; i++) {
        struct shelved *thing = &shelf->thing[i];
        if (!thing->holders && thing->what && (!next || thing->last_use < next->last_use))
            next = thing;
    }
    return next;
}

/* Nobody asks any more for what has its name at an earlier moment. */
static void take_down_namesakes(struct call *call, const struct shelf_name *name)
{
    struct shelf *shelf = call->store->shelf;
    for (size_t i = 0; i < PLACES; i++)
        if (is_named(&shelf->thing[i], call, name) && !shelf->thing[i].holders &&
            shelf->thing[i].until < name->moment)
            take_down(&shelf->thing[i]);
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
static struct shelved *make_room(struct shelf *shelf, size_t size)
{
    while (size <= SHELF_BYTES_MAX) {
        struct shelved *next = next_to_go(shelf), *place = free_place(shelf);
        if (place && bytes_of(shelf) + size <= SHELF_BYTES_MAX)
            return place;
        if (!next)
            return NULL;
        take_down(next);
    }
    return NULL;
}

bool shelf_put(struct call *call, const struct shelf_name *name, const void *what,
               const struct sources *sources, struct arena *memory)
{
    struct shelf *shelf = call->store->shelf;
    arena_drop_spares(memory);
    pthread_mutex_lock(&shelf->lock);
    take_down_namesakes(call, name);
    struct shelved *place = make_room(shelf, memory->used);
    if (place) {
        *place = (struct shelved){ .name = *name,
                                   .until = name->moment,
                                   .sources = *sources,
                                   .person = call->actor.person,
                                   .all_rows = call->all_rows,
                                   .what = what,
                                   .memory = *memory };
        hold(call, place);
        *memory = (struct arena){ .limit = memory->limit };
    }
    pthread_mutex_unlock(&shelf->lock);
    return place != NULL;
}

const void *shelf_have(struct call *call, const struct shelf_name *name,
                       const void *(*make)(struct call *call, const void *ask), const void *ask)
{
    struct arena memory;
    struct sources sources = { .count = 0 }, *outer = call->sources;
    struct remembered *remembered = call->remembered;
    const void *what = shelf_find(call, name);
    if (what)
        return what;
    arena_init(&memory, call->arena.limit - call->arena.used);
    call_swap_memory(call, &memory);
    call->remembered = NULL;
    call->sources = &sources;
    what = make(call, ask);
    call->sources = outer;
    call->remembered = remembered;
    call_swap_memory(call, &memory);
    sources_note_made(call, &sources);
    if (!what || !shelf_put(call, name, what, &sources, &memory))
        arena_adopt(&call->arena, &memory);
    return what;
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

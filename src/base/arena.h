/*
 * Memory that dies together. An arena hands out pieces and takes them all back at once; it has a
 * limit, so that a hostile input ends in "too large" and never in an exhausted machine.
 *
 * Invariants: `used` counts every byte handed out since the last release and never exceeds `limit`;
 * a piece stays where it is until the arena is rewound past it or released.
 */
#ifndef RONDO_ARENA_H
#define RONDO_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *last;
    struct arena_chunk *spare, *spare_large; /* what rewinds left over */
    size_t used;
    size_t limit;
    bool expects_much;
};

struct arena_mark {
    struct arena_chunk *last;
    size_t chunk_used;
    size_t used;
};

/* Life cycle: init (no allocation yet), take and grow, mark and rewind, release. */
void arena_init(struct arena *arena, size_t limit_bytes);
void arena_release(struct arena *arena);

/*
 * To be said before the first piece is taken, where megabytes will be: they then come from the
 * system at once. Growing towards them a small page at a time is most of what a short process does.
 */
void arena_expect_much(struct arena *arena);

/* Whether the limit leaves room for a piece of that size: what the machine has is not asked. */
bool arena_has_room(const struct arena *arena, size_t size);

/*
 * A zeroed piece of `size` bytes, aligned for any type;
 * NULL above the limit or when the machine has no more.
 */
void *arena_take(struct arena *arena, size_t size);

/* The same with anything in it: for whoever fills all of it at once. */
void *arena_take_unset(struct arena *arena, size_t size);

/*
 * Makes a piece larger, in place if it was the last
 * one taken, else by copying. NULL as in arena_take.
 */
void *arena_grow(struct arena *arena, void *piece, size_t old_size, size_t new_size);

/* The same with anything in what is new. */
void *arena_grow_unset(struct arena *arena, void *piece, size_t old_size, size_t new_size);

/* Gives back the end of the piece that was taken last; of any other it gives back nothing. */
void arena_shrink(struct arena *arena, void *piece, size_t old_size, size_t new_size);

/* Takes everything handed out after the mark back; those pieces must not be used any more. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Gives back what rewinds left over, for memory that is kept. */
void arena_drop_spares(struct arena *arena);

/*
 * The pieces of `other` live on as long as those of `arena`;
 * `other` is empty then. Limits are not compared.
 */
void arena_adopt(struct arena *arena, struct arena *other);

#endif

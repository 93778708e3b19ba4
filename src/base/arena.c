/* See arena.h. A list of chunks, newest first; a piece comes from the newest, or from a new one. */
#include "base/arena.h"

#include "base/banned.h"

#include <stdint.h>
#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 * 1024 * 1024)
#define ALIGNMENT ((size_t)16)

struct arena_chunk {
    struct arena_chunk *before;
    size_t size;
    size_t used;
    size_t reserved; /* keeps the bytes aligned */
    char bytes[];
};

#define CHUNK_SIZE_MIN ((size_t)16 * 1024)
#define CHUNK_SIZE_SMALL ((size_t)128 * 1024)
#define CHUNK_SIZE_LARGE (LARGE_PAGE - sizeof(struct arena_chunk))
#define CHUNK_SIZE_MAX (2 * LARGE_PAGE - sizeof(struct arena_chunk))

void arena_init(struct arena *arena, size_t limit_bytes)
{
    *arena = (struct arena){ .limit = limit_bytes };
}

void arena_expect_much(struct arena *arena)
{
    arena->expects_much = true;
}

static void chunks_free(struct arena_chunk **list)
{
    while (*list) {
        struct arena_chunk *before = (*list)->before;
        free(*list);
        *list = before;
    }
}

void arena_drop_spares(struct arena *arena)
{
    chunks_free(&arena->spare);
    chunks_free(&arena->spare_large);
}

void arena_release(struct arena *arena)
{
    chunks_free(&arena->last);
    arena_drop_spares(arena);
    arena->used = 0;
}

/*
 * Large chunks lie on large pages where the system has them: each page is a fault, and an import
 * touches hundreds of megabytes. It is only advice.
 */
static struct arena_chunk *chunk_new(size_t size)
{
    struct arena_chunk *chunk;
    if (size > SIZE_MAX - sizeof *chunk - LARGE_PAGE)
        return NULL;
    size_t whole = sizeof *chunk + size;
    if (whole >= LARGE_PAGE) {
        whole = (whole + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
        chunk = aligned_alloc(LARGE_PAGE, whole);
        if (chunk)
            madvise(chunk, whole, MADV_HUGEPAGE);
    } else {
        chunk = malloc(whole);
    }
    if (chunk)
        *chunk = (struct arena_chunk){ .size = whole - sizeof *chunk };
    return chunk;
}

/*
 * What is taken, rewound and taken again, run by run or question by question, is not fetched each
 * time. Of chunks made for a single large piece only the last is kept: they may fit nothing else.
 */
static void chunk_drop(struct arena *arena, struct arena_chunk *chunk)
{
    bool is_large = chunk->size > CHUNK_SIZE_MAX;
    struct arena_chunk **list = is_large ? &arena->spare_large : &arena->spare;
    if (is_large && *list) {
        free(*list);
        *list = NULL;
    }
    chunk->before = *list;
    *list = chunk;
}

/* The newest spare chunk that has room; NULL: none. */
static struct arena_chunk *spare_take(struct arena_chunk **list, size_t size)
{
    while (*list && (*list)->size < size)
        list = &(*list)->before;
    struct arena_chunk *chunk = *list;
    if (chunk)
        *list = chunk->before;
    return chunk;
}

/*
 * Chunks double from one to the next, so that small calls stay small and large ones do not crawl.
 * Who takes more than the small ones mostly takes megabytes, which a large page gives at once.
 */
static struct arena_chunk *chunk_add(struct arena *arena, size_t size)
{
    size_t want = arena->expects_much ? CHUNK_SIZE_LARGE : CHUNK_SIZE_MIN;
    if (arena->last)
        want = arena->last->size * 2;
    if (want > CHUNK_SIZE_SMALL && want < CHUNK_SIZE_LARGE)
        want = CHUNK_SIZE_LARGE;
    if (want > CHUNK_SIZE_MAX)
        want = CHUNK_SIZE_MAX;
    if (want < size)
        want = size;
    struct arena_chunk *chunk = spare_take(&arena->spare, size);
    if (!chunk)
        chunk = spare_take(&arena->spare_large, size);
    if (!chunk)
        chunk = chunk_new(want);
    if (!chunk)
        return NULL;
    chunk->before = arena->last;
    chunk->used = 0;
    arena->last = chunk;
    return chunk;
}

/* What a piece takes, up to its alignment. */
static size_t held_by(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

bool arena_has_room(const struct arena *arena, size_t size)
{
    return size <= SIZE_MAX - ALIGNMENT && held_by(size) <= arena->limit &&
           arena->used <= arena->limit - held_by(size);
}

void *arena_take_unset(struct arena *arena, size_t size)
{
    if (!arena_has_room(arena, size))
        return NULL;
    size = held_by(size);
    struct arena_chunk *chunk = arena->last;
    if (!chunk || chunk->size - chunk->used < size)
        chunk = chunk_add(arena, size);
    if (!chunk)
        return NULL;
    void *piece = chunk->bytes + chunk->used;
    chunk->used += size;
    arena->used += size;
    return piece;
}

void *arena_take(struct arena *arena, size_t size)
{
    void *piece = arena_take_unset(arena, size);
    return piece ? memset(piece, 0, held_by(size)) : NULL;
}

void *arena_grow_unset(struct arena *arena, void *piece, size_t old_size, size_t new_size)
{
    struct arena_chunk *chunk = arena->last;
    size_t held = held_by(old_size);
    if (piece && new_size <= held)
        return piece;
    if (piece && chunk && (char *)piece + held == chunk->bytes + chunk->used) {
        size_t more = held_by(new_size) - held;
        if (new_size < SIZE_MAX - ALIGNMENT && chunk->size - chunk->used >= more &&
            arena_has_room(arena, more)) {
            chunk->used += more;
            arena->used += more;
            return piece;
        }
    }
    void *copy = arena_take_unset(arena, new_size);
    if (copy && old_size)
        memcpy(copy, piece, old_size);
    return copy;
}

void *arena_grow(struct arena *arena, void *piece, size_t old_size, size_t new_size)
{
    char *grown = arena_grow_unset(arena, piece, old_size, new_size);
    if (grown && new_size > old_size)
        memset(grown + old_size, 0, held_by(new_size) - old_size);
    return grown;
}

void arena_shrink(struct arena *arena, void *piece, size_t old_size, size_t new_size)
{
    struct arena_chunk *chunk = arena->last;
    size_t held = held_by(old_size), less = held - held_by(new_size);
    if (!chunk || (char *)piece + held != chunk->bytes + chunk->used)
        return;
    chunk->used -= less;
    arena->used -= less;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    size_t chunk_used = arena->last ? arena->last->used : 0;
    return (struct arena_mark){ arena->last, chunk_used, arena->used };
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    while (arena->last != mark.last) {
        struct arena_chunk *before = arena->last->before;
        chunk_drop(arena, arena->last);
        arena->last = before;
    }
    if (arena->last)
        arena->last->used = mark.chunk_used;
    arena->used = mark.used;
}

/* Beneath the oldest chunk, so that the newest one goes on being filled. */
void arena_adopt(struct arena *arena, struct arena *other)
{
    struct arena_chunk **end = &arena->last;
    while (*end)
        end = &(*end)->before;
    *end = other->last;
    arena->used += other->used;
    arena_drop_spares(other);
    *other = (struct arena){ .limit = other->limit };
}

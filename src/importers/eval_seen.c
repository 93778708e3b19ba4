/* See eval_seen.h. A table of hashes with open addressing, at most half full. */
#include "importers/eval_seen.h"

#include "base/hash.h"

enum { FIRST_ROOM = 256 };

struct seen_slot {
    uint64_t hash;
    int count; /* 0: free */
};

void eval_seen_init(struct eval_seen *seen, const struct call *call)
{
    *seen = (struct eval_seen){ .used = 0 };
    arena_init(&seen->memory, call->arena.limit);
}

void eval_seen_release(struct eval_seen *seen)
{
    arena_release(&seen->memory);
}

static struct seen_slot *slot_of(struct seen_slot *slot, size_t room, uint64_t hash)
{
    size_t at = hash % room;
    while (slot[at].count && slot[at].hash != hash)
        at = (at + 1) % room;
    return &slot[at];
}

static bool table_grow(struct call *call, struct eval_seen *seen)
{
    size_t room = seen->room ? 2 * seen->room : FIRST_ROOM;
    call_swap_memory(call, &seen->memory);
    struct seen_slot *slot = call_array(call, room, sizeof *slot);
    call_swap_memory(call, &seen->memory);
    if (!slot)
        return false;
    for (size_t i = 0; i < seen->room; i++)
        if (seen->slot[i].count)
            *slot_of(slot, room, seen->slot[i].hash) = seen->slot[i];
    seen->slot = slot;
    seen->room = room;
    return true;
}

int eval_seen_add(struct call *call, struct eval_seen *seen, text bytes)
{
    uint64_t hash = hash_quick(bytes, 1);
    if (2 * seen->used >= seen->room && !table_grow(call, seen))
        return 0;
    struct seen_slot *slot = slot_of(seen->slot, seen->room, hash);
    seen->used += slot->count == 0;
    slot->hash = hash;
    return ++slot->count;
}

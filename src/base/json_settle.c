/*
 * See json_settle.h. Small objects are compared pair by pair, which is fastest for them; large ones
 * are sorted, so that a hostile object with a million keys costs no more than its size suggests.
 */
#include "base/json_settle.h"

enum { SMALL_OBJECT = 16 };

/* The members that are left keep their order; a dropped one has no key. */
static uint32_t members_close_up(struct json_member *member, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (member[i].key.at)
            member[kept++] = member[i];
    return kept;
}

static void member_supersede(struct json_member *first, struct json_member *later)
{
    first->value = later->value;
    later->key = TEXT_NONE;
}

/* One bit of 64 by size, first and last byte: keys of different bits are different. */
static uint64_t bit_of(text key)
{
    size_t first = key.size ? (unsigned char)key.at[0] : 0;
    size_t last = key.size ? (unsigned char)key.at[key.size - 1] : 0;
    return (uint64_t)1 << (key.size + 7 * first + 3 * last) % 64;
}

/* `later` against those before it. */
static bool settle_one(struct json_member *member, struct json_member *later)
{
    for (struct json_member *first = member; first < later; first++) {
        if (!first->key.at || !text_equal(first->key, later->key))
            continue;
        member_supersede(first, later);
        return true;
    }
    return false;
}

static bool settle_small(struct json_member *member, uint32_t count)
{
    bool found = false;
    uint64_t seen = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bit = bit_of(member[i].key);
        found = (seen & bit && settle_one(member, &member[i])) || found;
        seen |= bit;
    }
    return found;
}

static int by_key_then_place(const void *a, const void *b)
{
    const struct json_member *left = *(struct json_member *const *)a;
    const struct json_member *right = *(struct json_member *const *)b;
    int order = text_compare(left->key, right->key);
    return order ? order : (left > right) - (left < right);
}

static void settle_sorted(struct json_member **sorted, uint32_t count, bool *found)
{
    struct json_member *first = sorted[0];
    for (uint32_t i = 1; i < count; i++) {
        if (!text_equal(first->key, sorted[i]->key)) {
            first = sorted[i];
            continue;
        }
        member_supersede(first, sorted[i]);
        *found = true;
    }
}

static bool settle_large(struct call *call, struct json_member *member, uint32_t count, bool *found)
{
    struct arena_mark mark = arena_mark(&call->arena);
    struct json_member **sorted = call_array(call, count, sizeof(struct json_member *));
    if (!sorted)
        return false;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &member[i];
    qsort(sorted, count, sizeof *sorted, by_key_then_place);
    settle_sorted(sorted, count, found);
    arena_rewind(&call->arena, mark);
    return true;
}

bool json_settle(struct call *call, struct json_member *member, uint32_t *count,
                 struct json_notes *notes)
{
    bool found = false;
    if (*count <= SMALL_OBJECT)
        found = settle_small(member, *count);
    else if (!settle_large(call, member, *count, &found))
        return false;
    if (!found)
        return true;
    *count = members_close_up(member, *count);
    if (notes)
        notes->duplicate_key = true;
    return true;
}

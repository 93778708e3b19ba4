/* See sort.h. */
#include "base/sort.h"

#include "base/banned.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void sort_items(void *item, size_t count, size_t size,
                int (*compare)(const void *left, const void *right))
{
    const char *before = item;
    for (size_t i = 1; i < count; i++, before += size)
        if (compare(before, before + size) > 0) {
            qsort(item, count, size, compare);
            return;
        }
}

static void swap(const void **pointer, size_t a, size_t b)
{
    const void *kept = pointer[a];
    pointer[a] = pointer[b];
    pointer[b] = kept;
}

/* Lets the pointer sink in a heap whose greatest is the first. */
static void sink(const void **pointer, size_t count, size_t at,
                 int (*compare)(const void *left, const void *right))
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && compare(pointer[child], pointer[child + 1]) < 0)
            child++;
        if (compare(pointer[at], pointer[child]) >= 0)
            return;
        swap(pointer, at, child);
    }
}

void sort_least(const void **pointer, size_t count, size_t most,
                int (*compare)(const void *left, const void *right))
{
    if (most == 0 || most >= count)
        return;
    for (size_t at = most / 2; at-- > 0;)
        sink(pointer, most, at, compare);
    for (size_t at = most; at < count; at++)
        if (compare(pointer[at], pointer[0]) < 0) {
            swap(pointer, at, 0);
            sink(pointer, most, 0, compare);
        }
}

/* --- numbers --- */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, KEY_BITS = 64 };

/* The bits of numbers that are not negative are in their order. */
static size_t digit_of(const struct sorted_real *real, unsigned shift)
{
    uint64_t key;
    memcpy(&key, &real->value, sizeof key);
    return key >> shift & (DIGITS - 1);
}

/* Deals the list out by one digit, equal ones in their order; false when all have the same. */
static bool deal(const struct sorted_real *from, struct sorted_real *to, size_t count,
                 unsigned shift)
{
    size_t place[DIGITS] = { 0 }, next = 0;
    for (size_t i = 0; i < count; i++)
        place[digit_of(&from[i], shift)]++;
    if (place[digit_of(&from[0], shift)] == count)
        return false;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        size_t many = place[digit];
        place[digit] = next;
        next += many;
    }
    for (size_t i = 0; i < count; i++)
        to[place[digit_of(&from[i], shift)]++] = from[i];
    return true;
}

void sort_reals(struct sorted_real *real, size_t count, struct sorted_real *other)
{
    struct sorted_real *from = real, *to = other;
    for (unsigned shift = 0; count && shift < KEY_BITS; shift += DIGIT_BITS)
        if (deal(from, to, count, shift)) {
            struct sorted_real *dealt = to;
            to = from;
            from = dealt;
        }
    if (from != real)
        memcpy(real, from, count * sizeof *real);
}

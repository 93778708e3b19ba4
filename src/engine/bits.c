/* See bits.h. Plain loops over words: the compiler makes the best of them. */
#include "engine/bits.h"

uint64_t *bits_new(struct call *call, size_t count)
{
    return call_array(call, bits_words(count), sizeof(uint64_t));
}

BITS_WIDE int64_t bits_count(const uint64_t *a, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < bits_words(count); i++)
        sum += bits_of_word(a[i]);
    return sum;
}

BITS_WIDE int64_t bits_and_count(const uint64_t *a, const uint64_t *b, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < bits_words(count); i++)
        sum += bits_of_word(a[i] & b[i]);
    return sum;
}

BITS_WIDE int64_t bits_and_not_count(const uint64_t *a, const uint64_t *b, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < bits_words(count); i++)
        sum += bits_of_word(a[i] & ~b[i]);
    return sum;
}

bool bits_next(const uint64_t *word, size_t count, size_t *at)
{
    size_t i = *at / 64;
    if (*at >= count)
        return false;
    uint64_t rest = word[i] & ~(uint64_t)0 << (*at % 64);
    while (rest == 0) {
        if (++i == bits_words(count))
            return false;
        rest = word[i];
    }
    *at = i * 64 + (size_t)__builtin_ctzll(rest);
    return true;
}

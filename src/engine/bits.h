/*
 * Sets of small numbers as 64-bit words: the cases of a suite by their dense number. Knows no
 * verdicts.
 *
 * Invariant: the bits of the last word beyond `count` are zero, so that sets of different sizes can
 * be joined over the words both have.
 */
#ifndef RONDO_BITS_H
#define RONDO_BITS_H

#include "base/call.h"

/*
 * A function that walks over words is built twice where the system can choose between the two at
 * the start: plainly, and for processors that count bits and take several words at once.
 */
#if defined(__x86_64__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&                \
    !defined(__SANITIZE_THREAD__)
#define BITS_WIDE __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define BITS_WIDE
#endif

/* Words for `count` numbers. */
static inline size_t bits_words(size_t count)
{
    return count / 64 + (count % 64 != 0);
}

static inline void bits_set(uint64_t *word, size_t at)
{
    word[at / 64] |= (uint64_t)1 << (at % 64);
}

static inline bool bits_has(const uint64_t *word, size_t at)
{
    return word[at / 64] >> (at % 64) & 1;
}

/*
 * How many bits are set, added up in ever wider fields (Hacker's Delight, 5-1): the compiler's own
 * is a call of a library where the processor need not have an instruction for it. In a BITS_WIDE
 * function the compiler knows this pattern, and takes the instruction.
 */
static inline int64_t bits_of_word(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (int64_t)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* An empty set in the call's memory; NULL when the call has failed. */
uint64_t *bits_new(struct call *call, size_t count);

/* How many are in a, in a and b, in a and not in b. */
int64_t bits_count(const uint64_t *a, size_t count);
int64_t bits_and_count(const uint64_t *a, const uint64_t *b, size_t count);
int64_t bits_and_not_count(const uint64_t *a, const uint64_t *b, size_t count);

/*
 * Moves `*at` to the first number of the set that is not below it; false when there is none:
 * for (size_t at = 0; bits_next(word, count, &at); at++)
 */
bool bits_next(const uint64_t *word, size_t count, size_t *at);

#endif

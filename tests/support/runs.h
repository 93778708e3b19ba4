/*
 * Runs written as words: one letter per case, in the order of their numbers. P pass, F fail, E
 * error, U unscored, S skipped, and a point where the run does not hold the case.
 */
#ifndef RONDO_TEST_RUNS_H
#define RONDO_TEST_RUNS_H

#include "support/support.h"

#include "engine/verdicts.h"

#define TEST_RUN_LETTERS "FPEUS."

/* The run that a word spells; its memory is the call's. */
struct verdicts test_run(struct call *call, const char *word);

/* The other way round; the word lives in the call. */
const char *test_word(struct call *call, const struct verdicts *run);

/* The set as a word of 0 and 1. */
const char *test_bits(struct call *call, const uint64_t *word, size_t count);

/* The next of a fixed sequence, below `limit`. */
uint32_t test_random(uint64_t *seed, uint32_t limit);

/* A random word of `size` letters; `mostly` is drawn about half of the time. */
const char *test_random_word(struct call *call, uint64_t *seed, size_t size, char mostly);

#endif

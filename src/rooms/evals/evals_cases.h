/*
 * Room evals: the cases of a suite in memory: keys by number, and their order
 * by bytes. Loaded once per suite and call.
 */
#ifndef RONDO_EVALS_CASES_H
#define RONDO_EVALS_CASES_H

#include "base/call.h"

struct case_inputs;

struct suite_cases {
    rid suite;
    uint32_t count;
    text *key;         /* by case number */
    uint32_t *rank;    /* by case number: its place when keys are sorted by bytes */
    uint32_t *by_rank; /* case numbers in that order */
    struct case_inputs *inputs; /* see cases_inputs */
};

struct suites_cases {
    struct suite_cases *known;
    size_t count, room;
};

/* NULL: the call has failed. */
const struct suite_cases *cases_of(struct call *call, struct suites_cases *all, rid suite);

/* The keys of a set of case numbers, by bytes. */
bool cases_keys(struct call *call, const struct suite_cases *cases, const uint64_t *set,
                uint32_t case_count, const text **key, size_t *count);

/*
 * What tells the cases' inputs apart, by case number; TEXT_NONE where no input is known. Few
 * reviews ask for it: it is read when first asked for. NULL: the call has failed.
 */
const text *cases_inputs(struct call *call, const struct suite_cases *cases);

#endif

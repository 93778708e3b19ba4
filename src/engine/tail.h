/*
 * The hardest cases of a suite, chosen by how they did in the past, never by the run that is judged
 * with them: choosing by this week's results would be circular. Knows no weeks: the caller says
 * which runs are history.
 */
#ifndef RONDO_TAIL_H
#define RONDO_TAIL_H

#include "engine/verdicts.h"

/* The bitsets have room for case_count cases. */
struct tail {
    uint32_t case_count;
    size_t with_history;         /* cases that could be chosen */
    size_t count;                /* chosen; 0 without history */
    const uint32_t *case_number; /* by past rate, then by the bytes of the id */
    const uint64_t *chosen;
    size_t tied_count;    /* all cases at or below the cut, the chosen ones included */
    const uint64_t *tied;
    double cut_rate; /* past rate of the last one chosen; 0 without history */
};

/*
 * Chooses ceil(fraction * n) of the n cases in `among` (a set of case_count) that have history, at
 * least one, lowest past rate first. A rate is passes by runs that hold the case (NULLS_EXCLUDE:
 * that evaluated it), compared exactly; equal rates go by byte_order, the rank of each case's id by
 * bytes.
 */
bool tail_pick(struct call *call, const struct verdicts *history, size_t history_count,
               const uint64_t *among, uint32_t case_count, const uint32_t *byte_order,
               double fraction, enum nulls nulls, struct tail *result);

/*
 * How the cases of a set (tail.chosen or tail.tied) do now: passed of n, where n are those the run
 * holds (NULLS_EXCLUDE: evaluated).
 */
void tail_rate(const uint64_t *cases, uint32_t case_count, const struct verdicts *now,
               enum nulls nulls, int64_t *passed, int64_t *n);

#endif

/*
 * Two runs of one suite, case by case: what flipped, what is gone, what is new. Only cases that
 * both hold are paired. Knows no p values: its four counts go into stats/stats.h.
 */
#ifndef RONDO_COMPARE_H
#define RONDO_COMPARE_H

#include "engine/verdicts.h"

/* The bitsets have room for case_count cases, the larger of both runs. */
struct comparison {
    uint32_t case_count;
    int64_t n; /* paired cases: the sum of the four counts */
    int64_t pass_pass, pass_fail, fail_pass, fail_fail; /* baseline first; fail = not passed */
    const uint64_t *paired; /* the n cases that count */
    const uint64_t *pass_to_fail, *fail_to_pass;
    const uint64_t *missing;    /* held by the baseline only */
    const uint64_t *added;      /* held now only */
    const uint64_t *errors_now; /* held now without pass or fail, also when not paired */
};

/*
 * With NULLS_FAIL no verdict counts as not passed, so that pass to error is in pass_to_fail; with
 * NULLS_EXCLUDE a pair needs a verdict on both sides.
 */
bool compare(struct call *call, const struct verdicts *baseline, const struct verdicts *now,
             enum nulls nulls, struct comparison *result);

/* What a comparison counts, without its sets: for looking at many runs. */
struct compare_counts {
    int64_t n, pass_fail, fail_pass;
    int64_t held_before, held_now, held_both;
};
struct compare_counts compare_count(const struct verdicts *baseline, const struct verdicts *now,
                                    enum nulls nulls);

#endif

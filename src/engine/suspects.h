/*
 * The suspects of a drop between two runs: the changes in between with the cases that each touched,
 * and those that are always suspected. Gives them priors and counts, ranks them, and plans the
 * cheapest reruns that would tell. Knows sets of cases, nothing of where a change came from.
 */
#ifndef RONDO_SUSPECTS_H
#define RONDO_SUSPECTS_H

#include "base/call.h"
#include "engine/stats/drift.h"

/* What a prior is a share of: how often the cause of a drop was of this kind. */
enum suspect_share {
    SUSPECT_PROMPT,
    SUSPECT_MODEL,
    SUSPECT_RETRIEVAL,
    SUSPECT_CODE,
    SUSPECT_JUDGE,
    SUSPECT_DATASET,
    SUSPECT_PROVIDER,
    SUSPECT_NOISE,
    SUSPECT_SHARES
};

/* Defaults, until causes have been confirmed. */
extern const double suspect_share_defaults[SUSPECT_SHARES];

struct suspect_change {
    text id;
    enum suspect_share share; /* of changes of one share each has an equal part of it */
    bool has_touched;         /* false: nobody knows which cases, as with noise */
    const uint64_t *touched;  /* NULL: all */
};

/* The cases that can tell: those that passed before and are in both runs. */
struct suspect_cases {
    uint32_t case_count;
    const uint64_t *passed_before; /* and are in both runs */
    const uint64_t *newly_failing; /* a part of it */
};

struct suspects {
    const struct suspect *suspect; /* as the changes were given */
    const struct ranked_suspect *ranked;
    size_t count;
};

/* `noise` is the prior of SUSPECT_NOISE; the others have their defaults. */
bool suspects_rank(struct call *call, const struct suspect_change *change, size_t count,
                   const struct suspect_cases *cases, double noise, struct suspects *result);

/*
 * The prior of noise: how often these cases flip between runs of one configuration. The default
 * counts as much as SUSPECTS_DEFAULT_PAIRS pairs, so that few repeats say little and none say it.
 */
enum { SUSPECTS_DEFAULT_PAIRS = 10 };
double suspects_noise(int64_t flips, int64_t pairs);

/* Those that remain: the fewest of the ranking that hold SUSPECTS_REMAINING of the posterior. */
#define SUSPECTS_REMAINING 0.95
size_t suspects_remaining(const struct suspects *suspects);

/* Halving among m changes: ceil(log2 m), and one rerun to try a single one. */
int suspects_reruns(size_t changes);

#endif

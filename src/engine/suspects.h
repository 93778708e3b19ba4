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

/* Defaults, until causes have been confirmed; they count as much as that many confirmed ones. */
extern const double suspect_share_defaults[SUSPECT_SHARES];
enum { SUSPECTS_DEFAULT_CAUSES = 10 };

/* The shares after so many causes of each kind were confirmed. */
void suspects_learn(const int64_t confirmed[SUSPECT_SHARES], double share[SUSPECT_SHARES]);

struct suspect_change {
    text id;
    enum suspect_share share; /* of changes of one share each has an equal part of it */
    bool has_touched;         /* false: nobody knows which cases, as with noise */
    const uint64_t *touched;  /* NULL: all */
};

/* The cases that can tell: those that are in both runs. */
struct suspect_cases {
    uint32_t case_count;
    const uint64_t *passed_before;
    const uint64_t *newly_failing; /* a part of it */
    const uint64_t *newly_passing; /* the rest flips, too: these say how much is noise */
};

struct suspects {
    const struct suspect *suspect; /* as the changes were given; priors are 1 over the list */
    const double *share;           /* of each, before anything was looked at */
    const struct ranked_suspect *ranked;
    size_t count;
};

/*
 * The counts of suspect_rank compare the touched cases with the others. What they do not see stands
 * in the prior, which is the share times what flips both ways say: noise makes as many cases pass
 * as fail, a drop does not.
 *   noise: how much likelier the flips of all cases are if they go either way evenly, times
 *     SUSPECTS_QUIET_WEEKS, times 1 and the number of changes that touch a part of the cases: of
 *     many that are looked at, one fits by chance.
 *   a change: how much likelier those outside its cases are if they go either way evenly: what is
 *     left over is not explained by it. And because some cases flicker more than others, its
 *     log_lr counts no more than twice what the flips inside its cases say of a drop.
 * "Evenly" is against one rate of failing, uniform between 1/2 and 1.
 */
bool suspects_rank(struct call *call, const struct suspect_change *change, size_t count,
                   const struct suspect_cases *cases, const double share[SUSPECT_SHARES],
                   struct suspects *result);

/*
 * Shares are of drops that a test called. For each that noise has brought about there are many
 * weeks of noise that it let pass: the exact test calls at most 1 in 40, fewer where flips are few
 * or surfaces are corrected together. By the defaults something breaks in 1 of 12 weeks then.
 */
#define SUSPECTS_QUIET_WEEKS 100

/*
 * The share of noise: how often these cases flip between runs of one configuration. The one that
 * it has without repeats counts as much as SUSPECTS_DEFAULT_PAIRS pairs: few repeats say little.
 */
enum { SUSPECTS_DEFAULT_PAIRS = 10 };
double suspects_noise(double share, int64_t flips, int64_t pairs);

/* Those that remain: the fewest of the ranking that hold SUSPECTS_REMAINING of the posterior. */
#define SUSPECTS_REMAINING 0.95
size_t suspects_remaining(const struct suspects *suspects);

/* Halving among m changes: ceil(log2 m), and one rerun to try a single one. */
int suspects_reruns(size_t changes);

#endif

/*
 * Scores of key results and objectives, and whether they keep pace with the quarter (methods page,
 * planning, 5; after Doerr, "Measure What Matters"). Scores lie in 0 to 1; bands and limits are
 * compared with an epsilon of 1e-9. Days are numbers since 1970-01-01.
 */
#ifndef RONDO_GOALS_H
#define RONDO_GOALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * clamp((current - start) / (target - start), 0, 1), also towards a lower target. A target that is
 * the start: 1 while it is kept, else 0.
 */
double goals_metric_score(double start, double target, double current);

/* Mean, weighted unless weight is NULL. False: no scores, or no weight at all. */
bool goals_objective_score(const double *score, const double *weight, size_t count, double *result);

/* "green" from .7, "yellow" from .4, else "red". */
const char *goals_band(double score);

/* Whether a committed goal is met: at 1 only. */
bool goals_is_met(double score);

/* Share of the days that have passed, within 0 to 1; end is after start. */
double goals_expected(int64_t start, int64_t end, int64_t today);

/* Behind what is expected by .1 at most "on track", by .2 at most "at risk", else "off track". */
const char *goals_pace(double expected, double score);

#endif

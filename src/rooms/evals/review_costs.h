/*
 * Room evals: what the runs of the default review cost and how long their answers took, beside
 * their baselines, by the gate's own definitions.
 */
#ifndef RONDO_REVIEW_COSTS_H
#define RONDO_REVIEW_COSTS_H

#include "rooms/evals/evals_review.h"

/* Cost and latency of the run that stands for the week, beside its baseline; NAN: unknown. */
struct review_costs {
    double cost_usd, baseline_cost_usd; /* the mean of the cases that both know */
    int64_t cost_cases;
    double latency_p95_ms, baseline_latency_p95_ms;
    int64_t latency_results;
};

/* `surface` is one of the review's. Worked out once: for the call, or while nothing changes. */
bool review_costs_read(struct call *call, const struct review *review,
                       const struct surface_review *surface, struct review_costs *costs);

#endif

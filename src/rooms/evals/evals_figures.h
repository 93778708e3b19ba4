/*
 * Room evals: the figures of Monday's review by name, and the lines that it brings to the weekly
 * update. A figure of a week is that of the default review; its evidence is the run.
 */
#ifndef RONDO_EVALS_FIGURES_H
#define RONDO_EVALS_FIGURES_H

#include "offers/figure.h"
#include "offers/update_source.h"
#include "rooms/evals/evals_review.h"

extern const struct figure evals_figures[];
extern const struct update_source evals_update[];

/* Cost and latency of the run that stands for the week, beside its baseline; NAN: unknown. */
struct review_costs {
    double cost_usd, baseline_cost_usd; /* the mean of the cases that both know */
    int64_t cost_cases;
    double latency_p95_ms, baseline_latency_p95_ms;
    int64_t latency_results;
};

/* Remembered for the call. */
bool review_costs_read(struct call *call, const struct surface_review *surface,
                       struct review_costs *costs);

#endif

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

#endif

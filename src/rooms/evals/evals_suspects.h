/*
 * Room evals, the inside of a review: who is suspected of a drop. Asked only for surfaces that did
 * worse, after verdicts are settled: the window of the drop, the changes in it and those that are
 * always suspected, ranked; and the reruns that would tell.
 */
#ifndef RONDO_EVALS_SUSPECTS_H
#define RONDO_EVALS_SUSPECTS_H

#include "rooms/evals/evals_surface.h"

/* input[i] is what review[i] was made from. */
bool surfaces_suspects(struct call *call, const struct surface_input *input,
                       struct surface_review *review, size_t count);

#endif

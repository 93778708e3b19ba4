/*
 * Room evals: the default review of a week, made once for all who ask within one call: the sources
 * of an agenda, the lines of an update, each of its figures.
 */
#ifndef RONDO_REVIEW_ONCE_H
#define RONDO_REVIEW_ONCE_H

#include "offers/agenda.h"
#include "rooms/evals/evals_review.h"

/* `*review` is of the latest week up to `until` that has a run; NULL when there is none yet. */
bool review_once(struct call *call, iso_week until, const struct review **review);

/* The surface in it, or NULL. */
const struct surface_review *review_surface(const struct review *review, rid surface);

/* Whether the surface is the asking team's; the whole workspace asks for all. */
bool review_concerns(struct call *call, const struct agenda_ask *ask, rid surface, bool *concerns);

#endif

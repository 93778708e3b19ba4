/*
 * Room evals: what Monday's review brings to a ritual. Starting one opens the week's review,
 * closing it needs an owner for each flip, and its paragraph begins as the review's. And what waits
 * for a person (evals_needs.c): the team's flips that nobody took in time, verdicts that are asked
 * for, model reviews to be decided. And what is made before anybody asks for it: that review.
 */
#ifndef RONDO_EVALS_SOURCES_H
#define RONDO_EVALS_SOURCES_H

#include "offers/agenda.h"
#include "offers/early.h"
#include "offers/needs.h"

extern const struct agenda_source evals_agenda[];
extern const struct need_source evals_needs[];
extern const struct early evals_early[];

#endif

/*
 * Room updates: what it brings to Friday's ritual, what waits for persons, the figure of its bets,
 * and the bets that suggest themselves again.
 */
#ifndef RONDO_UPDATES_SOURCES_H
#define RONDO_UPDATES_SOURCES_H

#include "offers/figure.h"
#include "offers/needs.h"
#include "offers/promises.h"
#include "offers/update_source.h"

extern const struct agenda_source updates_agenda[];
extern const struct need_source updates_needs[];
extern const struct promise_source updates_promises[];
extern const struct figure updates_figures[];
extern const struct update_source updates_update[];

#endif

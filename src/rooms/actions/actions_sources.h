/* Room actions: what it brings to rituals and updates, its figures, and what waits for persons. */
#ifndef RONDO_ACTIONS_SOURCES_H
#define RONDO_ACTIONS_SOURCES_H

#include "offers/figure.h"
#include "offers/needs.h"
#include "offers/promises.h"
#include "offers/update_source.h"

extern const struct agenda_source actions_agenda[];
extern const struct need_source actions_needs[];
extern const struct promise_source actions_promises[];
extern const struct figure actions_figures[];      /* actions_figures.c */
extern const struct update_source actions_update[];

#endif

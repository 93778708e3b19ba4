/* Room actions: what it brings to rituals, and what of it waits for persons. */
#ifndef RONDO_ACTIONS_SOURCES_H
#define RONDO_ACTIONS_SOURCES_H

#include "offers/agenda.h"
#include "offers/needs.h"

extern const struct agenda_source actions_agenda[];
extern const struct need_source actions_needs[];

#endif

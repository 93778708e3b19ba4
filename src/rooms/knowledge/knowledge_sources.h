/* Room knowledge: what it brings to rituals, and what of it waits for persons. */
#ifndef RONDO_KNOWLEDGE_SOURCES_H
#define RONDO_KNOWLEDGE_SOURCES_H

#include "offers/agenda.h"
#include "offers/needs.h"

extern const struct agenda_source knowledge_agenda[];
extern const struct need_source knowledge_needs[];

#endif

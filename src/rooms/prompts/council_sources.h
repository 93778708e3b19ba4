/* Room prompts: what the council's work brings to rituals, and what of it waits for persons. */
#ifndef RONDO_COUNCIL_SOURCES_H
#define RONDO_COUNCIL_SOURCES_H

#include "offers/agenda.h"
#include "offers/needs.h"

bool council_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda);
bool council_may_close(struct call *call, const struct agenda_ask *ask);
bool council_compile_urgent(struct call *call, const struct agenda_ask *ask,
                            struct agenda *agenda);
bool council_collect(struct call *call, rid person, struct needs *needs);

#endif

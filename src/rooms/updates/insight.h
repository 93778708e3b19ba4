/* Room updates: the insight cards of a week, as lines of its update; for updates_sources.c. */
#ifndef RONDO_INSIGHT_H
#define RONDO_INSIGHT_H

#include "offers/update_source.h"

bool insight_collect_eval(struct call *call, const struct agenda_ask *ask,
                          struct update_lines *lines);
bool insight_collect_user(struct call *call, const struct agenda_ask *ask,
                          struct update_lines *lines);

#endif

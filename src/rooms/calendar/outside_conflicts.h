/* Which rituals of a person or a team fall on what stands in outside calendars. Reads only. */
#ifndef RONDO_OUTSIDE_CONFLICTS_H
#define RONDO_OUTSIDE_CONFLICTS_H

#include "offers/conflicts.h"
#include "offers/needs.h"

/* As a conflict_source; what takes no time and what is cancelled meets nothing. */
bool outside_conflicts_collect(struct call *call, const struct calendar_ask *ask,
                               struct conflicts *conflicts);

/* Of each ritual the first conflict of the coming seven days waits for its person. */
bool outside_conflicts_need(struct call *call, rid person, struct needs *needs);

#endif

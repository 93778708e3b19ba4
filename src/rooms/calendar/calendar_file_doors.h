/* Room calendar: `rondo calendar read` and `rondo calendar expand`, which need no store. */
#ifndef RONDO_CALENDAR_FILE_DOORS_H
#define RONDO_CALENDAR_FILE_DOORS_H

#include "offers/command.h"

extern const struct option calendar_expand_options[];

bool calendar_read_run(struct call *call, struct invocation *invocation);
bool calendar_expand_run(struct call *call, struct invocation *invocation);

#endif

/* Room evals: what evals_doors.c offers of the timeline. */
#ifndef RONDO_EVALS_TIMELINE_DOORS_H
#define RONDO_EVALS_TIMELINE_DOORS_H

#include "offers/room.h"

extern const struct option evals_timeline_options[];
extern const struct query_parameter evals_timeline_parameters[];

bool evals_timeline_run(struct call *call, struct invocation *invocation);
bool evals_timeline_get(struct call *call, const struct request *request, struct reply *reply);

#endif

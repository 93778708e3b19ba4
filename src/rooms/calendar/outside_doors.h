/* Room calendar: reading outside calendars in, and what they meet. */
#ifndef RONDO_OUTSIDE_DOORS_H
#define RONDO_OUTSIDE_DOORS_H

#include "offers/command.h"

struct reply;
struct request;

extern const struct option outside_import_options[], outside_conflicts_options[];

bool outside_file_post(struct call *call, const struct request *request, struct reply *reply);
bool outside_conflicts_get(struct call *call, const struct request *request, struct reply *reply);
bool outside_import_run(struct call *call, struct invocation *invocation);
bool outside_conflicts_run(struct call *call, struct invocation *invocation);

#endif

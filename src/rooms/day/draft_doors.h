/* Standups and week reviews at the command line and over HTTP; used by day_doors.c. */
#ifndef RONDO_DRAFT_DOORS_H
#define RONDO_DRAFT_DOORS_H

#include "offers/command.h"

struct request;
struct reply;

bool draft_doors_standup(struct call *call, struct invocation *invocation);
bool draft_doors_week_review(struct call *call, struct invocation *invocation);

bool draft_doors_get_standup(struct call *call, const struct request *request,
                             struct reply *reply);
bool draft_doors_get_standup_day(struct call *call, const struct request *request,
                                 struct reply *reply);
bool draft_doors_get_week_review(struct call *call, const struct request *request,
                                 struct reply *reply);

#endif

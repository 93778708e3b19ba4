/* The inbox at the command line and over HTTP; used by day_doors.c. */
#ifndef RONDO_INBOX_DOORS_H
#define RONDO_INBOX_DOORS_H

#include "offers/command.h"

struct request;
struct reply;

bool inbox_doors_show(struct call *call, struct invocation *invocation);
bool inbox_doors_snooze(struct call *call, struct invocation *invocation);
bool inbox_doors_done(struct call *call, struct invocation *invocation);
bool inbox_doors_delegate(struct call *call, struct invocation *invocation);

bool inbox_doors_get(struct call *call, const struct request *request, struct reply *reply);
bool inbox_doors_post_snooze(struct call *call, const struct request *request,
                             struct reply *reply);
bool inbox_doors_post_done(struct call *call, const struct request *request, struct reply *reply);
bool inbox_doors_post_delegate(struct call *call, const struct request *request,
                               struct reply *reply);

#endif

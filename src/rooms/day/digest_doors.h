/* The digest at the command line and over HTTP; used by day_doors.c. */
#ifndef RONDO_DIGEST_DOORS_H
#define RONDO_DIGEST_DOORS_H

#include "offers/command.h"

struct request;
struct reply;

bool digest_doors_show(struct call *call, struct invocation *invocation);
bool digest_doors_get(struct call *call, const struct request *request, struct reply *reply);

#endif

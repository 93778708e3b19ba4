/* The digest at the command line, over HTTP and as a job; used by day_doors.c. */
#ifndef RONDO_DIGEST_DOORS_H
#define RONDO_DIGEST_DOORS_H

#include "offers/command.h"
#include "offers/job.h"

struct request;
struct reply;

bool digest_doors_show(struct call *call, struct invocation *invocation);
bool digest_doors_send(struct call *call, struct invocation *invocation);
bool digest_doors_job(struct call *call, struct job_run *run);
bool digest_doors_get(struct call *call, const struct request *request, struct reply *reply);

#endif

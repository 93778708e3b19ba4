/* Room calendar: the doors of outside calendars with an address, and the job that asks them. */
#ifndef RONDO_OUTSIDE_FETCH_DOORS_H
#define RONDO_OUTSIDE_FETCH_DOORS_H

#include "offers/command.h"
#include "offers/job.h"
#include "offers/needs.h"

struct reply;
struct request;

extern const struct job_kind outside_fetch_jobs[];

bool outside_list_get(struct call *call, const struct request *request, struct reply *reply);
bool outside_fetch_post(struct call *call, const struct request *request, struct reply *reply);
bool outside_fetch_run(struct call *call, struct invocation *invocation);

/* What could not be fetched for a day waits for its person. */
bool outside_fetch_need(struct call *call, rid person, struct needs *needs);

#endif

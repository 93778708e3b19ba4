/* The doors of jobs: GET /api/v1/jobs, POST .../cancel, `rondo job list|show|cancel`. */
#ifndef RONDO_JOB_DOORS_H
#define RONDO_JOB_DOORS_H

#include "http/route.h"
#include "offers/command.h"
#include "offers/job.h"

void job_write_json(const struct job *job, struct json_writer *writer);

/* The reply to a request that has queued a job: 202, and where to follow it. */
bool job_reply(struct call *call, struct reply *reply, rid id);

/* Ended by a row without a method, and by one without a name. */
extern const struct route job_routes[];
extern const struct command job_commands[];

#endif

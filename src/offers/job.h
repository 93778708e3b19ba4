/*
 * Work that may take long, as others see it: started by a request, followed by its id, ended with a
 * result. A job belongs to the person who started it and is nothing to anybody else.
 */
#ifndef RONDO_JOB_H
#define RONDO_JOB_H

#include "catalog/table.h"
#include "http/route.h"

extern const struct table job_table;

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED, JOB_STATES };

struct job {
    rid id;
    const char *kind; /* "import" */
    enum job_state state;
    int progress;  /* per cent */
    text sentence; /* how it stands, or why it failed */
    text result;   /* JSON, or TEXT_NONE */
};

/* Keeps a job that has ended; its own transaction. Sets its id. */
bool job_keep(struct call *call, struct job *job);

/* GET /api/v1/jobs and /api/v1/jobs/{id}; ended by a row without a method. */
extern const struct route job_routes[];

#endif

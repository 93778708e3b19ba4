/*
 * Runs jobs: a thread that takes one after the other and acts as its person, and one for what is
 * due every so often. Several servers may run on one store; each job is run by one of them.
 *
 * What happens when a run does not come to its end:
 *
 *   it was cancelled       what it has stored is undone as one change, then it is CANCELLED
 *   the server stops       it is QUEUED again, and goes on with the same change
 *   the store was in trouble   it is tried again, later each time, as often as its kind allows
 *   somebody else has it   nothing more is written
 *   anything else          it is FAILED, with the sentence
 *
 * A server that dies leaves its job RUNNING; whoever takes it runs it again from its start, inside
 * the same change. A job that outlived as many servers as it has attempts has FAILED.
 */
#ifndef RONDO_JOB_RUNNER_H
#define RONDO_JOB_RUNNER_H

#include "app/house.h"
#include "offers/job_claim.h"

#include <pthread.h>
#include <stdatomic.h>

/* Set by the owner before the start; the rest is the runner's own. */
struct job_runner {
    const struct house *house;
    struct store *store;
    text node; /* node_name */
    size_t call_memory;
    /* Sets the clock of a call; NULL: the machine's. */
    bool (*set_clock)(struct call *call);

    atomic_bool is_stopping;
    pthread_t worker, keeper;
    pthread_mutex_t lock;
    pthread_cond_t stopped;
};

/* False: the machine has no more threads. */
bool job_runner_start(struct call *call, struct job_runner *runner);

/* What runs is stopped at its next step and queued again. */
void job_runner_stop(struct job_runner *runner);

/* One step of each thread. True when there was something to do: a job was taken, whatever came. */
bool job_runner_step(struct job_runner *runner);
bool job_runner_keep(struct job_runner *runner);

#endif

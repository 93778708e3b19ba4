/*
 * Jobs as those see them who run them: taking one, telling how far it is, ending it. States and
 * invariants are in job.h.
 */
#ifndef RONDO_JOB_CLAIM_H
#define RONDO_JOB_CLAIM_H

#include "offers/job.h"

/* A running job whose heartbeat is older belongs to nobody. */
enum { JOB_HEARTBEAT_SECONDS = 30 };

/* Somebody who runs jobs. */
struct job_claimer {
    text node;                           /* his name, nobody else's */
    stamp clock;                         /* the machine's, now */
    const struct job_kind *const *kinds; /* those that he can run, ended by NULL */
    /* True when it is certain that the node of that name runs no more. May be NULL. */
    bool (*is_gone)(text node);
};

/* A job that was taken. */
struct job_claim {
    rid id;
    const struct job_kind *kind;
    rid person;
    unsigned scopes;
    text node;
    int attempt; /* from 1 */
    text options;
    bool has_input;
    size_t input_bytes;
    rid change;     /* what earlier attempts have stored, or 0 */
    bool is_stored; /* all of it: what follows is a change of its own */
    bool wants_cancel;
};

/* Takes the oldest job that may run now. Without one, claim->id is 0. Its own transaction. */
bool job_claim(struct call *call, const struct job_claimer *claimer, struct job_claim *claim);

/* How a running job stands; the texts of what is told are the caller's. */
struct job_beat {
    stamp clock;
    int progress;
    text sentence;
    rid change; /* 0: nothing stored yet */
    bool is_stored;
};

enum job_answer { JOB_GO_ON, JOB_IS_LOST, JOB_IS_CANCELLED };

/*
 * Writes how far the job is, unless somebody else has it now, and hears whether it is to stop.
 * job_beat_inside is for the transaction of the job's own change; job_beat has its own.
 */
bool job_beat_inside(struct call *call, const struct job_claim *claim, const struct job_beat *beat,
                     enum job_answer *answer);
bool job_beat(struct call *call, const struct job_claim *claim, const struct job_beat *beat,
              enum job_answer *answer);

/* How it ended. A job that somebody else has now is left to him; that is no failure. */
struct job_end {
    enum job_state state;
    int progress;
    text sentence;
    text result;
};

bool job_end_inside(struct call *call, const struct job_claim *claim, const struct job_end *end);
bool job_end(struct call *call, const struct job_claim *claim, const struct job_end *end);

/*
 * Queues it again, not to be taken before that instant; with `is_free` the attempt does not count.
 * Its own transaction.
 */
bool job_put_back(struct call *call, const struct job_claim *claim, stamp not_before, text sentence,
                  bool is_free);

/* Whether this periodic kind is the caller's to run now, and nobody else's. Its own transaction. */
bool job_claim_period(struct call *call, const struct job_kind *kind, stamp clock, bool *is_mine);

#endif

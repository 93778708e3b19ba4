/*
 * Work that may take long, as others see it: queued by a request, run by a server, followed by its
 * id, ended with a result. A job belongs to the person who started it and is nothing to anybody
 * else. It knows nothing of threads: who runs jobs is in app/job_runner.h.
 *
 *   QUEUED    waits for a server          job_add, job_put_back
 *   RUNNING   a server has it             job_claim
 *   DONE, FAILED, CANCELLED               job_end; a queued one: job_cancel; a command's: job_keep
 *
 * Transitions: QUEUED -> RUNNING -> DONE | FAILED | CANCELLED; RUNNING -> QUEUED when it is to be
 * tried again later, or when its server stops; RUNNING -> RUNNING when the server that had it is
 * gone; QUEUED -> CANCELLED. What has ended stays as it is.
 *
 * Invariants: every transition is one transaction and gives the row the next number `version`,
 * which grows over all jobs. `node` and `attempt` together say who has a running job: whoever finds
 * others there has lost it and writes nothing more. The heartbeat of a running job is written in
 * the transactions of its own change (struct call, `committing`), else by a call of its own while
 * that change does not hold the writer: so nobody who gets the writer finds it old while the job is
 * at work. `heartbeat` and `not_before` are of the machines' clocks, all other instants of the
 * calls'.
 */
#ifndef RONDO_JOB_H
#define RONDO_JOB_H

#include "catalog/table.h"

/* job, job_input, job_period; ended by NULL. */
extern const struct table *const job_tables[];

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED, JOB_STATES };

/* "queued", "running", ... */
extern const char *const job_state_words[JOB_STATES];

/* One run of a job, as its kind sees it. */
struct job_run {
    const struct job_kind *kind;
    text options; /* JSON, as it was queued */
    text input;   /* bytes, or TEXT_NONE */

    /* What the kind leaves: */
    text sentence;
    text result;     /* JSON, or TEXT_NONE */
    bool is_refused; /* it ran to its end and counts as failed; the result says why */
};

/*
 * What kinds of work there are: rooms and offers declare tables of them, ended by one without a
 * name. A run may come to its end more than once, when a server dies just then: it must find what
 * it has done already.
 */
struct job_kind {
    const char *name;  /* "import" */
    const char *label; /* for people */
    /* Acts as the job's person. A periodic one acts as the machine's holder and gets NULL. */
    bool (*run)(struct call *call, struct job_run *run);
    /* Of periodic kinds: whether there is anything to do; asked before anything is written. */
    bool (*is_due)(struct call *call, bool *is_due);
    int retries_max;    /* after trouble with the store; other failures end the job */
    int period_seconds; /* 0: only when asked for */
    const void *context;
};

struct job {
    rid id;
    text kind;
    enum job_state state;
    int progress;  /* per cent */
    text sentence; /* how it stands, or why it failed */
    text result;   /* JSON, or TEXT_NONE */
    int attempt;
    bool wants_cancel;
    rid change;                    /* what it has stored so far, or 0 */
    stamp created, started, ended; /* 0: not yet */
    int64_t version;
};

/* Queues a job of the actor, with the scopes that the actor has now. Its own transaction. */
bool job_add(struct call *call, const char *kind, text options, text input, rid *id);

/* Leaves a job of the actor that a command has run itself, and that has ended. Its own transaction.
 */
struct job_kept {
    const char *kind;
    bool has_failed;
    text sentence;
    text result; /* JSON */
};

bool job_keep(struct call *call, const struct job_kept *kept);

/* The actor's job of that id. FAIL_NOT_FOUND reads alike for somebody else's. */
bool job_get(struct call *call, text word, struct job *job);

/* The actor's latest jobs, newest first. */
bool job_latest(struct call *call, int limit, struct job **list, size_t *count);

/* The actor's jobs that changed after that version and up to the other, oldest change first. */
bool job_changed(struct call *call, int64_t after, int64_t until, struct job **list, size_t *count);

/* The latest version of any job; 0 when there is none. */
bool job_version(struct call *call, int64_t *version);

/*
 * Ends the actor's job when it waits and has stored nothing, else asks whoever runs it to stop at
 * the next place where it can. FAIL_CONFLICT when it has ended. Its own transaction.
 */
bool job_cancel(struct call *call, text word);

#endif

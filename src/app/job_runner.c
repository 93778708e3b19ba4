/* See job_runner.h. */
#include "app/job_runner.h"

#include "app/node.h"
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "offers/job_input.h"
#include "rooms/people/people.h"
#include "store/store.h"

#include <time.h>

enum {
    LOOK_MS = 50,  /* between two looks for a job */
    KEEP_MS = 500, /* between two looks at what is periodic */
    BEAT_US = 1000000,
    END_TRIES = 10,   /* to write how a job ended */
    PERCENT_MAX = 99, /* of a job that has not ended */
    BACK_OFF_MAX = 6,
};

/* --- calls of the runner's own --- */

static bool own_call_begin(struct job_runner *runner, struct call *call, size_t memory)
{
    call_init(call, memory);
    call->now = stamp_clock();
    call->door = DOOR_JOB;
    return store_attach(call, runner->store) && (!runner->set_clock || runner->set_clock(call));
}

static void own_call_end(struct call *call)
{
    store_leave(call);
    call_release(call);
}

/* --- one job at work --- */

enum stop { STOP_NOT, STOP_CANCELLED, STOP_LOST, STOP_SERVER };

struct work {
    struct job_runner *runner;
    const struct job_claim *claim;
    struct call call; /* the job's own */
    enum stop stop;
    rid change; /* what is stored so far */
    bool is_stored;

    int64_t beat_ticks;
    char what[64]; /* the present part of the work */
    int part;      /* from 0 */
    int progress;
    char sentence[160];
};

static void stop_work(struct work *work, enum stop stop, enum fail_kind kind, const char *why)
{
    work->stop = stop;
    fail(&work->call, kind, "%s", why);
}

static void hear(struct work *work, enum job_answer answer)
{
    if (answer == JOB_IS_CANCELLED)
        stop_work(work, STOP_CANCELLED, FAIL_CONFLICT, "the job was cancelled");
    else if (answer == JOB_IS_LOST)
        stop_work(work, STOP_LOST, FAIL_CONFLICT, "another server has taken the job over");
}

/*
 * How many parts there will be is not known: the first counts for one half, the next for half of
 * what is left, and so on. So it only grows, and is never all before the end.
 */
static void measure(struct work *work, const char *what, int64_t done, int64_t total)
{
    if (strncmp(what, work->what, sizeof work->what - 1) != 0) {
        work->part += work->what[0] != '\0';
        snprintf(work->what, sizeof work->what, "%s", what);
    }
    double left = 100;
    for (int i = 0; i < work->part; i++)
        left /= 2;
    double share = total > 0 && done > 0 ? (done < total ? (double)done / (double)total : 1) : 0;
    int progress = (int)(100 - left + share * left / 2);
    progress = progress > PERCENT_MAX ? PERCENT_MAX : progress;
    work->progress = progress > work->progress ? progress : work->progress;
    if (total > 0)
        snprintf(work->sentence, sizeof work->sentence, "%s: %lld of %lld", work->what,
                 (long long)done, (long long)total);
    else
        snprintf(work->sentence, sizeof work->sentence, "%s: %lld", work->what, (long long)done);
}

static struct job_beat beat_of(const struct work *work)
{
    return (struct job_beat){ .clock = stamp_clock(),
                              .progress = work->progress,
                              .sentence = text_of(work->sentence),
                              .change = work->change,
                              .is_stored = work->is_stored };
}

/* A beat that cannot be written is no reason to stop: the next one comes soon. */
static void beat(struct work *work)
{
    struct call call;
    enum job_answer answer = JOB_GO_ON;
    const struct job_beat now = beat_of(work);
    if (own_call_begin(work->runner, &call, CALL_MEMORY_DEFAULT) &&
        job_beat(&call, work->claim, &now, &answer))
        hear(work, answer);
    own_call_end(&call);
}

/* While the job's own change holds the writer, the beat goes with its next piece. */
static void on_progress(void *to, const char *what, int64_t done, int64_t total)
{
    struct work *work = to;
    measure(work, what, done, total);
    if (atomic_load(&work->runner->is_stopping)) {
        stop_work(work, STOP_SERVER, FAIL_BUSY, "the server is stopping");
        return;
    }
    if (stamp_ticks() - work->beat_ticks < BEAT_US || store_in_transaction(&work->call))
        return;
    work->beat_ticks = stamp_ticks();
    beat(work);
}

static bool on_commit(void *to, struct call *call, bool is_last)
{
    struct work *work = to;
    enum job_answer answer;
    rid change = change_id(call) ? change_id(call) : work->change;
    struct job_beat now = beat_of(work);
    now.change = change;
    now.is_stored = is_last;
    if (!job_beat_inside(call, work->claim, &now, &answer))
        return false;
    hear(work, answer);
    if (answer != JOB_GO_ON)
        return false;
    work->change = change;
    work->is_stored = is_last;
    work->beat_ticks = stamp_ticks();
    return true;
}

static bool begin_work(struct work *work, struct job_run *run)
{
    const struct job_claim *claim = work->claim;
    struct call *call = &work->call;
    if (!own_call_begin(work->runner, call, work->runner->call_memory + claim->input_bytes) ||
        !people_act_for(call, claim->person, claim->scopes) ||
        (claim->has_input && !job_input_read(call, claim->id, claim->input_bytes, &run->input)))
        return false;
    call->progress = on_progress;
    call->progress_to = work;
    call->committing = on_commit;
    call->committing_to = work;
    if (claim->change && !claim->is_stored)
        change_go_on(call, claim->change);
    return true;
}

/* --- how it ended --- */

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L }, NULL);
}

/* A store that is in trouble just now is asked again; in the end the heartbeat grows old. */
static void write_end(struct work *work, const struct job_end *end)
{
    bool is_written = false;
    for (int i = 0; i < END_TRIES && !is_written; i++) {
        struct call call;
        is_written = own_call_begin(work->runner, &call, CALL_MEMORY_DEFAULT) &&
                     job_end(&call, work->claim, end);
        own_call_end(&call);
        if (!is_written)
            pause_ms(LOOK_MS);
    }
}

static void write_back(struct work *work, stamp not_before, text sentence, bool is_free)
{
    struct call call;
    if (own_call_begin(work->runner, &call, CALL_MEMORY_DEFAULT))
        job_put_back(&call, work->claim, not_before, sentence, is_free);
    own_call_end(&call);
}

static struct job_end cancelled(const struct work *work, text sentence)
{
    return (struct job_end){ .state = JOB_CANCELLED,
                             .progress = work->progress,
                             .sentence = sentence,
                             .result = TEXT_NONE };
}

/* The undoing and the end of the job are one transaction. */
static bool on_undone(void *to, struct call *call, bool is_last)
{
    const struct work *work = to;
    const struct job_end end = cancelled(work, TEXT("cancelled; what it had stored was undone"));
    (void)is_last;
    return job_end_inside(call, work->claim, &end);
}

/* As the job's person, through the same door: who may bring it in may take it back. */
static bool undo(struct work *work, char sentence[FAIL_SENTENCE_SIZE])
{
    struct call call;
    bool done = own_call_begin(work->runner, &call, work->runner->call_memory) &&
                people_act_for(&call, work->claim->person, work->claim->scopes);
    call.door = DOOR_IMPORT;
    call.committing = on_undone;
    call.committing_to = work;
    done = done && ledger_undo(&call, work->change);
    if (!done)
        snprintf(sentence, FAIL_SENTENCE_SIZE,
                 "cancelled, but what it had stored stays, as change %lld: %.800s",
                 (long long)work->change, call.fail.sentence);
    own_call_end(&call);
    return done;
}

static void end_cancelled(struct work *work)
{
    char sentence[FAIL_SENTENCE_SIZE] = "cancelled; nothing was stored";
    if (work->change && undo(work, sentence))
        return;
    const struct job_end end = cancelled(work, text_of(sentence));
    write_end(work, &end);
}

static void end_done(struct work *work, const struct job_run *run)
{
    const struct job_end end = { .state = run->is_refused ? JOB_FAILED : JOB_DONE,
                                 .progress = 100,
                                 .sentence = run->sentence.at ? run->sentence : TEXT("done"),
                                 .result = run->result };
    write_end(work, &end);
}

static bool may_be_tried_again(const struct work *work)
{
    enum fail_kind kind = work->call.fail.kind;
    return (kind == FAIL_BUSY || kind == FAIL_STORE) &&
           work->claim->attempt <= work->claim->kind->retries_max;
}

static void end_failed(struct work *work)
{
    char sentence[FAIL_SENTENCE_SIZE];
    const char *why = work->call.fail.sentence;
    if (may_be_tried_again(work)) {
        int doublings = work->claim->attempt - 1;
        int seconds = 1 << (doublings < BACK_OFF_MAX ? doublings : BACK_OFF_MAX);
        snprintf(sentence, sizeof sentence, "is tried again in %d s: %.900s", seconds, why);
        write_back(work, stamp_clock() + seconds * STAMP_SECOND, text_of(sentence), false);
        return;
    }
    const struct job_end end = { .state = JOB_FAILED,
                                 .progress = work->progress,
                                 .sentence = text_of(why),
                                 .result = TEXT_NONE };
    write_end(work, &end);
}

static void end_work(struct work *work, bool done, const struct job_run *run)
{
    if (done) {
        end_done(work, run);
        return;
    }
    switch (work->stop) {
    case STOP_NOT:
        end_failed(work);
        break;
    case STOP_CANCELLED:
        end_cancelled(work);
        break;
    case STOP_SERVER:
        write_back(work, 0, TEXT("goes on when a server runs again"), true);
        break;
    case STOP_LOST:
        break;
    }
}

static bool outlived_its_servers(const struct job_claim *claim)
{
    return claim->attempt > claim->kind->retries_max + 1;
}

static void run_claimed(struct job_runner *runner, const struct job_claim *claim)
{
    struct work work = { .runner = runner,
                         .claim = claim,
                         .change = claim->change,
                         .beat_ticks = stamp_ticks(),
                         .sentence = "has begun" };
    struct job_run run = { .kind = claim->kind,
                           .options = claim->options,
                           .input = TEXT_NONE,
                           .sentence = TEXT_NONE,
                           .result = TEXT_NONE };
    if (claim->wants_cancel) {
        end_cancelled(&work);
        return;
    }
    bool done = begin_work(&work, &run);
    if (outlived_its_servers(claim)) {
        done = fail(&work.call, FAIL_INTERNAL,
                    "the servers that ran this job ended %d times: look at its input, and begin "
                    "it again",
                    claim->attempt - 1);
    }
    done = done && claim->kind->run(&work.call, &run) && work.call.fail.kind == FAIL_NONE;
    store_leave(&work.call); /* the writer is free for what follows */
    end_work(&work, done, &run);
    call_release(&work.call);
}

bool job_runner_step(struct job_runner *runner)
{
    struct call call;
    struct job_claim claim = { .id = 0 };
    const struct job_claimer claimer = { .node = runner->node,
                                         .clock = stamp_clock(),
                                         .kinds = runner->house->jobs,
                                         .is_gone = node_is_gone };
    bool is_taken = own_call_begin(runner, &call, CALL_MEMORY_DEFAULT) &&
                    job_claim(&call, &claimer, &claim) && claim.id != 0;
    store_leave(&call);
    if (is_taken)
        run_claimed(runner, &claim);
    call_release(&call);
    return is_taken;
}

/* --- what is periodic --- */

static bool run_period(struct job_runner *runner, const struct job_kind *kind)
{
    struct call call;
    bool is_due = true, is_mine = false;
    bool done = own_call_begin(runner, &call, runner->call_memory);
    call.all_rows = true;
    done = done && (!kind->is_due || kind->is_due(&call, &is_due)) && is_due &&
           job_claim_period(&call, kind, stamp_clock(), &is_mine) && is_mine;
    if (done)
        kind->run(&call, NULL); /* what fails is tried again after the period */
    own_call_end(&call);
    return done;
}

bool job_runner_keep(struct job_runner *runner)
{
    bool has_run = false;
    for (const struct job_kind *const *kind = runner->house->jobs; *kind; kind++)
        if ((*kind)->period_seconds && !atomic_load(&runner->is_stopping))
            has_run = run_period(runner, *kind) || has_run;
    return has_run;
}

/* --- threads --- */

/* Returns early when the runner stops. */
static void wait_ms(struct job_runner *runner, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += ms * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&runner->lock);
    if (!atomic_load(&runner->is_stopping))
        pthread_cond_timedwait(&runner->stopped, &runner->lock, &until);
    pthread_mutex_unlock(&runner->lock);
}

static void *work_loop(void *of)
{
    struct job_runner *runner = of;
    while (!atomic_load(&runner->is_stopping))
        if (!job_runner_step(runner))
            wait_ms(runner, LOOK_MS);
    return NULL;
}

static void *keep_loop(void *of)
{
    struct job_runner *runner = of;
    while (!atomic_load(&runner->is_stopping)) {
        job_runner_keep(runner);
        wait_ms(runner, KEEP_MS);
    }
    return NULL;
}

bool job_runner_start(struct call *call, struct job_runner *runner)
{
    atomic_init(&runner->is_stopping, false);
    pthread_mutex_init(&runner->lock, NULL);
    pthread_cond_init(&runner->stopped, NULL);
    if (pthread_create(&runner->worker, NULL, work_loop, runner) == 0) {
        if (pthread_create(&runner->keeper, NULL, keep_loop, runner) == 0)
            return true;
        atomic_store(&runner->is_stopping, true);
        pthread_join(runner->worker, NULL);
    }
    return fail(call, FAIL_STORE, "cannot start the threads that run jobs: allow more threads");
}

void job_runner_stop(struct job_runner *runner)
{
    pthread_mutex_lock(&runner->lock);
    atomic_store(&runner->is_stopping, true);
    pthread_cond_broadcast(&runner->stopped);
    pthread_mutex_unlock(&runner->lock);
    pthread_join(runner->worker, NULL);
    pthread_join(runner->keeper, NULL);
}

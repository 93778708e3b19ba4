/* See job_claim.h. */
#include "offers/job_claim.h"

#include "base/stamp.h"
#include "offers/job_input.h"
#include "store/sql.h"
#include "store/transaction.h"

#define NEXT_VERSION "version = (SELECT max(version) + 1 FROM job)"

static bool end_transaction(struct call *call, bool done)
{
    if (done)
        return store_commit(call);
    store_rollback(call);
    return false;
}

/* --- taking --- */

static const struct job_kind *kind_named(const struct job_kind *const *kinds, text name)
{
    while (*kinds && !text_is(name, (*kinds)->name))
        kinds++;
    return *kinds;
}

/* The server that had it ended, or was cut off so long that it counts as such. */
static bool is_left(const struct job_claimer *claimer, text node, stamp heartbeat)
{
    return heartbeat <= claimer->clock - JOB_HEARTBEAT_SECONDS * STAMP_SECOND ||
           (claimer->is_gone && !text_equal(node, claimer->node) && claimer->is_gone(node));
}

static bool may_be_taken(const struct job_claimer *claimer, struct sql *sql)
{
    bool is_running = text_is(sql_text(sql, 1), "running");
    if (!kind_named(claimer->kinds, sql_text(sql, 2)))
        return false; /* of a newer program */
    return is_running ? is_left(claimer, sql_text(sql, 4), sql_int(sql, 5))
                      : sql_int(sql, 3) <= claimer->clock;
}

/* 0: there is none. */
static bool find_job(struct call *call, const struct job_claimer *claimer, rid *id)
{
    struct sql *sql = SQL(call, "SELECT id, state, kind, not_before, node, heartbeat FROM job "
                                "WHERE state IN ('queued', 'running') ORDER BY id");
    enum sql_step step;
    *id = 0;
    if (!sql)
        return false;
    while ((step = sql_step(call, sql)) == SQL_ROW)
        if (may_be_taken(claimer, sql)) {
            *id = sql_int(sql, 0);
            break;
        }
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool mark_running(struct call *call, const struct job_claimer *claimer, rid id)
{
    struct sql *sql = SQL(
        call, "UPDATE job SET state = 'running', node = ?1, heartbeat = ?2, "
              "attempt = attempt + 1, started = coalesce(started, ?3), sentence = ?4, " NEXT_VERSION
              " WHERE id = ?5");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, claimer->node);
    sql_bind_int(sql, 2, claimer->clock);
    sql_bind_int(sql, 3, call->now);
    sql_bind_text(sql, 4, TEXT("has begun"));
    sql_bind_int(sql, 5, id);
    return sql_run(call, sql);
}

static bool read_claim(struct call *call, const struct job_claimer *claimer, rid id,
                       struct job_claim *claim)
{
    struct sql *sql =
        SQL(call, "SELECT kind, person, scopes, attempt, options, input_bytes, change, "
                  "is_stored, wants_cancel FROM job WHERE id = ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        *claim = (struct job_claim){
            .id = id,
            .kind = kind_named(claimer->kinds, sql_text(sql, 0)),
            .person = sql_int(sql, 1),
            .scopes = (unsigned)sql_int(sql, 2),
            .node = claimer->node,
            .attempt = (int)sql_int(sql, 3),
            .options = call_text(call, sql_text(sql, 4)),
            .has_input = !sql_is_null(sql, 5),
            .input_bytes = (size_t)sql_int(sql, 5),
            .change = sql_int(sql, 6),
            .is_stored = sql_int(sql, 7) != 0,
            .wants_cancel = sql_int(sql, 8) != 0,
        };
    sql_done(sql);
    return step == SQL_ROW && claim->options.at;
}

/* Asked again inside the transaction: somebody else may have been faster. */
static bool claim_inside(struct call *call, const struct job_claimer *claimer,
                         struct job_claim *claim)
{
    rid id;
    if (!find_job(call, claimer, &id))
        return false;
    return id == 0 || (mark_running(call, claimer, id) && read_claim(call, claimer, id, claim));
}

bool job_claim(struct call *call, const struct job_claimer *claimer, struct job_claim *claim)
{
    rid id;
    *claim = (struct job_claim){ .id = 0 };
    if (!find_job(call, claimer, &id))
        return false;
    return id == 0 ||
           (store_begin(call) && end_transaction(call, claim_inside(call, claimer, claim)));
}

/* --- how far it is --- */

/* Whether the job is still the claim's, and if so whether it is to stop. */
static bool ask(struct call *call, const struct job_claim *claim, enum job_answer *answer)
{
    struct sql *sql = SQL(call, "SELECT wants_cancel FROM job WHERE id = ?1 AND node = ?2 AND "
                                "attempt = ?3 AND state = 'running'");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, claim->id);
    sql_bind_text(sql, 2, claim->node);
    sql_bind_int(sql, 3, claim->attempt);
    enum sql_step step = sql_step(call, sql);
    *answer = step != SQL_ROW ? JOB_IS_LOST : sql_int(sql, 0) ? JOB_IS_CANCELLED : JOB_GO_ON;
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool write_beat(struct call *call, const struct job_claim *claim,
                       const struct job_beat *beat)
{
    struct sql *sql = SQL(call, "UPDATE job SET heartbeat = ?1, progress = ?2, sentence = ?3, "
                                "change = ?4, is_stored = ?5, " NEXT_VERSION " WHERE id = ?6");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, beat->clock);
    sql_bind_int(sql, 2, beat->progress);
    sql_bind_text(sql, 3, beat->sentence);
    sql_bind_int(sql, 4, beat->change);
    sql_bind_int(sql, 5, beat->is_stored);
    sql_bind_int(sql, 6, claim->id);
    return sql_run(call, sql);
}

bool job_beat_inside(struct call *call, const struct job_claim *claim, const struct job_beat *beat,
                     enum job_answer *answer)
{
    return ask(call, claim, answer) && (*answer != JOB_GO_ON || write_beat(call, claim, beat));
}

bool job_beat(struct call *call, const struct job_claim *claim, const struct job_beat *beat,
              enum job_answer *answer)
{
    return store_begin(call) && end_transaction(call, job_beat_inside(call, claim, beat, answer));
}

/* --- the end --- */

static bool write_end(struct call *call, const struct job_claim *claim, const struct job_end *end)
{
    struct sql *sql = SQL(call, "UPDATE job SET state = ?1, progress = ?2, sentence = ?3, "
                                "result = ?4, ended = ?5, " NEXT_VERSION " WHERE id = ?6");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(job_state_words[end->state]));
    sql_bind_int(sql, 2, end->progress);
    sql_bind_text(sql, 3, end->sentence);
    sql_bind_text(sql, 4, end->result);
    sql_bind_int(sql, 5, call->now);
    sql_bind_int(sql, 6, claim->id);
    return sql_run(call, sql);
}

bool job_end_inside(struct call *call, const struct job_claim *claim, const struct job_end *end)
{
    enum job_answer answer;
    if (!ask(call, claim, &answer))
        return false;
    return answer == JOB_IS_LOST ||
           (write_end(call, claim, end) && job_input_drop(call, claim->id));
}

bool job_end(struct call *call, const struct job_claim *claim, const struct job_end *end)
{
    return store_begin(call) && end_transaction(call, job_end_inside(call, claim, end));
}

static bool put_back_inside(struct call *call, const struct job_claim *claim, stamp not_before,
                            text sentence, bool is_free)
{
    enum job_answer answer;
    if (!ask(call, claim, &answer))
        return false;
    struct sql *sql =
        SQL(call, "UPDATE job SET state = 'queued', not_before = ?1, sentence = ?2, "
                  "attempt = attempt - ?3, " NEXT_VERSION " WHERE id = ?4 AND state = 'running'");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, not_before);
    sql_bind_text(sql, 2, sentence);
    sql_bind_int(sql, 3, is_free);
    sql_bind_int(sql, 4, answer == JOB_IS_LOST ? 0 : claim->id);
    return sql_run(call, sql);
}

bool job_put_back(struct call *call, const struct job_claim *claim, stamp not_before, text sentence,
                  bool is_free)
{
    return store_begin(call) &&
           end_transaction(call, put_back_inside(call, claim, not_before, sentence, is_free));
}

/* --- periods --- */

static stamp period_end(const struct job_kind *kind, stamp clock)
{
    return clock + kind->period_seconds * STAMP_SECOND;
}

/* An end beyond the period was written before the clock was set back: it holds nobody up. */
static bool period_is_over(struct call *call, const struct job_kind *kind, stamp clock,
                           bool *is_over)
{
    struct sql *sql = SQL(call, "SELECT 1 FROM job_period WHERE kind = ?1 AND not_before > ?2 AND "
                                "not_before <= ?3");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(kind->name));
    sql_bind_int(sql, 2, clock);
    sql_bind_int(sql, 3, period_end(kind, clock));
    enum sql_step step = sql_step(call, sql);
    *is_over = step == SQL_DONE;
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool begin_period(struct call *call, const struct job_kind *kind, stamp clock)
{
    struct sql *sql =
        SQL(call, "INSERT INTO job_period (kind, not_before) VALUES (?1, ?2) "
                  "ON CONFLICT (kind) DO UPDATE SET not_before = excluded.not_before");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(kind->name));
    sql_bind_int(sql, 2, period_end(kind, clock));
    return sql_run(call, sql);
}

static bool period_inside(struct call *call, const struct job_kind *kind, stamp clock,
                          bool *is_mine)
{
    return period_is_over(call, kind, clock, is_mine) &&
           (!*is_mine || begin_period(call, kind, clock));
}

bool job_claim_period(struct call *call, const struct job_kind *kind, stamp clock, bool *is_mine)
{
    return period_is_over(call, kind, clock, is_mine) &&
           (!*is_mine || (store_begin(call) &&
                          end_transaction(call, period_inside(call, kind, clock, is_mine))));
}

/* See change.h. */
#include "ledger/change.h"

#include "store/sql.h"

#include <assert.h>

/* What has to be stored with the piece goes first: then both are stored, or neither. */
static bool commit_piece(struct call *call, bool is_last)
{
    if (call->committing && !call->committing(call->committing_to, call, is_last)) {
        store_rollback(call);
        return false;
    }
    return store_commit(call);
}

bool change_commit(struct call *call)
{
    assert(call->change.is_open && !call->change.is_paused);
    call->change.is_open = false;
    if (commit_piece(call, true))
        return true;
    call->change.id = 0;
    return false;
}

void change_rollback(struct call *call)
{
    call->change = (struct open_change){ .is_open = false };
    store_rollback(call);
}

/* 0 and 0 when there was none yet. */
static bool last_change(struct call *call, rid *id, stamp *at)
{
    struct sql *sql = SQL(call, "SELECT id, at FROM change ORDER BY id DESC LIMIT 1");
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *id = step == SQL_ROW ? sql_int(sql, 0) : 0;
    *at = step == SQL_ROW ? sql_int(sql, 1) : 0;
    sql_done(sql);
    return step != SQL_FAILED;
}

/* Others may have changed rows meanwhile: what follows is later than theirs. */
static bool catch_up(struct call *call)
{
    struct open_change *change = &call->change;
    rid last;
    stamp at;
    if (!last_change(call, &last, &at))
        return false;
    if (change->id && last != change->id && at >= change->at)
        change->at = at + 1;
    return true;
}

/* The instant that the latest row of an unfinished change was written at; 0 when it was undone. */
static bool unfinished_at(struct call *call, rid change, stamp *at)
{
    struct sql *sql =
        SQL(call, "SELECT at, (SELECT max(valid_to) FROM history WHERE history.change = ?1) "
                  "FROM change WHERE id = ?1 AND NOT EXISTS "
                  "(SELECT 1 FROM change AS later WHERE later.undoes = ?1)");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, change);
    enum sql_step step = sql_step(call, sql);
    *at = step == SQL_ROW ? sql_int(sql, 0) : 0;
    if (step == SQL_ROW && sql_int(sql, 1) > *at)
        *at = sql_int(sql, 1);
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool go_on(struct call *call, rid change)
{
    stamp at;
    if (!unfinished_at(call, change, &at))
        return false;
    call->change.id = at ? change : 0;
    call->change.at = at;
    return catch_up(call);
}

void change_go_on(struct call *call, rid change)
{
    assert(!call->change.is_open);
    call->change.resumes = change;
}

bool change_open(struct call *call, text what)
{
    rid resumes = call->change.resumes;
    assert(!call->change.is_open);
    if (!store_begin(call))
        return false;
    call->change = (struct open_change){ .is_open = true, .what = what };
    if (!resumes || go_on(call, resumes))
        return true;
    change_rollback(call);
    return false;
}

/* Somebody may wait for the writer, in this process or in another: he comes first. */
bool change_checkpoint(struct call *call)
{
    assert(call->change.is_open && !call->change.is_paused);
    if (!commit_piece(call, false))
        return false;
    call->change.is_written = false;
    store_give_way();
    return store_begin(call) && catch_up(call);
}

void change_pause(struct call *call)
{
    assert(call->change.is_open);
    if (call->change.is_written || call->change.is_paused)
        return;
    store_rollback(call);
    call->change.is_paused = true;
}

bool change_resume(struct call *call)
{
    const struct fail before = call->fail;
    if (!call->change.is_paused)
        return true;
    fail_clear(call);
    if (!store_begin(call))
        return false;
    call->change.is_paused = false;
    if (!catch_up(call))
        return false;
    call->fail = before;
    return true;
}

rid change_id(const struct call *call)
{
    return call->change.id;
}

/* The next number, and an instant after the last change's. */
static bool change_number(struct call *call)
{
    struct open_change *change = &call->change;
    rid last;
    stamp at;
    if (!last_change(call, &last, &at))
        return false;
    change->id = last + 1;
    change->at = last && at >= call->now ? at + 1 : call->now;
    return true;
}

bool change_require(struct call *call)
{
    struct open_change *change = &call->change;
    assert(change->is_open && !change->is_paused);
    change->is_written = true;
    call_forget(call);
    if (change->id)
        return true;
    struct sql *sql = change_number(call)
                          ? SQL(call, "INSERT INTO change (id, at, actor, door, what, undoes) "
                                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                          : NULL;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, change->id);
    sql_bind_int(sql, 2, change->at);
    sql_bind_int(sql, 3, call->actor.person);
    sql_bind_text(sql, 4, text_of(door_word(call->door)));
    sql_bind_text(sql, 5, change->what.at ? change->what : TEXT(""));
    if (change->undoes)
        sql_bind_int(sql, 6, change->undoes);
    return sql_run(call, sql);
}

bool change_enter(struct call *call, const char *verb, const struct record *record, bool *own)
{
    *own = !call->change.is_open;
    if (!*own)
        return true;
    text what = call_format(call, "%s %s", verb, record->label);
    return what.at && change_open(call, what);
}

bool change_finish(struct call *call, bool own, bool done)
{
    if (!own)
        return done;
    if (done)
        return change_commit(call);
    change_rollback(call);
    return false;
}

bool history_write(struct call *call, const struct row *before, const struct row *after)
{
    text body = TEXT_NONE;
    if (before && !row_pack(call, before, &body))
        return false;
    struct sql *sql = SQL(
        call, "INSERT INTO history (record, \"row\", version, change, valid_from, valid_to, body) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(after->record->name));
    sql_bind_int(sql, 2, after->id);
    sql_bind_int(sql, 3, after->version);
    sql_bind_int(sql, 4, call->change.id);
    sql_bind_int(sql, 5, before ? before->changed : 0);
    sql_bind_int(sql, 6, call->change.at);
    sql_bind_text(sql, 7, body);
    return sql_run(call, sql);
}

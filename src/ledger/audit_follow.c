/*
 * See audit.h: new lines of the audit, for who follows them. Lines get their numbers one after the
 * other under the one writer, so none appears below one that was seen.
 */
#include "ledger/audit.h"

#include "ledger/audit_line.h"
#include "store/sql.h"

bool audit_last(struct call *call, rid *last)
{
    struct sql *sql = SQL(call, "SELECT coalesce(max(id), 0) FROM audit");
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *last = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

static struct sql *query_new(struct call *call, const struct audit_follower *follower, rid last)
{
    struct sql *sql =
        SQL(call, "SELECT id, change, record, \"row\", verb FROM audit WHERE id > ?1 AND id <= ?2 "
                  "AND (?3 = '' OR record = ?3) AND (?4 = 0 OR \"row\" = ?4) ORDER BY id LIMIT ?5");
    if (!sql)
        return NULL;
    sql_bind_int(sql, 1, follower->after);
    sql_bind_int(sql, 2, last);
    sql_bind_text(sql, 3, follower->record.at ? follower->record : TEXT(""));
    sql_bind_int(sql, 4, follower->row);
    sql_bind_int(sql, 5, follower->look_max);
    return sql;
}

static struct audit_event event_of(struct sql *sql)
{
    return (struct audit_event){ .id = sql_int(sql, 0),
                                 .change = sql_int(sql, 1),
                                 .record = sql_text(sql, 2),
                                 .row = sql_int(sql, 3),
                                 .verb = sql_text(sql, 4) };
}

static bool is_for_actor(struct call *call, const struct audit_event *event)
{
    struct arena_mark mark = arena_mark(&call->arena);
    bool is_readable = audit_line_is_readable(call, event->record, event->row);
    if (call->fail.kind == FAIL_NONE)
        arena_rewind(&call->arena, mark);
    return is_readable;
}

static bool follow_until(struct call *call, struct audit_follower *follower, rid last)
{
    struct sql *sql = query_new(call, follower, last);
    int looked = 0;
    enum sql_step step = SQL_DONE;
    if (!sql)
        return false;
    while (call->fail.kind == FAIL_NONE && (step = sql_step(call, sql)) == SQL_ROW) {
        const struct audit_event event = event_of(sql);
        if (is_for_actor(call, &event) && !follower->take(follower->to, call, &event))
            break;
        follower->after = event.id;
        looked++;
    }
    sql_done(sql);
    follower->has_more = looked == follower->look_max;
    if (step == SQL_DONE && !follower->has_more)
        follower->after = last;
    return step == SQL_DONE && call->fail.kind == FAIL_NONE;
}

bool audit_follow(struct call *call, struct audit_follower *follower)
{
    rid last;
    follower->has_more = false;
    return audit_last(call, &last) &&
           (last <= follower->after || follow_until(call, follower, last));
}

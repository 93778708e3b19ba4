/* Room people: sessions. Who has the secret acts as its person until it was idle for too long. */
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "rooms/people/people.h"
#include "base/secret.h"
#include "rooms/people/sign_in.h"
#include "store/find.h"
#include "store/sql.h"

#define SESSION_IDLE (SESSION_IDLE_DAYS * STAMP_DAY)

/* How often it is written down that a session is in use. */
#define SEEN_EVERY STAMP_HOUR

struct session_key {
    text digest;
    rid session, person;
    stamp seen_at;
};

static bool fail_ended(struct call *call)
{
    return fail(call, FAIL_UNKNOWN_USER, "this session has ended: sign in again");
}

/* Ends on a failure, and without one when there is no such key any more. */
static bool find_key(struct call *call, text secret, struct session_key *key)
{
    key->digest = secret_digest(call, secret);
    struct sql *sql = key->digest.at ? SQL(call, "SELECT session, person, seen_at FROM session_key "
                                                 "WHERE digest = ?1 AND seen_at > ?2")
                                     : NULL;
    if (!sql)
        return false;
    sql_bind_text(sql, 1, key->digest);
    sql_bind_int(sql, 2, call->now - SESSION_IDLE);
    bool is_found = sql_step(call, sql) == SQL_ROW;
    if (is_found) {
        key->session = sql_int(sql, 0);
        key->person = sql_int(sql, 1);
        key->seen_at = sql_int(sql, 2);
    }
    sql_done(sql);
    return is_found;
}

/* Dropping the row ended it. */
static bool is_live(struct call *call, const struct session_key *key)
{
    struct row row;
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool is_found = find_row(call, &session_record, key->session, &row);
    call->all_rows = all_rows;
    if (!is_found && call->fail.kind == FAIL_NOT_FOUND)
        fail_clear(call);
    return is_found && row.archived == 0;
}

static bool write_seen(struct call *call, const struct session_key *key)
{
    struct sql *sql = SQL(call, "UPDATE session_key SET seen_at = ?2 WHERE digest = ?1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, key->digest);
    sql_bind_int(sql, 2, call->now);
    return sql_run(call, sql);
}

/* A store that is busy just now is told next time. */
static void keep_seen(struct call *call, const struct session_key *key)
{
    if (call->now - key->seen_at < SEEN_EVERY)
        return;
    if (store_begin(call) && !(write_seen(call, key) && store_commit(call)) &&
        store_in_transaction(call))
        store_rollback(call);
    if (call->fail.kind == FAIL_BUSY)
        fail_clear(call);
}

bool session_act(struct call *call, text secret)
{
    struct session_key key;
    if (!find_key(call, secret, &key) || !is_live(call, &key))
        return call->fail.kind == FAIL_NONE && fail_ended(call);
    if (!people_act_for(call, key.person, SCOPE_ALL)) {
        if (call->fail.kind == FAIL_UNKNOWN_USER)
            fail_clear(call); /* the person was dropped */
        return call->fail.kind == FAIL_NONE && fail_ended(call);
    }
    keep_seen(call, &key);
    return call->fail.kind == FAIL_NONE;
}

bool people_lately_here(struct call *call, size_t most, rid *person, size_t *count)
{
    enum sql_step step = SQL_DONE;
    struct sql *sql = SQL(call, "SELECT person FROM session_key WHERE seen_at > ?1 "
                                "GROUP BY person ORDER BY max(seen_at) DESC, person LIMIT ?2");
    *count = 0;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->now - SESSION_IDLE);
    sql_bind_int(sql, 2, (int64_t)most);
    while ((step = sql_step(call, sql)) == SQL_ROW)
        person[(*count)++] = sql_int(sql, 0);
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool forget_old_keys(struct call *call)
{
    struct sql *sql = SQL(call, "DELETE FROM session_key WHERE seen_at <= ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->now - SESSION_IDLE);
    return sql_run(call, sql);
}

static bool write_key(struct call *call, text digest, rid session)
{
    struct sql *sql = SQL(call, "INSERT INTO session_key (digest, session, person, seen_at) "
                                "VALUES (?1, ?2, ?3, ?4)");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, digest);
    sql_bind_int(sql, 2, session);
    sql_bind_int(sql, 3, call->actor.person);
    sql_bind_int(sql, 4, call->now);
    return sql_run(call, sql);
}

/* Whoever signs in may do that without any role: the program writes for him. */
bool session_open(struct call *call, text name, text *secret)
{
    struct row row;
    text digest;
    bool all_rows = call->all_rows;
    if (!secret_new(call, "", secret, &digest) || !row_init(call, &session_record, &row))
        return false;
    row.value[SESSION_NAME] = value_text(name.size ? name : TEXT("unknown"));
    row.value[SESSION_PERSON] = value_ref(call->actor.person);
    if (!change_open(call, TEXT("sign in")))
        return false;
    call->all_rows = true;
    bool done = ledger_create(call, &row) && forget_old_keys(call) &&
                write_key(call, digest, row.id) && change_commit(call);
    call->all_rows = all_rows;
    if (!done)
        change_rollback(call);
    return done;
}

static bool drop_key(struct call *call, text digest)
{
    struct sql *sql = SQL(call, "DELETE FROM session_key WHERE digest = ?1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, digest);
    return sql_run(call, sql);
}

bool session_end(struct call *call, text secret)
{
    struct session_key key;
    bool all_rows = call->all_rows;
    if (!find_key(call, secret, &key) || !is_live(call, &key))
        return call->fail.kind == FAIL_NONE;
    if (!people_act_for(call, key.person, SCOPE_ALL)) {
        fail_clear(call);
        return true; /* nobody's, so it has ended */
    }
    if (!change_open(call, TEXT("sign out")))
        return false;
    call->all_rows = true;
    bool done = ledger_archive(call, &session_record, key.session) && drop_key(call, key.digest) &&
                change_commit(call);
    call->all_rows = all_rows;
    if (!done)
        change_rollback(call);
    return done;
}

/* Those of who acts but that of the digest; they are collected before any is ended. */
static bool find_others(struct call *call, text digest, struct session_key **keys, size_t *count)
{
    struct sql *sql = SQL(call, "SELECT digest, session FROM session_key "
                                "WHERE person = ?1 AND digest <> ?2 ORDER BY session");
    enum sql_step step = SQL_FAILED;
    size_t room = 0;
    *keys = NULL;
    *count = 0;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->actor.person);
    sql_bind_text(sql, 2, digest);
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        *keys = call_more(call, *keys, *count, &room, sizeof **keys);
        if (!*keys)
            break;
        (*keys)[*count] = (struct session_key){ .digest = call_text(call, sql_text(sql, 0)),
                                                .session = sql_int(sql, 1) };
        *count += 1;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

bool session_end_others(struct call *call, text secret)
{
    struct session_key *keys;
    size_t count;
    text digest = secret.size ? secret_digest(call, secret) : TEXT("");
    if (!digest.at || !find_others(call, digest, &keys, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (is_live(call, &keys[i]) && !ledger_archive(call, &session_record, keys[i].session))
            return false;
        if (call->fail.kind != FAIL_NONE || !drop_key(call, keys[i].digest))
            return false;
    }
    return true;
}

/* Room people: see sign_in_try.h. */
#include "rooms/people/sign_in_try.h"

#include "base/hash.h"
#include "base/lower_case.h"
#include "base/stamp.h"
#include "store/sql.h"
#include "store/transaction.h"

#define TRIES_KEPT_FOR (SIGN_IN_TRIES_MINUTES * STAMP_MINUTE)

/* What was typed may be anything: it is kept by its digest. */
static text word_key(struct call *call, text word)
{
    char hexadecimal[HASH_TEXT_SIZE];
    text lower = lower_case(call, word);
    if (!lower.at)
        return TEXT_NONE;
    struct hash digest = hash_strong(lower);
    hash_write(&digest, hexadecimal);
    return call_text(call, text_of(hexadecimal));
}

static bool forget_old_tries(struct call *call)
{
    struct sql *sql = SQL(call, "DELETE FROM sign_in_try WHERE since <= ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->now - TRIES_KEPT_FOR);
    return sql_run(call, sql);
}

static bool tries_of(struct call *call, text key, int64_t *tries)
{
    struct sql *sql = SQL(call, "SELECT tries FROM sign_in_try WHERE word = ?1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, key);
    enum sql_step step = sql_step(call, sql);
    *tries = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool add_try(struct call *call, text key)
{
    struct sql *sql = SQL(call, "INSERT INTO sign_in_try (word, tries, since) VALUES (?1, 1, ?2) "
                                "ON CONFLICT (word) DO UPDATE SET tries = sign_in_try.tries + 1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, key);
    sql_bind_int(sql, 2, call->now);
    return sql_run(call, sql);
}

bool sign_in_try_count(struct call *call, text word, bool *is_too_often)
{
    text key = word_key(call, word);
    int64_t tries = 0;
    *is_too_often = false;
    if (!key.at || !store_begin(call))
        return false;
    if (!forget_old_tries(call) || !tries_of(call, key, &tries) || !add_try(call, key)) {
        store_rollback(call);
        return false;
    }
    if (!store_commit(call))
        return false;
    *is_too_often = tries >= SIGN_IN_TRIES_MAX;
    return !*is_too_often ||
           fail(call, FAIL_FORBIDDEN, "too many tries: wait %d minutes, then try again",
                SIGN_IN_TRIES_MINUTES);
}

bool sign_in_try_forget(struct call *call, text word)
{
    text key = word_key(call, word);
    struct sql *sql =
        key.at && store_begin(call) ? SQL(call, "DELETE FROM sign_in_try WHERE word = ?1") : NULL;
    if (sql)
        sql_bind_text(sql, 1, key);
    if (sql && sql_run(call, sql))
        return store_commit(call);
    if (store_in_transaction(call))
        store_rollback(call);
    return false;
}

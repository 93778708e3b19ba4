/*
 * See sql.h. A statement that is in use is never handed out
 * twice: a second user gets one of his own.
 */
#include "store/sql.h"

#include "base/hash.h"
#include "store/session.h"

struct sql {
    const struct driver *driver;
    struct statement *prepared;
    struct store *store;
    struct slot *slot;
    char *words;
    size_t words_size;
    bool is_kept;
    bool is_busy;
};

static void sql_free(struct sql *sql)
{
    sql->driver->finish(sql->prepared);
    free(sql->words);
    free(sql);
}

void slot_close(struct store *store, struct slot *slot)
{
    for (int i = 0; i < SLOT_STATEMENTS; i++)
        if (slot->kept[i])
            sql_free(slot->kept[i]);
    store->driver->close(slot->connection);
    free(slot);
}

static struct sql *sql_new(struct call *call, struct slot *slot, text words)
{
    struct store *store = call->store;
    struct statement *prepared;
    enum driver_result result = store->driver->prepare(slot->connection, words, &prepared);
    if (result != DRIVER_OK) {
        store_fail(call, store, slot->connection, result);
        return NULL;
    }
    struct sql *sql = calloc(1, sizeof *sql);
    char *copy = sql ? malloc(words.size) : NULL;
    if (!copy) {
        store->driver->finish(prepared);
        free(sql);
        fail(call, FAIL_INTERNAL, "the machine has no more memory");
        return NULL;
    }
    memcpy(copy, words.at, words.size);
    *sql = (struct sql){ .driver = store->driver,
                         .prepared = prepared,
                         .store = store,
                         .slot = slot,
                         .words = copy,
                         .words_size = words.size };
    return sql;
}

struct sql *sql_prepare(struct call *call, text statement)
{
    struct slot *slot = session_slot(call);
    if (!statement.at)
        fail(call, FAIL_INTERNAL, "a statement could not be written"); /* if nobody said why */
    if (!slot || !statement.at)
        return NULL;
    struct sql **place = &slot->kept[hash_quick(statement, 0) % SLOT_STATEMENTS];
    struct sql *found = *place;
    if (found && !found->is_busy &&
        text_equal((text){ found->words, found->words_size }, statement)) {
        found->is_busy = true;
        return found;
    }
    struct sql *made = sql_new(call, slot, statement);
    if (!made)
        return NULL;
    made->is_busy = true;
    if (!found || !found->is_busy) {
        if (found)
            sql_free(found);
        made->is_kept = true;
        *place = made;
    }
    return made;
}

void sql_done(struct sql *sql)
{
    if (!sql)
        return;
    if (!sql->is_kept) {
        sql_free(sql);
        return;
    }
    sql->driver->reset(sql->prepared);
    sql->is_busy = false;
}

void sql_bind_int(struct sql *sql, int at, int64_t value)
{
    sql->driver->bind_int(sql->prepared, at, value);
}

void sql_bind_real(struct sql *sql, int at, double value)
{
    sql->driver->bind_real(sql->prepared, at, value);
}

void sql_bind_text(struct sql *sql, int at, text value)
{
    if (value.at)
        sql->driver->bind_text(sql->prepared, at, value);
    else
        sql->driver->bind_null(sql->prepared, at);
}

void sql_bind_blob(struct sql *sql, int at, text value)
{
    if (value.at)
        sql->driver->bind_blob(sql->prepared, at, value);
    else
        sql->driver->bind_null(sql->prepared, at);
}

void sql_bind_null(struct sql *sql, int at)
{
    sql->driver->bind_null(sql->prepared, at);
}

enum sql_step sql_step(struct call *call, struct sql *sql)
{
    enum driver_result result = sql->driver->step(sql->prepared);
    if (result == DRIVER_ROW)
        return SQL_ROW;
    if (result == DRIVER_DONE)
        return SQL_DONE;
    store_fail(call, sql->store, sql->slot->connection, result);
    return SQL_FAILED;
}

bool sql_run(struct call *call, struct sql *sql)
{
    if (!sql)
        return false;
    enum sql_step step;
    while ((step = sql_step(call, sql)) == SQL_ROW)
        ;
    sql_done(sql);
    return step == SQL_DONE;
}

bool sql_is_null(struct sql *sql, int column)
{
    return sql->driver->column_is_null(sql->prepared, column);
}

int64_t sql_int(struct sql *sql, int column)
{
    return sql->driver->column_int(sql->prepared, column);
}

double sql_real(struct sql *sql, int column)
{
    return sql->driver->column_real(sql->prepared, column);
}

text sql_text(struct sql *sql, int column)
{
    return sql->driver->column_text(sql->prepared, column);
}

text sql_blob(struct sql *sql, int column)
{
    return sql->driver->column_blob(sql->prepared, column);
}

bool sql_ahead(struct call *call, const struct ahead_wish *wish, size_t count)
{
    struct slot *slot = session_slot(call);
    return slot && call->store->driver->ahead &&
           call->store->driver->ahead(slot->connection, wish, count);
}

bool sql_script(struct call *call, text statements)
{
    struct slot *slot = session_slot(call);
    char *words = slot ? call_string(call, statements) : NULL;
    if (!words)
        return false;
    enum driver_result result = call->store->driver->script(slot->connection, words);
    return result == DRIVER_OK || store_fail(call, call->store, slot->connection, result);
}

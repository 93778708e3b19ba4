/*
 * The PostgreSQL driver. A store is the schema that comes first on the search path of its address.
 * Those who write queue for one lock of the store, over all processes and machines, as they do for
 * the one writer of an SQLite file: only so is "the next number" a number that nobody else takes,
 * and the order of changes the order in which they were stored. Those who read do so undisturbed,
 * each in a snapshot of its own.
 */
#include "store/driver.h"

#include "base/out.h"
#include "store/postgresql_connection.h"
#include "store/postgresql_statement.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPEN_PATIENCE_MS = 3000,       /* somebody waits at a terminal */
    RECONNECT_PATIENCE_MS = 10000, /* a server that restarts takes seconds */
    SETTLE_TURNS = 20,
    SETTLE_PAUSE_MS = 100,
};

/* The first number is Rondo's own among the locks of a database, the second the store's. */
#define LOCK_WRITERS "pg_advisory_xact_lock(726671, hashtext(current_schema()))"

#define BEGIN_WRITING "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT " LOCK_WRITERS ";"

/* --- the address --- */

static bool postgresql_is_mine(text where)
{
    return text_starts(where, TEXT("postgres://")) || text_starts(where, TEXT("postgresql://"));
}

/* "postgres://user:secret@host/db" without the secret; what follows a "password=" goes as well. */
static void postgresql_show(const char *where, struct out *shown)
{
    const char *start = strstr(where, "://"), *host = strrchr(where, '@');
    const char *at = where, *secret;
    if (start && host && host > start) {
        secret = memchr(start + 3, ':', (size_t)(host - start - 3));
        if (secret) {
            out_text(shown, (text){ where, (size_t)(secret - where) });
            at = host;
        }
    }
    while ((secret = strstr(at, "password="))) {
        secret += strlen("password=");
        out_text(shown, (text){ at, (size_t)(secret - at) });
        out_string(shown, "...");
        at = secret + strcspn(secret, "&");
    }
    out_string(shown, at);
}

/* --- opening --- */

static int64_t count_tables(struct connection *connection, const char *table)
{
    char answer[POSTGRESQL_ID_SIZE];
    enum driver_result done = postgresql_ask(
        connection,
        "SELECT count(*) FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') AND relnamespace = "
        "(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema()) "
        "AND ($1 = '' OR relname = $1)",
        table, answer, sizeof answer);
    return done == DRIVER_OK ? strtoll(answer, NULL, 10) : -1;
}

static bool postgresql_has_table(struct connection *connection, const char *table)
{
    return count_tables(connection, table) > 0;
}

static bool postgresql_is_empty(struct connection *connection)
{
    return count_tables(connection, "") == 0;
}

static void postgresql_close(struct connection *connection)
{
    if (connection->library)
        postgresql_disconnect(connection);
    free(connection->where);
    free(connection);
}

static enum driver_result open_with(struct connection *connection, const char *where, bool create)
{
    connection->where = strdup(where);
    connection->library = postgresql_library();
    if (!connection->library)
        return DRIVER_NO_CLIENT;
    if (!connection->where)
        return DRIVER_BROKEN;
    enum driver_result done = postgresql_connect(connection, OPEN_PATIENCE_MS);
    if (done == DRIVER_OK && !create && !postgresql_has_table(connection, "setting"))
        done = connection->native ? DRIVER_NO_STORE : DRIVER_LOST;
    return done;
}

static enum driver_result postgresql_open(const char *where, bool create, bool read_only,
                                          struct connection **opened,
                                          char message[DRIVER_MESSAGE_SIZE])
{
    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        snprintf(message, DRIVER_MESSAGE_SIZE, "out of memory");
        return DRIVER_BROKEN;
    }
    enum driver_result done = open_with(connection, where, create);
    if (done == DRIVER_OK && read_only)
        done = postgresql_run(connection, "SET default_transaction_read_only = on");
    if (done == DRIVER_OK) {
        *opened = connection;
        return DRIVER_OK;
    }
    snprintf(message, DRIVER_MESSAGE_SIZE, "%s", connection->message);
    postgresql_close(connection);
    return done;
}

/* --- transactions --- */

static enum driver_result give_back_outlived(struct connection *connection)
{
    if (connection->outlived_size == 0)
        return DRIVER_OK;
    enum driver_result done = postgresql_run(connection, connection->outlived);
    connection->outlived_size = 0;
    return done;
}

static enum driver_result begin_once(struct connection *connection, bool writing)
{
    enum driver_result done = give_back_outlived(connection);
    if (done == DRIVER_OK)
        done = postgresql_run(connection, writing ? BEGIN_WRITING : POSTGRESQL_BEGIN_READING);
    if (done == DRIVER_OK && writing) /* its number, by which its end can be asked for */
        done = postgresql_ask(connection, "SELECT pg_current_xact_id()::text", NULL,
                              connection->transaction, sizeof connection->transaction);
    return done;
}

static enum driver_result postgresql_rollback(struct connection *connection)
{
    connection->transaction[0] = '\0';
    if (!connection->native ||
        connection->library->transactionStatus(connection->native) == PQTRANS_IDLE)
        return DRIVER_OK;
    return postgresql_run(connection, "ROLLBACK");
}

/* Nothing is lost with a connection that breaks here: another is made, and it begins there. */
static enum driver_result postgresql_begin(struct connection *connection, bool writing)
{
    enum driver_result done = begin_once(connection, writing);
    if (done == DRIVER_LOST) {
        done = postgresql_connect(connection, RECONNECT_PATIENCE_MS);
        if (done == DRIVER_OK)
            done = begin_once(connection, writing);
    }
    if (done != DRIVER_OK)
        postgresql_rollback(connection);
    return done;
}

/* The answer to COMMIT did not come. The server remembers what became of the transaction. */
static enum driver_result settle(struct connection *connection)
{
    char status[POSTGRESQL_ID_SIZE] = "";
    if (postgresql_connect(connection, RECONNECT_PATIENCE_MS) != DRIVER_OK)
        return DRIVER_UNCERTAIN;
    for (int turn = 0; turn < SETTLE_TURNS; turn++) {
        if (postgresql_ask(connection, "SELECT pg_xact_status($1::xid8)", connection->transaction,
                           status, sizeof status) != DRIVER_OK)
            return DRIVER_UNCERTAIN;
        if (strcmp(status, "in progress") != 0)
            break;
        usleep(SETTLE_PAUSE_MS * 1000);
    }
    if (strcmp(status, "committed") == 0)
        return DRIVER_OK;
    return strcmp(status, "aborted") == 0 ? DRIVER_LOST : DRIVER_UNCERTAIN;
}

/* The server ends a failed transaction by COMMIT too, and calls that a success. */
static enum driver_result postgresql_commit(struct connection *connection)
{
    if (connection->native &&
        connection->library->transactionStatus(connection->native) == PQTRANS_INERROR)
        return DRIVER_BROKEN;
    enum driver_result done = postgresql_run(connection, "COMMIT");
    if (done == DRIVER_LOST && connection->transaction[0])
        done = settle(connection);
    connection->transaction[0] = '\0';
    return done;
}

static enum driver_result postgresql_script(struct connection *connection, const char *statements)
{
    enum driver_result done = postgresql_run(connection, statements);
    if (done != DRIVER_OK)
        postgresql_heal(connection);
    return done;
}

static const char *postgresql_message(struct connection *connection)
{
    return connection->message;
}

const struct driver postgresql_driver = {
    .name = "postgresql",
    .dialect = &dialect_postgresql,
    .is_mine = postgresql_is_mine,
    .show = postgresql_show,
    .open = postgresql_open,
    .close = postgresql_close,
    .begin = postgresql_begin,
    .commit = postgresql_commit,
    .rollback = postgresql_rollback,
    .script = postgresql_script,
    .prepare = postgresql_prepare,
    .finish = postgresql_finish,
    .reset = postgresql_reset,
    .step = postgresql_step,
    .bind_int = postgresql_bind_int,
    .bind_real = postgresql_bind_real,
    .bind_text = postgresql_bind_text,
    .bind_blob = postgresql_bind_blob,
    .bind_null = postgresql_bind_null,
    .column_is_null = postgresql_column_is_null,
    .column_int = postgresql_column_int,
    .column_real = postgresql_column_real,
    .column_text = postgresql_column_text,
    .column_blob = postgresql_column_blob,
    .message = postgresql_message,
    .has_table = postgresql_has_table,
    .is_empty = postgresql_is_empty,
};

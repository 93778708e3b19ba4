/* See postgresql_connection.h. */
#include "store/postgresql_connection.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAUSE_FIRST_MS = 20, PAUSE_LONGEST_MS = 1000, OLDEST_SERVER = 130000 };

/* --- what the server says --- */

/*
 * SQLSTATE codes (appendix A of PostgreSQL's manual), whole or by their class; the first that fits
 * counts.
 */
static const struct {
    const char *code;
    enum driver_result result;
} troubles[] = {
    { "23502", DRIVER_INVALID },     /* not_null_violation */
    { "23514", DRIVER_INVALID },     /* check_violation */
    { "23", DRIVER_CONFLICT },       /* integrity_constraint_violation */
    { "22", DRIVER_INVALID },        /* data_exception */
    { "54000", DRIVER_INVALID },     /* program_limit_exceeded: a value too large for its index */
    { "25006", DRIVER_READ_ONLY },   /* read_only_sql_transaction */
    { "42501", DRIVER_READ_ONLY },   /* insufficient_privilege */
    { "40", DRIVER_BUSY },           /* transaction_rollback: serialization, deadlock */
    { "55P03", DRIVER_BUSY },        /* lock_not_available */
    { "53100", DRIVER_FULL },        /* disk_full */
    { "53300", DRIVER_CROWDED },     /* too_many_connections */
    { "28", DRIVER_NOT_ADMITTED },   /* invalid_authorization_specification */
    { "3D000", DRIVER_CANNOT_OPEN }, /* invalid_catalog_name: no such database */
    { "57P", DRIVER_LOST },          /* shut down, starting, dropped */
    { "08", DRIVER_LOST },           /* connection_exception */
};

static enum driver_result result_of_code(const char *code)
{
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        if (strncmp(code, troubles[i].code, strlen(troubles[i].code)) == 0)
            return troubles[i].result;
    return DRIVER_BROKEN;
}

/* One line of a native message, without the end of its line. */
static void keep_message(struct connection *connection, const char *message)
{
    size_t size = strcspn(message, "\n");
    snprintf(connection->message, sizeof connection->message, "%.*s", (int)size, message);
}

static enum driver_result lose(struct connection *connection)
{
    connection->library->finish(connection->native);
    connection->native = NULL;
    free(connection->outlived); /* they went with it */
    connection->outlived = NULL;
    connection->outlived_size = 0;
    return DRIVER_LOST;
}

enum driver_result postgresql_classify(struct connection *connection, PGresult *result)
{
    const struct postgresql_library *library = connection->library;
    ExecStatusType status = result ? library->resultStatus(result) : PGRES_FATAL_ERROR;
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
        return DRIVER_OK;
    const char *code = result ? library->resultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary =
        result ? library->resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    keep_message(connection, primary ? primary : library->errorMessage(connection->native));
    /* Without a code it is the library that speaks, of a connection that it could not use. */
    enum driver_result trouble = code ? result_of_code(code) : DRIVER_LOST;
    bool is_lost = trouble == DRIVER_LOST || library->status(connection->native) == CONNECTION_BAD;
    return is_lost ? lose(connection) : trouble;
}

enum driver_result postgresql_run(struct connection *connection, const char *statements)
{
    if (!connection->native)
        return DRIVER_LOST;
    PGresult *result = connection->library->exec(connection->native, statements);
    enum driver_result done = postgresql_classify(connection, result);
    connection->library->clear(result);
    return done;
}

void postgresql_heal(struct connection *connection)
{
    if (connection->native && !connection->transaction[0] &&
        connection->library->transactionStatus(connection->native) == PQTRANS_INERROR)
        postgresql_run(connection, "ROLLBACK; " POSTGRESQL_BEGIN_READING);
}

enum driver_result postgresql_ask(struct connection *connection, const char *statement,
                                  const char *parameter, char *answer, size_t size)
{
    const struct postgresql_library *library = connection->library;
    answer[0] = '\0';
    if (!connection->native)
        return DRIVER_LOST;
    PGresult *result = library->execParams(connection->native, statement, parameter ? 1 : 0, NULL,
                                           &parameter, NULL, NULL, 0);
    enum driver_result done = postgresql_classify(connection, result);
    if (done == DRIVER_OK && library->ntuples(result) > 0)
        snprintf(answer, size, "%s", library->getvalue(result, 0, 0));
    library->clear(result);
    return done;
}

/* --- connecting --- */

static void ignore_notice(void *to, const char *message)
{
    (void)to, (void)message; /* "relation exists, skipping": the server talking to itself */
}

/* The library quotes an address that it cannot read, password and all: its words are not kept. */
static bool can_read_address(struct connection *connection)
{
    char *message = NULL;
    PQconninfoOption *options = connection->library->conninfoParse(connection->where, &message);
    bool can_read = options != NULL;
    connection->library->conninfoFree(options);
    free(message);
    return can_read;
}

/* Before a session exists there are no codes, only words. Those of a full server are fixed. */
static enum driver_result classify_refusal(struct connection *connection)
{
    static const struct {
        const char *words;
        enum driver_result result;
    } refusals[] = {
        { "too many clients", DRIVER_CROWDED },
        { "too many connections", DRIVER_CROWDED },
        { "remaining connection slots are reserved", DRIVER_CROWDED },
        { "authentication failed", DRIVER_NOT_ADMITTED },
        { "no password supplied", DRIVER_NOT_ADMITTED },
        { "no pg_hba.conf entry", DRIVER_NOT_ADMITTED },
        { "role \"", DRIVER_NOT_ADMITTED },
        { "database \"", DRIVER_CANNOT_OPEN },
    };
    const char *message = connection->library->errorMessage(connection->native);
    const char *reason = strstr(message, "FATAL:");
    keep_message(connection, reason ? reason : message);
    if (strncmp(message, "invalid ", strlen("invalid ")) == 0)
        return DRIVER_BAD_ADDRESS; /* "invalid integer value "x" for connection option "port"" */
    for (size_t i = 0; reason && i < sizeof refusals / sizeof refusals[0]; i++)
        if (strstr(reason, refusals[i].words))
            return refusals[i].result;
    return DRIVER_LOST;
}

/* Writers queue behind each other (see store_postgresql.c); the wait for one is bounded here. */
static enum driver_result prepare_session(struct connection *connection)
{
    if (connection->library->serverVersion(connection->native) < OLDEST_SERVER)
        return DRIVER_TOO_OLD;
    return postgresql_run(connection,
                          "SET lock_timeout = '10s'; SET standard_conforming_strings = on;"
                          "SET idle_in_transaction_session_timeout = 0");
}

static enum driver_result connect_once(struct connection *connection)
{
    const char *const keywords[] = { "connect_timeout", "dbname", "client_encoding",
                                     "fallback_application_name", NULL };
    const char *const values[] = { "10", connection->where, "UTF8", "rondo", NULL };
    const struct postgresql_library *library = connection->library;
    connection->native = library->connectdbParams(keywords, values, 1);
    if (!connection->native)
        return DRIVER_BROKEN;
    connection->life++;
    library->setNoticeProcessor(connection->native, ignore_notice, NULL);
    enum driver_result done = library->status(connection->native) == CONNECTION_OK
                                  ? prepare_session(connection)
                                  : classify_refusal(connection);
    if (done != DRIVER_OK && connection->native)
        lose(connection);
    return done;
}

enum driver_result postgresql_connect(struct connection *connection, int patience_ms)
{
    if (!can_read_address(connection))
        return DRIVER_BAD_ADDRESS;
    enum driver_result done = connect_once(connection);
    int pause_ms = PAUSE_FIRST_MS;
    while ((done == DRIVER_LOST || done == DRIVER_CROWDED) && patience_ms > 0) {
        usleep((useconds_t)pause_ms * 1000);
        patience_ms -= pause_ms;
        pause_ms = 2 * pause_ms < PAUSE_LONGEST_MS ? 2 * pause_ms : PAUSE_LONGEST_MS;
        done = connect_once(connection);
    }
    return done;
}

void postgresql_disconnect(struct connection *connection)
{
    if (connection->native)
        lose(connection);
}

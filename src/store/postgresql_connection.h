/*
 * A connection to a PostgreSQL server: made with patience, found broken, made again. What breaks
 * inside a transaction breaks the transaction; a new connection is made when the next one begins.
 * Knows nothing of statements' values.
 */
#ifndef RONDO_POSTGRESQL_CONNECTION_H
#define RONDO_POSTGRESQL_CONNECTION_H

#include "base/text.h"
#include "store/driver.h"
#include "store/postgresql_library.h"

#include <stdint.h>

enum { POSTGRESQL_ID_SIZE = 24 };

#define POSTGRESQL_BEGIN_READING "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

struct connection {
    const struct postgresql_library *library;
    char *where;
    PGconn *native;     /* NULL: lost */
    unsigned life;      /* counts connections made: what was prepared in another life is gone */
    unsigned statement; /* number of the last one prepared */
    char *
        outlived; /* DEALLOCATE ...; for statements to give back when the next transaction begins */
    size_t outlived_size;
    char transaction[POSTGRESQL_ID_SIZE]; /* the server's number of the one that writes, or "" */
    char message[DRIVER_MESSAGE_SIZE];    /* of the last failure */
};

/* Waits with growing pauses for a server that is starting, or has no connection left. */
enum driver_result postgresql_connect(struct connection *connection, int patience_ms);
void postgresql_disconnect(struct connection *connection);

/*
 * What a result says, NULL for none; keeps its message. The result stays the caller's. A connection
 * that is found broken is closed.
 */
enum driver_result postgresql_classify(struct connection *connection, PGresult *result);

/*
 * After a failed statement the server takes no other in its transaction. Those who only read begin
 * again, as they could go on in a file; those who write have to roll back.
 */
void postgresql_heal(struct connection *connection);

/* Runs statements that answer nothing. */
enum driver_result postgresql_run(struct connection *connection, const char *statements);

/* The first value that a statement gives, as text; "" when it gives none. Takes one text or NULL.
 */
enum driver_result postgresql_ask(struct connection *connection, const char *statement,
                                  const char *parameter, char *answer, size_t size);

#endif

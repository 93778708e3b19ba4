/*
 * The seam between Rondo and a database: one struct of functions per store. Nothing
 * above this line asks which store it is. Functions report trouble as an enum
 * driver_result; the native text stays on the connection.
 */
#ifndef RONDO_DRIVER_H
#define RONDO_DRIVER_H

#include "catalog/table.h"
#include "store/ahead.h"

enum driver_result {
    DRIVER_OK,
    DRIVER_ROW,
    DRIVER_DONE,
    DRIVER_CONFLICT,  /* a unique or foreign key refused it */
    DRIVER_INVALID,   /* the data do not fit the column */
    DRIVER_BUSY,      /* locked by somebody else; the transaction may be tried again */
    DRIVER_FULL,      /* no room left */
    DRIVER_READ_ONLY,
    DRIVER_CANNOT_OPEN,
    DRIVER_NOT_A_STORE,  /* the file is something else, or damaged */
    DRIVER_NO_STORE,     /* nothing there, and nothing was to be made */
    DRIVER_BAD_ADDRESS,  /* it cannot be read, or names an option that is not known */
    DRIVER_NO_CLIENT,    /* the database's client library is not installed */
    DRIVER_TOO_OLD,      /* the server is */
    DRIVER_NOT_ADMITTED, /* the server knows neither the user nor the password */
    DRIVER_CROWDED,      /* the server has no connection left */
    DRIVER_LOST,         /* the server does not answer (any more); what was not committed is gone */
    DRIVER_UNCERTAIN,    /* lost while committing, and nobody can tell whether it is stored */
    DRIVER_BROKEN,       /* anything else: our mistake or the machine's */
};

struct connection; /* the driver's own */
struct statement;  /* the driver's own */

enum { DRIVER_MESSAGE_SIZE = 256 };

struct driver {
    const char *name;
    const struct dialect *dialect;

    /* Whether the address `where` is this driver's. NULL: paths of files are. */
    bool (*is_mine)(text where);
    /* The address without what is secret in it, for sentences. NULL: nothing is secret. */
    void (*show)(const char *where, struct out *shown);

    /*
     * `message` receives the native text of a failure. Without `create` a store must be there.
     */
    enum driver_result (*open)(const char *where, bool create, bool read_only,
                               struct connection **connection, char message[DRIVER_MESSAGE_SIZE]);
    void (*close)(struct connection *connection);

    enum driver_result (*begin)(struct connection *connection, bool writing);
    enum driver_result (*commit)(struct connection *connection);
    enum driver_result (*rollback)(struct connection *connection);
    enum driver_result (*script)(struct connection *connection, const char *statements);

    enum driver_result (*prepare)(struct connection *connection, text statement,
                                  struct statement **prepared);
    void (*finish)(struct statement *prepared);
    void (*reset)(struct statement *prepared);
    enum driver_result (*step)(struct statement *prepared);

    void (*bind_int)(struct statement *prepared, int at, int64_t value);
    void (*bind_real)(struct statement *prepared, int at, double value);
    void (*bind_text)(struct statement *prepared, int at, text value);
    void (*bind_blob)(struct statement *prepared, int at, text value);
    void (*bind_null)(struct statement *prepared, int at);

    bool (*column_is_null)(struct statement *prepared, int column);
    int64_t (*column_int)(struct statement *prepared, int column);
    double (*column_real)(struct statement *prepared, int column);
    text (*column_text)(struct statement *prepared, int column);
    text (*column_blob)(struct statement *prepared, int column);

    /* The native text of the connection's last failure. */
    const char *(*message)(struct connection *connection);
    /* True when the store holds a table of that name; true when it holds no table at all. */
    bool (*has_table)(struct connection *connection, const char *table);
    bool (*is_empty)(struct connection *connection);
    /*
     * Writes a complete copy to the file `path`, replacing one that is there; a failure leaves
     * none. NULL: left to the database's own tools.
     */
    enum driver_result (*copy)(struct connection *connection, const char *path);
    /*
     * Whether what the database itself keeps is whole: `message` receives the first thing that is
     * not, or stays empty. NULL: left to the database's own tools.
     */
    enum driver_result (*check)(struct connection *connection, char message[DRIVER_MESSAGE_SIZE]);
    /*
     * Over this connection most is read once, until it writes: only advice. NULL: it keeps nothing.
     */
    void (*reads_once)(struct connection *connection);

    /*
     * These are about to be read: only advice. False when there is nothing to do, because they lie
     * in memory or were asked for before. NULL: left to the database.
     */
    bool (*ahead)(struct connection *connection, const struct ahead_wish *wish, size_t count);
};

extern const struct driver sqlite_driver, postgresql_driver;

#endif

/*
 * The store's inside, shared by the files of this folder only: connections with their kept
 * statements, and which of them a call holds.
 *
 * Invariants: the writer is used only by who holds the place whose turn it is; a slot belongs to
 * one call at a time; a reader holds one read transaction from its first statement until the call
 * writes or leaves, so that a call sees one moment of the store.
 */
#ifndef RONDO_SESSION_H
#define RONDO_SESSION_H

#include "store/driver.h"

#include <pthread.h>

struct shelf; /* of shelf.c */
struct sql;   /* the statements of sql.c */

/* Places beyond what one kind of work asks for: two statements of one place are prepared by turns.
 */
enum { SLOT_STATEMENTS = 1024 };

struct slot {
    struct connection *connection;
    struct sql *kept[SLOT_STATEMENTS]; /* hashed by text; a place is reused by the newest */
    bool in_transaction;
    struct slot *next;
};

struct store {
    const struct driver *driver;
    const struct catalog *catalog;
    char *address; /* what the driver opens; may hold a password */
    char *where;   /* the same for sentences, without it */
    bool read_only;
    bool is_rehearsal;   /* there is none at `where`: what is written ends with this one */
    bool is_of_one_call; /* the writer is its reader, too */
    bool reads_once;     /* its connections keep few pages */
    pthread_mutex_t writer_lock; /* guards the two numbers, not the writer: see transaction.c */
    pthread_cond_t writer_is_free;
    uint64_t writer_places; /* given out so far */
    uint64_t writer_turn;   /* the place whose holder has the writer, or gets it next */
    struct slot *writer;
    pthread_mutex_t pool_lock; /* guards the next three */
    struct slot *free_reader;
    bool is_opening; /* a reader, by a thread of its own */
    pthread_t opening;
    _Atomic uint64_t moment; /* odd while a commit is on its way */
    struct shelf *shelf;
};

struct session {
    struct slot *reader;
    bool is_writing;
    bool is_doomed; /* something failed inside the transaction: only rolling back is left */
    bool is_beside; /* of a call beside another one, which has what they would share */
    unsigned held;  /* places of the shelf, a bit each */
};

/*
 * The slot that statements of this call run on, with its
 * transaction begun. NULL: the call has failed.
 */
struct slot *session_slot(struct call *call);

/* From here on the open transaction, if there is one, can only be rolled back. */
void session_doom(struct call *call);

/* Fails when the open transaction is doomed. */
bool session_is_sound(struct call *call);

/* Ends the reader's snapshot, so that the next statement sees what was just committed. */
void session_refresh(struct call *call);

/* `create` makes the store when it is not there; a slot that only reads cannot write. */
struct slot *slot_open(struct call *call, struct store *store, bool create, bool read_only);
void slot_close(struct store *store, struct slot *slot);

/*
 * A reader is opened by another thread, where there is a processor for it, while the asking one
 * goes on; it is free once it is there. Where it cannot be opened, whoever needs one will say why.
 */
void reader_expect(struct store *store);

/* Waits for that reader. Under the pool's lock, or when nobody else has the store. */
void reader_await(struct store *store);

/* Records why a driver call failed, in words for a person. Always false. */
bool store_fail(struct call *call, struct store *store, struct connection *connection,
                enum driver_result result);

#endif

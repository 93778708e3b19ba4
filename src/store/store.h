/*
 * The rows at rest: one store is one workspace, an SQLite
 * file or a PostgreSQL database behind the same face.
 *
 * A call that is attached to a store borrows connections from it: a reader
 * for its whole life (one consistent snapshot until the call itself
 * writes), and the one writer while a transaction is open. The store of one call reads through the
 * writer: each connection reads the whole schema first, which costs more than most commands.
 *
 * States of a call on a store: attached -> [begin -> commit | rollback]* -> left. Nothing is half
 * written: what is not committed is rolled back by store_leave.
 */
#ifndef RONDO_STORE_H
#define RONDO_STORE_H

#include "catalog/record.h"
#include "store/transaction.h"

struct driver;

struct store_options {
    text where;     /* a path, or postgres://... */
    bool create;    /* make it when it is not there */
    bool rehearses; /* with `create`: make nothing that stays where there is none, but one of its
                       own, which ends with it; only of one call */
    bool read_only;
    bool is_of_one_call; /* one call at a time: one connection reads and writes */
    bool reads_once;     /* it ends with that call: few pages are kept until something is written */
    bool opens_beside;   /* a call beside it will read soon: its connection is opened meanwhile */
    const struct catalog *catalog;
    const struct driver *driver; /* NULL: chosen from `where`; tests slide in a failing one */
};

/*
 * Opens (and, when asked, makes) a store and brings its schema up to date. NULL: the call says why.
 */
struct store *store_open(struct call *call, const struct store_options *options);
void store_close(struct store *store);

const char *store_where(const struct store *store);

/* True when there is no store there: a rehearsal goes on in one of its own. */
bool store_is_rehearsal(const struct store *store);

/*
 * Ties a call to a store; sets call->store, call->catalog and the
 * workspace's zone. Leave (store_leave) before releasing the call.
 */
bool store_attach(struct call *call, struct store *store);

/*
 * Ties a call that only reads to the store of another one, on a thread of its own: with the same
 * catalogue and zone, and a connection of its own. What it sees is the moment of its first
 * question, which may be a later one. Leave as any call.
 */
bool store_attach_beside(struct call *beside, const struct call *call);

/*
 * A number that is another one after every commit of this process and after each store_moved; 0
 * while a commit is on its way. What is read after it was asked for holds while it is the same, but
 * for what other processes write: who looks for that calls store_moved. For any thread.
 */
uint64_t store_moment(const struct store *store);
void store_moved(struct store *store);

#endif

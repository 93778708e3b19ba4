/*
 * What a call that is attached to a store does there: transactions,
 * leaving. Apart from store.h because bringing the schema up to date
 * needs it while the store is being opened.
 */
#ifndef RONDO_TRANSACTION_H
#define RONDO_TRANSACTION_H

#include "base/call.h"

/* Gives the connections back; rolls back what is not committed. */
void store_leave(struct call *call);

/* One transaction at a time, not nested. A failed commit has rolled back. */
bool store_begin(struct call *call);
bool store_commit(struct call *call);
void store_rollback(struct call *call);
bool store_in_transaction(const struct call *call);

/*
 * Between a commit and the next begin of long work: others that wait to write get in. Within the
 * process they stand in line anyway; other processes try again every few milliseconds.
 */
void store_give_way(void);

/*
 * What is half done must not be committed: from here on the open transaction can only be rolled
 * back. A statement that fails does so by itself, also when the caller forgives the failure.
 */
void store_doom(struct call *call);
bool store_is_doomed(const struct call *call);

#endif

/*
 * What was worked out of a store, kept for the next call that would work out the same: a review of
 * millions of results is made once, not once for each page that shows a part of it. One shelf per
 * store, for any thread; what lies on it is only read.
 *
 * Invariants: a thing is given to the reader it was made for, at the moment of the store that it
 * was made at, and lives until the calls that hold it have left the store. The shelf knows no
 * moments: a name of a later one takes the place of those before.
 */
#ifndef RONDO_SHELF_H
#define RONDO_SHELF_H

#include "base/call.h"
#include "base/hash.h"

struct shelf_name {
    const void *of;   /* something static that the kind of thing is known by */
    struct hash how;  /* a digest of what was asked */
    int64_t moment;   /* another one after every change: what a call reads within its snapshot */
};

/* Whether other calls may come to the call's store: else nothing needs to be kept. */
bool shelf_is_there(const struct call *call);

/* The thing of that name for the call's actor, held until the call leaves the store; or NULL. */
const void *shelf_find(struct call *call, const struct shelf_name *name);

/*
 * Lays `what` there with the memory it lies in, and holds it for the call. False: the shelf has no
 * place for it, and `memory` stays the caller's; the call has not failed.
 */
bool shelf_put(struct call *call, const struct shelf_name *name, const void *what,
               struct arena *memory);

/* --- for the store itself --- */

struct shelf *shelf_new(void); /* NULL: the machine has no memory */
void shelf_release(struct shelf *shelf);

/* A call leaves: `held` is a bit for each place that it holds. */
void shelf_let_go(struct shelf *shelf, unsigned held);

#endif

/*
 * What was worked out of a store, kept for the next call that would work out the same: a review of
 * millions of results is made once, not once for each page that shows a part of it. One shelf per
 * store, for any thread; what lies on it is only read.
 *
 * Invariants: a thing is given to the reader it was made for, from the moment of the store that it
 * was made at to the last one that it was found unchanged at, and lives until the calls that hold
 * it have left the store. The shelf knows no moments and cannot tell what is unchanged: whoever
 * knows says so (ledger/worked_out.h). A thing of a later moment takes the place of its namesake.
 */
#ifndef RONDO_SHELF_H
#define RONDO_SHELF_H

#include "base/call.h"
#include "base/hash.h"
#include "store/sources.h"

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
 * What the newest thing of that name and of an earlier moment is made of, and the last moment that
 * it stands at. False: there is none.
 */
bool shelf_find_earlier(struct call *call, const struct shelf_name *name, struct sources *sources,
                        int64_t *until);

/* Nothing that this thing is made of has changed up to the name's moment. */
void shelf_stands(struct call *call, const struct shelf_name *name, int64_t until);

/*
 * Lays `what`, which is made of `sources`, there with the memory it lies in, and holds it for the
 * call. False: the shelf has no place for it, and `memory` stays the caller's; the call has not
 * failed.
 */
bool shelf_put(struct call *call, const struct shelf_name *name, const void *what,
               const struct sources *sources, struct arena *memory);

/*
 * The thing of that name, from the shelf or made by `make` out of `ask`, in memory of its own that
 * goes to the shelf or, where that is full, to the call. What the call remembers `make` does not
 * see: it would not be known what that is made of. NULL: the call has failed. What is made inside
 * an open change belongs to nobody else: it is not to be asked for here.
 */
const void *shelf_have(struct call *call, const struct shelf_name *name,
                       const void *(*make)(struct call *call, const void *ask), const void *ask);

/* --- for the store itself --- */

struct shelf *shelf_new(void); /* NULL: the machine has no memory */
void shelf_release(struct shelf *shelf);

/* A call leaves: `held` is a bit for each place that it holds. */
void shelf_let_go(struct shelf *shelf, unsigned held);

#endif

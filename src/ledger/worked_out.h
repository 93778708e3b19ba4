/*
 * What was worked out of rows, kept on the store's shelf and given again as long as no row of a
 * record that it is made of has changed: a change somewhere else does not make it be made anew.
 *
 * The audit tells what has changed. A line that names no record, as an import writes one for its
 * whole batch, may be about anything.
 */
#ifndef RONDO_WORKED_OUT_H
#define RONDO_WORKED_OUT_H

#include "store/shelf.h"

/* Whether it may be asked for: others may come to the store, and nothing is being changed. */
bool worked_out_is_kept(const struct call *call);

/*
 * The thing known by `of` and the digest `how` of what was asked, as it is within the call's
 * snapshot: kept, or made by `make` out of `ask`, as shelf_have says. NULL: the call has failed.
 */
const void *worked_out(struct call *call, const void *of, struct hash how,
                       const void *(*make)(struct call *call, const void *ask), const void *ask);

#endif

/*
 * Requests that change something, done once: one change around the handler, and with the
 * header Idempotency-Key its reply is kept for a day, in the same transaction, and given again
 * to the same request. Keys belong to the person who sent them. A request that failed keeps
 * nothing and may be sent again under its key.
 */
#ifndef RONDO_IDEMPOTENCY_H
#define RONDO_IDEMPOTENCY_H

#include "catalog/table.h"
#include "http/route.h"

extern const struct table idempotency_table;

/*
 * Runs a handler inside a change called `what` and commits it. A key that is known:
 * the same request gets the kept reply with the header `Idempotent-Replay: true`;
 * another request is refused, naming the key. The header `Rondo-Change` of the reply names the
 * change that undo takes back, if there is one.
 */
bool idempotency_run(struct call *call, const struct request *request, struct reply *reply,
                     text what, route_handler handle);

#endif

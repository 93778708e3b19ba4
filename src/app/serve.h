/* `rondo serve`: one listener on one store until it is told to stop. */
#ifndef RONDO_SERVE_H
#define RONDO_SERVE_H

#include "app/house.h"

/*
 * Prints `listening on http://HOST:PORT` when ready; SIGTERM or SIGINT
 * lets running calls finish and returns true.
 */
bool serve(struct call *call, const struct house *house, struct invocation *invocation);

#endif

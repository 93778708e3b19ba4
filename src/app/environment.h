/*
 * What the program takes from its environment: RONDO_STORE, RONDO_AS, RONDO_NOW, USER. What the
 * command line says wins over it.
 */
#ifndef RONDO_ENVIRONMENT_H
#define RONDO_ENVIRONMENT_H

#include "base/stamp.h"
#include "offers/command.h"

/* --store, else RONDO_STORE, else ./rondo.db. */
text environment_store(const struct invocation *invocation);

/* --as, else RONDO_AS, else TEXT_NONE: the one person there is. */
text environment_person(const struct invocation *invocation);

/* The name of whoever founds a workspace without saying who: USER, else "me". */
text environment_user(void);

/*
 * The clock that a call starts with: the machine's, or the instant that RONDO_NOW fixes. Fails,
 * naming the variable, when it is set and is no instant.
 */
bool environment_clock(struct call *call, stamp *now, bool *is_fixed);

#endif

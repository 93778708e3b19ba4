/*
 * Secrets that the machine makes by chance, shown once, and what is kept of them: tokens, sessions,
 * invitations, addresses of calendars.
 */
#ifndef RONDO_SECRET_H
#define RONDO_SECRET_H

#include "base/call.h"

/* A new one, which begins with `prefix`, and its digest. */
bool secret_new(struct call *call, const char *prefix, text *secret, text *digest);

/* What is kept of a secret, in hexadecimal. TEXT_NONE: the call has failed. */
text secret_digest(struct call *call, text secret);

#endif

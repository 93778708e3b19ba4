/*
 * Passwords at rest: argon2id, slow on purpose. It knows nobody whose they are, and no other
 * secrets: what the machine made by chance needs no slow digest (hash.h).
 */
#ifndef RONDO_PASSWORD_H
#define RONDO_PASSWORD_H

#include "base/call.h"

enum { PASSWORD_BYTES_MIN = 10, PASSWORD_BYTES_MAX = 1000 };

/* Fails at `password` when it is too short or too long to be one. */
bool password_check(struct call *call, text password);

/* What is kept of it, with its salt and its cost. */
bool password_hash(struct call *call, text password, text *kept);

/*
 * TEXT_NONE for `kept`, nobody's, is never matched and takes as long as anybody's. No failure is
 * recorded for "no".
 */
bool password_matches(text kept, text password);

#endif

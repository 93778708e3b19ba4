/*
 * Room people: how often a password was tried for one word, which is a name, an address or an id.
 * It is counted before anything is looked at, so that many at once are counted, too. It knows no
 * password.
 */
#ifndef RONDO_SIGN_IN_TRY_H
#define RONDO_SIGN_IN_TRY_H

#include "base/call.h"

enum { SIGN_IN_TRIES_MAX = 10, SIGN_IN_TRIES_MINUTES = 15 };

/* Fails with `*is_too_often` after SIGN_IN_TRIES_MAX within SIGN_IN_TRIES_MINUTES. */
bool sign_in_try_count(struct call *call, text word, bool *is_too_often);

/* The right password makes good for the wrong ones before it. */
bool sign_in_try_forget(struct call *call, text word);

#endif

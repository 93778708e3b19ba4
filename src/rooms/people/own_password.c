/*
 * Room people: one's own password changed. Who knows the old one is asked for again, since a
 * browser that somebody left open should not be enough; tries are counted as those of signing in.
 */
#include "base/password.h"
#include "ledger/ledger.h"
#include "rooms/people/kept_password.h"
#include "rooms/people/people.h"
#include "base/secret.h"
#include "rooms/people/sign_in.h"
#include "rooms/people/sign_in_try.h"

static bool check_old(struct call *call, text old, bool *is_too_often)
{
    /* By the id: a name could be changed between two tries. */
    text word = row_public_id(call, &person_record, call->actor.person);
    if (!word.at || !sign_in_try_count(call, word, is_too_often))
        return false;
    bool is_right = password_matches(kept_password_of(call, call->actor.person), old);
    if (call->fail.kind == FAIL_NONE && is_right)
        return sign_in_try_forget(call, word);
    return call->fail.kind == FAIL_NONE &&
           fail_at(call, "old_password",
                   "this is not your password: try again, or ask an owner for an invitation");
}

static bool change(struct call *call, text kept, text session)
{
    if (!change_open(call, TEXT("change the password")))
        return false;
    if (kept_password_write(call, kept) && session_end_others(call, session) && change_commit(call))
        return true;
    change_rollback(call);
    return false;
}

bool own_password_change(struct call *call, text old, text password, text session,
                         bool *is_too_often)
{
    text kept;
    bool all_rows = call->all_rows;
    *is_too_often = false;
    if (!(call->actor.scopes & SCOPE_WRITE))
        return fail(call, FAIL_FORBIDDEN, "this token does not have the scope 'write'");
    if (!password_check(call, password) || !check_old(call, old, is_too_often) ||
        !password_hash(call, password, &kept))
        return false;
    call->all_rows = true; /* it needs no role */
    bool done = change(call, kept, session);
    call->all_rows = all_rows;
    return done;
}

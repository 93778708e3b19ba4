/*
 * Room people: from a name and a password to who acts. A try is counted before it is looked at, so
 * that many at once are counted, too; the right password forgets the tries.
 */
#include "rooms/people/sign_in.h"

#include "base/password.h"
#include "rooms/people/kept_password.h"
#include "rooms/people/people.h"
#include "rooms/people/sign_in_try.h"

/* Nobody, a robot and several of one name have no password, and none of them is told apart. */
static text find_password(struct call *call, text word)
{
    if (people_act_as(call, word))
        return kept_password_of(call, call->actor.person);
    if (call->fail.kind == FAIL_UNKNOWN_USER || call->fail.kind == FAIL_FORBIDDEN)
        fail_clear(call);
    return TEXT_NONE;
}

bool sign_in(struct call *call, text word, text password, bool *is_too_often)
{
    if (!sign_in_try_count(call, word, is_too_often))
        return false;
    text kept = find_password(call, word);
    bool is_right = password_matches(kept, password);
    if (call->fail.kind == FAIL_NONE && is_right)
        return sign_in_try_forget(call, word);
    call->actor = (struct actor){ .person = 0 };
    return fail(call, FAIL_UNKNOWN_USER,
                "the name or the password is wrong: try again, or ask an owner for an invitation");
}

/* See environment.h. */
#include "app/environment.h"

text environment_store(const struct invocation *invocation)
{
    text named = text_of(getenv("RONDO_STORE"));
    if (invocation->store.at)
        return invocation->store;
    return named.size ? named : TEXT("./rondo.db");
}

text environment_person(const struct invocation *invocation)
{
    text named = text_of(getenv("RONDO_AS"));
    if (invocation->person.at)
        return invocation->person;
    return named.size ? named : TEXT_NONE;
}

text environment_user(void)
{
    text name = text_of(getenv("USER"));
    return name.size ? name : TEXT("me");
}

bool environment_clock(struct call *call, stamp *now, bool *is_fixed)
{
    text fixed = text_of(getenv("RONDO_NOW"));
    *is_fixed = fixed.size > 0;
    *now = stamp_clock();
    if (!*is_fixed)
        return true;
    enum stamp_form form = stamp_read(fixed, now, NULL);
    if (form == STAMP_WITH_ZONE || form == STAMP_DATE_ONLY)
        return true;
    return fail(call, FAIL_USAGE,
                "RONDO_NOW is '%.*s', which is no instant: write it like 2026-11-16T07:00:00Z",
                TEXT_FMT(fixed));
}

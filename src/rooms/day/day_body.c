/* See day_body.h. */
#include "rooms/day/day_body.h"

#include "base/out.h"

static bool fail_unknown(struct call *call, text key, const struct day_key *keys)
{
    struct out out;
    out_init(&out, call);
    for (const struct day_key *known = keys; known->name; known++)
        out_format(&out, "%s'%s'", out.size ? ", " : "", known->name);
    text names = out_view(&out);
    return fail(call, FAIL_INVALID, "'%.*s' is no part of this request, which has %.*s",
                TEXT_FMT(text_until_character(key, FAIL_FIELD_SIZE)), TEXT_FMT(names));
}

bool day_body_read(struct call *call, const struct json *body, const struct day_key *keys)
{
    for (uint32_t i = 0; i < body->count; i++) {
        const struct json_member *member = &body->member[i];
        const struct day_key *key = keys;
        while (key->name && !text_is(member->key, key->name))
            key++;
        if (!key->name)
            return fail_unknown(call, member->key, keys);
        if (member->value.kind == JSON_TEXT)
            *key->value = member->value.text;
        else if (member->value.kind != JSON_NULL)
            return fail_at(call, key->name, "'%s' must be a text", key->name);
    }
    return true;
}

/* A JSON object whose members are texts: what the room's requests have as their bodies. */
#ifndef RONDO_DAY_BODY_H
#define RONDO_DAY_BODY_H

#include "base/json.h"

/* Keys of a body and where their texts go; ended by one without a name. */
struct day_key {
    const char *name;
    text *value;
};

/* Members that are null are left out. Fails at a key that is unknown or holds something else. */
bool day_body_read(struct call *call, const struct json *body, const struct day_key *keys);

#endif

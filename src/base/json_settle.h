/*
 * What all JSON readers do with the members of an object they have just read: a key that came
 * twice keeps its first place and its last value. Private to them.
 */
#ifndef RONDO_JSON_SETTLE_H
#define RONDO_JSON_SETTLE_H

#include "base/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Shortens `*count` when keys repeat. False when the call ran out of memory. */
bool json_settle(struct call *call, struct json_member *member, uint32_t *count,
                 struct json_notes *notes);

#ifdef __cplusplus
}
#endif

#endif

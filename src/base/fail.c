/* See fail.h. */
#include "base/fail.h"

static const struct fail_fact fail_facts[FAIL_KIND_COUNT] = {
    [FAIL_NONE] = { "none", "Done", 200, 0 },
    [FAIL_USAGE] = { "usage", "Bad usage", 400, 2 },
    [FAIL_INVALID] = { "invalid", "Invalid input", 422, 2 },
    [FAIL_UNKNOWN_USER] = { "unknown_user", "Sign-in needed", 401, 2 },
    [FAIL_FORBIDDEN] = { "forbidden", "Not allowed", 403, 1 },
    [FAIL_NOT_FOUND] = { "not_found", "Not found", 404, 2 },
    [FAIL_CONFLICT] = { "conflict", "Conflict", 409, 1 },
    [FAIL_STALE] = { "stale", "Changed meanwhile", 412, 1 },
    [FAIL_TOO_LARGE] = { "too_large", "Too large", 413, 2 },
    [FAIL_UNDECIDED] = { "undecided", "Cannot decide", 409, 3 },
    [FAIL_BUSY] = { "busy", "Store busy", 503, 4 },
    [FAIL_STORE] = { "store", "Store failure", 503, 4 },
    [FAIL_INTERNAL] = { "internal", "Internal error", 500, 4 },
};

const struct fail_fact *fail_fact(enum fail_kind kind)
{
    return &fail_facts[kind];
}

/* See fail.h. */
#include "base/fail.h"

#include "base/call.h"

#include <stdarg.h>

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

static void fail_record(struct call *call, enum fail_kind kind, const char *field,
                        const char *format, va_list arguments)
{
    struct fail *reason = &call->fail;
    if (reason->kind != FAIL_NONE)
        return;
    reason->kind = kind;
    snprintf(reason->field, sizeof reason->field, "%s", field);
    vsnprintf(reason->sentence, sizeof reason->sentence, format, arguments);
}

bool fail(struct call *call, enum fail_kind kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_record(call, kind, "", format, arguments);
    va_end(arguments);
    return false;
}

bool fail_at(struct call *call, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_record(call, FAIL_INVALID, field, format, arguments);
    va_end(arguments);
    return false;
}

void fail_missing(struct call *call, const char *name)
{
    struct fail *reason = &call->fail;
    if (reason->missing_count < FAIL_MISSING_MAX)
        snprintf(reason->missing[reason->missing_count++], FAIL_FIELD_SIZE, "%s", name);
}

void fail_clear(struct call *call)
{
    call->fail = (struct fail){ .kind = FAIL_NONE };
}

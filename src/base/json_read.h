/*
 * JSON into a tree. simdjson reads what is well formed; what it refuses goes to a slower reader of
 * our own, which also takes what real eval files hold (bare NaN and Infinity, integers beyond 64
 * bits) and which names the place of a mistake. Both refuse invalid UTF-8 and more than 64 levels.
 */
#ifndef RONDO_JSON_READ_H
#define RONDO_JSON_READ_H

#include "base/call.h"

#ifdef __cplusplus
extern "C" {
#endif

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_INT,
    JSON_REAL,
    JSON_TEXT,
    JSON_LIST,
    JSON_OBJECT,
    JSON_NO_NUMBER, /* bare NaN, Infinity, -Infinity: "no number" */
    JSON_BIG_INT,   /* beyond 64 bits: kept as its digits in `text` */
};

enum { JSON_DEPTH_MAX = 64 };

struct json_member;

struct json {
    enum json_kind kind;
    uint32_t count; /* items or members */
    union {
        bool boolean;
        int64_t integer;
        double real;
        struct text text; /* `struct`, so that C++ can read this header */
        const struct json *item;
        const struct json_member *member;
    };
};

struct json_member {
    text key;
    struct json value;
};

/* What was odd but readable; set, never cleared. */
struct json_notes {
    bool no_number;     /* a bare NaN or Infinity was read */
    bool duplicate_key; /* the last one won */
    bool big_int;
};

/*
 * Reads one JSON value that fills `source` (white space around it is allowed, a BOM is not: the
 * caller strips it). The tree lives in the call's arena and does not point into `source`. Duplicate
 * keys: the last wins, in the place of the first. `notes` may be NULL. On failure: FAIL_INVALID
 * with the byte offset and what was expected there.
 */
bool json_read(struct call *call, text source, struct json *json, struct json_notes *notes);

/* The slow reader alone, same contract; json_read calls it when simdjson refuses. */
bool json_read_slowly(struct call *call, text source, struct json *json, struct json_notes *notes);

/* The member's value, or NULL when `object` is not an object or has no such key. */
const struct json *json_get(const struct json *object, const char *key);

bool json_is_number(const struct json *json);
double json_number(const struct json *json); /* JSON_INT or JSON_REAL */

#ifdef __cplusplus
}
#endif

#endif

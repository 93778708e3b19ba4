/*
 * A JSON value as a tree, and looking into it. Knows no syntax: json_read.h makes such trees and
 * json_write.h writes them.
 */
#ifndef RONDO_JSON_H
#define RONDO_JSON_H

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

/* What was odd but readable; set, never cleared. Of what was refused only how. */
struct json_notes {
    bool no_number;     /* a bare NaN or Infinity was read */
    bool duplicate_key; /* the last one won */
    bool big_int;
    bool is_broken;  /* refused: it is no JSON */
    bool ends_early; /* and that because the text ends before the value does */
};

/* The member's value, or NULL when `object` is not an object or has no such key. */
const struct json *json_get(const struct json *object, const char *key);

bool json_is_number(const struct json *json);
double json_number(const struct json *json); /* JSON_INT or JSON_REAL */

#ifdef __cplusplus
}
#endif

#endif

/*
 * What a route answers that is no record, for the OpenAPI page: a table of its keys, out of which
 * the JSON Schema comes. A key is always there unless it says otherwise, and there are no others; a
 * test of the API holds answers of the demo against it. Knows no room.
 */
#ifndef RONDO_REPLY_SCHEMA_H
#define RONDO_REPLY_SCHEMA_H

#include "base/json_write.h"

enum reply_kind {
    REPLY_TEXT,
    REPLY_INT,
    REPLY_REAL,
    REPLY_BOOL,
    REPLY_STAMP,
    REPLY_DATE,
    REPLY_WEEK,   /* "2026-W47" */
    REPLY_OBJECT, /* of the keys `inside`, or what `schema` says */
    REPLY_ANY,
    REPLY_KINDS,
};

enum reply_flag {
    REPLY_NULLABLE = 1, /* null where it is not known */
    REPLY_OPTIONAL = 2, /* the key may be left out; `help` says when */
    REPLY_LIST = 4,     /* a list of these */
    REPLY_MAP = 8,      /* an object of these, or of such lists, by names of its own */
    REPLY_HOLES = 16,   /* an item of the list may be null */
};

struct reply_key {
    const char *name;
    enum reply_kind kind;
    unsigned flags;
    const char *help;               /* one sentence, or NULL: its name says it */
    const struct reply_key *inside; /* ended by one without a name */
    const char *schema;             /* the name of another schema of the page */
    const char *const *choice;      /* of a text; what is NULL among them is no choice */
    size_t choice_count;
};

/* Rows of a table of keys, which `{ 0 }` ends. */
#define REPLY_KEY(name, kind, flags, help)                                                         \
    {                                                                                              \
        (name), (kind), (flags), (help), NULL, NULL, NULL, 0                                       \
    }
#define REPLY_INSIDE(name, flags, help, keys)                                                      \
    {                                                                                              \
        (name), REPLY_OBJECT, (flags), (help), (keys), NULL, NULL, 0                               \
    }
#define REPLY_SCHEMA(name, flags, help, schema)                                                    \
    {                                                                                              \
        (name), REPLY_OBJECT, (flags), (help), NULL, (schema), NULL, 0                             \
    }
#define REPLY_CHOICE(name, flags, help, words)                                                     \
    {                                                                                              \
        (name), REPLY_TEXT, (flags), (help), NULL, NULL, (words), sizeof(words) / sizeof *(words)  \
    }

struct reply_schema {
    const char *name;
    const char *help; /* one sentence */
    const struct reply_key *keys;
    bool is_list; /* a bare list of objects of these keys */
};

/* The JSON Schema of it, as one JSON value. */
void reply_schema_write(struct json_writer *writer, const struct reply_schema *schema);

#endif

/*
 * What a field of a record is. A record's fields are a plain const table;
 * everything that depends on a field's kind is an array indexed by enum field_kind,
 * so that a new kind is a row wherever the compiler asks.
 */
#ifndef RONDO_FIELD_H
#define RONDO_FIELD_H

#include "base/text.h"

enum field_kind {
    FIELD_TEXT,   /* one line, at most 1,000 characters unless max says otherwise */
    FIELD_PROSE,  /* Markdown, at most 256 KiB */
    FIELD_INT,
    FIELD_REAL,
    FIELD_BOOL,
    FIELD_STAMP,  /* an instant */
    FIELD_DATE,   /* a day, kept as days since 1970-01-01 */
    FIELD_ZONE,   /* an IANA time zone name */
    FIELD_CHOICE, /* one word of a list */
    FIELD_REF,    /* one row of another record */
    FIELD_REFS,   /* an ordered list of rows of another record */
    FIELD_TAGS,   /* a list of words */
    FIELD_RANK,   /* a place in an order made by hand: text that sorts by bytes */
    FIELD_JSON,   /* any JSON value, kept as text */
    FIELD_BLOB,   /* bytes, base64 in JSON */
    FIELD_KIND_COUNT,
};

enum field_flag {
    FIELD_NEEDED = 1 << 0,
    FIELD_UNIQUE = 1 << 1,   /* alone; record.unique names combinations */
    FIELD_INDEXED = 1 << 2,
    FIELD_SEARCHED = 1 << 3,
    FIELD_SORTED = 1 << 4,   /* in people's order, by collation key */
    FIELD_FOLDED = 1 << 5,   /* filters do not mind upper and lower case */
    FIELD_FIXED = 1 << 6,    /* set at creation, never updated */
    FIELD_SECRET = 1 << 7,   /* never leaves in JSON, export or audit */
    FIELD_PRIVATE = 1 << 8,  /* only the row's author reads it: record.reads_private */
    FIELD_OWNED = 1 << 9,    /* a ref to a parent: archived, undone, exported and hidden with it */
    FIELD_BY_NAME = 1 << 10, /* a ref that JSON shows by its target's title instead of its id */
    FIELD_COUNTED = 1 << 11, /* set by the program, never by people: refused as input */
    FIELD_COMPUTED = 1 << 12, /* of record.computed: no column, no filter, no order */
};

struct field {
    const char *name;  /* snake_case; the same in C, SQL, JSON and on the command line */
    const char *label; /* for people */
    const char *help;  /* one sentence */
    enum field_kind kind;
    unsigned flags;
    const char *const *choices; /* FIELD_CHOICE: zero-ended list of words */
    const char *refers;         /* FIELD_REF, FIELD_REFS: the record's name */
    const char *fallback;       /* the value, as people write it, when none is given at creation */
    double min, max;            /* both 0 = the kind's own limits; for text and prose: bytes */
    int since;                  /* record version that added the field; 0 = from the start */
};

/* The limits of kinds, where the field itself has none. */
enum {
    TEXT_CHARACTERS_MAX = 1000,
    PROSE_BYTES_MAX = 256 * 1024,
    TAG_BYTES_MAX = 60,
    TAGS_MAX = 100,
    RANK_BYTES_MAX = 200,
};

/* What is the same for every field of a kind. */
struct field_kind_fact {
    const char *name; /* "text", "prose", ... as in the catalogue page */
    bool is_list;     /* kept in a table of its own instead of a column */
    bool is_number;   /* kept as an integer or a real */
};

extern const struct field_kind_fact field_kind_facts[FIELD_KIND_COUNT];

static inline const struct field_kind_fact *field_kind_fact(enum field_kind kind)
{
    return &field_kind_facts[kind];
}

/* The index of `word` in the field's choices, or -1. */
int field_choice(const struct field *field, text word);

#endif

/*
 * Who did what, when, through which door. Lines are written in the transaction of the change and
 * never edited. Each value is kept apart with a salt, and the chain covers salted hashes, so that a
 * value can be erased and the chain still verifies. Lines are sealed into the chain in batches.
 */
#ifndef RONDO_AUDIT_H
#define RONDO_AUDIT_H

#include "base/json_write.h"
#include "catalog/row.h"

/* Writes the line of one change to one row; `before` NULL at creation. Inside a transaction. */
bool audit_row(struct call *call, rid change, const char *verb, const struct row *before,
               const struct row *after);

/* The line of a row that a person may read from now on. Inside a transaction. */
bool audit_share(struct call *call, rid change, const struct row *row, rid person);

/* One line for a batch of facts or another act without a row: "import", "seal". */
bool audit_act(struct call *call, rid change, const char *verb, text what);

/* Seals what is not sealed yet; its own transaction. */
bool audit_seal(struct call *call);

struct audit_report {
    int64_t lines;
    int64_t sealed;
    int64_t unsealed;
    int64_t erased_values;
    bool is_intact;
    rid first_bad; /* the first line or seal that does not fit; 0 when intact */
    text sentence; /* what was found, for people */
};

bool audit_verify(struct call *call, struct audit_report *report);

struct audit_query {
    text record;  /* TEXT_NONE: all */
    rid row;      /* 0: all */
    rid change;   /* 0: all */
    rid actor;    /* who did it; 0: all */
    text door;    /* "cli", "api"...; TEXT_NONE: all */
    text verb;    /* "set", "drop"...; TEXT_NONE: all */
    stamp since, until; /* done then or later, before; 0: any time */
    rid before;   /* lines older than this one; 0: the newest */
    int limit;    /* 0: 50 */
    bool is_whole; /* all lines, whatever the limit */
};

/* Writes {"items":[...],"next":...}: the lines that the actor may read, newest first. */
bool audit_write_json(struct call *call, const struct audit_query *query,
                      struct json_writer *writer);

#endif

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

/* Whether every line is sealed. */
bool audit_is_sealed(struct call *call, bool *is_sealed);

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

/* The newest line; 0 when there is none. */
bool audit_last(struct call *call, rid *last);

/* One line as it is told to who follows: what happened to which row, and none of its values. */
struct audit_event {
    rid id, change, row;
    text record, verb; /* views, until the next line */
};

/* Somebody who hears of new lines; to be used again and again. */
struct audit_follower {
    rid after;    /* the line that was looked at last: moves on, also past what is not told */
    text record;  /* TEXT_NONE: all */
    rid row;      /* 0: all */
    int look_max; /* lines at most */
    /* Called for each line that the actor may read. False: the call has failed. */
    bool (*take)(void *to, struct call *call, const struct audit_event *event);
    void *to;
    bool has_more; /* left behind: look_max was reached */
};

/* Takes the lines after the one looked at last, oldest first. */
bool audit_follow(struct call *call, struct audit_follower *follower);

#endif

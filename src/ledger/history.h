/*
 * The versions of a row: who made which, when, through which door, and the row on both
 * sides of it. What the actor may not read is hidden here as it is in find; secret values
 * are in the rows, for the doors to leave out.
 */
#ifndef RONDO_HISTORY_H
#define RONDO_HISTORY_H

#include "catalog/row.h"

struct version {
    int64_t number; /* from 1 */
    rid change;
    stamp at;
    rid actor; /* 0 = nobody */
    text door, what;
    bool has_before; /* false: this version made the row */
    struct row before, after;
};

struct versions {
    struct version *version;
    size_t count;
    int64_t next; /* ask again for those before this number; 0 = these were the last */
};

/* Newest first: at most `limit` versions older than the number `before` (0 = from the newest). */
bool history_read(struct call *call, const struct record *record, rid id, int64_t before, int limit,
                  struct versions *versions);

/* The row as that version left it; FAIL_NOT_FOUND when there is no such version. */
bool history_row(struct call *call, const struct record *record, rid id, int64_t version,
                 struct row *row);

#endif

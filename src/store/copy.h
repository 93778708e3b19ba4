/*
 * All rows of one store into another, whatever keeps them: table by table, in the order of their
 * keys, a page at a time, so that neither store is held in memory. The target is written in the
 * transaction that its caller has open: all of it is there in the end, or nothing. Knows types of
 * columns and nothing of what they mean.
 */
#ifndef RONDO_COPY_H
#define RONDO_COPY_H

#include "catalog/table.h"

struct copy_count {
    const char *table;
    int64_t rows;
};

struct copy_report {
    struct copy_count *count; /* in the order of tables.h; empty tables stand here too */
    size_t tables;
    int64_t rows;
};

/* Counts the rows of every table but `setting`, which every store has rows in. */
bool copy_count(struct call *call, struct copy_report *report);

/*
 * Empties every table of `to`, which is inside a transaction, and fills it with the rows of `from`,
 * another call that is attached to another store. A failure of either is told on `to`.
 */
bool copy_rows(struct call *from, struct call *to, struct copy_report *report);

/* Empties every table but `setting`. Inside a transaction. */
bool copy_clear(struct call *call);

#endif

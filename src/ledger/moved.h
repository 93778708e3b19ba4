/*
 * What a person moved: rows whose state a person's changes led from one word to another, or which
 * they made, in a stretch of time. Only of records that everybody reads: what is told of it may be
 * told to all.
 */
#ifndef RONDO_MOVED_H
#define RONDO_MOVED_H

#include "catalog/row.h"

struct moved {
    struct row row; /* as it is now */
    text from;      /* TEXT_NONE: it was made */
    text to;        /* as the last of these changes left it */
};

struct moved_rows {
    struct moved *moved;
    size_t count;
};

/* From `from` until before `until`, by record and row. Dropped rows are left out. */
bool moved_list(struct call *call, rid person, stamp from, stamp until, struct moved_rows *rows);

#endif

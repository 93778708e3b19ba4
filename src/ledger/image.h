/* Rows as they were, out of the history table; for undo.c and history.c, which ask who reads. */
#ifndef RONDO_IMAGE_H
#define RONDO_IMAGE_H

#include "catalog/row.h"

enum image { IMAGE_FOUND, IMAGE_MISSING, IMAGE_FAILED };

/* The row before `version` was written. IMAGE_MISSING: version 1, or no such version. */
enum image image_before(struct call *call, const struct record *record, rid id, int64_t version,
                        struct row *row);

/*
 * The row as `version` left it: what the next one replaced, or `now`, the row as it is stored.
 * FAIL_NOT_FOUND when there is no such version.
 */
bool image_after(struct call *call, const struct row *now, int64_t version, struct row *row);

#endif

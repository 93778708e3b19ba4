/* Rows as they were, out of the history table; for undo.c and history.c, which ask who reads. */
#ifndef RONDO_IMAGE_H
#define RONDO_IMAGE_H

#include "catalog/row.h"

enum image { IMAGE_FOUND, IMAGE_MISSING, IMAGE_FAILED };

/* The row before `version` was written. IMAGE_MISSING: version 1, or no such version. */
enum image image_before(struct call *call, const struct record *record, rid id, int64_t version,
                        struct row *row);

#endif

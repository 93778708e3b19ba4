/*
 * Rows of an archive as JSON, exactly: what is written is what row_write_json writes for everybody,
 * with public ids for all references, and reading it back gives the same values, unchecked. Secrets
 * are never in it.
 */
#ifndef RONDO_ARCHIVE_ROW_H
#define RONDO_ARCHIVE_ROW_H

#include "base/json_read.h"
#include "base/json_write.h"
#include "catalog/row.h"

bool archive_row_write(struct call *call, const struct row *row, struct json_writer *writer);

/*
 * Invalid, naming the key: one that is not known, or holds something else. The row's change stays
 * 0: history knows it.
 */
bool archive_row_read(struct call *call, const struct record *record, const struct json *object,
                      struct row *row);

/* A real as it was written, whole ones of any size among them; false when it is none. */
bool archive_row_real(const struct json *json, double *real);

/* For row_write_json and value_write_text: every row is called by its public id. */
bool archive_row_name(struct call *call, const struct field *field, rid id, text *name);

#endif

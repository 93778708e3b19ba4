/*
 * Rows to and from their table, without asking who reads: for find and ledger only, which do
 * ask. Column order is fixed here: id, version, created, changed, archived, change,
 * dimensions, then the fields that are columns.
 */
#ifndef RONDO_ROWS_H
#define RONDO_ROWS_H

#include "base/out.h"
#include "catalog/row.h"
#include "store/sql.h"

/* Writes the column list; `alias` may be NULL. */
void rows_columns(const struct record *record, const char *alias, struct out *words);

/*
 * What is not needed of rows: fields, bit i for field i, which come as unknown; and of what every
 * row has all but the id, which comes as 0.
 */
struct rows_without {
    uint64_t fields;
    bool is_bare;
};
void rows_columns_without(const struct record *record, const char *alias,
                          struct rows_without without, struct out *words);

/*
 * Reads the statement's present row (columns as above, from
 * `first`), and its lists from their tables.
 */
bool rows_read(struct call *call, struct sql *sql, int first, const struct record *record,
               struct row *row);

/* The same of rows_columns_without. */
bool rows_read_without(struct call *call, struct sql *sql, int first, const struct record *record,
                       struct rows_without without, struct row *row);

/* One row by id, archived or not; false without failure when there is none. */
bool rows_get(struct call *call, const struct record *record, rid id, struct row *row);

/* Inside a transaction. rows_insert gives the row its id when it has none. */
bool rows_insert(struct call *call, struct row *row);
bool rows_update(struct call *call, const struct row *row);

#endif

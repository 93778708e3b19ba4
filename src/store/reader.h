/*
 * Who may read which row: the clause that find adds to every question it
 * asks. Knows privacy classes and parents.
 */
#ifndef RONDO_READER_H
#define RONDO_READER_H

#include "catalog/row.h"
#include "store/draft.h"

/*
 * Writes " AND ..." for what the actor may read of the record, whose
 * table stands in the statement as `alias`.
 */
bool reader_clause(struct call *call, const struct record *record, const char *alias,
                   struct statement_draft *draft);

/* Everybody reads all rows of the record: the clause would be empty, and it has no rule besides. */
bool reader_is_everybody(struct call *call, const struct record *record);

/* Who made the row, 0 for nobody: the one reader of its private fields. */
bool reader_author(struct call *call, const struct record *record, rid row, rid *author);

/* True when the row's fields of kind private are the actor's own: the actor made the row. */
bool reader_is_author(struct call *call, const struct record *record, rid row, bool *is_author);

/* Fields that only the author reads come out empty for everybody else. */
bool reader_hide_fields(struct call *call, struct row *row);

#endif

/*
 * Who may read which row: the clause that find adds to every question it
 * asks. Knows privacy classes and parents.
 */
#ifndef RONDO_READER_H
#define RONDO_READER_H

#include "catalog/row.h"
#include "store/draft.h"

/*
 * Writes " AND ..." for what the actor may read of the record, whose table stands in the statement
 * as `alias`. `parent` is the row that owns all rows that are asked for: it is looked at once and
 * not for each of them; 0 when there may be several.
 */
bool reader_clause(struct call *call, const struct record *record, const char *alias, rid parent,
                   struct statement_draft *draft);

/* Everybody reads all rows of the record: the clause would be empty, and it has no rule besides. */
bool reader_is_everybody(struct call *call, const struct record *record);

/* Who made the row, 0 for nobody. */
bool reader_author(struct call *call, const struct record *record, rid row, rid *author);

/*
 * Whether the actor reads and writes the row's private fields: whoever made the row does, and who
 * else its record says (reads_private).
 */
bool reader_reads_private(struct call *call, const struct row *row, bool *reads);

/* Private fields come out empty for who does not read them. */
bool reader_hide_fields(struct call *call, struct row *row);

#endif

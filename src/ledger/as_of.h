/*
 * Lists as they were at an instant: the rows of a record in the versions that held then. Only rows
 * that may be read now are there, and of a team's rows only what was one of the reader's teams'
 * then. `ledger_row_at` is the same for one row.
 */
#ifndef RONDO_AS_OF_H
#define RONDO_AS_OF_H

#include "store/find.h"

/*
 * As find_rows, on the past: the same filters, order, pages and marks. What refs lead to is looked
 * up by its present id. An instant to come is now.
 */
bool as_of_rows(struct call *call, const struct query *query, stamp at, struct rows *rows);

#endif

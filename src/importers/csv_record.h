/*
 * Separated values as RFC 4180 has them: where a record ends and what its cells are. Knows no
 * header and no meaning, and takes no memory but for cells whose quotes are doubled.
 */
#ifndef RONDO_CSV_RECORD_H
#define RONDO_CSV_RECORD_H

#include "base/call.h"

/* Where a scan stands between two lines of a record. */
enum csv_state { CSV_CELL_START, CSV_BARE, CSV_QUOTED, CSV_QUOTE_ENDED };

/* Goes on from `state` over a further piece; CSV_QUOTED at the end: the record goes on in the next
 * line. */
enum csv_state csv_scan(text piece, char delimiter, enum csv_state state);

struct csv_cell {
    text inner; /* without its outer quotes */
    bool has_doubled_quotes;
};

/*
 * Takes the first cell off `rest`, whose `at` is NULL after the last one. False: the cell's quote
 * is not closed, or something stands behind it.
 */
bool csv_cell_take(text *rest, char delimiter, struct csv_cell *cell);

/* The cell's text with doubled quotes made single; `at` is NULL when the call has failed. */
text csv_cell_text(struct call *call, const struct csv_cell *cell);

#endif

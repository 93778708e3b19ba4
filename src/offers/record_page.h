/*
 * Rows for a person's eye: a list as a grid, one row as a card with
 * its links. Knows no options and no JSON.
 */
#ifndef RONDO_RECORD_PAGE_H
#define RONDO_RECORD_PAGE_H

#include "offers/terminal.h"
#include "store/find.h"

/*
 * Id, title, then the fields that the record lists and that are set in any row; on a terminal those
 * that fit.
 */
bool record_page_list(struct call *call, const struct record *record, const struct rows *rows,
                      struct out *out, const struct terminal *terminal);

/* The row's title, or an empty text when it has none but its id. */
text record_page_title(const struct row *row);

/*
 * The fields that are set, one on a line, and the links from and to the row. `remark` stands behind
 * the title: record.remark of a row as it is now, else TEXT_NONE.
 */
bool record_page_show(struct call *call, const struct row *row, text remark, struct out *out,
                      const struct terminal *terminal);

#endif

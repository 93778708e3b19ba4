/*
 * The order of a list, as find has it in SQL, for values at hand: unknown values last, then values,
 * then ids; and the mark of the place where a page ended. Knows neither tables nor readers.
 */
#ifndef RONDO_PAGE_MARK_H
#define RONDO_PAGE_MARK_H

#include "store/query.h"

/* A field of the row, or one of the built-in ones. */
struct value page_mark_value(const struct row *row, int field);

/* The `next` of a page that ends with the row. */
text page_mark_write(struct call *call, const struct query *query, const struct row *row);

/* Takes query->after apart; fails when page_mark_write cannot have made it for this order. */
bool page_mark_read(struct call *call, const struct query *query, rid *id, struct value *value);

/* Below 0: numbers by size, texts by their bytes. Both known and of one kind. */
int page_mark_compare_values(struct value a, struct value b);

/* Below 0: the place (a_id, a) comes before (b_id, b) in the order of the query. */
int page_mark_compare(const struct query *query, rid a_id, struct value a, rid b_id,
                      struct value b);

#endif

/*
 * A statement that is written piece by piece from catalogue names, and the values to be bound in
 * it; the numbers of the placeholders follow from their order. Knows neither rows nor readers.
 */
#ifndef RONDO_DRAFT_H
#define RONDO_DRAFT_H

#include "base/out.h"
#include "catalog/row.h"
#include "store/sql.h"

struct statement_draft {
    struct out words;
    struct value *binding;
    size_t binding_count, binding_room;
};

void draft_init(struct statement_draft *draft, struct call *call);

/* Writes "?n" and remembers the value: a number, a text or null, never a list. */
void draft_value(struct statement_draft *draft, struct value value);
void draft_int(struct statement_draft *draft, int64_t value);
void draft_text(struct statement_draft *draft, text value);

/* Prepares the draft and binds its values. NULL: the call has failed. */
struct sql *draft_prepare(struct call *call, struct statement_draft *draft);

#endif

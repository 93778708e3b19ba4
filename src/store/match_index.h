/*
 * The words by which rows are found, kept beside the rows: rewritten with every version of a row.
 * Secrets have none. Knows nothing of questions.
 */
#ifndef RONDO_MATCH_INDEX_H
#define RONDO_MATCH_INDEX_H

#include "catalog/row.h"

/* Whether rows of the record are found by words: it has searched fields, or tags. */
bool match_index_has(const struct record *record);

/* Whether the field's words are kept. */
bool match_index_has_field(const struct record *record, const struct field *field);

/* The text of a field in which words are looked for; tags with commas. TEXT_NONE: it has none. */
text match_index_text(struct call *call, const struct field *field, struct value value);

/*
 * Inside a transaction, after the row's version and its history were written: its words are those
 * of this version; `before` is the one before it, NULL for a new row. A dropped row has none.
 */
bool match_index(struct call *call, const struct row *before, const struct row *row);

/* Inside a transaction: the words of all rows are those that this catalogue asks for. */
bool match_index_settle(struct call *call);

/*
 * Makes the words of a store anew that has none, or those of a Rondo that cut them otherwise or
 * searched other fields.
 */
bool match_index_ensure(struct call *call);

#endif

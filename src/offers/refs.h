/*
 * How rows are called at the doors: from what people write to a row, and from a row to what people
 * read. A row that the actor may not read is not there, in either direction.
 */
#ifndef RONDO_REFS_H
#define RONDO_REFS_H

#include "catalog/row.h"

/*
 * The row that a word means: its public id as it is written ("CASE-3"), else the exact title of
 * one live row, else its id in any letters ("case-3") or its plain number. FAIL_NOT_FOUND when
 * there is none; FAIL_CONFLICT, naming their ids, when several bear that title.
 */
bool refs_find(struct call *call, const struct record *record, text word, rid *id);

/* A ref_resolver (catalog/row.h): the same for the target of a field; a refusal names the field. */
bool refs_resolve(struct call *call, const struct field *field, text word, rid *id);

/*
 * A ref_namer. Remembers what it has looked up while the call
 * changes nothing: lists ask for the same rows.
 */
bool refs_name(struct call *call, const struct field *field, rid id, text *name);

#endif

/*
 * Who may read which row: the clause that find adds to every question it
 * asks. Knows privacy classes and parents.
 */
#ifndef RONDO_READER_H
#define RONDO_READER_H

#include "base/out.h"
#include "catalog/row.h"
#include "store/sql.h"

/*
 * Values to be bound, collected while a statement is written; numbers
 * of placeholders follow from their order.
 */
enum { BINDINGS_MAX = 96 };

struct binding {
    enum { BIND_INT, BIND_REAL, BIND_TEXT } kind;
    int64_t integer;
    double real;
    text text;
};

struct statement_draft {
    struct out words;
    struct binding binding[BINDINGS_MAX];
    int binding_count;
};

/* Writes "?n" and remembers the value. */
void draft_int(struct statement_draft *draft, int64_t value);
void draft_real(struct statement_draft *draft, double value);
void draft_text(struct statement_draft *draft, text value);

/* Prepares the draft and binds its values. NULL: the call has failed. */
struct sql *draft_prepare(struct call *call, struct statement_draft *draft);

/*
 * Writes " AND ..." for what the actor may read of the record, whose
 * table stands in the statement as `alias`.
 */
bool reader_clause(struct call *call, const struct record *record, const char *alias,
                   struct statement_draft *draft);

/* True when the row's fields of kind private are the actor's own: the actor made the row. */
bool reader_is_author(struct call *call, const struct record *record, rid row, bool *is_author);

/* Fields that only the author reads come out empty for everybody else. */
bool reader_hide_fields(struct call *call, struct row *row);

#endif

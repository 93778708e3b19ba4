/*
 * Statements on the call's connection. The text is a literal of the source or built from catalogue
 * names only; values are always bound. Placeholders are written ?1, ?2. Statements are kept by the
 * connection and found again by their text.
 *
 * Use: sql_prepare, sql_bind_*, then sql_step until SQL_DONE or SQL_FAILED, then sql_done.
 * `sql_run` steps a statement that returns nothing. Views returned by sql_text and sql_blob last
 * until the next step; copy what must live.
 */
#ifndef RONDO_SQL_H
#define RONDO_SQL_H

#include "base/call.h"
#include "store/ahead.h"

struct sql;

enum sql_step { SQL_ROW, SQL_DONE, SQL_FAILED };

/* NULL when the call failed. Inside a transaction the writer is used, else the reader. */
struct sql *sql_prepare(struct call *call, text statement);

/* The literal form: SQL(call, "SELECT ..."). */
#define SQL(call, literal) sql_prepare((call), TEXT(literal))

void sql_bind_int(struct sql *sql, int at, int64_t value);
void sql_bind_real(struct sql *sql, int at, double value);
void sql_bind_text(struct sql *sql, int at, text value); /* TEXT_NONE binds null */
void sql_bind_blob(struct sql *sql, int at, text value);
void sql_bind_null(struct sql *sql, int at);

enum sql_step sql_step(struct call *call, struct sql *sql);
void sql_done(struct sql *sql);

/* Steps to the end and gives the statement back. */
bool sql_run(struct call *call, struct sql *sql);

/* Columns from 0. Null reads as 0 or TEXT_NONE. */
bool sql_is_null(struct sql *sql, int column);
int64_t sql_int(struct sql *sql, int column);
double sql_real(struct sql *sql, int column);
text sql_text(struct sql *sql, int column);
text sql_blob(struct sql *sql, int column);

/*
 * Before most rows of some tables are read their pages are asked for, in this order. Only advice,
 * never a failure, and nobody waits for it. False when there was nothing to do: the database reads
 * ahead by itself, or all this was asked for before.
 */
bool sql_ahead(struct call *call, const struct ahead_wish *wish, size_t count);

/* Runs one statement or several that take no values: DDL. */
bool sql_script(struct call *call, text statements);

#endif

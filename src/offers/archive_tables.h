/*
 * Plain tables of an archive, by their description alone: a line for each row, a key for each
 * column. Knows which tables have no place in an archive, and why.
 */
#ifndef RONDO_ARCHIVE_TABLES_H
#define RONDO_ARCHIVE_TABLES_H

#include "offers/archive.h"
#include "offers/room.h"

struct archive_left_out {
    const char *table;
    const char *why; /* NULL: it goes with another, or follows from the rest of the archive */
};

/* Ended by one without a table. */
extern const struct archive_left_out archive_left_out[];

/* The plain tables that stand under tables/: not left out, and of no room that writes its facts. */
bool archive_has_table(const struct room *const *rooms, const struct table *table);

/* The table of that name; NULL when there is none, or it has no place there. */
const struct table *archive_table(struct call *call, const struct room *const *rooms, text name);

bool archive_tables_export(struct archive_writer *writer, const struct room *const *rooms);

/* One row into the table, inside a transaction. Invalid: another key, or another kind of value. */
bool archive_table_put(struct call *call, const struct table *table, const struct json *line);

#endif

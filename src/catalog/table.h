/*
 * A plain table: what is stored and is not a record, because it has no history and no audit line of
 * its own (facts: eval columns, quarantined lines; the ground's own: history, audit, tags). The DDL
 * of records is derived through the same struct, so that there is one walk per dialect.
 */
#ifndef RONDO_TABLE_H
#define RONDO_TABLE_H

#include "base/call.h"
#include "base/out.h"
#include "catalog/record.h"

enum column_kind { COLUMN_INT, COLUMN_REAL, COLUMN_TEXT, COLUMN_BLOB };

struct column {
    const char *name;
    enum column_kind kind;
    bool needed;
};

enum { INDEX_COLUMNS_MAX = 7, TABLE_INDEXES_MAX = 24 };

struct table_index {
    const char *column[INDEX_COLUMNS_MAX];
    int falling; /* so many of the last columns run from the greatest value to the least */
    bool unique;
    bool live_only; /* rows with archived = 0 */
};

struct table {
    const char *name;
    const struct column *column; /* ended by a column without a name */
    const char *key[INDEX_COLUMNS_MAX];
    bool lies_by_key; /* the table is its own key's index, where the store can: no copy of it */
    struct table_index index[TABLE_INDEXES_MAX]; /* ended by an index without a column */
};

/* What differs between the stores when they make tables. */
struct dialect {
    const char *name;                        /* "sqlite", "postgresql" */
    const char *column_word[COLUMN_BLOB + 1]; /* SQL word for each column kind */
    const char *table_suffix;                 /* after the closing bracket: " STRICT" */
    const char *by_key_suffix;                /* after that, where a table lies by its key */
    const char *blob_storage;                 /* how blobs lie beside their row; NULL: as they do */
};

extern const struct dialect dialect_sqlite, dialect_postgresql;

/* The table of a record, and of each of its FIELD_REFS fields (`<record>_<field>`). */
bool table_of_record(struct call *call, const struct record *record, struct table *table);
bool table_of_refs(struct call *call, const struct record *record, const struct field *field,
                   struct table *table);

/* CREATE TABLE and CREATE INDEX statements, each ended by ";\n". */
bool table_write_ddl(struct call *call, const struct table *table, const struct dialect *dialect,
                     struct out *out);

/* What a blob column needs besides its kind: ours are packed already. Nothing for other columns. */
void column_write_storage(text table, text column, enum column_kind kind,
                          const struct dialect *dialect, struct out *out);

/* All of a catalogue, in order. */
bool catalog_write_ddl(struct call *call, const struct catalog *catalog,
                       const struct dialect *dialect, struct out *out);

#endif

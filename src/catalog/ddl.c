/*
 * Tables out of records, and SQL out of tables: one walk for both stores, whose differences are the
 * words in `struct dialect`. What is needed in a row is checked in row_check, not by the store:
 * columns of fields may always be null, so that adding a field is adding a column. It knows no
 * connection and runs nothing.
 */
#include "catalog/table.h"

const struct dialect dialect_sqlite = {
    .name = "sqlite",
    .column_word = { [COLUMN_INT] = "INTEGER", [COLUMN_REAL] = "REAL", [COLUMN_TEXT] = "TEXT",
                     [COLUMN_BLOB] = "BLOB" },
    .table_suffix = " STRICT",
    .by_key_suffix = ", WITHOUT ROWID",
};

const struct dialect dialect_postgresql = {
    .name = "postgresql",
    .column_word = { [COLUMN_INT] = "BIGINT",
                     [COLUMN_REAL] = "DOUBLE PRECISION",
                     [COLUMN_TEXT] = "TEXT COLLATE \"C\"",
                     [COLUMN_BLOB] = "BYTEA" },
    .table_suffix = "",
    .by_key_suffix = "",
    .blob_storage = "EXTERNAL",
};

/* Lists have no column; their entry is never read. */
static const enum column_kind column_kinds[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = COLUMN_TEXT,   [FIELD_PROSE] = COLUMN_TEXT, [FIELD_INT] = COLUMN_INT,
    [FIELD_REAL] = COLUMN_REAL,   [FIELD_BOOL] = COLUMN_INT,   [FIELD_STAMP] = COLUMN_INT,
    [FIELD_DATE] = COLUMN_INT,    [FIELD_ZONE] = COLUMN_TEXT,  [FIELD_CHOICE] = COLUMN_TEXT,
    [FIELD_REF] = COLUMN_INT,     [FIELD_REFS] = COLUMN_INT,   [FIELD_TAGS] = COLUMN_TEXT,
    [FIELD_RANK] = COLUMN_TEXT,   [FIELD_JSON] = COLUMN_TEXT,  [FIELD_BLOB] = COLUMN_BLOB,
};

static const struct column built_in_columns[] = {
    { "id", COLUMN_INT, true },       { "version", COLUMN_INT, true },
    { "created", COLUMN_INT, true },  { "changed", COLUMN_INT, true },
    { "archived", COLUMN_INT, true }, { "change", COLUMN_INT, true },
    { "dimensions", COLUMN_INT, true },
};
enum { BUILT_IN_COLUMN_COUNT = sizeof built_in_columns / sizeof built_in_columns[0] };

static const struct column refs_columns[] = {
    { "row", COLUMN_INT, true },
    { "position", COLUMN_INT, true },
    { "target", COLUMN_INT, true },
    { 0 },
};

/* --- tables out of records --- */

static const struct column *record_columns(struct call *call, const struct record *record)
{
    struct column *column =
        call_array(call, BUILT_IN_COLUMN_COUNT + record->field_count + 1, sizeof *column);
    if (!column)
        return NULL;
    memcpy(column, built_in_columns, sizeof built_in_columns);
    size_t n = BUILT_IN_COLUMN_COUNT;
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        if (!field_kind_fact(field->kind)->is_list)
            column[n++] = (struct column){ .name = field->name, .kind = column_kinds[field->kind] };
    }
    return column;
}

/* One index is left empty: it ends the list. */
static struct table_index *index_add(struct call *call, struct table *table)
{
    for (int i = 0; i < TABLE_INDEXES_MAX - 1; i++)
        if (!table->index[i].column[0])
            return &table->index[i];
    fail(call, FAIL_INTERNAL, "the table '%s' needs more than %d indexes", table->name,
         TABLE_INDEXES_MAX - 1);
    return NULL;
}

static bool index_of_field(struct call *call, const struct field *field, struct table *table)
{
    bool is_unique = field->flags & FIELD_UNIQUE;
    bool is_wanted = is_unique || field->kind == FIELD_REF || (field->flags & FIELD_INDEXED);
    if (!is_wanted || field_kind_fact(field->kind)->is_list)
        return true;
    struct table_index *index = index_add(call, table);
    if (!index)
        return false;
    *index = (struct table_index){ { field->name }, .unique = is_unique, .live_only = is_unique };
    return true;
}

static bool index_of_combination(struct call *call, const char *const field[UNIQUE_FIELDS_MAX],
                                 bool is_unique, struct table *table)
{
    if (!field[0])
        return true;
    struct table_index *index = index_add(call, table);
    if (!index)
        return false;
    *index = (struct table_index){ .unique = is_unique, .live_only = true };
    for (int i = 0; i < UNIQUE_FIELDS_MAX && field[i]; i++)
        index->column[i] = field[i];
    return true;
}

bool table_of_record(struct call *call, const struct record *record, struct table *table)
{
    *table = (struct table){
        .name = record->plural,
        .column = record_columns(call, record),
        .key = { "id" },
        .index = { { .column = { "change" } } },
    };
    if (!table->column)
        return false;
    for (size_t i = 0; i < record->field_count; i++)
        if (!index_of_field(call, &record->field[i], table))
            return false;
    return index_of_combination(call, record->unique[0], true, table) &&
           index_of_combination(call, record->unique[1], true, table) &&
           index_of_combination(call, record->sought, false, table);
}

bool table_of_refs(struct call *call, const struct record *record, const struct field *field,
                   struct table *table)
{
    *table = (struct table){
        .name = call_format(call, "%s_%s", record->name, field->name).at,
        .column = refs_columns,
        .key = { "row", "position" },
        .index = { { .column = { "target" } } },
    };
    return table->name != NULL;
}

/* --- SQL out of tables --- */

/* Catalogue names hold letters, digits and underscores only; the quotes are for words that SQL
 * reserves. */
static void write_name(struct out *out, const char *name)
{
    out_char(out, '"');
    out_string(out, name);
    out_char(out, '"');
}

static void write_names(struct out *out, const char *const name[INDEX_COLUMNS_MAX])
{
    out_char(out, '(');
    for (int i = 0; i < INDEX_COLUMNS_MAX && name[i]; i++) {
        out_string(out, i ? ", " : "");
        write_name(out, name[i]);
    }
    out_char(out, ')');
}

static bool is_in_key(const struct table *table, const char *name)
{
    for (int i = 0; i < INDEX_COLUMNS_MAX && table->key[i]; i++)
        if (text_is(text_of(table->key[i]), name))
            return true;
    return false;
}

/* A single integer key stands at its column: only so does SQLite make it the row's own number. */
static bool is_row_number(const struct table *table, const struct column *column)
{
    return column->kind == COLUMN_INT && !table->key[1] && is_in_key(table, column->name);
}

static void write_column(struct out *out, const struct table *table, const struct column *column,
                         const struct dialect *dialect)
{
    out_string(out, "\n    ");
    write_name(out, column->name);
    out_char(out, ' ');
    out_string(out, dialect->column_word[column->kind]);
    if (is_row_number(table, column))
        out_string(out, " PRIMARY KEY");
    else if (column->needed || is_in_key(table, column->name))
        out_string(out, " NOT NULL");
}

void column_write_storage(text table, text column, enum column_kind kind,
                          const struct dialect *dialect, struct out *out)
{
    if (kind == COLUMN_BLOB && dialect->blob_storage)
        out_format(out, "ALTER TABLE \"%.*s\" ALTER COLUMN \"%.*s\" SET STORAGE %s;\n",
                   TEXT_FMT(table), TEXT_FMT(column), dialect->blob_storage);
}

static void write_table(struct out *out, const struct table *table, const struct dialect *dialect)
{
    bool has_key_column = false;
    out_string(out, "CREATE TABLE IF NOT EXISTS ");
    write_name(out, table->name);
    out_string(out, " (");
    for (const struct column *column = table->column; column->name; column++) {
        out_string(out, column == table->column ? "" : ",");
        write_column(out, table, column, dialect);
        has_key_column = has_key_column || is_row_number(table, column);
    }
    if (table->key[0] && !has_key_column) {
        out_string(out, ",\n    PRIMARY KEY ");
        write_names(out, table->key);
    }
    out_format(out, "\n)%s%s;\n", dialect->table_suffix,
               table->lies_by_key ? dialect->by_key_suffix : "");
    for (const struct column *column = table->column; column->name; column++)
        column_write_storage(text_of(table->name), text_of(column->name), column->kind, dialect,
                             out);
}

static void write_index_columns(struct out *out, const struct table_index *index)
{
    int count = 0;
    while (count < INDEX_COLUMNS_MAX && index->column[count])
        count++;
    for (int i = 0; i < count; i++) {
        out_string(out, i ? ", " : "(");
        write_name(out, index->column[i]);
        out_string(out, i < count - index->falling ? "" : " DESC");
    }
    out_char(out, ')');
}

static void write_index(struct out *out, const struct table *table, const struct table_index *index)
{
    out_format(out, "CREATE %sINDEX IF NOT EXISTS \"%s_by", index->unique ? "UNIQUE " : "",
               table->name);
    for (int i = 0; i < INDEX_COLUMNS_MAX && index->column[i]; i++)
        out_format(out, "_%s", index->column[i]);
    out_string(out, "\" ON ");
    write_name(out, table->name);
    out_char(out, ' ');
    write_index_columns(out, index);
    out_string(out, index->live_only ? " WHERE \"archived\" = 0;\n" : ";\n");
}

bool table_write_ddl(struct call *call, const struct table *table, const struct dialect *dialect,
                     struct out *out)
{
    (void)call;
    write_table(out, table, dialect);
    for (int i = 0; i < TABLE_INDEXES_MAX && table->index[i].column[0]; i++)
        write_index(out, table, &table->index[i]);
    return !out->failed;
}

static bool record_write_ddl(struct call *call, const struct record *record,
                             const struct dialect *dialect, struct out *out)
{
    struct table table;
    if (!table_of_record(call, record, &table) || !table_write_ddl(call, &table, dialect, out))
        return false;
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        if (field->kind != FIELD_REFS)
            continue;
        if (!table_of_refs(call, record, field, &table) ||
            !table_write_ddl(call, &table, dialect, out))
            return false;
    }
    return true;
}

bool catalog_write_ddl(struct call *call, const struct catalog *catalog,
                       const struct dialect *dialect, struct out *out)
{
    for (size_t i = 0; i < catalog->record_count; i++)
        if (!record_write_ddl(call, catalog->record[i], dialect, out))
            return false;
    for (size_t i = 0; i < catalog->table_count; i++)
        if (!table_write_ddl(call, catalog->table[i], dialect, out))
            return false;
    return true;
}

/* See archive_tables.h. */
#include "offers/archive_tables.h"

#include "base/base64.h"
#include "offers/archive_row.h"
#include "store/ground.h"
#include "store/sql.h"

const struct archive_left_out archive_left_out[] = {
    { "setting", NULL },
    { "history", NULL },
    { "tag", NULL },
    { "audit", "the audit stays with the store that it is about: 'rondo audit list'" },
    { "audit_seal", "the audit stays with the store that it is about: 'rondo audit list'" },
    { "job", "jobs belong to the server that ran them" },
    { "job_period", NULL },
    { "job_input", NULL },
    { "word", NULL }, /* of the search; it follows from the rows */
    { "idempotency", "replies that are kept for a day belong to the server that gave them" },
    { "outside_event", "events of outside calendars belong to their programs: read them again" },
    { "outside_fetch", NULL },
    { "password", NULL }, /* secrets stay with the store, like those in records */
    { "session_key", NULL },
    { "invitation_key", NULL },
    { "calendar_feed_key", NULL },
    { "sign_in_try", NULL },
    { NULL, NULL },
};

static bool is_left_out(const char *name)
{
    for (size_t i = 0; archive_left_out[i].table; i++)
        if (strcmp(archive_left_out[i].table, name) == 0)
            return true;
    return false;
}

bool archive_has_table(const struct room *const *rooms, const struct table *table)
{
    for (const struct room *const *room = rooms; *room; room++)
        for (size_t i = 0; (*room)->facts_export && (*room)->tables && (*room)->tables[i]; i++)
            if ((*room)->tables[i] == table)
                return false;
    return !is_left_out(table->name);
}

const struct table *archive_table(struct call *call, const struct room *const *rooms, text name)
{
    const struct catalog *catalog = call->catalog;
    for (size_t i = 0; i < GROUND_TABLE_COUNT + catalog->table_count; i++) {
        const struct table *table =
            i < GROUND_TABLE_COUNT ? ground_tables[i] : catalog->table[i - GROUND_TABLE_COUNT];
        if (text_is(name, table->name))
            return archive_has_table(rooms, table) ? table : NULL;
    }
    return NULL;
}

/* --- writing --- */

static bool has_column(const struct table *table, const char *name)
{
    for (const struct column *column = table->column; column->name; column++)
        if (strcmp(column->name, name) == 0)
            return true;
    return false;
}

/* What has an instant is there from then on; who reads a row, as long as there is the row. */
static const char *as_of_clause(const struct table *table)
{
    if (has_column(table, "at"))
        return " WHERE \"at\" <= ?1";
    if (has_column(table, "record") && has_column(table, "row"))
        return " WHERE EXISTS (SELECT 1 FROM history h WHERE h.record = t.record AND h.\"row\" = "
               "t.\"row\" AND h.version = 1 AND h.valid_to <= ?1)";
    return NULL;
}

static struct sql *ask_rows(struct archive_writer *writer, const struct table *table)
{
    struct out words;
    const char *clause = writer->at ? as_of_clause(table) : NULL;
    out_init(&words, writer->call);
    out_string(&words, "SELECT ");
    for (const struct column *column = table->column; column->name; column++)
        out_format(&words, "%s\"%s\"", column == table->column ? "" : ", ", column->name);
    out_format(&words, " FROM \"%s\" t%s ORDER BY ", table->name, clause ? clause : "");
    for (int i = 0; i < INDEX_COLUMNS_MAX && table->key[i]; i++)
        out_format(&words, "%s\"%s\"", i ? ", " : "", table->key[i]);
    struct sql *sql = sql_prepare(writer->call, out_view(&words));
    if (sql && clause)
        sql_bind_int(sql, 1, writer->at);
    return sql;
}

/* A line that was replayed later waits still, as of then. */
static int64_t int_as_of(const struct archive_writer *writer, const struct column *column,
                         int64_t value)
{
    bool is_later = writer->at && value > writer->last_change;
    return is_later && strcmp(column->name, "replayed") == 0 ? 0 : value;
}

static bool write_value(struct archive_writer *writer, struct sql *sql, int at,
                        const struct column *column)
{
    text base64;
    json_key(&writer->json, column->name);
    if (sql_is_null(sql, at)) {
        json_null(&writer->json);
        return true;
    }
    switch (column->kind) {
    case COLUMN_INT:
        json_int(&writer->json, int_as_of(writer, column, sql_int(sql, at)));
        return true;
    case COLUMN_REAL:
        json_real(&writer->json, sql_real(sql, at));
        return true;
    case COLUMN_TEXT:
        json_text(&writer->json, sql_text(sql, at));
        return true;
    case COLUMN_BLOB:
        break;
    }
    base64 = base64_write(writer->call, sql_blob(sql, at));
    json_text(&writer->json, base64);
    return base64.at != NULL;
}

static bool write_row(struct archive_writer *writer, struct sql *sql, const struct table *table)
{
    struct arena_mark mark = arena_mark(&writer->call->arena);
    bool done = true;
    json_object(&writer->json);
    for (int i = 0; done && table->column[i].name; i++)
        done = write_value(writer, sql, i, &table->column[i]);
    json_object_end(&writer->json);
    arena_rewind(&writer->call->arena, mark);
    return done && archive_line(writer);
}

static bool export_table(struct archive_writer *writer, const struct table *table)
{
    text path = call_format(writer->call, "tables/%s.jsonl", table->name);
    if (!path.at || !archive_begin(writer, path, true))
        return false;
    struct sql *sql = ask_rows(writer, table);
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(writer->call, sql)) == SQL_ROW)
        if (!write_row(writer, sql, table))
            break;
    sql_done(sql);
    return step == SQL_DONE && archive_end(writer);
}

static bool find_last_change(struct archive_writer *writer)
{
    struct sql *sql = SQL(writer->call, "SELECT max(id) FROM change WHERE at <= ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, writer->at);
    enum sql_step step = sql_step(writer->call, sql);
    writer->last_change = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

bool archive_tables_export(struct archive_writer *writer, const struct room *const *rooms)
{
    const struct catalog *catalog = writer->call->catalog;
    if (writer->at && !find_last_change(writer))
        return false;
    for (size_t i = 0; i < GROUND_TABLE_COUNT + catalog->table_count; i++) {
        const struct table *table =
            i < GROUND_TABLE_COUNT ? ground_tables[i] : catalog->table[i - GROUND_TABLE_COUNT];
        if (archive_has_table(rooms, table) && !export_table(writer, table))
            return false;
    }
    return true;
}

/* --- reading --- */

static text insert_words(struct call *call, const struct table *table)
{
    struct out words;
    out_init(&words, call);
    out_format(&words, "INSERT INTO \"%s\" (", table->name);
    for (const struct column *column = table->column; column->name; column++)
        out_format(&words, "%s\"%s\"", column == table->column ? "" : ", ", column->name);
    out_string(&words, ") VALUES (");
    for (int i = 0; table->column[i].name; i++)
        out_format(&words, "%s?%d", i ? ", " : "", i + 1);
    out_char(&words, ')');
    return out_view(&words);
}

/* False without failure when the value is of another kind. */
static bool bind_value(struct call *call, struct sql *sql, int at, const struct column *column,
                       const struct json *json)
{
    text bytes;
    double real;
    if (!json || json->kind == JSON_NULL) {
        sql_bind_null(sql, at);
        return !column->needed;
    }
    switch (column->kind) {
    case COLUMN_INT:
        sql_bind_int(sql, at, json->integer);
        return json->kind == JSON_INT;
    case COLUMN_REAL:
        if (!archive_row_real(json, &real))
            return false;
        sql_bind_real(sql, at, real);
        return true;
    case COLUMN_TEXT:
        sql_bind_text(sql, at, json->kind == JSON_TEXT ? json->text : TEXT_NONE);
        return json->kind == JSON_TEXT;
    case COLUMN_BLOB:
        break;
    }
    if (json->kind != JSON_TEXT || !base64_read(call, json->text, &bytes))
        return false;
    sql_bind_blob(sql, at, bytes);
    return true;
}

static bool keys_are_known(struct call *call, const struct table *table, const struct json *line)
{
    if (line->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "a row is a JSON object");
    for (uint32_t i = 0; i < line->count; i++) {
        const struct column *column = table->column;
        while (column->name && !text_is(line->member[i].key, column->name))
            column++;
        if (!column->name)
            return fail(call, FAIL_INVALID, "'%.*s' is nothing that this Rondo knows of such a row",
                        TEXT_FMT(text_until_character(line->member[i].key, 80)));
    }
    return true;
}

bool archive_table_put(struct call *call, const struct table *table, const struct json *line)
{
    struct sql *sql =
        keys_are_known(call, table, line) ? sql_prepare(call, insert_words(call, table)) : NULL;
    if (!sql)
        return false;
    for (int i = 0; table->column[i].name; i++) {
        const struct column *column = &table->column[i];
        if (bind_value(call, sql, i + 1, column, json_get(line, column->name)))
            continue;
        sql_done(sql);
        return call->fail.kind == FAIL_NONE &&
               fail(call, FAIL_INVALID, "'%s' holds no such value", column->name);
    }
    return sql_run(call, sql);
}

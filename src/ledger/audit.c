/* See audit.h: writing lines, and the page of those that the actor may read. */
#include "ledger/audit.h"

#include "base/json_read.h"
#include "ledger/audit_line.h"
#include "ledger/audit_tables.h"
#include "ledger/change.h"
#include "store/find.h"
#include "store/sql.h"

enum { SALT_SIZE = 16, AUDIT_LIMIT_DEFAULT = 50, LINES_AT_ONCE = 256 };

static const struct column audit_columns[] = {
    { "id", COLUMN_INT, true },
    { "change", COLUMN_INT, true },
    { "at", COLUMN_INT, true },
    { "actor", COLUMN_INT, true },
    { "door", COLUMN_TEXT, true },
    { "record", COLUMN_TEXT, true },
    { "row", COLUMN_INT, true },
    { "verb", COLUMN_TEXT, true },
    { "what", COLUMN_TEXT, true },
    { "fields", COLUMN_TEXT, true },
    { 0 },
};
static const struct table audit_table = {
    .name = "audit", .column = audit_columns, .key = { "id" },
    .index = { { .column = { "record", "row" } }, { .column = { "change" } } },
};

static const struct column audit_seal_columns[] = {
    { "id", COLUMN_INT, true },    { "first", COLUMN_INT, true }, { "last", COLUMN_INT, true },
    { "count", COLUMN_INT, true }, { "at", COLUMN_INT, true },    { "chain", COLUMN_TEXT, true },
    { 0 },
};
static const struct table audit_seal_table = {
    .name = "audit_seal", .column = audit_seal_columns, .key = { "id" },
};

const struct table *const ledger_tables[] = { &audit_table, &audit_seal_table, NULL };

static bool is_open(const struct record *record)
{
    return record->privacy == PRIVACY_PUBLIC || record->privacy == PRIVACY_TEAM;
}

/* The id of a row that not everybody reads is a value like its words. */
static bool field_shows_values(struct call *call, const struct record *record,
                               const struct field *field)
{
    const struct record *target =
        field->refers ? catalog_record(call->catalog, text_of(field->refers)) : NULL;
    return is_open(record) && !(field->flags & (FIELD_SECRET | FIELD_PRIVATE)) &&
           field->kind != FIELD_BLOB && (!target || target->privacy == PRIVACY_PUBLIC);
}

static text value_words(struct call *call, const struct field *field, const struct row *row,
                        size_t at)
{
    struct out words;
    if (!row || value_is_null(row->value[at]))
        return TEXT_NONE;
    out_init(&words, call);
    return value_write_text(call, field, row->value[at], NULL, &words) ? out_view(&words)
                                                                       : TEXT_NONE;
}

struct hash audit_value_hash(text salt, text before, text after)
{
    const text part[] = { salt, before.at ? TEXT("+") : TEXT("-"), before,
                          after.at ? TEXT("+") : TEXT("-"), after };
    return hash_strong_parts(part, sizeof part / sizeof part[0]);
}

static void write_value(struct json_writer *writer, text before, text after)
{
    unsigned char random[SALT_SIZE];
    char salt[2 * SALT_SIZE + 1], hash[HASH_TEXT_SIZE];
    random_bytes(random, sizeof random);
    for (int i = 0; i < SALT_SIZE; i++)
        snprintf(salt + 2 * i, 3, "%02x", random[i]);
    struct hash digest = audit_value_hash(text_of(salt), before, after);
    hash_write(&digest, hash);
    json_put_string(writer, "salt", salt);
    json_put_string(writer, "hash", hash);
    json_put_text(writer, "before", before);
    json_put_text(writer, "after", after);
}

static void write_built_in(const struct record *record, struct json_writer *writer,
                           const char *name, text before, text after)
{
    json_object(writer);
    json_put_string(writer, "field", name);
    if (is_open(record))
        write_value(writer, before, after);
    json_object_end(writer);
}

/* What changed besides the fields: the six dimensions, and whether the row is in the lists. */
static void write_built_ins(struct call *call, const struct row *before, const struct row *after,
                            struct json_writer *writer)
{
    unsigned old = before ? before->dimensions : 0;
    if (old != after->dimensions)
        write_built_in(after->record, writer, "dimensions", call_format(call, "%u", old),
                       call_format(call, "%u", after->dimensions));
    if (before && !before->archived != !after->archived)
        write_built_in(after->record, writer, "archived",
                       before->archived ? TEXT("yes") : TEXT("no"),
                       after->archived ? TEXT("yes") : TEXT("no"));
}

static text fields_json(struct call *call, const struct row *before, const struct row *after)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_list(&writer);
    for (size_t i = 0; i < after->record->field_count; i++) {
        const struct field *field = &after->record->field[i];
        struct value old = before ? before->value[i] : VALUE_NONE;
        if (value_equal(old, after->value[i]))
            continue;
        json_object(&writer);
        json_put_string(&writer, "field", field->name);
        if (field_shows_values(call, after->record, field))
            write_value(&writer, value_words(call, field, before, i),
                        value_words(call, field, after, i));
        json_object_end(&writer);
    }
    write_built_ins(call, before, after, &writer);
    json_list_end(&writer);
    return call->fail.kind == FAIL_NONE ? out_view(&out) : TEXT_NONE;
}

static bool next_audit_id(struct call *call, rid *id)
{
    struct sql *sql = SQL(call, "SELECT max(id) FROM audit");
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *id = step == SQL_ROW ? sql_int(sql, 0) + 1 : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

static bool line_write(struct call *call, const struct audit_line *line)
{
    rid id;
    if (!line->fields.at || !next_audit_id(call, &id))
        return false;
    struct sql *sql =
        SQL(call,
            "INSERT INTO audit (id, change, at, actor, door, record, \"row\", verb, what, fields) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    sql_bind_int(sql, 2, line->change);
    sql_bind_int(sql, 3, call->change.at);
    sql_bind_int(sql, 4, call->actor.person);
    sql_bind_text(sql, 5, text_of(door_word(call->door)));
    sql_bind_text(sql, 6, line->record);
    sql_bind_int(sql, 7, line->row);
    sql_bind_text(sql, 8, line->verb);
    sql_bind_text(sql, 9, line->what);
    sql_bind_text(sql, 10, line->fields);
    return sql_run(call, sql);
}

bool audit_row(struct call *call, rid change, const char *verb, const struct row *before,
               const struct row *after)
{
    struct audit_line line = {
        .change = change,
        .record = text_of(after->record->name),
        .row = after->id,
        .verb = text_of(verb),
        .what = TEXT(""),
        .fields = fields_json(call, before, after),
    };
    return line_write(call, &line);
}

bool audit_share(struct call *call, rid change, const struct row *row, rid person)
{
    struct audit_line line = {
        .change = change,
        .record = text_of(row->record->name),
        .row = row->id,
        .verb = TEXT("share"),
        .what = row_public_id(call, catalog_record(call->catalog, TEXT("person")), person),
        .fields = TEXT("[]"),
    };
    return line.what.at && line_write(call, &line);
}

bool audit_act(struct call *call, rid change, const char *verb, text what)
{
    struct audit_line line = {
        .change = change,
        .record = TEXT(""),
        .verb = text_of(verb),
        .what = what,
        .fields = TEXT("[]"),
    };
    return line_write(call, &line);
}

void audit_line_read(struct sql *sql, struct audit_line *line)
{
    *line = (struct audit_line){
        .id = sql_int(sql, 0),
        .change = sql_int(sql, 1),
        .at = sql_int(sql, 2),
        .actor = sql_int(sql, 3),
        .door = sql_text(sql, 4),
        .record = sql_text(sql, 5),
        .row = sql_int(sql, 6),
        .verb = sql_text(sql, 7),
        .what = sql_text(sql, 8),
        .fields = sql_text(sql, 9),
    };
}

bool audit_line_is_readable(struct call *call, text record, rid row)
{
    if (record.size == 0 || call->all_rows)
        return true;
    const struct record *known = catalog_record(call->catalog, record);
    return known && (find_is_for_everybody(call, known) || find_may_read(call, known, row));
}

static void write_fields(struct call *call, text fields, struct json_writer *writer)
{
    struct json list;
    json_key(writer, "fields");
    json_list(writer);
    if (!json_read(call, fields, &list, NULL))
        return;
    for (uint32_t i = 0; list.kind == JSON_LIST && i < list.count; i++) {
        json_object(writer);
        for (uint32_t at = 0; at < list.item[i].count; at++) {
            const struct json_member *member = &list.item[i].member[at];
            if (text_is(member->key, "salt") || text_is(member->key, "hash"))
                continue;
            json_key_text(writer, member->key);
            json_tree(writer, &member->value);
        }
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_line(struct call *call, const struct audit_line *line, struct json_writer *writer)
{
    const struct record *record = catalog_record(call->catalog, line->record);
    json_object(writer);
    json_put_int(writer, "id", line->id);
    json_put_int(writer, "change", line->change);
    json_put_stamp(writer, "at", line->at);
    json_put_text(writer, "actor",
                  line->actor ? row_public_id(call, catalog_record(call->catalog, TEXT("person")),
                                              line->actor)
                              : TEXT_NONE);
    json_put_text(writer, "door", line->door);
    json_put_text(writer, "verb", line->verb);
    json_put_text(writer, "record", record ? line->record : TEXT_NONE);
    json_put_text(writer, "row", record ? row_public_id(call, record, line->row) : TEXT_NONE);
    json_put_text(writer, "what", line->what.size ? line->what : TEXT_NONE);
    write_fields(call, line->fields, writer);
    json_object_end(writer);
}

static text or_empty(text word)
{
    return word.at ? word : TEXT("");
}

/* Some lines at a time: a database that gives its answers whole must not give the whole audit. */
static struct sql *query_lines(struct call *call, const struct audit_query *query, rid before)
{
    struct sql *sql =
        SQL(call, "SELECT " AUDIT_COLUMNS " FROM audit WHERE id < ?1 AND (record = ?2 OR ?2 = '') "
                  "AND (\"row\" = ?3 OR ?3 = 0) AND (change = ?4 OR ?4 = 0) "
                  "AND (actor = ?5 OR ?5 = 0) AND (door = ?6 OR ?6 = '') "
                  "AND (verb = ?7 OR ?7 = '') AND at >= ?8 AND at < ?9 ORDER BY id DESC LIMIT ?10");
    if (!sql)
        return NULL;
    sql_bind_int(sql, 1, before);
    sql_bind_text(sql, 2, or_empty(query->record));
    sql_bind_int(sql, 3, query->row);
    sql_bind_int(sql, 4, query->change);
    sql_bind_int(sql, 5, query->actor);
    sql_bind_text(sql, 6, or_empty(query->door));
    sql_bind_text(sql, 7, or_empty(query->verb));
    sql_bind_int(sql, 8, query->since);
    sql_bind_int(sql, 9, query->until ? query->until : INT64_MAX);
    sql_bind_int(sql, 10, LINES_AT_ONCE);
    return sql;
}

/* A page in the making. */
struct audit_writing {
    const struct audit_query *query;
    struct json_writer *writer;
    int limit, written;
    rid before, last, next; /* where to go on reading; last written; first of the next page */
};

static void write_if_readable(struct call *call, const struct audit_line *line,
                              struct audit_writing *page)
{
    struct arena_mark mark = arena_mark(&call->arena);
    if (!audit_line_is_readable(call, line->record, line->row)) {
        arena_rewind(&call->arena, mark); /* what is hidden must not fill the call */
        return;
    }
    if (page->written == page->limit && !page->query->is_whole) {
        page->next = page->last;
        return;
    }
    write_line(call, line, page->writer);
    page->last = line->id;
    page->written++;
}

/* Reads on from `before`; `seen` tells how many lines there were. */
static bool write_batch(struct call *call, struct audit_writing *page, int *seen)
{
    struct sql *sql = query_lines(call, page->query, page->before);
    enum sql_step step = SQL_DONE;
    *seen = 0;
    if (!sql)
        return false;
    while (page->next == 0 && call->fail.kind == FAIL_NONE &&
           (step = sql_step(call, sql)) == SQL_ROW) {
        struct audit_line line;
        audit_line_read(sql, &line);
        page->before = line.id;
        (*seen)++;
        write_if_readable(call, &line, page);
    }
    sql_done(sql);
    return step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

bool audit_write_json(struct call *call, const struct audit_query *query,
                      struct json_writer *writer)
{
    struct audit_writing page = { .query = query,
                                  .writer = writer,
                                  .limit = query->limit ? query->limit : AUDIT_LIMIT_DEFAULT,
                                  .before = query->before ? query->before : INT64_MAX };
    int seen = LINES_AT_ONCE;
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    while (page.next == 0 && seen == LINES_AT_ONCE)
        if (!write_batch(call, &page, &seen))
            return false;
    json_list_end(writer);
    json_put_text(writer, "next",
                  page.next ? call_format(call, "%lld", (long long)page.next) : TEXT_NONE);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

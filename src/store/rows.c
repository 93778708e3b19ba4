/* See rows.h. Lists (tags, refs) stand in tables of their own and are written as a whole. */
#include "store/rows.h"

#include "base/hash.h"
#include "store/sources.h"

enum { BUILT_IN_COLUMNS = 7 };

static const char *const built_in_columns[BUILT_IN_COLUMNS] = {
    "id", "version", "created", "changed", "archived", "change", "dimensions",
};

static bool field_is_list(const struct field *field)
{
    return field_kind_fact(field->kind)->is_list;
}

/* Of every question that is asked: pieces are put together without a format. */
static void write_name(struct out *words, const char *name)
{
    out_char(words, '"');
    out_string(words, name);
    out_char(words, '"');
}

static void write_column(struct out *words, const char *alias, const char *name, bool is_first)
{
    if (!is_first)
        out_string(words, ", ");
    if (alias) {
        write_name(words, alias);
        out_char(words, '.');
    }
    write_name(words, name);
}

static bool is_left_out(uint64_t left_out, size_t field)
{
    return field < 64 && left_out >> field & 1;
}

void rows_columns_without(const struct record *record, const char *alias,
                          struct rows_without without, struct out *words)
{
    for (int i = 0; i < (without.is_bare ? 1 : BUILT_IN_COLUMNS); i++)
        write_column(words, alias, built_in_columns[i], i == 0);
    for (size_t i = 0; i < record->field_count; i++) {
        if (!field_is_list(&record->field[i]) && !is_left_out(without.fields, i))
            write_column(words, alias, record->field[i].name, false);
    }
}

void rows_columns(const struct record *record, const char *alias, struct out *words)
{
    rows_columns_without(record, alias, (struct rows_without){ 0, false }, words);
}

/* What is unknown leaves the value as it is. */
static bool read_column(struct call *call, struct sql *sql, int column, const struct field *field,
                        bool is_number, struct value *value)
{
    if (field->kind == FIELD_REAL) {
        if (!sql_is_null(sql, column))
            *value = value_real(sql_real(sql, column));
    } else if (is_number) {
        int64_t number = sql_int(sql, column);
        if (number != 0 || !sql_is_null(sql, column)) /* null reads as 0, which is rare */
            *value = value_int(number);
    } else {
        text bytes = field->kind == FIELD_BLOB ? sql_blob(sql, column) : sql_text(sql, column);
        if (!bytes.at)
            return true;
        *value = value_text(call_text(call, bytes));
        return value->kind == VALUE_TEXT;
    }
    return true;
}

/* Statement for a list's items in order: one result column. */
static struct sql *list_items(struct call *call, const struct row *row, const struct field *field)
{
    if (field->kind == FIELD_TAGS) {
        struct sql *sql = SQL(call, "SELECT tag FROM tag WHERE record = ?1 AND field = ?2 AND "
                                    "\"row\" = ?3 ORDER BY position");
        if (sql) {
            sql_bind_text(sql, 1, text_of(row->record->name));
            sql_bind_text(sql, 2, text_of(field->name));
            sql_bind_int(sql, 3, row->id);
        }
        return sql;
    }
    text words =
        call_format(call, "SELECT target FROM \"%s_%s\" WHERE \"row\" = ?1 ORDER BY position",
                    row->record->name, field->name);
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    if (sql)
        sql_bind_int(sql, 1, row->id);
    return sql;
}

static bool read_list(struct call *call, const struct row *row, const struct field *field,
                      struct value *value)
{
    bool is_tags = field->kind == FIELD_TAGS;
    struct value list = { .kind = is_tags ? VALUE_TEXTS : VALUE_IDS };
    struct sql *sql = list_items(call, row, field);
    if (!sql)
        return false;
    size_t room = 0;
    void *items = NULL;
    enum sql_step step;
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        items = call_more(call, items, list.count, &room, is_tags ? sizeof(text) : sizeof(rid));
        if (!items)
            break;
        if (is_tags)
            ((text *)items)[list.count++] = call_text(call, sql_text(sql, 0));
        else
            ((rid *)items)[list.count++] = sql_int(sql, 0);
    }
    sql_done(sql);
    if (is_tags)
        list.texts = items;
    else
        list.ids = items;
    *value = list.count ? list : VALUE_NONE;
    return step == SQL_DONE && call->fail.kind == FAIL_NONE;
}

bool rows_read(struct call *call, struct sql *sql, int first, const struct record *record,
               struct row *row)
{
    return rows_read_without(call, sql, first, record, (struct rows_without){ 0, false }, row);
}

static void read_built_in(struct sql *sql, int first, struct row *row)
{
    row->version = sql_int(sql, first + 1);
    row->created = sql_int(sql, first + 2);
    row->changed = sql_int(sql, first + 3);
    row->archived = sql_int(sql, first + 4);
    row->change = sql_int(sql, first + 5);
    row->dimensions = (unsigned)sql_int(sql, first + 6);
}

bool rows_read_without(struct call *call, struct sql *sql, int first, const struct record *record,
                       struct rows_without without, struct row *row)
{
    int column = first + (without.is_bare ? 1 : BUILT_IN_COLUMNS);
    *row = (struct row){
        .record = record,
        .id = sql_int(sql, first),
        .value = call_array(call, record->field_count, sizeof(struct value)),
    };
    if (!row->value)
        return false;
    if (!without.is_bare)
        read_built_in(sql, first, row);
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        if (is_left_out(without.fields, i))
            continue;
        const struct field_kind_fact *kind = field_kind_fact(field->kind);
        bool is_read =
            kind->is_list
                ? read_list(call, row, field, &row->value[i])
                : read_column(call, sql, column++, field, kind->is_number, &row->value[i]);
        if (!is_read)
            return false;
    }
    return true;
}

bool rows_get(struct call *call, const struct record *record, rid id, struct row *row)
{
    struct out words;
    sources_note(call, record);
    out_init(&words, call);
    out_string(&words, "SELECT ");
    rows_columns(record, NULL, &words);
    out_format(&words, " FROM \"%s\" WHERE id = ?1", record->plural);
    struct sql *sql = sql_prepare(call, out_view(&words));
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    bool is_found = sql_step(call, sql) == SQL_ROW && rows_read(call, sql, 0, record, row);
    sql_done(sql);
    return is_found;
}

static void bind_value(struct sql *sql, int at, const struct field *field, struct value value)
{
    if (value.kind == VALUE_INT)
        sql_bind_int(sql, at, value.integer);
    else if (value.kind == VALUE_REAL)
        sql_bind_real(sql, at, value.real);
    else if (value.kind == VALUE_TEXT && field->kind == FIELD_BLOB)
        sql_bind_blob(sql, at, value.text);
    else if (value.kind == VALUE_TEXT)
        sql_bind_text(sql, at, value.text);
    else
        sql_bind_null(sql, at);
}

/* Binds every column in the order of rows_columns. */
static void bind_row(struct sql *sql, const struct row *row)
{
    const int64_t built_in[BUILT_IN_COLUMNS] = {
        row->id,       row->version, row->created,    row->changed,
        row->archived, row->change,  row->dimensions,
    };
    for (int i = 0; i < BUILT_IN_COLUMNS; i++)
        sql_bind_int(sql, i + 1, built_in[i]);
    int at = BUILT_IN_COLUMNS + 1;
    for (size_t i = 0; i < row->record->field_count; i++)
        if (!field_is_list(&row->record->field[i]))
            bind_value(sql, at++, &row->record->field[i], row->value[i]);
}

static bool write_tags(struct call *call, const struct row *row, const struct field *field,
                       struct value value)
{
    for (uint32_t i = 0; i < value.count; i++) {
        struct sql *sql = SQL(
            call,
            "INSERT INTO tag (record, \"row\", field, position, tag) VALUES (?1, ?2, ?3, ?4, ?5)");
        if (!sql)
            return false;
        sql_bind_text(sql, 1, text_of(row->record->name));
        sql_bind_int(sql, 2, row->id);
        sql_bind_text(sql, 3, text_of(field->name));
        sql_bind_int(sql, 4, i);
        sql_bind_text(sql, 5, value.texts[i]);
        if (!sql_run(call, sql))
            return false;
    }
    return true;
}

static bool write_refs(struct call *call, const struct row *row, const struct field *field,
                       struct value value)
{
    text words =
        call_format(call, "INSERT INTO \"%s_%s\" (\"row\", position, target) VALUES (?1, ?2, ?3)",
                    row->record->name, field->name);
    if (!words.at)
        return false;
    for (uint32_t i = 0; i < value.count; i++) {
        struct sql *sql = sql_prepare(call, words);
        if (!sql)
            return false;
        sql_bind_int(sql, 1, row->id);
        sql_bind_int(sql, 2, i);
        sql_bind_int(sql, 3, value.ids[i]);
        if (!sql_run(call, sql))
            return false;
    }
    return true;
}

static bool clear_list(struct call *call, const struct row *row, const struct field *field)
{
    bool is_tags = field->kind == FIELD_TAGS;
    text words = is_tags ? TEXT("DELETE FROM tag WHERE record = ?2 AND field = ?3 AND \"row\" = ?1")
                         : call_format(call, "DELETE FROM \"%s_%s\" WHERE \"row\" = ?1",
                                       row->record->name, field->name);
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, row->id);
    if (is_tags) {
        sql_bind_text(sql, 2, text_of(row->record->name));
        sql_bind_text(sql, 3, text_of(field->name));
    }
    return sql_run(call, sql);
}

static bool write_lists(struct call *call, const struct row *row, bool is_new)
{
    for (size_t i = 0; i < row->record->field_count; i++) {
        const struct field *field = &row->record->field[i];
        if (!field_is_list(field))
            continue;
        if (!is_new && !clear_list(call, row, field))
            return false;
        struct value value = row->value[i];
        if (!(field->kind == FIELD_TAGS ? write_tags(call, row, field, value)
                                        : write_refs(call, row, field, value)))
            return false;
    }
    return true;
}

/*
 * Numbers count up from 1; rows that only few may read get a
 * random one, so that a gap tells nothing.
 */
static bool next_id(struct call *call, const struct record *record, rid *id)
{
    if (record->privacy == PRIVACY_PRIVATE) {
        uint64_t random;
        random_bytes(&random, sizeof random);
        *id = (rid)(random >> 4) + 1;
        return true;
    }
    text words = call_format(call, "SELECT max(id) FROM \"%s\"", record->plural);
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *id = step == SQL_ROW ? sql_int(sql, 0) + 1 : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

static text insert_words(struct call *call, const struct record *record)
{
    struct out words;
    out_init(&words, call);
    out_format(&words, "INSERT INTO \"%s\" (", record->plural);
    rows_columns(record, NULL, &words);
    out_string(&words, ") VALUES (?1");
    int last = BUILT_IN_COLUMNS;
    for (size_t i = 0; i < record->field_count; i++)
        last += !field_is_list(&record->field[i]);
    for (int i = 2; i <= last; i++)
        out_format(&words, ", ?%d", i);
    out_char(&words, ')');
    return out_view(&words);
}

bool rows_insert(struct call *call, struct row *row)
{
    if (row->id == 0 && !next_id(call, row->record, &row->id))
        return false;
    struct sql *sql = sql_prepare(call, insert_words(call, row->record));
    if (!sql)
        return false;
    bind_row(sql, row);
    return sql_run(call, sql) && write_lists(call, row, true);
}

static text update_words(struct call *call, const struct record *record)
{
    struct out words;
    out_init(&words, call);
    out_format(&words, "UPDATE \"%s\" SET \"%s\" = ?2", record->plural, built_in_columns[1]);
    int at = 3;
    for (int i = 2; i < BUILT_IN_COLUMNS; i++)
        out_format(&words, ", \"%s\" = ?%d", built_in_columns[i], at++);
    for (size_t i = 0; i < record->field_count; i++)
        if (!field_is_list(&record->field[i]))
            out_format(&words, ", \"%s\" = ?%d", record->field[i].name, at++);
    out_string(&words, " WHERE id = ?1");
    return out_view(&words);
}

bool rows_update(struct call *call, const struct row *row)
{
    struct sql *sql = sql_prepare(call, update_words(call, row->record));
    if (!sql)
        return false;
    bind_row(sql, row);
    return sql_run(call, sql) && write_lists(call, row, false);
}

/* See find.h. A question is drafted as SQL from catalogue names; every value in it is bound. */
#include "store/find.h"

#include "store/page_mark.h"
#include "store/reader.h"
#include "store/rows.h"

static const char *const filter_words[] = {
    [FILTER_LESS] = " < ",
    [FILTER_AT_MOST] = " <= ",
    [FILTER_MORE] = " > ",
    [FILTER_AT_LEAST] = " >= ",
};

void query_init(struct query *query, const struct record *record)
{
    *query = (struct query){ .record = record, .sort = FIND_ID };
}

/* A filter on a hidden field would answer questions about what may not be read. */
static bool field_may_be_asked(struct call *call, const struct record *record, int field)
{
    if (field < 0 || !(record->field[field].flags & (FIELD_SECRET | FIELD_PRIVATE)))
        return true;
    return fail_at(call, record->field[field].name, "'%s' cannot be filtered or sorted by",
                   record->field[field].name);
}

static bool field_is_list(const struct record *record, int field)
{
    return field >= 0 && field_kind_fact(record->field[field].kind)->is_list;
}

static bool field_is_bytes(const struct record *record, int field)
{
    return field >= 0 && record->field[field].kind == FIELD_BLOB;
}

/* Lists have items, and no order among each other; nor have bytes. */
static bool field_has_order(struct call *call, const struct record *record, int field,
                            const char *wish)
{
    bool is_bytes = field_is_bytes(record, field);
    if (!field_is_list(record, field) && !is_bytes)
        return true;
    return fail_at(call, record->field[field].name, "'%s' is %s and cannot be %s",
                   record->field[field].name, is_bytes ? "bytes" : "a list", wish);
}

bool query_add(struct call *call, struct query *query, int field, enum filter_op op,
               struct value value)
{
    bool compares = op != FILTER_IS && op != FILTER_IS_NOT && op != FILTER_HAS;
    if (field_is_bytes(query->record, field) && !value_is_null(value))
        compares = true; /* bytes are only asked whether they are there */
    if (query->filter_count == FIND_FILTERS_MAX)
        return fail(call, FAIL_USAGE, "more than %d filters: ask in parts", FIND_FILTERS_MAX);
    if (!field_may_be_asked(call, query->record, field) ||
        (compares && !field_has_order(call, query->record, field, "compared")))
        return false;
    query->filter[query->filter_count++] = (struct filter){ field, op, value };
    return true;
}

bool find_check_sort(struct call *call, const struct query *query)
{
    return field_may_be_asked(call, query->record, query->sort) &&
           field_has_order(call, query->record, query->sort, "sorted by");
}

static const char *column_of(const struct record *record, int field)
{
    switch (field) {
    case FIND_ID:
        return "id";
    case FIND_CREATED:
        return "created";
    case FIND_CHANGED:
        return "changed";
    case FIND_DIMENSIONS:
        return "dimensions";
    case FIND_CHANGE:
        return "change";
    default:
        return record->field[field].name;
    }
}

/* A tag or ref in a list: the list's table has the row. Null asks for the empty list. */
static void draft_list(struct statement_draft *draft, const struct record *record,
                       const struct field *field, const struct filter *filter)
{
    bool asks_empty = value_is_null(filter->value);
    if (asks_empty == (filter->op != FILTER_IS_NOT))
        out_string(&draft->words, "NOT ");
    if (field->kind == FIELD_TAGS) {
        out_string(&draft->words, "EXISTS (SELECT 1 FROM tag WHERE tag.record = ");
        draft_text(draft, text_of(record->name));
        out_string(&draft->words, " AND tag.field = ");
        draft_text(draft, text_of(field->name));
        out_string(&draft->words, " AND tag.\"row\" = row_.id");
    } else {
        out_format(&draft->words,
                   "EXISTS (SELECT 1 FROM \"%s_%s\" AS list_ WHERE list_.\"row\" = row_.id",
                   record->name, field->name);
    }
    if (!asks_empty) {
        out_string(&draft->words,
                   field->kind == FIELD_TAGS ? " AND tag.tag = " : " AND list_.target = ");
        draft_value(draft, filter->value);
    }
    out_char(&draft->words, ')');
}

/* ASCII letters alone, as both stores fold a column: the folding of a bound value they differ in.
 */
static struct value fold(struct call *call, struct value value)
{
    char *folded = call_take(call, value.text.size);
    for (size_t i = 0; folded && i < value.text.size; i++) {
        char c = value.text.at[i];
        folded[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return folded ? value_text((text){ folded, value.text.size }) : VALUE_NONE;
}

static void draft_filter(struct statement_draft *draft, const struct record *record,
                         const struct filter *filter)
{
    const char *column = column_of(record, filter->field);
    const struct field *field = filter->field >= 0 ? &record->field[filter->field] : NULL;
    struct out *words = &draft->words;
    out_string(words, " AND ");
    if (filter->op == FILTER_HAS && filter->field == FIND_DIMENSIONS) {
        out_string(words, "(row_.dimensions & ");
        draft_value(draft, filter->value);
        out_string(words, ") <> 0");
    } else if (field_is_list(record, filter->field)) {
        draft_list(draft, record, field, filter);
    } else if (filter->op == FILTER_IS || filter->op == FILTER_IS_NOT || filter->op == FILTER_HAS) {
        bool is_folded = field && (field->flags & FIELD_FOLDED) && filter->value.kind == VALUE_TEXT;
        const char *negation = filter->op == FILTER_IS_NOT ? " NOT" : "";
        if (value_is_null(filter->value)) {
            out_format(words, "row_.\"%s\" IS%s NULL", column, negation);
            return;
        }
        /* "is not 3" holds for an unknown value too. */
        out_format(words, filter->op == FILTER_IS_NOT ? "(row_.\"%s\" IS NULL OR NOT " : "(",
                   column);
        out_format(words, is_folded ? "lower(row_.\"%s\") = (" : "row_.\"%s\" = (", column);
        draft_value(draft, is_folded ? fold(words->call, filter->value) : filter->value);
        out_string(words, "))");
    } else {
        out_format(words, "row_.\"%s\"%s", column, filter_words[filter->op]);
        draft_value(draft, filter->value);
    }
}

/* Rows behind the mark, in the order (value, nulls last, id). */
static bool draft_after(struct call *call, struct statement_draft *draft, const struct query *query)
{
    rid id;
    struct value value;
    if (!query->after.at)
        return true;
    if (!page_mark_read(call, query, &id, &value))
        return false;
    const char *behind = query->is_descending ? "<" : ">";
    const char *column = column_of(query->record, query->sort);
    struct out *words = &draft->words;
    if (query->sort == FIND_ID) {
        out_format(words, " AND row_.id %s ", behind);
        draft_int(draft, id);
    } else if (value_is_null(value)) {
        out_format(words, " AND row_.\"%s\" IS NULL AND row_.id %s ", column, behind);
        draft_int(draft, id);
    } else {
        out_format(words, " AND (row_.\"%s\" %s ", column, behind);
        draft_value(draft, value);
        out_format(words, " OR row_.\"%s\" IS NULL OR (row_.\"%s\" = ", column, column);
        draft_value(draft, value);
        out_format(words, " AND row_.id %s ", behind);
        draft_int(draft, id);
        out_string(words, "))");
    }
    return true;
}

/* The one parent of all rows that are asked for, where a filter says so; else 0. */
static rid parent_of_all(const struct query *query)
{
    int parent = record_parent(query->record);
    for (int i = 0; parent >= 0 && i < query->filter_count; i++)
        if (query->filter[i].field == parent && query->filter[i].op == FILTER_IS)
            return value_as_int(query->filter[i].value);
    return 0;
}

static bool draft_where(struct call *call, struct statement_draft *draft, const struct query *query)
{
    out_format(&draft->words, " FROM \"%s\" AS row_ WHERE %s", query->record->plural,
               query->with_archived ? "1 = 1" : "row_.archived = 0");
    for (int i = 0; i < query->filter_count; i++)
        draft_filter(draft, query->record, &query->filter[i]);
    return reader_clause(call, query->record, "row_", parent_of_all(query), draft);
}

/* Null is neither less nor more: where the filters compare the field, no row without it is left. */
static bool field_is_compared(const struct query *query, int field)
{
    for (int i = 0; i < query->filter_count; i++) {
        enum filter_op op = query->filter[i].op;
        if (query->filter[i].field == field && op != FILTER_IS && op != FILTER_IS_NOT &&
            op != FILTER_HAS)
            return true;
    }
    return false;
}

static void draft_order(struct out *words, const struct query *query)
{
    const char *direction = query->is_descending ? "DESC" : "ASC";
    const char *column = column_of(query->record, query->sort);
    if (query->sort == FIND_ID) {
        out_format(words, " ORDER BY row_.id %s", direction);
        return;
    }
    out_string(words, " ORDER BY ");
    if (!field_is_compared(query, query->sort)) /* else an index gives the order */
        out_format(words, "(row_.\"%s\" IS NULL), ", column);
    out_format(words, "row_.\"%s\" %s, row_.id %s", column, direction, direction);
}

/* The one number that a filter leaves for a field: it need not be read of each row. */
static bool filter_tells(const struct query *query, const struct filter *filter)
{
    if (filter->field < 0 || filter->field >= 64 || filter->op != FILTER_IS ||
        filter->value.kind != VALUE_INT)
        return false;
    enum field_kind kind = query->record->field[filter->field].kind;
    return field_kind_fact(kind)->is_number && kind != FIELD_REAL;
}

static struct rows_without without_of(const struct query *query)
{
    struct rows_without without = { query->left_out, query->is_bare };
    for (int i = 0; i < query->filter_count; i++)
        if (filter_tells(query, &query->filter[i]))
            without.fields |= UINT64_C(1) << query->filter[i].field;
    return without;
}

static void tell_of_filters(const struct query *query, struct row *row)
{
    for (int i = 0; i < query->filter_count; i++)
        if (filter_tells(query, &query->filter[i]))
            row->value[query->filter[i].field] = query->filter[i].value;
}

static bool draft_rows(struct call *call, struct statement_draft *draft, const struct query *query,
                       int limit)
{
    struct out *words = &draft->words;
    draft_init(draft, call);
    out_string(words, "SELECT ");
    rows_columns_without(query->record, "row_", without_of(query), words);
    if (!find_check_sort(call, query) || !draft_where(call, draft, query) ||
        !draft_after(call, draft, query))
        return false;
    draft_order(words, query);
    if (limit) {
        out_string(words, " LIMIT ");
        draft_int(draft, limit);
    }
    return true;
}

/*
 * What the record says of reading beyond its class; a
 * failure inside counts as a failure of the call.
 */
static bool row_is_readable(struct call *call, const struct row *row)
{
    return call->all_rows || !row->record->readable || row->record->readable(call, row);
}

static bool rows_push(struct call *call, struct rows *rows, const struct row *row)
{
    struct row *list = call_more(call, rows->row, rows->count, &rows->room, sizeof *row);
    if (!list)
        return false;
    rows->row = list;
    rows->row[rows->count++] = *row;
    return true;
}

static bool record_has_private(const struct record *record)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (record->field[i].flags & FIELD_PRIVATE)
            return true;
    return false;
}

/* Reads one batch; `last` becomes the last row seen, readable or not; `seen` counts them all. */
static bool find_batch(struct call *call, const struct query *query, int limit, struct rows *rows,
                       struct row *last, int *seen)
{
    struct statement_draft draft;
    if (!draft_rows(call, &draft, query, limit))
        return false;
    struct sql *sql = draft_prepare(call, &draft);
    if (!sql)
        return false;
    const struct rows_without without = without_of(query);
    bool may_hide = record_has_private(query->record);
    enum sql_step step;
    *seen = 0;
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        if (!rows_read_without(call, sql, 0, query->record, without, last))
            break;
        tell_of_filters(query, last);
        if (may_hide && !reader_hide_fields(call, last))
            break;
        (*seen)++;
        if (row_is_readable(call, last) && !rows_push(call, rows, last))
            break;
        if (call->fail.kind != FAIL_NONE)
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

bool find_rows(struct call *call, const struct query *query, struct rows *rows)
{
    struct query page = *query;
    struct row last;
    int seen;
    *rows = (struct rows){ .next = TEXT_NONE };
    if (page.limit == 0)
        return find_batch(call, &page, 0, rows, &last, &seen);
    /* One row more than asked for tells whether there is a next page. */
    size_t wanted = (size_t)page.limit;
    do {
        if (!find_batch(call, &page, page.limit + 1, rows, &last, &seen))
            return false;
        if (seen == page.limit + 1)
            page.after = page_mark_write(call, &page, &last);
    } while (rows->count <= wanted && seen == page.limit + 1);
    if (rows->count > wanted) {
        rows->count = wanted;
        rows->next = page_mark_write(call, &page, &rows->row[wanted - 1]);
        return rows->next.at != NULL;
    }
    return true;
}

bool find_first(struct call *call, const struct query *query, struct row *row)
{
    struct query first = *query;
    struct rows rows;
    first.limit = 1;
    if (!find_rows(call, &first, &rows) || rows.count == 0)
        return false;
    *row = rows.row[0];
    return true;
}

bool find_row(struct call *call, const struct record *record, rid id, struct row *row)
{
    struct query query;
    query_init(&query, record);
    query.with_archived = true;
    if (!query_add(call, &query, FIND_ID, FILTER_IS, value_int(id)))
        return false;
    if (find_first(call, &query, row))
        return true;
    if (call->fail.kind != FAIL_NONE)
        return false;
    text public_id = row_public_id(call, record, id);
    return fail(call, FAIL_NOT_FOUND, "there is no %s '%.*s'", record->label, TEXT_FMT(public_id));
}

bool find_count(struct call *call, const struct query *query, int64_t *count)
{
    if (query->record->readable && !call->all_rows) {
        struct rows rows;
        struct query all = *query;
        all.limit = 0;
        if (!find_rows(call, &all, &rows))
            return false;
        *count = (int64_t)rows.count;
        return true;
    }
    struct statement_draft draft;
    draft_init(&draft, call);
    out_string(&draft.words, "SELECT count(*)");
    struct sql *sql = draft_where(call, &draft, query) ? draft_prepare(call, &draft) : NULL;
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *count = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

bool find_is_for_everybody(struct call *call, const struct record *record)
{
    return reader_is_everybody(call, record);
}

bool find_may_read(struct call *call, const struct record *record, rid id)
{
    struct query query;
    struct row row;
    query_init(&query, record);
    query.with_archived = true;
    return query_add(call, &query, FIND_ID, FILTER_IS, value_int(id)) &&
           find_first(call, &query, &row);
}

text find_title(struct call *call, const struct record *record, rid id)
{
    struct query query;
    struct row row;
    query_init(&query, record);
    query.with_archived = true;
    if (!query_add(call, &query, FIND_ID, FILTER_IS, value_int(id)) ||
        !find_first(call, &query, &row))
        return TEXT_NONE;
    return row_title(call, &row);
}

/* See copy.h. */
#include "store/copy.h"

#include "base/out.h"
#include "catalog/row.h"
#include "store/sql.h"
#include "store/tables.h"
#include "store/transaction.h"

#include <assert.h>

/* Rows at once; of a table with blobs fewer, for those may be large. */
enum { PAGE_ROWS = 1000, PAGE_BLOB_ROWS = 16 };

struct copying {
    struct call *from, *to;
    struct copy_report *report;
    size_t room;
};

/* One table on its way: the statements, and where the last page ended. */
struct table_copy {
    const struct table *table;
    int columns;
    int page_rows;
    text first, next, insert;
    int key[INDEX_COLUMNS_MAX]; /* numbers of columns */
    int keys;
    struct value last[INDEX_COLUMNS_MAX];
};

/* --- statements --- */

static void write_columns(const struct table *table, struct out *words)
{
    for (const struct column *column = table->column; column->name; column++)
        out_format(words, "%s\"%s\"", column == table->column ? "" : ", ", column->name);
}

static void write_keys(const struct table *table, struct out *words)
{
    for (int i = 0; i < INDEX_COLUMNS_MAX && table->key[i]; i++)
        out_format(words, "%s\"%s\"", i ? ", " : "", table->key[i]);
}

static text select_words(struct call *call, const struct table_copy *copy, bool is_first)
{
    struct out words;
    out_init(&words, call);
    out_string(&words, "SELECT ");
    write_columns(copy->table, &words);
    out_format(&words, " FROM \"%s\"", copy->table->name);
    if (!is_first) {
        out_string(&words, " WHERE (");
        write_keys(copy->table, &words);
        out_string(&words, ") > (");
        for (int i = 0; i < copy->keys; i++)
            out_format(&words, "%s?%d", i ? ", " : "", i + 2);
        out_char(&words, ')');
    }
    out_string(&words, " ORDER BY ");
    write_keys(copy->table, &words);
    out_string(&words, " LIMIT ?1");
    return out_view(&words);
}

static text insert_words(struct call *call, const struct table_copy *copy)
{
    struct out words;
    out_init(&words, call);
    out_format(&words, "INSERT INTO \"%s\" (", copy->table->name);
    write_columns(copy->table, &words);
    out_string(&words, ") VALUES (");
    for (int i = 0; i < copy->columns; i++)
        out_format(&words, "%s?%d", i ? ", " : "", i + 1);
    out_char(&words, ')');
    return out_view(&words);
}

static int column_at(const struct table *table, const char *name)
{
    int at = 0;
    while (strcmp(table->column[at].name, name) != 0)
        at++;
    return at;
}

static bool table_copy_init(struct copying *copying, const struct table *table,
                            struct table_copy *copy)
{
    *copy = (struct table_copy){ .table = table, .page_rows = PAGE_ROWS };
    for (; table->column[copy->columns].name; copy->columns++)
        if (table->column[copy->columns].kind == COLUMN_BLOB)
            copy->page_rows = PAGE_BLOB_ROWS;
    for (; copy->keys < INDEX_COLUMNS_MAX && table->key[copy->keys]; copy->keys++)
        copy->key[copy->keys] = column_at(table, table->key[copy->keys]);
    assert(copy->keys > 0); /* pages follow each other by key */
    copy->first = select_words(copying->from, copy, true);
    copy->next = select_words(copying->from, copy, false);
    copy->insert = insert_words(copying->to, copy);
    return copy->first.at && copy->next.at && copy->insert.at;
}

/* --- rows --- */

static void bind_column(struct sql *from, struct sql *to, int at, enum column_kind kind)
{
    if (sql_is_null(from, at)) {
        sql_bind_null(to, at + 1);
        return;
    }
    switch (kind) {
    case COLUMN_INT:
        sql_bind_int(to, at + 1, sql_int(from, at));
        break;
    case COLUMN_REAL:
        sql_bind_real(to, at + 1, sql_real(from, at));
        break;
    case COLUMN_TEXT:
        sql_bind_text(to, at + 1, sql_text(from, at));
        break;
    case COLUMN_BLOB:
        sql_bind_blob(to, at + 1, sql_blob(from, at));
        break;
    }
}

static bool copy_row(struct copying *copying, const struct table_copy *copy, struct sql *from)
{
    struct sql *to = sql_prepare(copying->to, copy->insert);
    if (!to)
        return false;
    for (int i = 0; i < copy->columns; i++)
        bind_column(from, to, i, copy->table->column[i].kind);
    return sql_run(copying->to, to);
}

/* Remembers where the page ends. */
static bool keep_last(struct copying *copying, struct table_copy *copy, struct sql *from)
{
    for (int i = 0; i < copy->keys; i++) {
        int at = copy->key[i];
        if (copy->table->column[at].kind == COLUMN_INT) {
            copy->last[i] = value_int(sql_int(from, at));
            continue;
        }
        copy->last[i] = value_text(call_text(copying->from, sql_text(from, at)));
        if (copy->last[i].kind != VALUE_TEXT)
            return false;
    }
    return true;
}

static struct sql *page_ask(struct copying *copying, const struct table_copy *copy, bool is_first)
{
    struct sql *from = sql_prepare(copying->from, is_first ? copy->first : copy->next);
    if (!from)
        return NULL;
    sql_bind_int(from, 1, copy->page_rows);
    for (int i = 0; i < copy->keys && !is_first; i++) {
        if (copy->last[i].kind == VALUE_INT)
            sql_bind_int(from, i + 2, copy->last[i].integer);
        else
            sql_bind_text(from, i + 2, copy->last[i].text);
    }
    return from;
}

static bool copy_page(struct copying *copying, struct table_copy *copy, bool is_first, int *rows)
{
    struct sql *from = page_ask(copying, copy, is_first);
    enum sql_step step = SQL_FAILED;
    *rows = 0;
    while (from && (step = sql_step(copying->from, from)) == SQL_ROW) {
        if (!copy_row(copying, copy, from) ||
            (++*rows == copy->page_rows && !keep_last(copying, copy, from)))
            break;
    }
    sql_done(from);
    return step == SQL_DONE;
}

static struct copy_count *count_add(struct call *call, struct copy_report *report, size_t *room,
                                    const char *table)
{
    struct copy_count *count =
        call_more(call, report->count, report->tables, room, sizeof *report->count);
    if (!count)
        return NULL;
    report->count = count;
    count[report->tables] = (struct copy_count){ .table = table };
    return &count[report->tables++];
}

static bool table_clear(struct call *call, const struct table *table)
{
    text words = call_format(call, "DELETE FROM \"%s\"", table->name);
    return words.at && sql_run(call, sql_prepare(call, words));
}

static bool visit_copy(struct call *call, const struct table *table, void *to)
{
    struct copying *copying = to;
    struct table_copy copy;
    struct copy_count *count = count_add(call, copying->report, &copying->room, table->name);
    if (!count || !table_copy_init(copying, table, &copy) || !table_clear(call, table))
        return false;
    int rows = copy.page_rows;
    for (bool is_first = true; rows == copy.page_rows; is_first = false) {
        if (!copy_page(copying, &copy, is_first, &rows))
            return false;
        count->rows += rows;
        call_progress(call, table->name, count->rows, 0);
    }
    copying->report->rows += count->rows;
    return true;
}

bool copy_rows(struct call *from, struct call *to, struct copy_report *report)
{
    struct copying copying = { .from = from, .to = to, .report = report };
    assert(store_in_transaction(to));
    *report = (struct copy_report){ .rows = 0 };
    if (tables_visit(to, to->catalog, visit_copy, &copying))
        return true;
    if (from->fail.kind != FAIL_NONE)
        fail(to, from->fail.kind, "%s", from->fail.sentence);
    store_doom(to);
    return false;
}

static bool visit_clear(struct call *call, const struct table *table, void *to)
{
    (void)to;
    return strcmp(table->name, "setting") == 0 || table_clear(call, table);
}

bool copy_clear(struct call *call)
{
    return tables_visit(call, call->catalog, visit_clear, NULL);
}

/* --- counting --- */

struct counting {
    struct copy_report *report;
    size_t room;
};

static bool visit_count(struct call *call, const struct table *table, void *to)
{
    struct counting *counting = to;
    if (strcmp(table->name, "setting") == 0)
        return true;
    struct copy_count *count = count_add(call, counting->report, &counting->room, table->name);
    text words = call_format(call, "SELECT count(*) FROM \"%s\"", table->name);
    struct sql *sql = count && words.at ? sql_prepare(call, words) : NULL;
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        counting->report->rows += count->rows = sql_int(sql, 0);
    sql_done(sql);
    return step == SQL_ROW;
}

bool copy_count(struct call *call, struct copy_report *report)
{
    struct counting counting = { .report = report };
    *report = (struct copy_report){ .rows = 0 };
    return tables_visit(call, call->catalog, visit_count, &counting);
}

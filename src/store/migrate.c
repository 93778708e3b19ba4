/*
 * See migrate.h.
 *
 * States: the shape kept in the store is equal (nothing to do), smaller (additive migration),
 * larger (written by a newer program: refused) or different in kind (needs a numbered step:
 * refused). The migration is one transaction: a store has the old shape or the new one.
 */
#include "store/migrate.h"

#include "base/out.h"
#include "catalog/row.h"
#include "store/draft.h"
#include "store/match_index.h"
#include "store/session.h"
#include "store/setting.h"
#include "store/sql.h"
#include "store/tables.h"
#include "store/transaction.h"

#include <errno.h>
#include <unistd.h>

struct shape_line {
    text table, column, kind;
};

struct shape {
    struct shape_line *line;
    size_t count;
    text words;
};

static const char *const kind_words[] = {
    [COLUMN_INT] = "INT", [COLUMN_REAL] = "REAL", [COLUMN_TEXT] = "TEXT", [COLUMN_BLOB] = "BLOB",
};

static void shape_add_table(struct out *out, const struct table *table)
{
    for (const struct column *column = table->column; column->name; column++)
        out_format(out, "%s %s %s\n", table->name, column->name, kind_words[column->kind]);
}

static bool visit_shape(struct call *call, const struct table *table, void *to)
{
    (void)call;
    shape_add_table(to, table);
    return true;
}

static bool shape_parse(struct call *call, text words, struct shape *shape)
{
    size_t count = 0;
    for (size_t i = 0; i < words.size; i++)
        count += words.at[i] == '\n';
    *shape =
        (struct shape){ .words = words, .line = call_array(call, count + 1, sizeof *shape->line) };
    if (!shape->line)
        return false;
    while (words.size) {
        text rest, line = text_cut(words, '\n', &words);
        struct shape_line *parsed = &shape->line[shape->count++];
        parsed->table = text_cut(line, ' ', &rest);
        parsed->column = text_cut(rest, ' ', &parsed->kind);
    }
    return true;
}

static const struct shape_line *shape_column(const struct shape *shape, text table, text column)
{
    for (size_t i = 0; i < shape->count; i++)
        if (text_equal(shape->line[i].table, table) &&
            (!column.at || text_equal(shape->line[i].column, column)))
            return &shape->line[i];
    return NULL;
}

/* Refuses a store that has what this program does not know, or has it differently. */
static bool shape_is_known(struct call *call, const struct shape *old, const struct shape *wanted,
                           text writer)
{
    for (size_t i = 0; i < old->count; i++) {
        const struct shape_line *line = &old->line[i];
        const struct shape_line *same = shape_column(wanted, line->table, line->column);
        if (!same)
            return fail(
                call, FAIL_STORE,
                "the store '%s' was written by a newer Rondo (%.*s; this is %s, which does not "
                "know '%.*s.%.*s'): use that version, nothing was changed",
                call->store->where, TEXT_FMT(writer), RONDO_VERSION, TEXT_FMT(line->table),
                TEXT_FMT(line->column));
        if (!text_equal(same->kind, line->kind))
            return fail(call, FAIL_STORE,
                        "the store '%s' keeps '%.*s.%.*s' as %.*s, this Rondo (%s) as %.*s: "
                        "this needs a numbered migration step, nothing was changed",
                        call->store->where, TEXT_FMT(line->table), TEXT_FMT(line->column),
                        TEXT_FMT(line->kind), RONDO_VERSION, TEXT_FMT(same->kind));
    }
    return true;
}

/* New columns of tables that are there already. */
static void write_new_columns(const struct shape *old, const struct shape *wanted,
                              const struct dialect *dialect, struct out *out)
{
    for (size_t i = 0; i < wanted->count; i++) {
        const struct shape_line *line = &wanted->line[i];
        if (shape_column(old, line->table, line->column) ||
            !shape_column(old, line->table, TEXT_NONE))
            continue;
        for (int kind = COLUMN_INT; kind <= COLUMN_BLOB; kind++) {
            if (!text_is(line->kind, kind_words[kind]))
                continue;
            out_format(out, "ALTER TABLE \"%.*s\" ADD COLUMN \"%.*s\" %s;\n", TEXT_FMT(line->table),
                       TEXT_FMT(line->column), dialect->column_word[kind]);
            column_write_storage(line->table, line->column, (enum column_kind)kind, dialect, out);
        }
    }
}

struct ddl_sink {
    const struct dialect *dialect;
    struct out *out;
};

static bool visit_ddl(struct call *call, const struct table *table, void *to)
{
    const struct ddl_sink *sink = to;
    return table_write_ddl(call, table, sink->dialect, sink->out);
}

/*
 * The copy of the old store is made beside it before the transaction, because it cannot be made
 * inside, and under a name of its own. Only when the transaction finds the old shape still there
 * does it take its final name (that of the version that wrote it last): a program that comes second
 * must not put a copy of the new store in its place.
 */
struct copy {
    text made, kept; /* TEXT_NONE: there is none */
};

static bool copy_make(struct call *call, text writer, struct copy *copy)
{
    struct store *store = call->store;
    if (!store->driver->copy)
        return true;
    text kept =
        call_format(call, "%s.before-%s-from-%.*s", store->where, RONDO_VERSION, TEXT_FMT(writer));
    text made = call_format(call, "%.*s.%ld", TEXT_FMT(kept), (long)getpid());
    if (!kept.at || !made.at)
        return false;
    session_refresh(call); /* a copy cannot be made inside a transaction, of a reader either */
    enum driver_result result = store->driver->copy(store->writer->connection, made.at);
    if (result != DRIVER_OK)
        return store_fail(call, store, store->writer->connection, result);
    *copy = (struct copy){ made, kept };
    return true;
}

static bool copy_keep(struct call *call, const struct copy *copy)
{
    return !copy->made.at || rename(copy->made.at, copy->kept.at) == 0 ||
           fail(call, FAIL_STORE, "cannot keep a copy of the store as '%.*s': %s",
                TEXT_FMT(copy->kept), strerror(errno));
}

/* What was not kept goes. */
static void copy_end(const struct copy *copy)
{
    if (copy->made.at)
        unlink(copy->made.at);
}

static bool fail_foreign(struct call *call)
{
    return fail(call, FAIL_STORE,
                "'%s' is a database, but not a Rondo store: name another with --store",
                call->store->where);
}

static bool read_shape(struct call *call, struct shape *old, text *writer)
{
    text words;
    if (!store_setting(call, "shape", &words) || !store_setting(call, "version", writer))
        return false;
    return words.at ? shape_parse(call, words, old) : fail_foreign(call);
}

/* A store has the tables that every version had; a file without any table can become one. */
static bool is_store(const struct store *store)
{
    struct connection *connection = store->writer->connection;
    return store->driver->has_table(connection, "setting") &&
           store->driver->has_table(connection, "history");
}

/* What was added to rows that are there already gets what a new row would get. */
static bool fill_new_column(struct call *call, const struct record *record,
                            const struct field *field)
{
    struct value value;
    struct statement_draft draft;
    if (!value_read_text(call, field, text_of(field->fallback), NULL, &value))
        return false;
    draft_init(&draft, call);
    out_format(&draft.words, "UPDATE \"%s\" SET \"%s\" = ", record->plural, field->name);
    draft_value(&draft, value);
    return sql_run(call, draft_prepare(call, &draft));
}

static bool fill_new_columns(struct call *call, const struct shape *old)
{
    for (size_t i = 0; i < call->catalog->record_count; i++) {
        const struct record *record = call->catalog->record[i];
        text table = text_of(record->plural);
        bool was_there = shape_column(old, table, TEXT_NONE) != NULL;
        for (size_t at = 0; was_there && at < record->field_count; at++) {
            const struct field *field = &record->field[at];
            if (!field->fallback || field_kind_fact(field->kind)->is_list ||
                shape_column(old, table, text_of(field->name)))
                continue;
            if (!fill_new_column(call, record, field))
                return false;
        }
    }
    return true;
}

/* Everything is asked again inside the transaction: another process may have migrated meanwhile. */
static bool migrate_now(struct call *call, const struct shape *wanted, const struct copy *copy)
{
    struct store *store = call->store;
    struct shape old = { .count = 0 };
    text writer = TEXT_NONE;
    bool is_new = !is_store(store);
    if (is_new && !store->driver->is_empty(store->writer->connection))
        return fail_foreign(call);
    if (!is_new &&
        (!read_shape(call, &old, &writer) || !shape_is_known(call, &old, wanted, writer)))
        return false;
    if (!is_new && text_equal(old.words, wanted->words))
        return true;
    if (!copy_keep(call, copy))
        return false;
    struct out script;
    out_init(&script, call);
    struct ddl_sink sink = { call->store->driver->dialect, &script };
    write_new_columns(&old, wanted, sink.dialect, &script);
    return tables_visit(call, call->catalog, visit_ddl, &sink) &&
           sql_script(call, out_view(&script)) && fill_new_columns(call, &old) &&
           (!is_new || match_index_settle(call)) &&
           store_setting_set(call, "shape", wanted->words) &&
           store_setting_set(call, "version", TEXT(RONDO_VERSION));
}

static bool may_migrate(struct call *call, text writer)
{
    if (!call->store->read_only)
        return true;
    return fail(call, FAIL_STORE,
                "the store '%s' was written by an older Rondo (%.*s; this is %s): open it once for "
                "writing to bring it up to date",
                call->store->where, TEXT_FMT(writer), RONDO_VERSION);
}

static bool migrate_attached(struct call *call)
{
    struct store *store = call->store;
    struct out words;
    out_init(&words, call);
    struct shape wanted, old;
    struct copy copy = { TEXT_NONE, TEXT_NONE };
    if (!tables_visit(call, store->catalog, visit_shape, &words) ||
        !shape_parse(call, out_view(&words), &wanted))
        return false;
    if (is_store(store)) {
        text writer;
        if (!read_shape(call, &old, &writer))
            return false;
        if (text_equal(old.words, wanted.words))
            return true;
        if (!shape_is_known(call, &old, &wanted, writer) || !may_migrate(call, writer) ||
            !copy_make(call, writer, &copy))
            return false;
    }
    bool done = store_begin(call) && migrate_now(call, &wanted, &copy) && store_commit(call);
    copy_end(&copy);
    return done;
}

bool migrate(struct call *call, struct store *store)
{
    struct arena_mark mark = arena_mark(&call->arena);
    call->session = call_new(call, struct session);
    if (!call->session)
        return false;
    call->store = store;
    call->catalog = store->catalog;
    bool done = migrate_attached(call);
    store_leave(call);
    arena_rewind(&call->arena, mark);
    return done;
}

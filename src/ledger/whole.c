/* See whole.h. */
#include "ledger/whole.h"

#include "store/rows.h"
#include "store/sql.h"

/* --- rows --- */

/* The row as it was at `at`, out of what it is now; `*was_there` is false before it was made. */
static bool row_at(struct call *call, const struct record *record, stamp at, struct row *row,
                   bool *was_there)
{
    *was_there = at == 0 || row->changed <= at;
    if (*was_there)
        return true;
    struct sql *sql = SQL(call, "SELECT body FROM history WHERE record = ?1 AND \"row\" = ?2 AND "
                                "valid_from <= ?3 AND valid_to > ?3 AND body IS NOT NULL");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(record->name));
    sql_bind_int(sql, 2, row->id);
    sql_bind_int(sql, 3, at);
    enum sql_step step = sql_step(call, sql);
    *was_there = step == SQL_ROW;
    bool done =
        step == SQL_DONE || (step == SQL_ROW && row_unpack(call, record, sql_text(sql, 0), row));
    sql_done(sql);
    return done;
}

static bool visit_row(struct call *call, struct sql *sql, const struct record *record, stamp at,
                      whole_row_visitor visit, void *to)
{
    struct row row;
    bool was_there;
    if (!rows_read(call, sql, 0, record, &row) || !row_at(call, record, at, &row, &was_there))
        return false;
    return !was_there || visit(call, &row, to);
}

bool whole_rows(struct call *call, const struct record *record, stamp at, whole_row_visitor visit,
                void *to)
{
    struct out words;
    out_init(&words, call);
    out_string(&words, "SELECT ");
    rows_columns(record, NULL, &words);
    out_format(&words, " FROM \"%s\" ORDER BY id", record->plural);
    struct sql *sql = sql_prepare(call, out_view(&words));
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        struct arena_mark mark = arena_mark(&call->arena);
        bool done = visit_row(call, sql, record, at, visit, to);
        arena_rewind(&call->arena, mark);
        if (!done)
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

/* --- versions --- */

static bool visit_version(struct call *call, struct sql *sql, const struct record *record,
                          whole_version_visitor visit, void *to)
{
    struct whole_version version = { .row = sql_int(sql, 0),
                                     .version = sql_int(sql, 1),
                                     .change = sql_int(sql, 2),
                                     .at = sql_int(sql, 3),
                                     .has_before = !sql_is_null(sql, 4) };
    return (!version.has_before || row_unpack(call, record, sql_text(sql, 4), &version.before)) &&
           visit(call, &version, to);
}

bool whole_versions(struct call *call, const struct record *record, stamp at,
                    whole_version_visitor visit, void *to)
{
    struct sql *sql =
        SQL(call, "SELECT \"row\", version, change, valid_to, body FROM history WHERE record = ?1 "
                  "AND valid_to <= ?2 ORDER BY \"row\", version");
    enum sql_step step = SQL_FAILED;
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(record->name));
    sql_bind_int(sql, 2, at ? at : INT64_MAX);
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        struct arena_mark mark = arena_mark(&call->arena);
        bool done = visit_version(call, sql, record, visit, to);
        arena_rewind(&call->arena, mark);
        if (!done)
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

/* --- bringing back --- */

bool whole_put_row(struct call *call, struct row *row)
{
    return rows_insert(call, row);
}

bool whole_put_version(struct call *call, const struct record *record,
                       const struct whole_version *version)
{
    text body = TEXT_NONE;
    if (version->has_before && !row_pack(call, &version->before, &body))
        return false;
    struct sql *sql = SQL(
        call, "INSERT INTO history (record, \"row\", version, change, valid_from, valid_to, body) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(record->name));
    sql_bind_int(sql, 2, version->row);
    sql_bind_int(sql, 3, version->version);
    sql_bind_int(sql, 4, version->change);
    sql_bind_int(sql, 5, version->has_before ? version->before.changed : 0);
    sql_bind_int(sql, 6, version->at);
    sql_bind_text(sql, 7, body);
    return sql_run(call, sql);
}

bool whole_change_of(struct call *call, const struct record *record, rid row, int64_t version,
                     rid *change)
{
    struct sql *sql = SQL(call, "SELECT change FROM history WHERE record = ?1 AND \"row\" = ?2 AND "
                                "version = ?3");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(record->name));
    sql_bind_int(sql, 2, row);
    sql_bind_int(sql, 3, version);
    enum sql_step step = sql_step(call, sql);
    *change = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step != SQL_FAILED;
}

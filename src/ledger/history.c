/* See history.h. */
#include "ledger/history.h"

#include "ledger/image.h"
#include "store/find.h"
#include "store/reader.h"
#include "store/rows.h"

/* The actor may read the row; then its fields as they are stored. */
static bool stored_row(struct call *call, const struct record *record, rid id, struct row *row)
{
    struct row readable;
    return find_row(call, record, id, &readable) && rows_get(call, record, id, row);
}

bool history_row(struct call *call, const struct record *record, rid id, int64_t version,
                 struct row *row)
{
    struct row now;
    return stored_row(call, record, id, &now) && image_after(call, &now, version, row) &&
           reader_hide_fields(call, row);
}

static struct sql *query_versions(struct call *call, const struct row *now, int64_t before,
                                  int limit)
{
    struct sql *sql =
        SQL(call, "SELECT history.version, history.change, history.valid_to, change.actor, "
                  "change.door, change.what, history.body FROM history "
                  "JOIN change ON change.id = history.change WHERE history.record = ?1 "
                  "AND history.\"row\" = ?2 AND history.version < ?3 "
                  "ORDER BY history.version DESC LIMIT ?4");
    if (!sql)
        return NULL;
    sql_bind_text(sql, 1, text_of(now->record->name));
    sql_bind_int(sql, 2, now->id);
    sql_bind_int(sql, 3, before ? before : INT64_MAX);
    sql_bind_int(sql, 4, limit);
    return sql;
}

static bool version_read(struct call *call, struct sql *sql, const struct record *record,
                         struct version *version)
{
    *version = (struct version){
        .number = sql_int(sql, 0), .change = sql_int(sql, 1), .at = sql_int(sql, 2),
        .actor = sql_int(sql, 3), .door = call_text(call, sql_text(sql, 4)),
        .what = call_text(call, sql_text(sql, 5)), .has_before = !sql_is_null(sql, 6),
    };
    text body = version->has_before ? call_text(call, sql_text(sql, 6)) : TEXT("");
    if (!version->door.at || !version->what.at || !body.at)
        return false;
    return !version->has_before || row_unpack(call, record, body, &version->before);
}

/* What a version left behind is what the next newer one found. */
static bool set_images(struct call *call, const struct row *now, struct versions *versions)
{
    for (size_t i = 0; i < versions->count; i++) {
        struct version *version = &versions->version[i];
        bool is_first = i == 0;
        if (!(is_first ? image_after(call, now, version->number, &version->after)
                       : row_copy(call, &versions->version[i - 1].before, &version->after)))
            return false;
    }
    for (size_t i = 0; i < versions->count; i++) {
        struct version *version = &versions->version[i];
        if (!reader_hide_fields(call, &version->after) ||
            (version->has_before && !reader_hide_fields(call, &version->before)))
            return false;
    }
    return true;
}

bool history_read(struct call *call, const struct record *record, rid id, int64_t before, int limit,
                  struct versions *versions)
{
    struct row now;
    *versions = (struct versions){ .version = call_array(call, (size_t)limit + 1,
                                                         sizeof *versions->version) };
    if (!versions->version || !stored_row(call, record, id, &now))
        return false;
    struct sql *sql = query_versions(call, &now, before, limit);
    if (!sql)
        return false;
    enum sql_step step;
    while ((step = sql_step(call, sql)) == SQL_ROW)
        if (!version_read(call, sql, record, &versions->version[versions->count++]))
            break;
    sql_done(sql);
    if (step != SQL_DONE || !set_images(call, &now, versions))
        return false;
    int64_t last = versions->count ? versions->version[versions->count - 1].number : 0;
    versions->next = last > 1 ? last : 0;
    return true;
}

/* See verify_history.h. */
#include "ledger/verify_history.h"

#include "catalog/row.h"
#include "store/sql.h"

/* One row's versions while they pass by. */
struct walk {
    const struct record *record;
    rid row;
    int64_t version;
    stamp until;
};

struct version_line {
    rid row;
    int64_t version;
    stamp from, to;
    text body; /* TEXT_NONE at creation */
};

/* What is wrong with the line after what came before; NULL: nothing. */
static const char *line_fault(struct call *call, const struct walk *walk,
                              const struct version_line *line)
{
    bool is_first = line->row != walk->row;
    struct row before;
    if (line->version != (is_first ? 1 : walk->version + 1))
        return "a version of its history is missing";
    if (line->from != (is_first ? 0 : walk->until) || line->to < line->from)
        return "the instants of its history do not meet";
    if (is_first != !line->body.at)
        return is_first ? "its history begins with a row" : "a version of its history is empty";
    if (is_first)
        return NULL;
    if (row_unpack(call, walk->record, line->body, &before) && before.version == walk->version &&
        before.id == line->row)
        return NULL;
    if (call->fail.kind == FAIL_INVALID || call->fail.kind == FAIL_STORE)
        fail_clear(call);
    return "a version of its history cannot be read";
}

static bool walk_line(struct call *call, struct walk *walk, const struct version_line *line,
                      struct verify_check *check)
{
    struct arena_mark mark = arena_mark(&call->arena);
    const char *fault = line_fault(call, walk, line);
    arena_rewind(&call->arena, mark);
    if (call->fail.kind != FAIL_NONE)
        return false;
    *walk = (struct walk){ walk->record, line->row, line->version, line->to };
    check->checked++;
    if (!fault)
        return true;
    text id = row_public_id(call, walk->record, line->row);
    return verify_wrong(call, check, call_format(call, "%.*s: %s", TEXT_FMT(id), fault));
}

static bool check_versions(struct call *call, const struct record *record,
                           struct verify_check *check)
{
    struct sql *sql = SQL(call, "SELECT \"row\", version, valid_from, valid_to, body FROM history "
                                "WHERE record = ?1 ORDER BY \"row\", version");
    struct walk walk = { .record = record };
    enum sql_step step = SQL_FAILED;
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(record->name));
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        const struct version_line line = {
            .row = sql_int(sql, 0),
            .version = sql_int(sql, 1),
            .from = sql_int(sql, 2),
            .to = sql_int(sql, 3),
            .body = sql_is_null(sql, 4) ? TEXT_NONE : sql_text(sql, 4),
        };
        if (!walk_line(call, &walk, &line, check))
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

/* The newest version is the row, made by the row's change. */
static bool check_newest(struct call *call, const struct record *record, struct verify_check *check)
{
    return verify_rows(
               call, check, record, "its history does not end at what it is",
               call_format(call,
                           "SELECT t.id FROM \"%s\" t LEFT JOIN history h ON h.record = '%s' AND "
                           "h.\"row\" = t.id AND h.version = t.version WHERE h.version IS NULL OR "
                           "h.valid_to <> t.changed OR h.change <> t.change ORDER BY t.id",
                           record->plural, record->name)) &&
           verify_rows(
               call, check, record, "its history goes beyond what it is",
               call_format(call,
                           "SELECT DISTINCT h.\"row\" FROM history h LEFT JOIN \"%s\" t ON t.id = "
                           "h.\"row\" WHERE h.record = '%s' AND (t.id IS NULL OR h.version > "
                           "t.version) ORDER BY h.\"row\"",
                           record->plural, record->name));
}

static bool check_unknown(struct call *call, struct verify_check *check)
{
    struct sql *sql = SQL(call, "SELECT record FROM history GROUP BY record ORDER BY record");
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        text name = sql_text(sql, 0);
        if (!catalog_record(call->catalog, name) &&
            !verify_wrong(call, check,
                          call_format(call, "history: there is no record '%.*s'", TEXT_FMT(name))))
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

static bool ask_changes(struct call *call, struct verify_check *check, const char *what, text words)
{
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW)
        if (!verify_wrong(call, check,
                          call_format(call, "change %lld: %s", (long long)sql_int(sql, 0), what)))
            break;
    sql_done(sql);
    return step == SQL_DONE;
}

static bool check_changes(struct call *call, struct verify_check *check)
{
    return verify_count(call, check, TEXT("SELECT count(*) FROM change")) &&
           ask_changes(call, check, "it made a version, and is not there",
                       TEXT("SELECT DISTINCT h.change FROM history h LEFT JOIN change c ON c.id = "
                            "h.change WHERE c.id IS NULL ORDER BY h.change")) &&
           ask_changes(call, check, "the change that it undoes is not there",
                       TEXT("SELECT c.id FROM change c LEFT JOIN change u ON u.id = c.undoes "
                            "WHERE c.undoes IS NOT NULL AND u.id IS NULL ORDER BY c.id"));
}

bool verify_history(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "history");
    if (!check)
        return false;
    for (size_t i = 0; i < call->catalog->record_count; i++) {
        const struct record *record = call->catalog->record[i];
        call_progress(call, "history", (int64_t)i, (int64_t)call->catalog->record_count);
        if (!check_versions(call, record, check) || !check_newest(call, record, check))
            return false;
    }
    if (!check_unknown(call, check))
        return false;
    check = verify_add(call, report, "changes");
    return check && check_changes(call, check);
}

/*
 * See quarantine.h. A line's row says who read it and which run it
 * belongs to, so that the room can join it there.
 */
#include "offers/quarantine.h"

#include "base/visible.h"

#include "ledger/change.h"
#include "ledger/ledger.h"
#include "store/sql.h"

enum { QUARANTINE_SHOWN_MAX = 200 };

static const struct column quarantine_columns[] = {
    { "id", COLUMN_INT, true },
    { "change", COLUMN_INT, true },
    { "at", COLUMN_INT, true },
    { "format", COLUMN_TEXT, true },
    { "file", COLUMN_TEXT, true },
    { "line", COLUMN_INT, true },
    { "reason", COLUMN_TEXT, true },
    { "bytes", COLUMN_BLOB, true },
    { "run_key", COLUMN_TEXT, true },
    { "header", COLUMN_TEXT, true },
    { "replayed", COLUMN_INT, true }, /* the change that replayed it, or 0 */
    { 0 },
};

const struct table quarantine_table = {
    .name = "quarantine", .column = quarantine_columns, .key = { "id" },
    .index = { { .column = { "replayed", "id" } }, { .column = { "run_key", "line" } } },
};

/* Changes that were undone, and not done again: their lines wait no more, or wait again. */
#define UNDONE                                                                                     \
    "(SELECT undoes FROM change WHERE undoes IS NOT NULL AND id NOT IN "                           \
    "(SELECT undoes FROM change WHERE undoes IS NOT NULL))"
#define WAITS "((replayed = 0 OR replayed IN " UNDONE ") AND change NOT IN " UNDONE ")"

static bool waits_already(struct call *call, const struct import_bad_line *bad)
{
    struct sql *sql = SQL(call, "SELECT 1 FROM quarantine WHERE run_key = ?1 AND line = ?2 AND "
                                "bytes = ?3 AND change <> ?4 AND " WAITS);
    if (!sql)
        return false;
    sql_bind_text(sql, 1, bad->run_key.at ? bad->run_key : TEXT(""));
    sql_bind_int(sql, 2, bad->line);
    sql_bind_blob(sql, 3, bad->bytes.at ? bad->bytes : TEXT(""));
    sql_bind_int(sql, 4, change_id(call));
    bool is_found = sql_step(call, sql) == SQL_ROW;
    sql_done(sql);
    return is_found;
}

/*
 * An import that changed nothing else still has a change: its quarantined lines point to it, and
 * have its instant, which may be later than the clock's; archives as of an instant go by it.
 */
static bool add_line(struct call *call, const struct import_bad_line *bad)
{
    struct sql *sql = SQL(
        call, "INSERT INTO quarantine (id, change, at, format, file, line, reason, bytes, run_key, "
              "header, replayed) SELECT coalesce(max(id), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
              "?9, 0 FROM quarantine");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, change_id(call));
    sql_bind_int(sql, 2, call->change.at);
    sql_bind_text(sql, 3, bad->format);
    sql_bind_text(sql, 4, bad->file);
    sql_bind_int(sql, 5, bad->line);
    sql_bind_text(sql, 6, bad->reason);
    sql_bind_blob(sql, 7, bad->bytes.at ? bad->bytes : TEXT(""));
    sql_bind_text(sql, 8, bad->run_key.at ? bad->run_key : TEXT(""));
    sql_bind_text(sql, 9, bad->header.at ? bad->header : TEXT(""));
    return sql_run(call, sql);
}

bool quarantine_add(struct call *call, const struct import_report *report, size_t first)
{
    for (size_t i = first; i < report->bad_count; i++) {
        bool is_here = waits_already(call, &report->bad[i]);
        if (call->fail.kind != FAIL_NONE ||
            (!is_here && !(change_require(call) && add_line(call, &report->bad[i]))))
            return false;
    }
    return true;
}

/* Writes the present line; the two forms of a list differ in this and in what stands around it. */
static void write_item(struct sql *sql, struct json_writer *writer)
{
    json_object(writer);
    json_put_int(writer, "id", sql_int(sql, 0));
    json_put_stamp(writer, "at", sql_int(sql, 1));
    json_put_text(writer, "format", sql_text(sql, 2));
    json_put_text(writer, "file", sql_text(sql, 3));
    json_put_int(writer, "line", sql_int(sql, 4));
    json_put_text(writer, "reason", sql_text(sql, 5));
    json_put_text(writer, "text", sql_blob(sql, 6));
    json_object_end(writer);
}

static struct sql *open_lines(struct call *call, rid before, int limit)
{
    struct sql *sql = SQL(call, "SELECT id, at, format, file, line, reason, bytes FROM quarantine "
                                "WHERE " WAITS " AND id < ?1 ORDER BY id DESC LIMIT ?2");
    if (sql) {
        sql_bind_int(sql, 1, before ? before : INT64_MAX);
        sql_bind_int(sql, 2, limit);
    }
    return sql;
}

bool quarantine_write_json(struct call *call, rid before, int limit, struct json_writer *writer)
{
    struct sql *sql = open_lines(call, before, limit + 1);
    int written = 0;
    rid last = 0, next = 0;
    enum sql_step step = SQL_FAILED;
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        if (written++ == limit) {
            next = last;
            continue;
        }
        last = sql_int(sql, 0);
        write_item(sql, writer);
    }
    sql_done(sql);
    json_list_end(writer);
    json_put_text(writer, "next", next ? call_format(call, "%lld", (long long)next) : TEXT_NONE);
    json_object_end(writer);
    return step == SQL_DONE;
}

bool quarantine_write_words(struct call *call, rid before, int limit, struct out *out)
{
    struct sql *sql = open_lines(call, before, limit);
    enum sql_step step = SQL_FAILED;
    int written = 0;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        out_format(out, "%lld  ", (long long)sql_int(sql, 0));
        visible_write(out, sql_text(sql, 3));
        out_format(out, " line %lld: ", (long long)sql_int(sql, 4));
        visible_write(out, sql_text(sql, 5));
        out_string(out, "\n    ");
        visible_write(out, text_until_character(sql_blob(sql, 6), QUARANTINE_SHOWN_MAX));
        out_char(out, '\n');
        written++;
    }
    sql_done(sql);
    if (step == SQL_DONE && written == 0)
        out_string(out, "Nothing waits in quarantine.\n");
    return step == SQL_DONE;
}

/* --- replay --- */

struct kept_line {
    rid id;
    text format, run_key, header, bytes, file;
    int64_t number;
};

static struct kept_line kept_line_of(struct call *call, struct sql *sql)
{
    return (struct kept_line){ .id = sql_int(sql, 0),
                               .format = call_text(call, sql_text(sql, 1)),
                               .run_key = call_text(call, sql_text(sql, 2)),
                               .header = call_text(call, sql_text(sql, 3)),
                               .bytes = call_text(call, sql_blob(sql, 4)),
                               .file = call_text(call, sql_text(sql, 5)),
                               .number = sql_int(sql, 6) };
}

static bool fail_no_line(struct call *call, rid id)
{
    return fail(call, FAIL_NOT_FOUND, "no line %lld is in quarantine: see 'rondo quarantine list'",
                (long long)id);
}

bool quarantine_holds(struct call *call, rid id)
{
    struct sql *sql = SQL(call, "SELECT 1 FROM quarantine WHERE " WAITS " AND id = ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    enum sql_step step = sql_step(call, sql);
    sql_done(sql);
    return step == SQL_ROW || (step == SQL_DONE && fail_no_line(call, id));
}

static bool read_kept(struct call *call, rid id, struct kept_line **list, size_t *count)
{
    struct sql *sql = SQL(call, "SELECT id, format, run_key, header, bytes, file, line "
                                "FROM quarantine WHERE " WAITS " AND (id = ?1 OR ?1 = 0) "
                                "ORDER BY format, run_key, id");
    size_t room = 0;
    enum sql_step step;
    *list = NULL;
    *count = 0;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        *list = call_more(call, *list, *count, &room, sizeof **list);
        if (!*list)
            break;
        (*list)[(*count)++] = kept_line_of(call, sql);
    }
    sql_done(sql);
    if (step == SQL_DONE && *count == 0 && id)
        return fail_no_line(call, id);
    return step == SQL_DONE && call->fail.kind == FAIL_NONE;
}

/* Lines of a run that are not replayed keep it from being whole. */
static bool count_waiting(struct call *call, text run_key, int64_t *count)
{
    struct sql *sql =
        SQL(call, "SELECT count(*) FROM quarantine WHERE run_key = ?1 AND " WAITS);
    if (!sql)
        return false;
    sql_bind_text(sql, 1, run_key);
    bool done = sql_step(call, sql) == SQL_ROW;
    *count = done ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return done;
}

static bool mark_replayed(struct call *call, rid id)
{
    struct sql *sql = SQL(call, "UPDATE quarantine SET replayed = ?1 WHERE id = ?2");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, change_id(call));
    sql_bind_int(sql, 2, id);
    return sql_run(call, sql);
}

static const struct importer *importer_of(struct call *call,
                                          const struct importer *const *importers, text format)
{
    for (size_t i = 0; importers[i]; i++)
        if (text_is(format, importers[i]->name))
            return importers[i];
    fail(call, FAIL_INVALID, "there is no format '%.*s' any more", TEXT_FMT(format));
    return NULL;
}

/* Those that came back are told with the file and line that they once had; true: it came back. */
static bool came_back(const struct kept_line *kept, size_t place, struct import_report *report,
                      size_t first_bad)
{
    bool is_back = false;
    for (size_t i = first_bad; i < report->bad_count; i++)
        if (report->bad[i].line == (int64_t)place && !report->bad[i].file.at) {
            report->bad[i].file = kept->file;
            report->bad[i].line = kept->number;
            report->bad[i].bytes = kept->bytes;
            is_back = true;
        }
    return is_back;
}

/* Lines of one run together: list[0..count). A run that was refused leaves its lines where they
 * are. */
static bool replay_group(struct call *call, const struct importer *const *importers,
                         const struct kept_line *list, size_t count,
                         const struct import_options *options, struct import_report *report)
{
    const struct importer *importer = importer_of(call, importers, list[0].format);
    text *line = call_array(call, count, sizeof *line);
    size_t first_bad = report->bad_count, first_refused = report->refused_count;
    int64_t waiting;
    for (size_t i = 0; line && i < count; i++) {
        line[i] = list[i].header.size ? call_format(call, "%.*s\n%.*s", TEXT_FMT(list[i].header),
                                                    TEXT_FMT(list[i].bytes))
                                      : list[i].bytes;
        if (!line[i].at)
            return false;
    }
    if (!importer || !line || !count_waiting(call, list[0].run_key, &waiting))
        return false;
    const struct import_replay replay = { .run_key = list[0].run_key, .line = line, .count = count,
                                          .others_wait = waiting > (int64_t)count };
    if (!importer->replay(call, importer, &replay, options, report))
        return false;
    for (size_t i = first_bad; i < report->bad_count; i++)
        report->bad[i].file = TEXT_NONE;
    for (size_t i = 0; i < count; i++) {
        bool stays = came_back(&list[i], i + 1, report, first_bad) ||
                     report->refused_count > first_refused;
        if (!stays && !(change_require(call) && mark_replayed(call, list[i].id)))
            return false;
    }
    return true;
}

static size_t group_size(const struct kept_line *list, size_t count)
{
    size_t size = 1;
    while (size < count && text_equal(list[size].format, list[0].format) &&
           text_equal(list[size].run_key, list[0].run_key))
        size++;
    return size;
}

static bool replay_inside(struct call *call, const struct importer *const *importers, rid id,
                          text repaired, const struct import_options *options,
                          struct import_report *report)
{
    struct kept_line *list;
    size_t count;
    if (!read_kept(call, id, &list, &count))
        return false;
    if (repaired.at && count == 1)
        list[0].bytes = repaired;
    for (size_t at = 0; at < count;) {
        size_t size = group_size(list + at, count - at);
        if (!replay_group(call, importers, list + at, size, options, report))
            return false;
        at += size;
    }
    return true;
}

bool quarantine_replay(struct call *call, const struct importer *const *importers, rid id,
                       text repaired, const struct import_options *options,
                       struct import_report *report)
{
    import_report_begin(call, options, report);
    call->door = DOOR_IMPORT;
    if (repaired.at && id == 0)
        return fail(call, FAIL_USAGE, "a repaired text is for one line: name it by its id");
    if (!ledger_may_import(call) || !change_open(call, TEXT("replay quarantine")))
        return false;
    bool done = replay_inside(call, importers, id, repaired, options, report);
    import_report_end(report);
    if (done && !options->dry_run)
        return change_commit(call);
    change_rollback(call);
    return done;
}

/* See archive_import.h. */
#include "offers/archive_import.h"

#include "base/stamp.h"
#include "ledger/audit.h"
#include "ledger/verify_ledger.h"
#include "ledger/whole.h"
#include "offers/archive_row.h"
#include "offers/archive_tables.h"
#include "store/copy.h"
#include "store/match_index.h"
#include "store/setting.h"
#include "store/sql.h"
#include "store/store.h"

/* What founding a workspace makes: one person and what the person may do, in one change. */
enum { FOUNDING_CHANGES = 1, FOUNDING_ROWS = 2 };

struct importing {
    struct archive_reader *reader;
    const struct room *const *rooms;
    const struct record *record;
    const struct table *table;
    int64_t rows;
};

/* --- a store that may be filled --- */

static bool count_of(struct call *call, const char *table, int64_t *count)
{
    text words = call_format(call, "SELECT count(*) FROM \"%s\"", table);
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *count = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

static bool store_is_fresh(struct call *call)
{
    int64_t changes, count, rows = 0;
    if (!count_of(call, "change", &changes))
        return false;
    for (size_t i = 0; i < call->catalog->record_count; i++) {
        if (!count_of(call, call->catalog->record[i]->plural, &count))
            return false;
        rows += count;
    }
    return (changes <= FOUNDING_CHANGES && rows <= FOUNDING_ROWS) ||
           fail(call, FAIL_CONFLICT,
                "the store '%s' has %lld rows already: an archive needs a store of its own; name a "
                "new one with --store",
                store_where(call->store), (long long)rows);
}

static bool clear_store(struct call *call)
{
    return copy_clear(call) &&
           sql_run(call, SQL(call, "DELETE FROM setting WHERE name NOT IN ('shape', 'version')"));
}

static bool put_settings(struct archive_reader *reader)
{
    const struct json *settings = json_get(&reader->manifest, "settings");
    for (uint32_t i = 0; settings && settings->kind == JSON_OBJECT && i < settings->count; i++) {
        const struct json_member *member = &settings->member[i];
        char *name = call_string(reader->call, member->key);
        if (!name || !text_is(member->key, "zone"))
            return name && fail(reader->call, FAIL_INVALID,
                                "the archive sets '%s', which is no setting of a workspace", name);
        if (!store_setting_set(reader->call, name,
                               member->value.kind == JSON_TEXT ? member->value.text : TEXT_NONE))
            return false;
    }
    return true;
}

/* --- lines --- */

static bool put_row(struct call *call, const struct json *line, void *to)
{
    struct importing *importing = to;
    struct row row;
    if (!archive_row_read(call, importing->record, line, &row) ||
        !whole_change_of(call, importing->record, row.id, row.version, &row.change))
        return false;
    importing->rows++;
    return whole_put_row(call, &row);
}

/* The change of a version stands in the line before, which brought it about. */
static bool put_version(struct call *call, const struct json *line, void *to)
{
    struct importing *importing = to;
    const struct json *id = json_get(line, "id"), *number = json_get(line, "version");
    const struct json *change = json_get(line, "change"), *at = json_get(line, "at");
    const struct json *before = json_get(line, "before");
    struct whole_version version = { .has_before = before && before->kind != JSON_NULL };
    if (!id || id->kind != JSON_TEXT || !row_id_read(importing->record, id->text, &version.row) ||
        !number || number->kind != JSON_INT || !change || change->kind != JSON_INT || !at ||
        at->kind != JSON_TEXT || stamp_read(at->text, &version.at, NULL) != STAMP_WITH_ZONE)
        return fail(call, FAIL_INVALID, "a version needs 'id', 'version', 'change' and 'at'");
    version.version = number->integer;
    version.change = change->integer;
    if (version.has_before &&
        (!archive_row_read(call, importing->record, before, &version.before) ||
         !whole_change_of(call, importing->record, version.row, version.before.version,
                          &version.before.change)))
        return false;
    return whole_put_version(call, importing->record, &version);
}

static bool put_table_row(struct call *call, const struct json *line, void *to)
{
    const struct importing *importing = to;
    return archive_table_put(call, importing->table, line);
}

/* --- files --- */

/* "suites" of "records/suites.jsonl"; TEXT_NONE for another folder. */
static text name_in(text path, const char *folder)
{
    text rest, name = text_cut(path, '/', &rest);
    if (!rest.at || !text_is(name, folder) || !text_ends(rest, TEXT(".jsonl")))
        return TEXT_NONE;
    return (text){ rest.at, rest.size - strlen(".jsonl") };
}

static const struct record *record_of(struct call *call, text plural)
{
    for (size_t i = 0; i < call->catalog->record_count; i++)
        if (text_is(plural, call->catalog->record[i]->plural))
            return call->catalog->record[i];
    return NULL;
}

static bool put_records(struct importing *importing, const char *folder, archive_visitor visit)
{
    struct archive_reader *reader = importing->reader;
    for (size_t i = 0; i < reader->count; i++) {
        text name = name_in(reader->entry[i].path, folder);
        importing->record = name.at ? record_of(reader->call, name) : NULL;
        if (importing->record && !archive_read(reader, &reader->entry[i], visit, importing))
            return false;
    }
    return true;
}

static bool put_tables(struct importing *importing)
{
    struct archive_reader *reader = importing->reader;
    for (size_t i = 0; i < reader->count; i++) {
        text name = name_in(reader->entry[i].path, "tables");
        importing->table = name.at ? archive_table(reader->call, importing->rooms, name) : NULL;
        if (importing->table && !archive_read(reader, &reader->entry[i], put_table_row, importing))
            return false;
    }
    return true;
}

static bool put_facts(struct importing *importing)
{
    for (const struct room *const *room = importing->rooms; *room; room++)
        if ((*room)->facts_import &&
            !(*room)->facts_import(importing->reader->call, importing->reader))
            return false;
    return true;
}

/* What this Rondo cannot keep is refused, never passed over. */
static bool files_are_known(struct importing *importing)
{
    struct archive_reader *reader = importing->reader;
    for (size_t i = 0; i < reader->count; i++) {
        text path = reader->entry[i].path;
        text record = name_in(path, "records"), history = name_in(path, "history");
        text table = name_in(path, "tables");
        bool is_known = (record.at && record_of(reader->call, record)) ||
                        (history.at && record_of(reader->call, history)) ||
                        (table.at && archive_table(reader->call, importing->rooms, table)) ||
                        text_starts(path, TEXT("facts/"));
        if (!is_known)
            return fail(reader->call, FAIL_INVALID,
                        "the archive holds '%.*s', which this Rondo (%s) does not know: import it "
                        "with the Rondo that wrote it",
                        TEXT_FMT(path), RONDO_VERSION);
    }
    return true;
}

/* --- all of it --- */

static bool holds_together(struct importing *importing)
{
    struct call *call = importing->reader->call;
    struct verify_report report = { .count = 0 };
    call->all_rows = true;
    if (!verify_ledger(call, &report))
        return false;
    for (const struct room *const *room = importing->rooms; *room; room++)
        if ((*room)->verify && !(*room)->verify(call, &report))
            return false;
    for (size_t i = 0; i < report.count; i++)
        if (report.check[i].wrong)
            return fail(call, FAIL_INVALID, "the archive does not hold together: %s: %.*s",
                        report.check[i].what, TEXT_FMT(report.check[i].shown[0]));
    return true;
}

/* Who acted was a person of the store that is no more. */
static bool note_import(struct importing *importing)
{
    struct call *call = importing->reader->call;
    text words = call_format(call, "archive with the manifest %.*s",
                             TEXT_FMT(importing->reader->manifest_sha256));
    call->actor = (struct actor){ .person = 0, .scopes = call->actor.scopes };
    return words.at && audit_act(call, 0, "import", words);
}

static bool fill(struct importing *importing)
{
    struct call *call = importing->reader->call;
    return store_is_fresh(call) && clear_store(call) && put_settings(importing->reader) &&
           put_records(importing, "history", put_version) &&
           put_records(importing, "records", put_row) && put_tables(importing) &&
           put_facts(importing) && holds_together(importing) && note_import(importing) &&
           match_index_ensure(call);
}

bool archive_import(struct archive_reader *reader, const struct room *const *rooms, int64_t *rows)
{
    struct call *call = reader->call;
    struct importing importing = { .reader = reader, .rooms = rooms };
    if (!files_are_known(&importing) || !store_begin(call))
        return false;
    if (!fill(&importing)) {
        store_rollback(call);
        return false;
    }
    *rows = importing.rows;
    return store_commit(call);
}

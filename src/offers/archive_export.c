/* See archive_export.h. */
#include "offers/archive_export.h"

#include "ledger/whole.h"
#include "offers/archive_pages.h"
#include "offers/archive_row.h"
#include "offers/archive_tables.h"
#include "store/sql.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDERS_MAX = 16 };

/* What the manifest says of one record. */
struct record_count {
    int64_t rows, versions, secrets;
};

struct exporting {
    struct archive_writer writer;
    const struct room *const *rooms;
    const struct archive_options *options;
    struct record_count *count; /* by record of the catalogue */
    struct record_count *now;
};

/* --- records --- */

static bool export_row(struct call *call, const struct row *row, void *to)
{
    struct exporting *exporting = to;
    struct archive_writer *writer = &exporting->writer;
    if (++exporting->now->rows % 1000 == 0)
        call_progress(call, row->record->plural, exporting->now->rows, 0);
    return archive_row_write(call, row, &writer->json) && archive_line(writer);
}

static bool export_version(struct call *call, const struct whole_version *version, void *to)
{
    struct exporting *exporting = to;
    struct archive_writer *writer = &exporting->writer;
    const struct record *record = call->catalog->record[exporting->now - exporting->count];
    exporting->now->versions++;
    json_object(&writer->json);
    json_put_text(&writer->json, "id", row_public_id(call, record, version->row));
    json_put_int(&writer->json, "version", version->version);
    json_put_int(&writer->json, "change", version->change);
    json_put_stamp(&writer->json, "at", version->at);
    json_key(&writer->json, "before");
    if (!version->has_before)
        json_null(&writer->json);
    else if (!archive_row_write(call, &version->before, &writer->json))
        return false;
    json_object_end(&writer->json);
    return archive_line(writer);
}

static bool has_secrets(const struct record *record)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (record->field[i].flags & FIELD_SECRET)
            return true;
    return false;
}

static bool export_record(struct exporting *exporting, const struct record *record)
{
    struct archive_writer *writer = &exporting->writer;
    struct call *call = writer->call;
    text rows = call_format(call, "records/%s.jsonl", record->plural);
    text versions = call_format(call, "history/%s.jsonl", record->plural);
    if (!rows.at || !versions.at || !archive_begin(writer, rows, true) ||
        !whole_rows(call, record, writer->at, export_row, exporting) || !archive_end(writer) ||
        !archive_begin(writer, versions, true) ||
        !whole_versions(call, record, writer->at, export_version, exporting) ||
        !archive_end(writer))
        return false;
    if (has_secrets(record))
        exporting->now->secrets = exporting->now->rows;
    return (!exporting->options->csv || archive_csv(writer, record)) &&
           (!exporting->options->markdown || archive_markdown(writer, record));
}

static bool export_records(struct exporting *exporting)
{
    const struct catalog *catalog = exporting->writer.call->catalog;
    for (size_t i = 0; i < catalog->record_count; i++) {
        exporting->now = &exporting->count[i];
        if (!export_record(exporting, catalog->record[i]))
            return false;
    }
    return true;
}

static bool export_facts(struct exporting *exporting)
{
    for (const struct room *const *room = exporting->rooms; *room; room++)
        if ((*room)->facts_export &&
            !(*room)->facts_export(exporting->writer.call, &exporting->writer))
            return false;
    return true;
}

/* --- the manifest --- */

static bool put_settings(struct call *call, struct json_writer *json)
{
    struct sql *sql = SQL(call, "SELECT name, value FROM setting WHERE name IN " ARCHIVE_SETTINGS
                                " ORDER BY name");
    enum sql_step step = SQL_FAILED;
    json_key(json, "settings");
    json_object(json);
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        json_key_text(json, sql_text(sql, 0));
        json_text(json, sql_is_null(sql, 1) ? TEXT_NONE : sql_text(sql, 1));
    }
    json_object_end(json);
    sql_done(sql);
    return step == SQL_DONE;
}

/* Values that are left out are counted by the rows that have such a field, set or not. */
static void put_left_out(const struct exporting *exporting, struct json_writer *json)
{
    const struct catalog *catalog = exporting->writer.call->catalog;
    json_key(json, "left_out");
    json_object(json);
    for (size_t i = 0; archive_left_out[i].table; i++)
        if (archive_left_out[i].why)
            json_put_string(json, archive_left_out[i].table, archive_left_out[i].why);
    json_key(json, "secrets");
    json_object(json);
    for (size_t i = 0; i < catalog->record_count; i++)
        if (has_secrets(catalog->record[i]))
            json_put_int(json, catalog->record[i]->plural, exporting->count[i].secrets);
    json_object_end(json);
    json_object_end(json);
}

static void put_records(const struct exporting *exporting, struct json_writer *json)
{
    const struct catalog *catalog = exporting->writer.call->catalog;
    json_key(json, "records");
    json_object(json);
    for (size_t i = 0; i < catalog->record_count; i++) {
        if (exporting->count[i].rows == 0)
            continue;
        json_key(json, catalog->record[i]->plural);
        json_object(json);
        json_put_int(json, "rows", exporting->count[i].rows);
        json_put_int(json, "versions", exporting->count[i].versions);
        json_object_end(json);
    }
    json_object_end(json);
}

static void put_files(const struct archive_writer *writer, struct json_writer *json)
{
    json_key(json, "files");
    json_list(json);
    for (size_t i = 0; i < writer->count; i++) {
        json_object(json);
        json_put_text(json, "path", writer->entry[i].path);
        json_put_int(json, "lines", writer->entry[i].lines);
        json_put_string(json, "sha256", writer->entry[i].sha256);
        json_object_end(json);
    }
    json_list_end(json);
}

static bool export_manifest(struct exporting *exporting)
{
    struct archive_writer *writer = &exporting->writer;
    if (!archive_begin(writer, TEXT(ARCHIVE_MANIFEST), false))
        return false;
    struct json_writer *json = &writer->json;
    json_writer_init(json, &writer->out, true);
    json_object(json);
    json_put_string(json, "format", ARCHIVE_FORMAT);
    json_put_int(json, "version", ARCHIVE_VERSION);
    json_put_string(json, "written_by", "rondo " RONDO_VERSION);
    if (!put_settings(writer->call, json))
        return false;
    put_left_out(exporting, json);
    put_records(exporting, json);
    put_files(writer, json);
    json_object_end(json);
    return archive_line(writer) && archive_end(writer);
}

/* --- the folder --- */

static bool folder_is_free(struct call *call, const char *folder)
{
    DIR *there = opendir(folder);
    int entries = 0;
    if (!there)
        return errno == ENOENT ||
               fail(call, FAIL_CONFLICT, "'%s' is there already and is no folder: name a new one",
                    folder);
    for (struct dirent *entry; (entry = readdir(there));)
        entries += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(there);
    return entries == 0 ||
           fail(call, FAIL_CONFLICT, "the folder '%s' is not empty: name a new one", folder);
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *walk)
{
    (void)facts;
    (void)kind;
    (void)walk;
    return remove(path);
}

/* On the disk before the archive gets its name, and the name too. */
static void sync_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    syncfs(folder); /* at once for all files: there may be thousands */
    close(folder);
}

static bool give_name(struct call *call, const char *partial, const char *folder)
{
    sync_folder(partial);
    if (rename(partial, folder) != 0)
        return fail(call, FAIL_STORE, "cannot give the archive its name '%s': %s", folder,
                    strerror(errno));
    char *parent = call_string(call, text_of(folder));
    if (parent)
        sync_folder(dirname(parent));
    return parent != NULL;
}

static void sum_up(const struct exporting *exporting, struct archive_report *report)
{
    *report = (struct archive_report){ .files = exporting->writer.count };
    for (size_t i = 0; i < exporting->writer.call->catalog->record_count; i++) {
        report->rows += exporting->count[i].rows;
        report->versions += exporting->count[i].versions;
        report->secrets += exporting->count[i].secrets;
    }
}

/* A folder that is named with a slash at its end is the same folder. */
static char *folder_name(struct call *call, text folder)
{
    while (folder.size > 1 && folder.at[folder.size - 1] == '/')
        folder.size--;
    return folder.size
               ? call_string(call, folder)
               : (fail(call, FAIL_USAGE, "an archive needs a folder: name a new one"), NULL);
}

bool archive_export(struct call *call, const struct room *const *rooms, text folder,
                    const struct archive_options *options, struct archive_report *report)
{
    struct exporting exporting = { .rooms = rooms, .options = options };
    char *name = folder_name(call, folder);
    text partial = name ? call_format(call, "%s.partial-XXXXXX", name) : TEXT_NONE;
    char *made = partial.at ? call_string(call, partial) : NULL;
    exporting.count = call_array(call, call->catalog->record_count + 1, sizeof *exporting.count);
    if (!made || !exporting.count || !folder_is_free(call, name))
        return false;
    if (!mkdtemp(made))
        return fail(call, FAIL_STORE, "cannot make the folder '%s': %s", name, strerror(errno));
    archive_writer_init(call, made, options->at, &exporting.writer);
    bool done = export_records(&exporting) && archive_tables_export(&exporting.writer, rooms) &&
                export_facts(&exporting) && export_manifest(&exporting) &&
                give_name(call, made, name);
    if (done)
        sum_up(&exporting, report);
    archive_writer_release(&exporting.writer);
    if (!done)
        nftw(made, remove_one, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS);
    return done;
}

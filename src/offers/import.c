/*
 * See importer.h: the walk over files. Each is opened, recognised and read by the
 * room that offers its format; a file that is refused as a whole leaves a sentence
 * and the others go on. All of it is one change.
 */
#include "offers/importer.h"

#include "ledger/ledger.h"
#include "offers/quarantine.h"

enum { RECOGNISE_SIZE = 64 * 1024, RECOGNISE_FAR = 16 * 1024 * 1024 };

/* --- the report --- */

void import_report_begin(struct call *call, const struct import_options *options,
                         struct import_report *report)
{
    *report = (struct import_report){ .call = call, .dry_run = options->dry_run };
    arena_init(&report->memory, call->arena.limit);
}

void import_report_end(struct import_report *report)
{
    arena_adopt(&report->call->arena, &report->memory);
}

/* A list of the report, in its own memory, with room for one more. */
static void *one_more(struct import_report *report, void *list, size_t count, size_t *room,
                      size_t size)
{
    call_swap_memory(report->call, &report->memory);
    void *grown = call_more(report->call, list, count, room, size);
    call_swap_memory(report->call, &report->memory);
    return grown;
}

static text keep(struct import_report *report, text words)
{
    if (!words.at)
        return TEXT_NONE;
    call_swap_memory(report->call, &report->memory);
    text kept = call_text(report->call, words);
    call_swap_memory(report->call, &report->memory);
    return kept;
}

static bool is_sound(const struct import_report *report)
{
    return report->call->fail.kind == FAIL_NONE;
}

bool import_report_name(struct import_report *report, struct import_names *names, text name)
{
    text *list = one_more(report, names->name, names->count, &names->room, sizeof *list);
    if (!list)
        return false;
    names->name = list;
    list[names->count++] = keep(report, name);
    return is_sound(report);
}

bool import_report_name_once(struct import_report *report, struct import_names *names, text name)
{
    for (size_t i = names->count; i > 0; i--) /* the latest first: runs mostly stand together */
        if (text_equal(names->name[i - 1], name))
            return true;
    return import_report_name(report, names, name);
}

bool import_report_run(struct import_report *report, text run, text surface, rid row)
{
    struct import_run *list =
        one_more(report, report->run, report->run_count, &report->run_room, sizeof *list);
    if (!list)
        return false;
    report->run = list;
    list[report->run_count++] =
        (struct import_run){ keep(report, run), keep(report, surface), row };
    return is_sound(report);
}

bool import_report_refuse(struct import_report *report, text run, text reason)
{
    struct import_refusal *list = one_more(report, report->refused, report->refused_count,
                                           &report->refused_room, sizeof *list);
    if (!list)
        return false;
    report->refused = list;
    list[report->refused_count++] =
        (struct import_refusal){ keep(report, run), keep(report, reason) };
    return is_sound(report);
}

bool import_report_bad_line(struct import_report *report, const struct importer *importer,
                            const struct import_bad_line *bad)
{
    struct import_bad_line *list =
        one_more(report, report->bad, report->bad_count, &report->bad_room, sizeof *list);
    if (!list)
        return false;
    report->bad = list;
    list[report->bad_count++] = (struct import_bad_line){
        .file = keep(report, bad->file),
        .reason = keep(report, bad->reason),
        .bytes = keep(report, bad->bytes),
        .line = bad->line,
        .format = bad->format.at ? bad->format : text_of(importer->name),
        .run_key = keep(report, bad->run_key),
        .header = keep(report, bad->header),
    };
    return is_sound(report);
}

bool import_report_note(struct import_report *report, const char *code, text words)
{
    for (size_t i = 0; i < report->note_count; i++)
        if (strcmp(report->note[i].code, code) == 0 && text_equal(report->note[i].words, words)) {
            report->note[i].count++;
            return true;
        }
    struct import_note *list =
        one_more(report, report->note, report->note_count, &report->note_room, sizeof *list);
    if (!list)
        return false;
    report->note = list;
    list[report->note_count++] = (struct import_note){ code, keep(report, words), 1 };
    return is_sound(report);
}

/*
 * Also for a file that could not be opened: the call has failed already, and the report says why.
 */
static struct import_file *report_file(struct import_report *report, const char *name)
{
    struct import_file *list =
        one_more(report, report->file, report->file_count, &report->file_room, sizeof *list);
    text kept = keep(report, text_of(name));
    if (!list || !kept.at)
        return NULL;
    report->file = list;
    list[report->file_count] =
        (struct import_file){ .file = kept, .format = TEXT_NONE, .refused = TEXT_NONE };
    return &list[report->file_count++];
}

static void write_names(struct json_writer *writer, const char *key,
                        const struct import_names *names)
{
    json_key(writer, key);
    json_list(writer);
    for (size_t i = 0; i < names->count; i++)
        json_text(writer, names->name[i]);
    json_list_end(writer);
}

static void write_files(const struct import_report *report, struct json_writer *writer)
{
    json_key(writer, "files");
    json_list(writer);
    for (size_t i = 0; i < report->file_count; i++) {
        const struct import_file *file = &report->file[i];
        json_object(writer);
        json_put_text(writer, "file", file->file);
        json_put_text(writer, "format", file->format);
        json_put_int(writer, "lines", file->lines);
        json_put_int(writer, "results", file->results);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_runs(const struct import_report *report, struct json_writer *writer)
{
    json_key(writer, "runs");
    json_object(writer);
    write_names(writer, "new", &report->new_runs);
    write_names(writer, "unchanged", &report->unchanged);
    write_names(writer, "replaced", &report->replaced);
    json_key(writer, "refused");
    json_list(writer);
    for (size_t i = 0; i < report->refused_count; i++) {
        json_object(writer);
        json_put_text(writer, "run", report->refused[i].run);
        json_put_text(writer, "reason", report->refused[i].reason);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}

static void write_places(const char *key, const struct import_names *made,
                         const struct import_names *known, struct json_writer *writer)
{
    json_key(writer, key);
    json_object(writer);
    write_names(writer, "new", made);
    write_names(writer, "known", known);
    json_object_end(writer);
}

static void write_bad_lines(const struct import_report *report, struct json_writer *writer)
{
    json_key(writer, "quarantined");
    json_list(writer);
    for (size_t i = 0; i < report->bad_count; i++) {
        const struct import_bad_line *bad = &report->bad[i];
        json_object(writer);
        json_put_text(writer, "file", bad->file);
        json_put_int(writer, "line", bad->line);
        json_put_text(writer, "reason", bad->reason);
        json_put_text(writer, "text", bad->bytes);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_note(struct json_writer *writer, const struct import_note *note)
{
    json_object(writer);
    json_put_string(writer, "code", note->code);
    json_put_text(writer, "text", note->words);
    json_put_int(writer, "count", note->count);
    json_object_end(writer);
}

/* The report names runs that were refused; a file that was refused as a whole is a note. */
static void write_notes(const struct import_report *report, struct json_writer *writer)
{
    json_key(writer, "notes");
    json_list(writer);
    for (size_t i = 0; i < report->file_count; i++)
        if (report->file[i].refused.at)
            write_note(writer, &(struct import_note){ "file_refused", report->file[i].refused, 1 });
    for (size_t i = 0; i < report->note_count; i++)
        write_note(writer, &report->note[i]);
    json_list_end(writer);
}

void import_report_write_json(const struct import_report *report, struct json_writer *writer)
{
    json_object(writer);
    write_files(report, writer);
    write_runs(report, writer);
    write_places("suites", &report->new_suites, &report->known_suites, writer);
    write_places("surfaces", &report->new_surfaces, &report->known_surfaces, writer);
    write_bad_lines(report, writer);
    write_notes(report, writer);
    json_put_bool(writer, "dry_run", report->dry_run);
    json_object_end(writer);
}

text import_report_json(struct call *call, const struct import_report *report)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    import_report_write_json(report, &writer);
    return out_view(&out);
}

int import_report_exit(const struct import_report *report)
{
    for (size_t i = 0; i < report->file_count; i++)
        if (report->file[i].refused.at)
            return 2;
    return report->bad_count || report->refused_count ? 1 : 0;
}

/* --- files --- */

static bool fail_unknown_format(struct call *call, const struct importer *const *importers,
                                const char *what, text word)
{
    struct out known;
    out_init(&known, call);
    for (size_t i = 0; importers[i]; i++)
        out_format(&known, "%s%s (%s)", i ? ", " : "", importers[i]->name, importers[i]->label);
    text words = out_view(&known);
    return fail(call, FAIL_INVALID, "%s '%.*s': known formats are %.*s; name one with --format",
                what, TEXT_FMT(word), TEXT_FMT(words));
}

static const struct importer *importer_named(struct call *call,
                                             const struct importer *const *importers, text name)
{
    for (size_t i = 0; importers[i]; i++)
        if (text_is(name, importers[i]->name))
            return importers[i];
    fail_unknown_format(call, importers, "there is no format", name);
    return NULL;
}

/* What no format begins with, and what to do about it. One gzip is taken off already. */
static bool fail_wrapped(struct call *call, text head, const char *name)
{
    static const struct {
        const char *begins, *words;
    } wrapped[] = {
        { "\x1f\x8b", "'%s' is compressed twice: unpack it once" },
        { "BZh", "'%s' is compressed with bzip2: unpack it, or use gzip" },
        { "\xfd"
          "7zXZ",
          "'%s' is compressed with xz: unpack it, or use gzip" },
        { "\x28\xb5\x2f\xfd", "'%s' is compressed with zstd: unpack it, or use gzip" },
        { "\xff\xfe", "'%s' begins as UTF-16 does: say so with --encoding UTF-16" },
        { "\xfe\xff", "'%s' begins as UTF-16 does: say so with --encoding UTF-16" },
    };
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++)
        if (text_starts(head, text_of(wrapped[i].begins)))
            return !fail(call, FAIL_INVALID, wrapped[i].words, name);
    return false;
}

static const struct importer *recognised(const struct importer *const *importers, text head,
                                         const char *name)
{
    for (size_t i = 0; importers[i]; i++)
        if (importers[i]->recognise(head, name))
            return importers[i];
    return NULL;
}

/* The last format takes what no other knows. */
static bool is_guess(const struct importer *const *importers, const struct importer *found)
{
    size_t last = 0;
    while (importers[last] && importers[last + 1])
        last++;
    return !found || found == importers[last];
}

/*
 * Keys that tell a format may stand behind texts of megabytes: where the first bytes leave it open,
 * or are not even a whole line, more of them are looked at. False: the call has failed.
 */
static bool recognise_far(struct call *call, const struct importer *const *importers,
                          struct source *source, text head, const struct importer **found)
{
    text far, rest;
    const char *name = source_facts(source)->name;
    bool has_line = memchr(head.at, '\n', head.size) != NULL;
    if (head.size < RECOGNISE_SIZE || (has_line && !is_guess(importers, *found)))
        return true;
    if (!source_peek(call, source, RECOGNISE_FAR, &far))
        return false;
    const struct importer *better =
        recognised(importers, has_line ? far : text_cut(far, '\n', &rest), name);
    *found = better ? better : *found;
    return true;
}

static const struct importer *importer_for(struct call *call,
                                           const struct importer *const *importers,
                                           struct source *source, text format)
{
    text head;
    const char *name = source_facts(source)->name;
    if (format.at)
        return importer_named(call, importers, format);
    if (!source_peek(call, source, RECOGNISE_SIZE, &head))
        return NULL;
    if (head.size == 0) {
        fail(call, FAIL_INVALID, "'%s' is empty: export it again", name);
        return NULL;
    }
    const struct importer *found = recognised(importers, head, name);
    if (!recognise_far(call, importers, source, head, &found) || found)
        return found;
    if (fail_wrapped(call, head, name))
        return NULL;
    fail_unknown_format(call, importers, "cannot tell the format of", text_of(name));
    return NULL;
}

/* What the report held before a file, to go back to when the file is refused. */
struct report_mark {
    size_t bad, notes, refused, new_runs, unchanged, replaced;
    size_t new_suites, known_suites, new_surfaces, known_surfaces;
};

static struct report_mark report_mark(const struct import_report *report)
{
    return (struct report_mark){
        report->bad_count,          report->note_count,
        report->refused_count,      report->new_runs.count,
        report->unchanged.count,    report->replaced.count,
        report->new_suites.count,   report->known_suites.count,
        report->new_surfaces.count, report->known_surfaces.count,
    };
}

static void report_rewind(struct import_report *report, struct report_mark mark)
{
    report->bad_count = mark.bad;
    report->note_count = mark.notes;
    report->refused_count = mark.refused;
    report->new_runs.count = mark.new_runs;
    report->unchanged.count = mark.unchanged;
    report->replaced.count = mark.replaced;
    report->new_suites.count = mark.new_suites;
    report->known_suites.count = mark.known_suites;
    report->new_surfaces.count = mark.new_surfaces;
    report->known_surfaces.count = mark.known_surfaces;
}

/* Kinds that blame the file, before anything of it was written; the others end the import. */
static bool is_about_file(const struct call *call)
{
    return (call->fail.kind == FAIL_INVALID || call->fail.kind == FAIL_TOO_LARGE) &&
           !store_is_doomed(call);
}

static bool refuse_file(struct call *call, struct import_report *report, struct import_file *file,
                        struct report_mark mark)
{
    if (!is_about_file(call))
        return false;
    char sentence[FAIL_SENTENCE_SIZE];
    memcpy(sentence, call->fail.sentence, sizeof sentence);
    fail_clear(call);
    report_rewind(report, mark);
    file->refused = keep(report, text_of(sentence));
    return file->refused.at != NULL;
}

static bool read_source(struct call *call, const struct importer *const *importers,
                        struct source *source, const struct import_options *options,
                        struct import_report *report)
{
    size_t first_bad = report->bad_count;
    const struct importer *importer = importer_for(call, importers, source, options->format);
    if (!importer)
        return false;
    report->file[report->file_count - 1].format = text_of(importer->name);
    return importer->read(call, importer, source, options, report) &&
           quarantine_add(call, report, first_bad);
}

static bool import_source(struct call *call, const struct importer *const *importers,
                          struct source *source, const char *name,
                          const struct import_options *options, struct import_report *report)
{
    struct report_mark mark = report_mark(report);
    bool is_listed = report_file(report, name) != NULL;
    bool done = is_listed && source && read_source(call, importers, source, options, report);
    if (source)
        source_close(source);
    return done ||
           (is_listed && refuse_file(call, report, &report->file[report->file_count - 1], mark));
}

static bool finish(struct call *call, const struct import_options *options,
                   struct import_report *report, bool done)
{
    import_report_end(report);
    if (done && !report->dry_run)
        return change_commit(call);
    done = done && (!options->look || options->look(options->look_of, call, report));
    change_rollback(call);
    return done;
}

static bool import_begin(struct call *call, text what, const struct import_options *options,
                         struct import_report *report)
{
    import_report_begin(call, options, report);
    call->door = DOOR_IMPORT;
    return what.at && ledger_may_import(call) && change_open(call, what);
}

bool import_files(struct call *call, const struct importer *const *importers, const text *path,
                  size_t path_count, const struct import_options *options,
                  struct import_report *report)
{
    text what = path_count == 1 ? call_format(call, "import %.*s", TEXT_FMT(path[0]))
                                : call_format(call, "import %zu files", path_count);
    if (!import_begin(call, what, options, report))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < path_count; i++) {
        char *name = call_string(call, path[i]);
        struct source *source = name ? source_open(call, name, options->encoding) : NULL;
        done = name && import_source(call, importers, source, name, options, report);
    }
    return finish(call, options, report, done);
}

bool import_bytes(struct call *call, const struct importer *const *importers, text name, text bytes,
                  const struct import_options *options, struct import_report *report)
{
    text what = call_format(call, "import %.*s", TEXT_FMT(name));
    char *label = call_string(call, name);
    if (!label || !import_begin(call, what, options, report))
        return false;
    struct source *source = source_open_memory(call, label, bytes, options->encoding);
    return finish(call, options, report,
                  import_source(call, importers, source, label, options, report));
}

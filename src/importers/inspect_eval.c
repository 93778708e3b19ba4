/*
 * Logs of Inspect as an archive: header.json is the log without its samples, which stand in an
 * entry each; summaries.json is enough for verdicts. Without header.json the run crashed or still
 * goes on, and the journal tells what there is of it.
 */
#include "base/zip.h"
#include "importers/eval_head.h"
#include "importers/inspect.h"
#include "importers/inspect_sample.h"

#define ARCHIVE_MAX ((size_t)4 * 1024 * 1024 * 1024)

enum { MARK_SIZE = 4 };

#define HEADER TEXT("header.json")
#define START TEXT("_journal/start.json")
#define SUMMARIES TEXT("summaries.json")
#define SAMPLES TEXT("samples/")
#define JOURNAL TEXT("_journal/summaries/")

struct archive {
    struct eval_push push;
    struct inspect_log log;
    struct zip zip;
    int64_t samples, invalid;
};

/* `.eval` and nothing else of what is packed as ZIP. */
bool inspect_eval_recognise(text head, const char *file_name)
{
    if (!zip_is(head))
        return false;
    return head_name_ends(file_name, TEXT(".eval")) || text_find(head, START) != SIZE_MAX ||
           text_find(head, HEADER) != SIZE_MAX;
}

static bool is_json_below(text name, text folder)
{
    return text_starts(name, folder) && text_ends(name, TEXT(".json"));
}

/* A later entry of the same name replaces the earlier one. */
static bool entry_counts(const struct zip *zip, size_t at, text folder)
{
    const struct zip_entry *entry = &zip->entry[at];
    return is_json_below(entry->name, folder) && zip_find(zip, entry->name) == entry;
}

static size_t entries_below(const struct zip *zip, text folder)
{
    size_t count = 0;
    for (size_t i = 0; i < zip->count; i++)
        count += entry_counts(zip, i, folder);
    return count;
}

static bool entry_json(struct call *call, struct archive *archive, const struct zip_entry *entry,
                       struct json *tree)
{
    text bytes;
    struct json_notes *notes = &archive->push.notes;
    if (!zip_read(call, &archive->zip, entry, &bytes))
        return false;
    if (json_read(call, text_trim(bytes), tree, notes))
        return true;
    if (notes->is_broken)
        fail_advise(call, "write the log again");
    text subject =
        call_format(call, "entry '%.*s' of '%s'", TEXT_FMT(entry->name), archive->zip.name);
    return subject.at && fail_about(call, subject);
}

/* ---- samples ---- */

typedef bool take_sample(struct call *call, struct archive *archive, const struct json *sample,
                         bool is_summary);

static bool sample_count(struct call *call, struct archive *archive, const struct json *sample,
                         bool is_summary)
{
    (void)call;
    (void)is_summary;
    archive->samples++;
    archive->invalid += inspect_sample_is_invalid(sample);
    return true;
}

static bool sample_push(struct call *call, struct archive *archive, const struct json *sample,
                        bool is_summary)
{
    return inspect_sample_push(call, &archive->push, &archive->log, sample, is_summary);
}

/* An entry that cannot be read is a bad line, once: when it is pushed. */
static bool entry_failed(struct call *call, struct archive *archive, const struct zip_entry *entry,
                         take_sample *take)
{
    if (call->fail.kind != FAIL_INVALID)
        return false;
    archive->samples += take == sample_count;
    if (take == sample_push)
        return eval_push_bad(call, &archive->push, &archive->log.run, entry->name);
    fail_clear(call);
    return true;
}

static bool list_take(struct call *call, struct archive *archive, const struct json *tree,
                      take_sample *take)
{
    if (tree->kind != JSON_LIST)
        return take(call, archive, tree, false);
    for (uint32_t i = 0; i < tree->count; i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        if (!take(call, archive, &tree->item[i], true))
            return false;
        arena_rewind(&call->arena, mark);
    }
    return true;
}

static bool entry_take(struct call *call, struct archive *archive, const struct zip_entry *entry,
                       take_sample *take)
{
    struct json tree;
    struct arena_mark mark = arena_mark(&call->arena);
    bool done = entry_json(call, archive, entry, &tree) ? list_take(call, archive, &tree, take)
                                                        : entry_failed(call, archive, entry, take);
    if (done)
        arena_rewind(&call->arena, mark);
    return done;
}

static bool folder_take(struct call *call, struct archive *archive, text folder, take_sample *take)
{
    for (size_t i = 0; i < archive->zip.count; i++)
        if (entry_counts(&archive->zip, i, folder) &&
            (!entry_take(call, archive, &archive->zip.entry[i], take) ||
             !call_progress(call, "reading samples", (int64_t)i, (int64_t)archive->zip.count)))
            return false;
    return true;
}

/* Whole samples where there are any, else summaries, else what the journal has of them. */
static bool samples_take(struct call *call, struct archive *archive, take_sample *take)
{
    const struct zip_entry *summaries = zip_find(&archive->zip, SUMMARIES);
    if (entries_below(&archive->zip, SAMPLES))
        return folder_take(call, archive, SAMPLES, take);
    if (summaries)
        return entry_take(call, archive, summaries, take);
    return folder_take(call, archive, JOURNAL, take);
}

/* ---- the log ---- */

static bool log_begin(struct call *call, struct archive *archive)
{
    struct json header;
    const struct zip_entry *entry = zip_find(&archive->zip, HEADER);
    bool is_started = !entry;
    if (is_started)
        entry = zip_find(&archive->zip, START);
    if (!entry)
        return fail(call, FAIL_INVALID,
                    "'%s' is a ZIP archive%s without header.json and _journal/start.json: give "
                    "the log that Inspect wrote",
                    archive->zip.name, archive->zip.is_cut ? " that was cut," : "");
    return entry_json(call, archive, entry, &header) &&
           inspect_log_begin(call, &archive->push, &header, is_started, &archive->log) &&
           (!is_started ||
            eval_push_note(call, &archive->push, "started",
                           TEXT("the log has no header: its run crashed or still goes on")));
}

/*
 * The first line already says whether all are there: the list of entries tells how many there are,
 * and only where some are invalid is all read twice.
 */
static bool samples_count(struct call *call, struct archive *archive)
{
    archive->samples = (int64_t)entries_below(&archive->zip, SAMPLES);
    if (archive->samples && !archive->log.has_invalid)
        return true;
    archive->samples = 0;
    return samples_take(call, archive, sample_count);
}

static bool archive_read(struct call *call, struct archive *archive)
{
    archive->push.is_cut = archive->zip.is_cut;
    return log_begin(call, archive) && samples_count(call, archive) &&
           inspect_log_count(call, &archive->push, &archive->log, archive->samples,
                             archive->invalid) &&
           samples_take(call, archive, sample_push) &&
           inspect_log_end(call, &archive->push, &archive->log, archive->zip.is_cut);
}

bool inspect_eval_read(struct call *call, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink)
{
    struct archive archive = { .samples = 0 };
    text bytes;
    if (!source_peek(call, source, MARK_SIZE, &bytes))
        return false;
    if (!zip_is(bytes)) /* a log that somebody renamed, or a sample that comes back */
        return inspect_json_read(call, source, options, sink);
    return eval_push_init(call, &archive.push, source, options, sink) &&
           source_rest(call, source, ARCHIVE_MAX, &bytes) &&
           zip_open(call, source_facts(source)->name, bytes, &archive.zip) &&
           archive_read(call, &archive);
}

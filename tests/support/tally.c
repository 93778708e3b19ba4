/* See tally.h. */
#include "support/support.h"

#include "support/tally.h"

#include "store/sql.h"
#include "store/transaction.h"

static bool tally_recognise(text head, const char *file_name)
{
    (void)head;
    return text_ends(text_of(file_name), TEXT(".tally"));
}

static bool fail_as_told(struct call *call, text words)
{
    text rest, when = text_cut(words, ' ', &rest);
    enum fail_kind kind = text_is(rest, "large")     ? FAIL_TOO_LARGE
                          : text_is(rest, "store")   ? FAIL_STORE
                          : text_is(rest, "invalid") ? FAIL_INVALID
                                                     : FAIL_NONE;
    assert_int_not_equal(kind, FAIL_NONE);
    if (text_is(when, "late"))
        store_doom(call);
    return fail(call, kind, "told to fail: %.*s", TEXT_FMT(words));
}

static bool is_told_early(text bytes)
{
    return text_find(bytes, TEXT("! early")) != SIZE_MAX;
}

/* `report` gets the name; a batch of that name and size is unchanged. */
static bool take_batch(struct call *call, text name, int64_t size, struct import_report *report)
{
    struct query query;
    struct row row;
    query_init(&query, &batch_record);
    if (!query_add(call, &query, BATCH_NAME, FILTER_IS, value_text(name)))
        return false;
    if (find_first(call, &query, &row))
        return import_report_name(report, &report->unchanged, name);
    if (call->fail.kind != FAIL_NONE || !row_init(call, &batch_record, &row))
        return false;
    row.value[BATCH_NAME] = value_text(name);
    row.value[BATCH_SIZE] = value_int(size);
    return ledger_create(call, &row) && import_report_name(report, &report->new_runs, name);
}

/* False: it is to be quarantined, or the call has failed. */
static bool take_line(struct call *call, text line, struct import_report *report, bool *is_bad)
{
    int64_t size;
    text rest, name = text_cut(line, ' ', &rest);
    *is_bad = false;
    if (text_is(name, "!"))
        return fail_as_told(call, rest);
    *is_bad = !rest.at || text_is(name, "?") || !text_to_int(rest, &size);
    return !*is_bad && take_batch(call, call_text(call, name), size, report);
}

static bool add_bad(const struct importer *importer, text file, text line, int64_t number,
                    struct import_report *report)
{
    text rest, run;
    text_cut(line, ' ', &rest);
    run = text_cut(rest, ' ', &rest);
    const struct import_bad_line bad = {
        .file = file, .reason = TEXT("no name and size"), .bytes = line, .line = number,
        .run_key = run, .header = TEXT("NAME SIZE"),
    };
    return import_report_bad_line(report, importer, &bad);
}

static bool tally_read(struct call *call, const struct importer *importer, struct source *source,
                       const struct import_options *options, struct import_report *report)
{
    text bytes, line;
    struct import_file *file = &report->file[report->file_count - 1];
    (void)options;
    if (!source_rest(call, source, 1 << 20, &bytes))
        return false;
    bytes = call_text(call, bytes);
    if (is_told_early(bytes)) {
        text words = text_from(bytes, text_find(bytes, TEXT("! early")) + 2);
        return fail_as_told(call, text_cut(words, '\n', &line));
    }
    while (bytes.size) {
        bool is_bad;
        line = text_cut(bytes, '\n', &bytes);
        file->lines++;
        if (take_line(call, line, report, &is_bad))
            file->results++;
        else if (!is_bad || !add_bad(importer, file->file, line, file->lines, report))
            return false;
    }
    return true;
}

static bool tally_replay(struct call *call, const struct importer *importer,
                         const struct import_replay *replay, const struct import_options *options,
                         struct import_report *report)
{
    (void)options;
    for (size_t i = 0; i < replay->count; i++) {
        bool is_bad;
        text line, header = text_cut(replay->line[i], '\n', &line);
        assert_text(header, "NAME SIZE");
        if (!take_line(call, line, report, &is_bad) &&
            !(is_bad && add_bad(importer, TEXT("replayed"), line, (int64_t)i + 1, report)))
            return false;
        if (replay->others_wait && !import_report_note(report, "others", TEXT("others wait")))
            return false;
    }
    return true;
}

static bool recognise_nothing(text head, const char *file_name)
{
    (void)head;
    (void)file_name;
    return false;
}

static const struct importer tally_importer = {
    .name = "tally", .label = "a tally", .recognise = tally_recognise, .read = tally_read,
    .replay = tally_replay,
};

static const struct importer second_importer = {
    .name = "tally2", .label = "a tally by name alone", .recognise = recognise_nothing,
    .read = tally_read, .replay = tally_replay,
};

const struct importer *const tally_importers[] = { &second_importer, &tally_importer, NULL };

bool tally_try(struct test_doors *test, const char *name, const char *bytes,
               const struct import_options *options, struct import_report *report)
{
    static const struct import_options none = { .dry_run = false };
    return import_bytes(&test->call, tally_importers, text_of(name), text_of(bytes),
                        options ? options : &none, report);
}

struct import_report tally(struct test_doors *test, const char *name, const char *bytes)
{
    struct import_report report;
    assert_done(&test->call, tally_try(test, name, bytes, NULL, &report));
    return report;
}

int64_t test_doors_count(struct test_doors *test, const char *table_and_condition)
{
    struct call *call = &test->call;
    struct sql *sql =
        sql_prepare(call, call_format(call, "SELECT count(*) FROM %s", table_and_condition));
    assert_done(call, sql != NULL);
    assert_int_equal(sql_step(call, sql), SQL_ROW);
    int64_t count = sql_int(sql, 0);
    sql_done(sql);
    return count;
}

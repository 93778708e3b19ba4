/*
 * Room evals: its importers. A format pushes lines into drafts, drafts are settled and stored;
 * the same road for a dry run, a real one, and the replay of quarantined lines, which joins them
 * to the results that their run has already.
 */
#include "base/source.h"
#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_store.h"
#include "store/find.h"

#include <math.h>

/* A suite's own threshold, for lines with a score and no verdict. */
static bool threshold_of_suite(struct call *call, void *to, text name, double *threshold)
{
    struct row suite;
    (void)to;
    if (!find_suite(call, name, &suite) || value_is_null(suite.value[SUITE_THRESHOLD]))
        return false;
    *threshold = value_as_real(suite.value[SUITE_THRESHOLD]);
    return true;
}

static struct eval_read_options read_options(const struct import_options *options)
{
    return (struct eval_read_options){
        .suite = options->suite,
        .surface = options->surface,
        .run = options->run,
        .started_at = options->started_at,
        .zone = options->zone,
        .map = options->map,
        .has_threshold = options->has_threshold,
        .threshold = options->threshold,
        .threshold_metric = options->threshold_metric,
        .threshold_of = threshold_of_suite,
        .delimiter = options->delimiter,
    };
}

static bool store_settled(struct call *call, struct drafts *drafts,
                          const struct draft_evidence *evidence)
{
    uint32_t **order, *row_count;
    return drafts_settle(call, drafts, &order, &row_count) &&
           drafts_store(call, drafts, order, row_count, evidence);
}

static bool source_evidence(struct call *call, const struct source *source,
                            struct draft_evidence *evidence)
{
    char hexadecimal[HASH_TEXT_SIZE];
    const struct source_facts *facts = source_facts(source);
    const char *slash = strrchr(facts->name, '/');
    hash_write(&facts->sha256, hexadecimal);
    evidence->file = call_text(call, text_of(slash ? slash + 1 : facts->name));
    evidence->sha256 = call_text(call, text_of(hexadecimal));
    return evidence->file.at && evidence->sha256.at;
}

static bool import_read(struct call *call, const struct importer *importer, struct source *source,
                        const struct import_options *options, struct import_report *report)
{
    const struct eval_format *format = importer->context;
    const struct eval_read_options reading = read_options(options);
    struct draft_evidence evidence;
    struct drafts drafts;
    text file = text_of(source_facts(source)->name);
    drafts_init(call, &drafts, importer, options, report, file);
    struct eval_sink sink = drafts_sink(&drafts);
    bool done = format->read(call, source, &reading, &sink) &&
                source_evidence(call, source, &evidence) && store_settled(call, &drafts, &evidence);
    if (done) {
        struct import_file *entry = &report->file[report->file_count - 1];
        entry->lines = source_facts(source)->line;
        entry->results = drafts.results;
    }
    drafts_release(call, &drafts);
    return done;
}

/* --- replay --- */

static const char *const status_of_word[] = {
    [EVAL_RUN_COMPLETE] = "complete", [EVAL_RUN_PARTIAL] = "partial",
    [EVAL_RUN_CANCELLED] = "cancelled", [EVAL_RUN_ERROR] = "error",
};

static text text_or_none(struct value value)
{
    return value_is_null(value) ? TEXT_NONE : value_as_text(value);
}

static void draft_from_row(const struct row *run, struct run_draft *draft)
{
    draft->is_dated = !value_is_null(run->value[EVAL_RUN_STARTED_AT]);
    draft->started_at = value_as_int(run->value[EVAL_RUN_STARTED_AT]);
    draft->started_zone = text_or_none(run->value[EVAL_RUN_STARTED_ZONE]);
    draft->word[RUN_MODEL] = text_or_none(run->value[EVAL_RUN_MODEL]);
    draft->word[RUN_AGENT] = text_or_none(run->value[EVAL_RUN_AGENT]);
    draft->word[RUN_PROMPT] = text_or_none(run->value[EVAL_RUN_PROMPT]);
    draft->word[RUN_PROMPT_VERSION] = text_or_none(run->value[EVAL_RUN_PROMPT_VERSION]);
    draft->word[RUN_DATASET_VERSION] = text_or_none(run->value[EVAL_RUN_DATASET_VERSION]);
    draft->word[RUN_JUDGE] = text_or_none(run->value[EVAL_RUN_JUDGE]);
    draft->word[RUN_HARNESS_VERSION] = text_or_none(run->value[EVAL_RUN_HARNESS_VERSION]);
    for (int i = 0; i <= EVAL_RUN_ERROR; i++)
        if (text_is(value_as_text(run->value[EVAL_RUN_STATUS]), status_of_word[i]))
            draft->status = (enum eval_run_status)i;
}

/* The key of each case number of the suite. */
static bool case_keys(struct call *call, rid suite, uint32_t case_count, text **key)
{
    struct query query;
    struct rows cases;
    *key = call_array(call, (size_t)case_count + 1, sizeof **key);
    query_init(&query, &eval_case_record);
    query.with_archived = true;
    if (!*key || !query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(suite)) ||
        !find_rows(call, &query, &cases))
        return false;
    for (size_t i = 0; i < cases.count; i++) {
        int64_t number = value_as_int(cases.row[i].value[EVAL_CASE_NUMBER]);
        if (number < case_count)
            (*key)[number] = value_as_text(cases.row[i].value[EVAL_CASE_KEY]);
    }
    return true;
}

static bool result_from_stored(struct call *call, struct drafts *drafts,
                               const struct stored_results *stored, uint32_t at,
                               struct result *result)
{
    result->trial = stored->trial[at];
    result->verdict = (uint8_t)stored->verdict[at];
    for (int i = 0; i < RESULTS_REALS; i++)
        result->real[i] = stored->real[i] ? stored->real[i][at] : NAN;
    for (int i = 0; i < RESULTS_WORDS; i++) {
        text word = stored->word[i] ? stored->word[i][at] : TEXT_NONE;
        result->word[i] = word.at ? lexicon_add(call, &drafts->word, word) : LEXICON_NONE;
        if (word.at && result->word[i] == LEXICON_NONE)
            return false;
    }
    return true;
}

/* The stored run as a draft, so that lines can join it. */
static bool draft_from_run(struct call *call, struct drafts *drafts, const struct row *suite,
                           const struct row *surface, const struct row *run)
{
    struct verdicts verdicts;
    struct stored_results stored;
    text *key;
    struct run_draft *draft = drafts_add(call, drafts, value_as_text(suite->value[SUITE_NAME]),
                                         value_as_text(surface->value[SURFACE_NAME]),
                                         value_as_text(run->value[EVAL_RUN_RUN]));
    struct draft_suite *keys =
        draft ? drafts_suite(call, drafts, value_as_text(suite->value[SUITE_NAME])) : NULL;
    if (!keys)
        return false;
    draft_from_row(run, draft);
    if (!columns_read_verdicts(call, run_place(run), &verdicts) ||
        !case_keys(call, suite->id, verdicts.case_count, &key) ||
        !columns_read_results(call, run_place(run), &verdicts,
                              value_as_int(run->value[EVAL_RUN_RESULTS]), &stored))
        return false;
    for (uint32_t i = 0; i < stored.count; i++) {
        struct result result = { .line = 0 };
        result.case_number = drafts_case(call, keys, key[stored.case_number[i]], EVAL_KEY_ID);
        if (result.case_number == LEXICON_NONE ||
            !result_from_stored(call, drafts, &stored, i, &result) ||
            !results_push(call, &draft->results, &result))
            return false;
    }
    return true;
}

static bool stored_run(struct call *call, text key, struct row *suite, struct row *surface,
                       struct row *run)
{
    text suite_name, surface_name, run_name;
    run_key_read(key, &suite_name, &surface_name, &run_name);
    return find_suite(call, suite_name, suite) &&
           find_surface(call, suite->id, surface_name, surface) &&
           find_run(call, surface->id, run_name, run);
}

static bool replay_line(struct call *call, struct drafts *drafts, text line)
{
    const struct eval_format *format = drafts->importer->context;
    struct eval_read_options reading = read_options(drafts->options);
    struct eval_sink sink = drafts_sink(drafts);
    struct source *source = source_open_memory(call, "quarantine", line, TEXT_NONE);
    bool done = source && format->read(call, source, &reading, &sink);
    if (source)
        source_close(source);
    return done;
}

/* A line that is refused like a whole file is a bad line still; one without its end is whole. */
static bool replay_lines(struct call *call, struct drafts *drafts,
                         const struct import_replay *replay)
{
    for (size_t i = 0; i < replay->count; i++) {
        size_t bad_before = drafts->report->bad_count;
        drafts->place = (int64_t)i + 1;
        text ended = call_format(call, "%.*s\n", TEXT_FMT(replay->line[i]));
        if (!ended.at)
            return false;
        if (replay_line(call, drafts, ended))
            continue;
        if (call->fail.kind != FAIL_INVALID && call->fail.kind != FAIL_TOO_LARGE)
            return false;
        struct import_bad_line bad = { .reason = call_text(call, text_of(call->fail.sentence)),
                                       .bytes = replay->line[i],
                                       .line = drafts->place,
                                       .run_key = replay->run_key,
                                       .file = drafts->file };
        fail_clear(call);
        if (drafts->report->bad_count == bad_before &&
            !import_report_bad_line(drafts->report, drafts->importer, &bad))
            return false;
    }
    return true;
}

/*
 * A run is whole when none of its lines came back and none waits elsewhere; the other words of its
 * rows stay.
 */
static void settle_status(struct drafts *drafts, bool is_whole)
{
    for (size_t i = 0; i < drafts->count; i++) {
        struct run_draft *draft = &drafts->draft[i];
        if (is_whole && draft->status == EVAL_RUN_PARTIAL)
            draft->status = EVAL_RUN_COMPLETE;
        else if (!is_whole && draft->status == EVAL_RUN_COMPLETE)
            draft->status = EVAL_RUN_PARTIAL;
    }
}

/* What the store has of the run, as a draft that the lines join. */
static bool replay_onto(struct call *call, struct drafts *drafts, text key,
                        struct draft_evidence *evidence)
{
    struct row suite, surface, run;
    if (!stored_run(call, key, &suite, &surface, &run))
        return call->fail.kind == FAIL_NONE;
    *evidence = (struct draft_evidence){ text_or_none(run.value[EVAL_RUN_FILE]),
                                         text_or_none(run.value[EVAL_RUN_FILE_SHA256]) };
    bool has_trials =
        value_as_int(run.value[EVAL_RUN_RESULTS]) != value_as_int(run.value[EVAL_RUN_CASES]);
    drafts->trial = has_trials ? 0 : 1;
    return draft_from_run(call, drafts, &suite, &surface, &run);
}

static bool import_replay(struct call *call, const struct importer *importer,
                          const struct import_replay *replay, const struct import_options *options,
                          struct import_report *report)
{
    struct import_options replacing = *options;
    struct draft_evidence evidence = { .file = TEXT("quarantine"), .sha256 = TEXT_NONE };
    struct drafts drafts;
    size_t bad_before = report->bad_count;
    replacing.replace = true;
    run_key_read(replay->run_key, &replacing.suite, &replacing.surface, &replacing.run);
    drafts_init(call, &drafts, importer, &replacing, report, TEXT("quarantine"));
    bool done = replay_onto(call, &drafts, replay->run_key, &evidence) &&
                replay_lines(call, &drafts, replay);
    if (done && report->bad_count - bad_before < replay->count) {
        settle_status(&drafts, report->bad_count == bad_before && !replay->others_wait);
        done = store_settled(call, &drafts, &evidence);
    }
    drafts_release(call, &drafts);
    return done;
}

const struct importer *evals_importers(struct call *call)
{
    size_t count = 0;
    while (eval_formats[count].name)
        count++;
    struct importer *importer = call_array(call, count + 1, sizeof *importer);
    for (size_t i = 0; importer && i < count; i++) {
        const struct eval_format *format = &eval_formats[i];
        importer[i] = (struct importer){ .name = format->name,
                                         .label = format->label,
                                         .recognise = format->recognise,
                                         .read = import_read,
                                         .replay = import_replay,
                                         .context = format };
    }
    return importer;
}

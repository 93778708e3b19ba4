/*
 * Room evals: quarantined lines are read again. Each joins the results that its run has already,
 * whichever run the line names; then the road is that of an import.
 */
#include "base/source.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_import.h"
#include "store/find.h"

#include <math.h>

/* --- a stored run as a draft --- */

static text text_or_none(struct value value)
{
    return value_is_null(value) ? TEXT_NONE : value_as_text(value);
}

/* A run whose cases have one result each: a line that does not say its trial means the first. */
static uint32_t trial_of_lines(const struct row *run)
{
    return value_as_int(run->value[EVAL_RUN_RESULTS]) == value_as_int(run->value[EVAL_RUN_CASES]);
}

static void draft_from_row(const struct row *run, struct run_draft *draft)
{
    draft->is_stored = true;
    draft->trial = trial_of_lines(run);
    draft->evidence = (struct draft_evidence){ text_or_none(run->value[EVAL_RUN_FILE]),
                                               text_or_none(run->value[EVAL_RUN_FILE_SHA256]) };
    draft->is_dated = !value_is_null(run->value[EVAL_RUN_STARTED_AT]);
    draft->started_at = value_as_int(run->value[EVAL_RUN_STARTED_AT]);
    draft->started_zone = text_or_none(run->value[EVAL_RUN_STARTED_ZONE]);
    for (int i = 0; i < RUN_WORDS; i++)
        draft->word[i] = text_or_none(run->value[run_word_fields[i]]);
    if (!value_is_null(run->value[EVAL_RUN_DATASET_CASES]))
        draft->dataset_cases = value_as_int(run->value[EVAL_RUN_DATASET_CASES]);
    draft->status = (enum eval_run_status)field_choice(
        &eval_run_record.field[EVAL_RUN_STATUS], value_as_text(run->value[EVAL_RUN_STATUS]));
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
                               struct results *results, const struct stored_results *stored,
                               uint32_t at, struct result *result)
{
    result->trial = stored->trial[at];
    result->verdict = (uint8_t)stored->verdict[at];
    for (int i = 0; i < RESULTS_REALS; i++)
        result->real[i] = stored->real[i] ? stored->real[i][at] : NAN;
    for (int i = 0; i < RESULTS_WORDS; i++) {
        text word = stored->word[i] ? stored->word[i][at] : TEXT_NONE;
        if (!drafts_word(call, drafts, results, i, word, &result->word[i]))
            return false;
    }
    return true;
}

static bool results_from_run(struct call *call, struct drafts *drafts, const struct row *run,
                             struct run_draft *draft)
{
    struct verdicts verdicts;
    struct stored_results stored;
    text *key;
    struct draft_suite *suite = drafts_suite(call, drafts, draft->suite);
    if (!suite || !stored_verdicts_read(call, run_place(run), &verdicts) ||
        !case_keys(call, value_as_int(run->value[EVAL_RUN_SUITE]), verdicts.case_count, &key) ||
        !columns_read_results(call, run_place(run), &verdicts,
                              value_as_int(run->value[EVAL_RUN_RESULTS]), &stored))
        return false;
    for (uint32_t i = 0; i < stored.count; i++) {
        struct result result = { .line = 0 };
        result.case_number = drafts_case(call, suite, key[stored.case_number[i]], EVAL_KEY_ID);
        if (result.case_number == LEXICON_NONE ||
            !result_from_stored(call, drafts, &draft->results, &stored, i, &result) ||
            !results_push(call, &draft->results, &result))
            return false;
    }
    return true;
}

static bool find_stored(struct call *call, text suite_name, text surface_name, text run_name,
                        struct row *run)
{
    struct row suite, surface;
    return find_suite(call, suite_name, &suite) &&
           find_surface(call, suite.id, surface_name, &surface) &&
           find_run(call, surface.id, run_name, run);
}

/* The stored run of that name as a draft; NULL when there is none, or the call has failed. */
static struct run_draft *stored_draft(struct call *call, struct drafts *drafts, text suite,
                                      text surface, text run)
{
    struct row row;
    for (size_t i = 0; i < drafts->count; i++)
        if (drafts->draft[i].is_stored && draft_is(&drafts->draft[i], suite, surface, run))
            return &drafts->draft[i];
    if (!find_stored(call, suite, surface, run, &row))
        return NULL;
    struct run_draft *draft = drafts_add(call, drafts, suite, surface, run);
    if (!draft)
        return NULL;
    draft_from_row(&row, draft);
    return results_from_run(call, drafts, &row, draft) ? draft : NULL;
}

/* --- lines --- */

/* Among runs of several judges the line's own is RUN@JUDGE; one that names no judge takes RUN's. */
static bool join_stored(struct call *call, struct drafts *drafts, struct eval_line *line)
{
    struct run_draft *draft =
        stored_draft(call, drafts, line->suite, line->surface, line->run);
    bool is_other_judge = line->judge.at && !(draft && text_equal(draft->word[RUN_JUDGE],
                                                                  line->judge));
    if (draft && !line->judge.at)
        line->judge = draft->word[RUN_JUDGE];
    if (call->fail.kind == FAIL_NONE && is_other_judge) {
        text name = call_format(call, "%.*s@%.*s", TEXT_FMT(line->run), TEXT_FMT(line->judge));
        if (name.at && stored_draft(call, drafts, line->suite, line->surface, name))
            line->run = name;
    }
    return call->fail.kind == FAIL_NONE;
}

static bool replay_sink_line(struct call *call, void *to, const struct eval_line *line)
{
    struct drafts *drafts = to;
    struct eval_line joined = *line;
    call_swap_memory(call, &drafts->memory);
    bool done = join_stored(call, drafts, &joined);
    call_swap_memory(call, &drafts->memory);
    return done && drafts_sink(drafts).line(call, drafts, &joined);
}

static bool replay_line(struct call *call, struct drafts *drafts, text line)
{
    const struct eval_format *format = drafts->importer->context;
    const struct eval_read_options reading = import_reading(drafts);
    struct eval_sink sink = drafts_sink(drafts);
    if (text_trim(line).size == 0)
        return fail(call, FAIL_INVALID,
                    "nothing of the row was left: write its file again and import it with "
                    "--replace");
    sink.line = replay_sink_line;
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
        if (call->fail.kind != FAIL_INVALID)
            return false;
        char sentence[FAIL_SENTENCE_SIZE];
        memcpy(sentence, call->fail.sentence, sizeof sentence);
        fail_clear(call);
        struct import_bad_line bad = { .reason = text_of(sentence),
                                       .bytes = replay->line[i],
                                       .line = drafts->place,
                                       .run_key = replay->run_key,
                                       .file = drafts->file };
        if (drafts->report->bad_count == bad_before &&
            !import_report_bad_line(drafts->report, drafts->importer, &bad))
            return false;
    }
    return true;
}

/*
 * The run of these lines is whole when none of them came back and none waits elsewhere. Other runs
 * that a line has joined stay as they were.
 */
static void settle_status(struct drafts *drafts, bool is_whole)
{
    const struct import_options *own = drafts->options;
    for (size_t i = 0; i < drafts->count; i++) {
        struct run_draft *draft = &drafts->draft[i];
        if (!draft_is(draft, own->suite, own->surface, own->run))
            continue;
        if (is_whole && draft->status == EVAL_RUN_PARTIAL)
            draft->status = EVAL_RUN_COMPLETE;
        else if (!is_whole && draft->status == EVAL_RUN_COMPLETE)
            draft->status = EVAL_RUN_PARTIAL;
    }
}

/* The run that the lines belonged to is looked at also when they name others by now. */
static bool replay_into(struct call *call, struct drafts *drafts,
                        const struct import_replay *replay)
{
    const struct draft_evidence evidence = { TEXT("quarantine"), TEXT_NONE };
    const struct import_options *own = drafts->options;
    size_t bad_before = drafts->report->bad_count;
    call_swap_memory(call, &drafts->memory);
    if (own->run.at)
        stored_draft(call, drafts, own->suite, own->surface, own->run);
    call_swap_memory(call, &drafts->memory);
    if (call->fail.kind != FAIL_NONE || !replay_lines(call, drafts, replay))
        return false;
    size_t came_back = drafts->report->bad_count - bad_before;
    if (came_back == replay->count)
        return true;
    settle_status(drafts, came_back == 0 && !replay->others_wait);
    return import_settle(call, drafts, &evidence);
}

/* A line that does not say when its run started means the run that it was of. */
static bool start_of_run(struct call *call, struct import_options *options)
{
    struct row row;
    if (!options->run.at || options->started_at.at)
        return true;
    if (!find_stored(call, options->suite, options->surface, options->run, &row))
        return call->fail.kind == FAIL_NONE;
    struct value start = row.value[EVAL_RUN_STARTED_AT];
    if (value_is_null(start))
        return true;
    options->started_at = draft_stamp_words(call, true, value_as_int(start));
    return options->started_at.at != NULL;
}

bool evals_replay(struct call *call, const struct importer *importer,
                  const struct import_replay *replay, const struct import_options *options,
                  struct import_report *report)
{
    struct import_options replacing = *options;
    struct drafts drafts;
    text suite, surface, run;
    replacing.replace = true;
    run_key_read(replay->run_key, &suite, &surface, &run);
    if (run.at) {
        replacing.suite = suite;
        replacing.surface = surface;
        replacing.run = run;
    }
    if (!start_of_run(call, &replacing))
        return false;
    drafts_init(call, &drafts, importer, &replacing, report, TEXT("quarantine"));
    bool done = replay_into(call, &drafts, replay);
    drafts_release(&drafts);
    return done;
}

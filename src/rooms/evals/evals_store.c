/*
 * See evals_store.h. A draft is compared by its content hash: the order of lines and the numbers of
 * cases do not matter to it, so that the same results from another file are the same run.
 */
#include "rooms/evals/evals_store.h"

#include "base/hash.h"
#include "base/sort.h"
#include "engine/bits.h"
#include "ledger/audit.h"
#include "ledger/ledger.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_difference.h"
#include "store/find.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>

#define CHECKPOINT_TICKS ((int64_t)250000)

/* One suite of the file and what the store has of it. */
struct suite_place {
    struct draft_suite *draft;
    struct row row; /* id 0: not there yet */
    uint32_t *dense; /* by the file's case number: the suite's, or LEXICON_NONE */
    uint32_t next_number;
    int64_t added;
    bool is_told; /* the report names it */
};

struct storing {
    struct call *call;
    struct drafts *drafts;
    struct suite_place *suite;
    const struct draft_evidence *evidence;
    int64_t checkpoint;
};

/* --- what is there already --- */

static bool find_one(struct call *call, const struct record *record, const struct filter *filter,
                     int count, struct row *row)
{
    struct query query;
    query_init(&query, record);
    for (int i = 0; i < count; i++)
        if (!query_add(call, &query, filter[i].field, filter[i].op, filter[i].value))
            return false;
    return find_first(call, &query, row);
}

bool find_suite(struct call *call, text name, struct row *suite)
{
    const struct filter filter[] = { { SUITE_NAME, FILTER_IS, value_text(name) } };
    return find_one(call, &suite_record, filter, 1, suite);
}

bool find_surface(struct call *call, rid suite, text name, struct row *surface)
{
    const struct filter filter[] = { { SURFACE_SUITE, FILTER_IS, value_ref(suite) },
                                     { SURFACE_NAME, FILTER_IS, value_text(name) } };
    return find_one(call, &surface_record, filter, 2, surface);
}

bool find_run(struct call *call, rid surface, text name, struct row *run)
{
    const struct filter filter[] = { { EVAL_RUN_SURFACE, FILTER_IS, value_ref(surface) },
                                     { EVAL_RUN_RUN, FILTER_IS, value_text(name) } };
    return find_one(call, &eval_run_record, filter, 2, run);
}

/* Numbers of dropped cases are not given again: old columns may still hold them. */
static bool next_case_number(struct call *call, rid suite, uint32_t *next)
{
    struct query query;
    struct row last;
    query_init(&query, &eval_case_record);
    query.with_archived = true;
    query.sort = EVAL_CASE_NUMBER;
    query.is_descending = true;
    *next = 0;
    if (!query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(suite)))
        return false;
    if (find_first(call, &query, &last))
        *next = (uint32_t)value_as_int(last.value[EVAL_CASE_NUMBER]) + 1;
    return call->fail.kind == FAIL_NONE;
}

static bool map_known_cases(struct call *call, struct suite_place *place)
{
    struct query query;
    struct rows cases;
    query_init(&query, &eval_case_record);
    if (!query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(place->row.id)) ||
        !find_rows(call, &query, &cases))
        return false;
    for (size_t i = 0; i < cases.count; i++) {
        uint32_t number =
            lexicon_find(&place->draft->key, value_as_text(cases.row[i].value[EVAL_CASE_KEY]));
        if (number != LEXICON_NONE)
            place->dense[number] = (uint32_t)value_as_int(cases.row[i].value[EVAL_CASE_NUMBER]);
    }
    return next_case_number(call, place->row.id, &place->next_number);
}

static bool suite_place_init(struct call *call, struct draft_suite *draft,
                             struct suite_place *place)
{
    *place = (struct suite_place){
        .draft = draft, .dense = call_array(call, (size_t)draft->key.count + 1, sizeof(uint32_t))
    };
    if (!place->dense)
        return false;
    memset(place->dense, 0xFF, draft->key.count * sizeof(uint32_t));
    if (find_suite(call, draft->name, &place->row))
        return map_known_cases(call, place);
    place->row.id = 0;
    return call->fail.kind == FAIL_NONE;
}

/* --- making suites, surfaces, cases --- */

static bool suite_create(struct storing *storing, struct suite_place *place)
{
    struct call *call = storing->call;
    const struct import_options *options = storing->drafts->options;
    struct import_report *report = storing->drafts->report;
    if (place->row.id) {
        bool is_told = place->is_told;
        place->is_told = true;
        return is_told || import_report_name(report, &report->known_suites, place->draft->name);
    }
    place->is_told = true;
    if (!row_init(call, &suite_record, &place->row))
        return false;
    place->row.value[SUITE_NAME] = value_text(place->draft->name);
    if (options->has_threshold) {
        place->row.value[SUITE_THRESHOLD] = value_real(options->threshold);
        place->row.value[SUITE_THRESHOLD_METRIC] = value_text(options->threshold_metric);
    }
    return ledger_create(call, &place->row) &&
           import_report_name(report, &report->new_suites, place->draft->name);
}

/* A surface that this import has made stays new in its report. */
static bool report_surface(struct import_report *report, text name)
{
    for (size_t i = report->new_surfaces.count; i > 0; i--)
        if (text_equal(report->new_surfaces.name[i - 1], name))
            return true;
    return import_report_name_once(report, &report->known_surfaces, name);
}

static bool surface_create(struct storing *storing, rid suite, text name, struct row *surface)
{
    struct call *call = storing->call;
    struct import_report *report = storing->drafts->report;
    if (find_surface(call, suite, name, surface))
        return report_surface(report, name);
    if (call->fail.kind != FAIL_NONE || !row_init(call, &surface_record, surface))
        return false;
    surface->value[SURFACE_NAME] = value_text(name);
    surface->value[SURFACE_SUITE] = value_ref(suite);
    return ledger_create(call, surface) &&
           import_report_name_once(report, &report->new_surfaces, name);
}

static const char *const key_kind_words[] = {
    [EVAL_KEY_ID] = "id", [EVAL_KEY_CONTENT] = "content", [EVAL_KEY_POSITION] = "position",
};

/* Of one result; false where it tells none. An empty input says nothing of its case. */
static bool result_input(const struct results *results, uint32_t row, uint64_t *hash)
{
    const struct gathered_texts *inputs = &results->text[RESULTS_INPUT - RESULTS_INPUT];
    const uint32_t *word = results->word[RESULTS_INPUT];
    if (!word || word[row] == LEXICON_NONE || inputs->size[word[row]] == 0)
        return false;
    *hash = inputs->hash[word[row]];
    return true;
}

static int compare_hashes(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/*
 * The texts of a run are hashed as they come in. Where the results of a case (the first rows of
 * `order`) have several inputs, as its turns or variables may be, the case's is made of all of
 * them, each once, in whatever order they came; a case of one input has that one's.
 */
static text input_hash(struct call *call, const struct results *results, const uint32_t *order,
                       uint32_t count)
{
    uint32_t number = results->case_number[order[0]], rows = 0, known = 0;
    while (rows < count && results->case_number[order[rows]] == number)
        rows++;
    uint64_t *hash = call_array(call, rows, sizeof *hash);
    if (!hash)
        return TEXT_NONE;
    for (uint32_t i = 0; i < rows; i++)
        known += result_input(results, order[i], &hash[known]);
    if (known == 0)
        return TEXT_NONE;
    sort_items(hash, known, sizeof *hash, compare_hashes);
    uint32_t each = 1;
    for (uint32_t i = 1; i < known; i++)
        if (hash[i] != hash[each - 1])
            hash[each++] = hash[i];
    uint64_t all =
        each == 1 ? hash[0] : hash_quick((text){ (const char *)hash, each * sizeof *hash }, 0);
    return call_format(call, "%016" PRIx64, all);
}

static bool case_create(struct call *call, struct suite_place *place, uint32_t number, text input)
{
    struct row row;
    if (call->fail.kind != FAIL_NONE || !row_init(call, &eval_case_record, &row))
        return false;
    row.value[EVAL_CASE_SUITE] = value_ref(place->row.id);
    row.value[EVAL_CASE_NUMBER] = value_int(place->next_number);
    row.value[EVAL_CASE_KEY] = value_text(place->draft->key.word[number]);
    row.value[EVAL_CASE_KEY_KIND] = value_choice(key_kind_words[place->draft->key_kind[number]]);
    row.value[EVAL_CASE_INPUT_HASH] = value_text(input);
    place->dense[number] = place->next_number++;
    place->added++;
    return ledger_create(call, &row);
}

static bool cases_create(struct call *call, struct suite_place *place,
                         const struct results *results, const uint32_t *order, uint32_t count)
{
    struct arena_mark mark = arena_mark(&call->arena);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = results->case_number[order[i]];
        if (place->dense[number] != LEXICON_NONE)
            continue;
        if (!case_create(call, place, number, input_hash(call, results, order + i, count - i)))
            return false;
        arena_rewind(&call->arena, mark);
    }
    return true;
}

/* --- content --- */

/*
 * Two 64-bit sums over the rows' hashes: equal for equal results in any order. Texts count only
 * where they are kept: it is the content as it is stored.
 */
static text content_hash(struct call *call, const struct drafts *drafts,
                         const struct run_draft *draft, const struct suite_place *place,
                         const uint32_t *order, uint32_t count)
{
    const struct draft_suite *suite = place->draft;
    bool keeps_texts = value_as_bool(place->row.value[SUITE_KEEPS_TEXTS]);
    int word_count = keeps_texts ? RESULTS_WORDS : RESULTS_INPUT;
    struct {
        uint64_t key, word[RESULTS_WORDS];
        double real[RESULTS_REALS];
        uint32_t trial, verdict;
    } row;
    const uint64_t *hash[RESULTS_WORDS];
    for (int at = 0; at < RESULTS_WORDS; at++)
        hash[at] = at < RESULTS_INPUT ? drafts->word.hash
                                      : draft->results.text[at - RESULTS_INPUT].hash;
    uint64_t sum[2] = { 0, 0 };
    for (uint32_t i = 0; i < count; i++) {
        struct result result;
        results_get(&draft->results, order[i], &result);
        memset(&row, 0, sizeof row);
        row.key = suite->key.hash[result.case_number];
        for (int at = 0; at < word_count; at++)
            row.word[at] = result.word[at] == LEXICON_NONE ? 0 : hash[at][result.word[at]];
        memcpy(row.real, result.real, sizeof row.real);
        row.trial = result.trial;
        row.verdict = result.verdict;
        for (uint64_t seed = 0; seed < 2; seed++)
            sum[seed] += hash_quick((text){ (const char *)&row, sizeof row }, seed);
    }
    uint64_t head = draft->is_dated ? (uint64_t)draft->started_at : 1;
    for (int i = 0; i < RUN_CONTENT_WORDS; i++)
        if (i != RUN_MODEL_SERVED || draft->word[i].at) /* runs without it keep their hash */
            head = hash_quick(draft->word[i], head + draft->word[i].size);
    return call_format(call, "%016llx%016llx%016llx", (unsigned long long)head,
                       (unsigned long long)sum[0], (unsigned long long)sum[1]);
}

static bool draft_verdicts(struct call *call, const struct suite_place *place,
                           const struct results *results, const uint32_t *order, uint32_t count,
                           struct verdicts *verdicts)
{
    uint32_t *case_number = call_array(call, (size_t)count + 1, sizeof *case_number);
    uint8_t *verdict = call_take(call, (size_t)count + 1);
    if (!case_number || !verdict)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        case_number[i] = place->dense[results->case_number[order[i]]];
        verdict[i] = results->verdict[order[i]];
    }
    int rule = field_choice(&suite_record.field[SUITE_TRIAL_RULE],
                            value_as_text(place->row.value[SUITE_TRIAL_RULE]));
    int nulls = field_choice(&suite_record.field[SUITE_NULLS],
                             value_as_text(place->row.value[SUITE_NULLS]));
    return verdicts_build(call, place->next_number, case_number, verdict, count,
                          (enum trial_rule)rule, (enum nulls)nulls, verdicts);
}

/* --- the same run again --- */

static bool refuse_restatement(struct storing *storing, const struct suite_place *place,
                               const struct row *run, const struct run_draft *draft,
                               const uint32_t *order, uint32_t count)
{
    struct call *call = storing->call;
    const struct results *results = &draft->results;
    struct verdicts now;
    text difference = TEXT_NONE;
    for (uint32_t i = 0; i < count && !difference.at; i++)
        if (place->dense[results->case_number[order[i]]] == LEXICON_NONE)
            difference = run_difference_case(
                call, place->draft->key.word[results->case_number[order[i]]], "new");
    if (!difference.at && draft_verdicts(call, place, results, order, count, &now))
        difference = run_difference(call, run, draft, &now, count);
    if (!difference.at)
        return false;
    text reason = call_format(
        call,
        "run '%.*s' of '%.*s' is here with other content: %.*s; restate it with --replace, or "
        "give the new run its own name",
        TEXT_FMT(draft->run), TEXT_FMT(draft->surface), TEXT_FMT(difference));
    return reason.at && import_report_refuse(storing->drafts->report, draft->run, reason);
}

/* --- storing one run --- */

static void fill_counts(struct row *run, const struct verdicts *verdicts, uint32_t results)
{
    struct tally tally = verdicts_tally(verdicts);
    run->value[EVAL_RUN_CASES] = value_int(tally.cases);
    run->value[EVAL_RUN_RESULTS] = value_int(results);
    run->value[EVAL_RUN_PASSED] = value_int(tally.passed);
    run->value[EVAL_RUN_FAILED] = value_int(tally.evaluated - tally.passed);
    run->value[EVAL_RUN_ERRORS] = value_int(tally.errors);
    run->value[EVAL_RUN_UNSCORED] = value_int(tally.unscored);
    run->value[EVAL_RUN_SKIPPED] = value_int(tally.skipped);
}

static void fill_scores(struct row *run, const struct results *results, const uint32_t *order,
                        uint32_t count)
{
    struct mean_score scores =
        mean_score_of(results->case_number, results->real[RESULTS_SCORE], order, count);
    run->value[EVAL_RUN_SCORED] = value_int(scores.cases);
    run->value[EVAL_RUN_MEAN_SCORE] = isnan(scores.mean) ? VALUE_NONE : value_real(scores.mean);
}

static void fill_header(struct row *run, const struct run_draft *draft, rid suite, rid surface,
                        const struct draft_evidence *evidence)
{
    run->value[EVAL_RUN_RUN] = value_text(draft->run);
    run->value[EVAL_RUN_SURFACE] = value_ref(surface);
    run->value[EVAL_RUN_SUITE] = value_ref(suite);
    run->value[EVAL_RUN_STARTED_AT] = draft->is_dated ? value_stamp(draft->started_at) : VALUE_NONE;
    run->value[EVAL_RUN_STARTED_ZONE] = value_text(draft->started_zone);
    run->value[EVAL_RUN_STATUS] = value_choice(eval_run_status_words[draft->status]);
    for (int i = 0; i < RUN_WORDS; i++)
        run->value[run_word_fields[i]] = value_text(draft->word[i]);
    run->value[EVAL_RUN_DATASET_CASES] =
        draft->dataset_cases ? value_int(draft->dataset_cases) : VALUE_NONE;
    run->value[EVAL_RUN_FILE] = value_text(evidence->file);
    run->value[EVAL_RUN_FILE_SHA256] = value_text(evidence->sha256);
}

/*
 * Verdicts, and scores of 0 and 1 that only repeat them, are often alike from week to week; what is
 * measured on a finer scale hardly ever is to the last.
 */
static bool is_measured(const struct results *results)
{
    for (int i = 0; i < RESULTS_REALS; i++)
        for (uint32_t at = 0; results->real[i] && at < results->count; at++) {
            double value = results->real[i][at];
            if (value < 0 || (value > 0 && value < 1) || value > 1)
                return true;
        }
    return false;
}

/*
 * What the run is to an earlier one with the same results. Numbers that are alike to the last are
 * taken for a copy until somebody says that they were measured anew; verdicts alone are not. What
 * was said of a run stays while it is like the same one.
 */
static bool fill_likeness(struct storing *storing, const struct results *results,
                          const struct verdicts *verdicts, const struct row *before,
                          struct row *run, struct like_run *like)
{
    struct call *call = storing->call;
    text model = value_as_text(run->value[EVAL_RUN_MODEL]);
    text hash = value_as_text(run->value[EVAL_RUN_CONTENT_HASH]);
    if (!stored_verdicts_same_results(call, run_place(run), model, verdicts,
                                      text_from(hash, CONTENT_HASH_RESULTS_AT), like))
        return false;
    struct value same = like->run ? value_ref(like->run) : VALUE_NONE;
    if (before && like->run && value_equal(before->value[EVAL_RUN_SAME_AS], same)) {
        like->run = 0; /* was flagged before */
        return true;
    }
    run->value[EVAL_RUN_SAME_AS] = same;
    run->value[EVAL_RUN_IS_RERUN] = like->run ? value_bool(!is_measured(results)) : VALUE_NONE;
    return like->run || stored_verdicts_other_model(call, run_place(run), model, verdicts, like);
}

/* Deterministic suites say the same every week: one note tells of all that are alike so. */
static bool flag_verdicts(struct storing *storing)
{
    return import_report_note(
        storing->drafts->report, "same_verdicts",
        TEXT("a run has the results of an earlier one of its surface (its 'same_as'), and they are "
             "verdicts alone, as a rerun can have them: it counts as one; of a copy say 'rondo "
             "eval-run set RUN --is-rerun no'"));
}

/* Two runs that are alike under two names are stored, and flagged. */
static bool flag_copy(struct storing *storing, const struct row *run, const struct like_run *like)
{
    struct call *call = storing->call;
    const struct value *is_rerun = &run->value[EVAL_RUN_IS_RERUN];
    struct out words;
    if (!like->run)
        return true;
    if (!like->is_other_model && value_as_bool(*is_rerun))
        return flag_verdicts(storing);
    out_init(&words, call);
    out_format(&words, "runs '%.*s' and '%.*s' have the same results%s: is one a copy?",
               TEXT_FMT(like->name), TEXT_FMT(value_as_text(run->value[EVAL_RUN_RUN])),
               like->is_other_model ? " under different models" : ", number for number");
    if (!value_is_null(*is_rerun) && !value_as_bool(*is_rerun))
        out_format(&words,
                   " The later one counts as no rerun; if it was measured anew: 'rondo eval-run "
                   "set %.*s --is-rerun yes'",
                   TEXT_FMT(row_public_id(call, &eval_run_record, run->id)));
    text said = out_view(&words);
    return call->fail.kind == FAIL_NONE &&
           import_report_note(storing->drafts->report, "same_results", said);
}

static bool note_once(struct storing *storing, const struct run_draft *draft)
{
    struct import_report *report = storing->drafts->report;
    if (!draft->is_dated &&
        !import_report_note(report, "undated",
                            TEXT("a run without a date is kept and stays out of trends")))
        return false;
    if (draft->status == EVAL_RUN_COMPLETE)
        return true;
    text words = call_format(storing->call, "run '%.*s' is %s and stays out of trends",
                             TEXT_FMT(draft->run), eval_run_status_words[draft->status]);
    return words.at && import_report_note(report, eval_run_status_words[draft->status], words);
}

static bool note_texts(struct storing *storing, const struct results *results)
{
    if (!results->word[RESULTS_INPUT] && !results->word[RESULTS_OUTPUT] &&
        !results->word[RESULTS_EXPECTED])
        return true;
    return import_report_note(
        storing->drafts->report, "texts_left_out",
        TEXT("inputs and outputs are not stored: allow it with 'rondo suite set SUITE "
             "--keeps-texts yes' and import again with --replace"));
}

/* The earlier content's columns stay, also those of one that was undone. */
static bool next_content(struct call *call, const struct row *before, int64_t *content)
{
    *content = 1;
    if (!before)
        return true;
    if (!stored_verdicts_latest_content(call, run_place(before), content))
        return false;
    (*content)++;
    return true;
}

/* `before` is the stored run that this one restates, or NULL. */
static bool fill_run(struct storing *storing, const struct run_draft *draft,
                     const struct suite_place *place, rid surface, const struct row *before,
                     struct row *run)
{
    struct call *call = storing->call;
    int64_t content;
    if (!(before ? row_copy(call, before, run) : row_init(call, &eval_run_record, run)) ||
        !next_content(call, before, &content))
        return false;
    fill_header(run, draft, place->row.id, surface,
                draft->is_stored ? &draft->evidence : storing->evidence);
    run->value[EVAL_RUN_CONTENT] = value_int(content);
    return true;
}

static bool write_run(struct storing *storing, struct row *run, const struct row *before)
{
    return before ? ledger_update(storing->call, before, run) : ledger_create(storing->call, run);
}

static bool store_run(struct storing *storing, struct suite_place *place,
                      const struct run_draft *draft, uint32_t *order, uint32_t count, text hash,
                      const struct row *before, rid surface)
{
    struct call *call = storing->call;
    const struct results *results = &draft->results;
    struct row run;
    struct verdicts verdicts;
    struct like_run like;
    bool keeps_texts = value_as_bool(place->row.value[SUITE_KEEPS_TEXTS]);
    if (!cases_create(call, place, results, order, count) ||
        !results_sort(call, results, place->dense, order, count) ||
        !draft_verdicts(call, place, results, order, count, &verdicts) ||
        !fill_run(storing, draft, place, surface, before, &run))
        return false;
    fill_counts(&run, &verdicts, count);
    fill_scores(&run, results, order, count);
    run.value[EVAL_RUN_CONTENT_HASH] = value_text(hash);
    return fill_likeness(storing, results, &verdicts, before, &run, &like) &&
           write_run(storing, &run, before) &&
           stored_verdicts_write(call, run_place(&run), &verdicts) &&
           columns_write_results(call, run_place(&run), results, &storing->drafts->word, order,
                                 count, place->dense, keeps_texts) &&
           (keeps_texts || note_texts(storing, results)) && flag_copy(storing, &run, &like) &&
           note_once(storing, draft);
}

/* The same results: only whether they are all there has changed. */
static bool store_status(struct storing *storing, const struct run_draft *draft,
                         const struct row *before)
{
    struct row run;
    if (!row_copy(storing->call, before, &run))
        return false;
    run.value[EVAL_RUN_STATUS] = value_choice(eval_run_status_words[draft->status]);
    return write_run(storing, &run, before) && note_once(storing, draft);
}

static bool store_known(struct storing *storing, struct suite_place *place,
                        const struct run_draft *draft, uint32_t *order, uint32_t count, text hash,
                        const struct row *before)
{
    struct import_report *report = storing->drafts->report;
    bool is_same = text_equal(value_as_text(before->value[EVAL_RUN_CONTENT_HASH]), hash);
    if (is_same && text_is(value_as_text(before->value[EVAL_RUN_STATUS]),
                           eval_run_status_words[draft->status]))
        return import_report_name(report, &report->unchanged, draft->run);
    if (!storing->drafts->options->replace)
        return refuse_restatement(storing, place, before, draft, order, count);
    rid surface = value_as_int(before->value[EVAL_RUN_SURFACE]);
    return (is_same ? store_status(storing, draft, before)
                    : store_run(storing, place, draft, order, count, hash, before, surface)) &&
           import_report_name(report, &report->replaced, draft->run);
}

static bool store_on_surface(struct storing *storing, struct suite_place *place,
                             const struct run_draft *draft, uint32_t *order, uint32_t count,
                             rid surface)
{
    struct call *call = storing->call;
    struct import_report *report = storing->drafts->report;
    struct row run;
    text hash = content_hash(call, storing->drafts, draft, place, order, count);
    bool is_known = hash.at && find_run(call, surface, draft->run, &run);
    if (call->fail.kind != FAIL_NONE)
        return false;
    if (is_known)
        return store_known(storing, place, draft, order, count, hash, &run);
    return store_run(storing, place, draft, order, count, hash, NULL, surface) &&
           import_report_name(report, &report->new_runs, draft->run);
}

/* Names of runs are those of their surface: whoever looks at them is told which rows they are. */
static bool tell_who_looks(struct storing *storing, const struct run_draft *draft, rid surface)
{
    struct row run;
    if (!storing->drafts->options->look)
        return true;
    return find_run(storing->call, surface, draft->run, &run) &&
           import_report_run(storing->drafts->report, draft->run, draft->surface, run.id);
}

static bool store_in_suite(struct storing *storing, struct suite_place *place,
                           const struct run_draft *draft, uint32_t *order, uint32_t count)
{
    struct row surface;
    return surface_create(storing, place->row.id, draft->surface, &surface) &&
           store_on_surface(storing, place, draft, order, count, surface.id) &&
           tell_who_looks(storing, draft, surface.id);
}

/* Only the suite outlives its run: a thousand runs need no more memory than one. */
static bool store_draft(struct storing *storing, struct suite_place *place,
                        const struct run_draft *draft, uint32_t *order, uint32_t count)
{
    struct arena *arena = &storing->call->arena;
    if (!suite_create(storing, place))
        return false;
    struct arena_mark mark = arena_mark(arena);
    bool is_done = store_in_suite(storing, place, draft, order, count);
    arena_rewind(arena, mark);
    return is_done;
}

/*
 * Long imports are acknowledged in pieces, each of whole runs; a dry run is rolled back as a whole.
 */
static bool checkpoint(struct storing *storing)
{
    if (storing->drafts->options->dry_run || stamp_ticks() - storing->checkpoint < CHECKPOINT_TICKS)
        return true;
    storing->checkpoint = stamp_ticks();
    return change_checkpoint(storing->call);
}

static bool audit_cases(struct storing *storing)
{
    for (size_t i = 0; i < storing->drafts->suite_count; i++) {
        const struct suite_place *place = &storing->suite[i];
        if (place->added == 0)
            continue;
        text words = call_format(storing->call, "%lld case%s of suite '%.*s'",
                                 (long long)place->added, place->added == 1 ? "" : "s",
                                 TEXT_FMT(place->draft->name));
        if (!words.at || !audit_act(storing->call, change_id(storing->call), "import", words))
            return false;
    }
    return true;
}

static struct suite_place *place_of(struct storing *storing, text suite)
{
    size_t i = 0;
    while (i < storing->drafts->suite_count && !text_equal(storing->suite[i].draft->name, suite))
        i++;
    assert(i < storing->drafts->suite_count); /* every draft's suite was placed */
    return &storing->suite[i];
}

static bool store_drafts(struct storing *storing, uint32_t *const *order, const uint32_t *row_count)
{
    struct call *call = storing->call;
    struct drafts *drafts = storing->drafts;
    for (size_t i = 0; i < drafts->count; i++) {
        const struct run_draft *draft = &drafts->draft[i];
        if (!call_progress(call, "storing runs", (int64_t)i, (int64_t)drafts->count))
            return false;
        bool done = draft->refused.at
                        ? import_report_refuse(drafts->report, draft->run, draft->refused)
                        : store_draft(storing, place_of(storing, draft->suite), draft, order[i],
                                      row_count[i]) &&
                              checkpoint(storing);
        if (!done)
            return false;
    }
    return audit_cases(storing);
}

bool drafts_store(struct call *call, struct drafts *drafts, uint32_t *const *order,
                  const uint32_t *row_count, const struct draft_evidence *evidence)
{
    struct storing storing = {
        .call = call, .drafts = drafts, .evidence = evidence, .checkpoint = stamp_ticks()
    };
    storing.suite = call_array(call, drafts->suite_count + 1, sizeof *storing.suite);
    if (!storing.suite)
        return false;
    for (size_t i = 0; i < drafts->suite_count; i++)
        if (!suite_place_init(call, &drafts->suite[i], &storing.suite[i]))
            return false;
    if (store_drafts(&storing, order, row_count))
        return true;
    store_doom(call); /* a run may be half written */
    return false;
}

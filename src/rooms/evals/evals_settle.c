/*
 * See evals_draft.h: when all lines are in. Judges are named apart, runs with bad lines are marked,
 * trials get their numbers, and of repeated results one stays.
 */
#include "rooms/evals/evals_draft.h"

/* --- marks --- */

/*
 * The line counts, but for its run: the run is partial, and with `strict` nothing of it counts.
 * Without a reason no line is in doubt.
 */
static bool mark_draft(struct call *call, const struct drafts *drafts, struct run_draft *draft,
                       const char *reason)
{
    if (reason && drafts->options->strict && !draft->refused.at)
        draft->refused = call_format(call, "strict: %s", reason);
    if (draft->status == EVAL_RUN_COMPLETE)
        draft->status = EVAL_RUN_PARTIAL;
    return call->fail.kind == FAIL_NONE;
}

/* A part that the bad line did not tell fits every run. */
static bool mark_fits(const struct run_mark *mark, const struct run_draft *draft)
{
    return text_equal(mark->run, draft->run) &&
           (!mark->surface.at || text_equal(mark->surface, draft->surface)) &&
           (!mark->suite.at || text_equal(mark->suite, draft->suite));
}

/* A line that tells no run stands before the first good line, whose run it is taken for. */
static bool apply_marks(struct call *call, struct drafts *drafts)
{
    for (size_t at = 0; drafts->is_damaged && at < drafts->count; at++)
        if (!mark_draft(call, drafts, &drafts->draft[at], "its gzip stream is damaged"))
            return false;
    for (size_t i = 0; i < drafts->mark_count; i++)
        for (size_t at = 0; at < drafts->count; at++) {
            const struct run_mark *mark = &drafts->mark[i];
            struct run_draft *draft = &drafts->draft[at];
            bool is_meant = mark->run.at ? mark_fits(mark, draft) : at == 0;
            if (is_meant && !mark_draft(call, drafts, draft, mark->reason))
                return false;
        }
    return true;
}

/* The replay looks for such a line's run by its key. */
static bool key_orphans(struct call *call, struct drafts *drafts)
{
    if (drafts->count == 0)
        return true;
    const struct run_draft *draft = &drafts->draft[0];
    text key = run_key(call, draft->suite, draft->surface, draft->run);
    for (size_t i = drafts->first_bad; key.at && i < drafts->report->bad_count; i++)
        if (drafts->report->bad[i].run_key.size == 0)
            drafts->report->bad[i].run_key = key;
    return key.at != NULL;
}

/* --- judges --- */

static bool shares_name(const struct drafts *drafts, size_t at)
{
    const struct run_draft *draft = &drafts->draft[at];
    for (size_t i = 0; i < drafts->count; i++)
        if (i != at && draft_is(&drafts->draft[i], draft->suite, draft->surface, draft->run))
            return true;
    return false;
}

static bool name_judge(struct call *call, struct drafts *drafts, struct run_draft *draft)
{
    text words =
        call_format(call, "run '%.*s' has several judges: one run for each, named RUN@JUDGE",
                    TEXT_FMT(draft->run));
    if (draft->word[RUN_JUDGE].at)
        draft->run = call_format(call, "%.*s@%.*s", TEXT_FMT(draft->run),
                                 TEXT_FMT(draft->word[RUN_JUDGE]));
    return words.at && draft->run.at &&
           import_report_note(drafts->report, "several_judges", words);
}

/*
 * One run for each judge, RUN@JUDGE; a run that is stored keeps its name. All are found before the
 * first is renamed.
 */
static bool name_judges(struct call *call, struct drafts *drafts)
{
    bool *is_shared = call_array(call, drafts->count + 1, sizeof *is_shared);
    if (!is_shared)
        return false;
    for (size_t i = 0; i < drafts->count; i++)
        is_shared[i] = shares_name(drafts, i);
    for (size_t i = 0; i < drafts->count; i++)
        if (is_shared[i] && !drafts->draft[i].is_stored &&
            !name_judge(call, drafts, &drafts->draft[i]))
            return false;
    return true;
}

/* --- repeats --- */

static text word_of(const struct drafts *drafts, uint32_t number)
{
    return number == LEXICON_NONE ? TEXT_NONE : drafts->word.word[number];
}

/* The texts of one result. */
static bool texts_of(struct call *call, struct run_draft *draft, const struct result *result,
                     text text_of_case[RESULTS_TEXTS])
{
    for (int i = 0; i < RESULTS_TEXTS; i++) {
        uint32_t number = result->word[RESULTS_INPUT + i];
        text_of_case[i] = TEXT_NONE;
        if (number == LEXICON_NONE)
            continue;
        if (!draft->text_view[i])
            draft->text_view[i] = gathered_texts_view(call, &draft->results.text[i]);
        if (!draft->text_view[i])
            return false;
        text_of_case[i] = draft->text_view[i][number];
    }
    return true;
}

static bool tags_of(struct call *call, text words, struct eval_line *line)
{
    size_t room = 0;
    text *list = NULL;
    while (words.at) {
        list = call_more(call, list, line->tag_count, &room, sizeof *list);
        if (!list)
            return false;
        list[line->tag_count++] = text_cut(words, '\n', &words);
    }
    line->tag = list;
    return true;
}

static bool line_of(struct call *call, const struct drafts *drafts, struct run_draft *draft,
                    const struct draft_suite *suite, uint32_t row, struct eval_line *line)
{
    struct result result;
    text kept[RESULTS_TEXTS];
    results_get(&draft->results, row, &result);
    if (!texts_of(call, draft, &result, kept))
        return false;
    *line = (struct eval_line){
        .number = result.line,
        .suite = draft->suite,
        .surface = draft->surface,
        .run = draft->run,
        .is_dated = draft->is_dated,
        .started_at = draft->started_at,
        .case_key = suite->key.word[result.case_number],
        .verdict = (enum eval_verdict)result.verdict,
        .score = result.real[RESULTS_SCORE],
        .model = draft->word[RUN_MODEL],
        .model_served = draft->word[RUN_MODEL_SERVED],
        .agent = draft->word[RUN_AGENT],
        .prompt = draft->word[RUN_PROMPT],
        .prompt_version = draft->word[RUN_PROMPT_VERSION],
        .dataset_version = draft->word[RUN_DATASET_VERSION],
        .judge = draft->word[RUN_JUDGE],
        .slice = word_of(drafts, result.word[RESULTS_SLICE]),
        .cluster = word_of(drafts, result.word[RESULTS_CLUSTER]),
        .trial = (int)result.trial,
        .latency_ms = result.real[RESULTS_LATENCY_MS],
        .cost_usd = result.real[RESULTS_COST_USD],
        .tokens_in = result.real[RESULTS_TOKENS_IN],
        .tokens_out = result.real[RESULTS_TOKENS_OUT],
        .input = kept[RESULTS_INPUT - RESULTS_INPUT],
        .output = kept[RESULTS_OUTPUT - RESULTS_INPUT],
        .expected = kept[RESULTS_EXPECTED - RESULTS_INPUT],
        .error = word_of(drafts, result.word[RESULTS_ERROR]),
        .failure = word_of(drafts, result.word[RESULTS_FAILURE]),
        .attributes = word_of(drafts, result.word[RESULTS_ATTRIBUTES]),
    };
    return tags_of(call, word_of(drafts, result.word[RESULTS_TAGS]), line);
}

static bool quarantine_repeat(struct call *call, struct drafts *drafts, struct run_draft *draft,
                              const struct draft_suite *suite, uint32_t first, uint32_t row)
{
    struct eval_line line;
    if (!line_of(call, drafts, draft, suite, row, &line))
        return false;
    text where = drafts->place ? TEXT("")
                               : call_format(call, "line %u of ", draft->results.line[first]);
    text reason = call_format(
        call, "case '%.*s' trial %d stands in %.*sthis run already, with another result",
        TEXT_FMT(line.case_key), line.trial, TEXT_FMT(where));
    struct eval_bad_line bad = { .number = line.number,
                                 .reason = reason,
                                 .bytes = drafts_plain_words(call, &line),
                                 .suite = draft->suite,
                                 .surface = draft->surface,
                                 .run = draft->run };
    return where.at && reason.at && bad.bytes.at &&
           mark_draft(call, drafts, draft, "a case stands in it twice with different results") &&
           drafts_quarantine(call, drafts, &bad, DRAFTS_PLAIN);
}

/* Takes rows of the same case and trial together; `*count` shrinks to those that stay. */
static bool leave_out_repeats(struct call *call, struct drafts *drafts, struct run_draft *draft,
                              uint32_t *order, uint32_t *count)
{
    const struct results *results = &draft->results;
    const struct draft_suite *suite = drafts_suite(call, drafts, draft->suite);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < results->count; i++) {
        uint32_t row = order[i], before = kept ? order[kept - 1] : 0;
        bool is_repeat = kept && results->case_number[before] == results->case_number[row] &&
                         results->trial[before] == results->trial[row];
        if (!is_repeat)
            order[kept++] = row;
        else if (!(results_equal(results, before, row)
                       ? import_report_note(drafts->report, "repeated_line",
                                            TEXT("identical lines were left out"))
                       : quarantine_repeat(call, drafts, draft, suite, before, row)))
            return false;
    }
    *count = kept;
    return true;
}

bool drafts_settle(struct call *call, struct drafts *drafts, uint32_t ***order,
                   uint32_t **row_count)
{
    *order = call_array(call, drafts->count + 1, sizeof **order);
    *row_count = call_array(call, drafts->count + 1, sizeof **row_count);
    if (!*order || !*row_count || !apply_marks(call, drafts) || !name_judges(call, drafts) ||
        !key_orphans(call, drafts))
        return false;
    for (size_t i = 0; i < drafts->count; i++) {
        struct run_draft *draft = &drafts->draft[i];
        if (!drafts_pack(call, drafts, draft) ||
            !results_order(call, &draft->results, NULL, &(*order)[i]) ||
            !leave_out_repeats(call, drafts, draft, (*order)[i], &(*row_count)[i]))
            return false;
    }
    return true;
}

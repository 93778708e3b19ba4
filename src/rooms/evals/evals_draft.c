/* See evals_draft.h. */
#include "rooms/evals/evals_draft.h"

#include "catalog/row.h"
#include "importers/plain_fields.h"
#include "rooms/evals/evals.h"

#include <math.h>

const char *const run_word_names[RUN_WORDS] = {
    [RUN_MODEL] = "model",
    [RUN_AGENT] = "agent",
    [RUN_PROMPT] = "prompt",
    [RUN_PROMPT_VERSION] = "prompt_version",
    [RUN_DATASET_VERSION] = "dataset_version",
    [RUN_JUDGE] = "judge",
    [RUN_HARNESS_VERSION] = "harness_version",
};

/* Lines of one run that disagree on these make it refused; on the others the run says nothing. */
static const bool run_word_must_agree[RUN_WORDS] = { [RUN_MODEL] = true, [RUN_AGENT] = true };

void drafts_init(struct call *call, struct drafts *drafts, const struct importer *importer,
                 const struct import_options *options, struct import_report *report, text file)
{
    *drafts =
        (struct drafts){ .options = options, .importer = importer, .report = report, .file = file };
    arena_init(&drafts->memory, call->arena.limit);
}

void drafts_release(struct call *call, struct drafts *drafts)
{
    arena_adopt(&call->arena, &drafts->memory);
    for (size_t i = 0; i < drafts->count; i++)
        results_release(&drafts->draft[i].results);
    for (size_t i = 0; i < drafts->suite_count; i++)
        lexicon_release(&drafts->suite[i].key);
    lexicon_release(&drafts->word);
}

text run_key(struct call *call, text suite, text surface, text run)
{
    return call_format(call, "%.*s\x1f%.*s\x1f%.*s", TEXT_FMT(suite), TEXT_FMT(surface),
                       TEXT_FMT(run));
}

void run_key_read(text key, text *suite, text *surface, text *run)
{
    text rest;
    *suite = text_cut(key, '\x1f', &rest);
    *surface = text_cut(rest, '\x1f', run);
}

/* --- suites and runs of the file --- */

struct draft_suite *drafts_suite(struct call *call, struct drafts *drafts, text name)
{
    for (size_t i = drafts->suite_count; i-- > 0;)
        if (text_equal(drafts->suite[i].name, name))
            return &drafts->suite[i];
    if (drafts->suite_count == drafts->suite_room) {
        size_t room = drafts->suite_room ? drafts->suite_room * 2 : 8;
        drafts->suite = call_grow(call, drafts->suite, drafts->suite_count * sizeof *drafts->suite,
                                  room * sizeof *drafts->suite);
        if (!drafts->suite)
            return NULL;
        drafts->suite_room = room;
    }
    text copy = call_text(call, name);
    drafts->suite[drafts->suite_count] = (struct draft_suite){ .name = copy };
    return copy.at ? &drafts->suite[drafts->suite_count++] : NULL;
}

uint32_t drafts_case(struct call *call, struct draft_suite *suite, text key,
                     enum eval_key_kind kind)
{
    uint32_t number = lexicon_add(call, &suite->key, key);
    if (number == LEXICON_NONE)
        return LEXICON_NONE;
    if (number >= suite->key_kind_room) {
        uint32_t room = suite->key_kind_room ? suite->key_kind_room * 2 : 64;
        suite->key_kind = call_grow(call, suite->key_kind, suite->key_kind_room, room);
        if (!suite->key_kind)
            return LEXICON_NONE;
        suite->key_kind_room = room;
    }
    suite->key_kind[number] = (uint8_t)kind;
    return number;
}

struct run_draft *drafts_add(struct call *call, struct drafts *drafts, text suite, text surface,
                             text run)
{
    if (drafts->count == drafts->room) {
        size_t room = drafts->room ? drafts->room * 2 : 16;
        drafts->draft = call_grow(call, drafts->draft, drafts->count * sizeof *drafts->draft,
                                  room * sizeof *drafts->draft);
        if (!drafts->draft)
            return NULL;
        drafts->room = room;
    }
    struct run_draft *draft = &drafts->draft[drafts->count];
    *draft = (struct run_draft){ .suite = call_text(call, suite),
                                 .surface = call_text(call, surface),
                                 .run = call_text(call, run),
                                 .refused = TEXT_NONE };
    if (!draft->suite.at || !draft->surface.at || !draft->run.at)
        return NULL;
    drafts->count++;
    return draft;
}

static bool draft_is(const struct run_draft *draft, text suite, text surface, text run)
{
    return text_equal(draft->run, run) && text_equal(draft->surface, surface) &&
           text_equal(draft->suite, suite);
}

/* The draft that the line belongs to: judges are told apart, the rest of the name is the key. */
static struct run_draft *draft_of(struct call *call, struct drafts *drafts,
                                  const struct eval_line *line)
{
    for (size_t step = 0; step < drafts->count; step++) {
        size_t at = (drafts->last + drafts->count - step) % drafts->count;
        struct run_draft *draft = &drafts->draft[at];
        if (draft_is(draft, line->suite, line->surface, line->run) &&
            text_equal(draft->word[RUN_JUDGE], line->judge)) {
            drafts->last = at;
            return draft;
        }
    }
    struct run_draft *draft = drafts_add(call, drafts, line->suite, line->surface, line->run);
    if (!draft)
        return NULL;
    drafts->last = drafts->count - 1;
    draft->is_dated = line->is_dated;
    draft->started_at = line->started_at;
    draft->started_zone = call_text(call, line->started_zone);
    if (!line->started_zone.at)
        draft->started_zone = TEXT_NONE;
    draft->word[RUN_JUDGE] = line->judge.at ? call_text(call, line->judge) : TEXT_NONE;
    return draft;
}

/* --- one line --- */

/* Names become titles of rows: what the catalogue would refuse later is refused now, as a line. */
static bool names_fit(struct call *call, const struct eval_line *line)
{
    return value_check(call, &suite_record.field[SUITE_NAME], value_text(line->suite)) &&
           value_check(call, &surface_record.field[SURFACE_NAME], value_text(line->surface)) &&
           value_check(call, &eval_run_record.field[EVAL_RUN_RUN], value_text(line->run)) &&
           value_check(call, &eval_case_record.field[EVAL_CASE_KEY], value_text(line->case_key));
}

static void refuse(struct call *call, struct run_draft *draft, const char *what, text first,
                   text then)
{
    if (!draft->refused.at)
        draft->refused = call_format(
            call, "its lines disagree on %s: '%.*s' and '%.*s'; give each its own run name", what,
            TEXT_FMT(first), TEXT_FMT(then));
}

text draft_stamp_words(struct call *call, bool is_dated, stamp at)
{
    char room[STAMP_TEXT_SIZE];
    if (!is_dated)
        return TEXT("no date");
    stamp_write(at, room);
    return call_text(call, text_of(room));
}

/* A line that does not say takes what the others say. */
static bool agree_on_words(struct call *call, struct drafts *drafts, struct run_draft *draft,
                           const struct eval_line *line)
{
    const text said[RUN_WORDS] = {
        [RUN_MODEL] = line->model,
        [RUN_AGENT] = line->agent,
        [RUN_PROMPT] = line->prompt,
        [RUN_PROMPT_VERSION] = line->prompt_version,
        [RUN_DATASET_VERSION] = line->dataset_version,
        [RUN_JUDGE] = line->judge,
        [RUN_HARNESS_VERSION] = line->harness_version,
    };
    for (int i = 0; i < RUN_WORDS; i++) {
        text *word = &draft->word[i];
        if (!said[i].at || text_equal(*word, said[i]))
            continue;
        if (!word->at) {
            *word = call_text(call, said[i]);
        } else if (run_word_must_agree[i]) {
            refuse(call, draft, run_word_names[i], *word, said[i]);
        } else if (word->size) {
            text words =
                call_format(call, "the lines of run '%.*s' disagree on %s: it is left open",
                            TEXT_FMT(draft->run), run_word_names[i]);
            *word = TEXT(""); /* said differently: never adopted again, stored as unknown */
            if (!words.at || !import_report_note(drafts->report, "mixed_words", words))
                return false;
        }
    }
    return call->fail.kind == FAIL_NONE;
}

static void agree_on_start(struct call *call, struct run_draft *draft, const struct eval_line *line)
{
    if (line->is_dated == draft->is_dated && line->started_at == draft->started_at)
        return;
    refuse(call, draft, "started_at", draft_stamp_words(call, draft->is_dated, draft->started_at),
           draft_stamp_words(call, line->is_dated, line->started_at));
}

static bool add_word(struct call *call, struct drafts *drafts, text word, uint32_t *number)
{
    *number = LEXICON_NONE;
    if (!word.at)
        return true;
    *number = lexicon_add(call, &drafts->word, word);
    return *number != LEXICON_NONE;
}

/* Tags as one text, a line each: tags hold no line ends. */
static text tags_word(struct call *call, const struct eval_line *line)
{
    struct out words;
    if (line->tag_count == 0)
        return TEXT_NONE;
    out_init(&words, call);
    for (size_t i = 0; i < line->tag_count; i++) {
        if (i)
            out_char(&words, '\n');
        out_text(&words, line->tag[i]);
    }
    return out_view(&words);
}

static bool result_of(struct call *call, struct drafts *drafts, const struct eval_line *line,
                      text tags, struct result *result)
{
    const text word[RESULTS_WORDS] = {
        [RESULTS_SLICE] = line->slice,     [RESULTS_TAGS] = tags,
        [RESULTS_CLUSTER] = line->cluster, [RESULTS_ERROR] = line->error,
        [RESULTS_FAILURE] = line->failure, [RESULTS_ATTRIBUTES] = line->attributes,
        [RESULTS_INPUT] = line->input,     [RESULTS_OUTPUT] = line->output,
        [RESULTS_EXPECTED] = line->expected,
    };
    *result = (struct result){
        .line = (uint32_t)line->number,
        .trial = (uint32_t)line->trial,
        .verdict = (uint8_t)line->verdict,
        .real = { [RESULTS_SCORE] = line->score, [RESULTS_LATENCY_MS] = line->latency_ms,
                  [RESULTS_COST_USD] = line->cost_usd, [RESULTS_TOKENS_IN] = line->tokens_in,
                  [RESULTS_TOKENS_OUT] = line->tokens_out },
    };
    for (int i = 0; i < RESULTS_WORDS; i++)
        if (!add_word(call, drafts, word[i], &result->word[i]))
            return false;
    return true;
}

/* `format` is TEXT_NONE where the importer itself reads the bytes again. */
static bool send_to_quarantine(struct call *call, struct drafts *drafts,
                               const struct eval_bad_line *bad, text format)
{
    struct import_bad_line line = { .file = drafts->file,
                                    .reason = bad->reason,
                                    .bytes = bad->bytes,
                                    .line = bad->number,
                                    .header = bad->header,
                                    .format = format,
                                    .run_key = run_key(call, bad->suite, bad->surface, bad->run) };
    return line.run_key.at && import_report_bad_line(drafts->report, drafts->importer, &line);
}

/* The line in the plain shape, for the quarantine: its own bytes are gone by now. */
static text plain_words(struct call *call, const struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    plain_write_line(&writer, line);
    return out_view(&out);
}

/* The line counts, but for its run: marks the drafts of that name. */
static void mark_run(struct call *call, struct drafts *drafts, text suite, text surface, text run,
                     const char *reason)
{
    for (size_t i = 0; i < drafts->count; i++) {
        struct run_draft *draft = &drafts->draft[i];
        if (!text_equal(draft->run, run) || (surface.at && !text_equal(draft->surface, surface)) ||
            (suite.at && !text_equal(draft->suite, suite)))
            continue;
        if (drafts->options->strict && !draft->refused.at)
            draft->refused = call_format(call, "strict: %s", reason);
        if (draft->status == EVAL_RUN_COMPLETE)
            draft->status = EVAL_RUN_PARTIAL;
    }
}

static bool take_bad_line(struct call *call, struct drafts *drafts, const struct eval_bad_line *bad)
{
    /*
     * Whether the run is known yet or comes later in the
     * file, its draft must be there to be marked.
     */
    if (bad->run.at && bad->surface.at && bad->suite.at) {
        struct eval_line line = { .suite = bad->suite, .surface = bad->surface, .run = bad->run };
        bool is_known = false;
        for (size_t i = 0; i < drafts->count && !is_known; i++)
            is_known = draft_is(&drafts->draft[i], line.suite, line.surface, line.run);
        if (!is_known && !drafts_add(call, drafts, bad->suite, bad->surface, bad->run))
            return false;
    }
    mark_run(call, drafts, bad->suite, bad->surface, bad->run, "a line of it could not be read");
    return send_to_quarantine(call, drafts, bad, TEXT_NONE);
}

static bool bad_name(struct call *call, struct drafts *drafts, const struct eval_line *line)
{
    text reason = call_text(call, text_of(call->fail.sentence));
    struct eval_bad_line bad = { .number = line->number,
                                 .reason = reason,
                                 .bytes = plain_words(call, line),
                                 .suite = line->suite,
                                 .surface = line->surface,
                                 .run = line->run };
    fail_clear(call);
    mark_run(call, drafts, line->suite, line->surface, line->run, "a name in it cannot be kept");
    return reason.at && send_to_quarantine(call, drafts, &bad, TEXT("plain"));
}

/* What a draft that was made for a bad line did not know yet. */
static void complete_header(struct call *call, struct run_draft *draft,
                            const struct eval_line *line)
{
    if (draft->results.count || draft->is_dated)
        return;
    draft->is_dated = line->is_dated;
    draft->started_at = line->started_at;
    draft->started_zone = line->started_zone.at ? call_text(call, line->started_zone) : TEXT_NONE;
}

static struct run_draft *headless_draft(struct drafts *drafts, const struct eval_line *line)
{
    for (size_t i = 0; i < drafts->count; i++)
        if (drafts->draft[i].results.count == 0 &&
            draft_is(&drafts->draft[i], line->suite, line->surface, line->run))
            return &drafts->draft[i];
    return NULL;
}

static bool take_line(struct call *call, struct drafts *drafts, const struct eval_line *line,
                      text tags)
{
    struct result result;
    bool is_last = drafts->count &&
                   draft_is(&drafts->draft[drafts->last], line->suite, line->surface, line->run);
    if (!is_last && !names_fit(call, line))
        return bad_name(call, drafts, line);
    struct run_draft *draft = is_last ? NULL : headless_draft(drafts, line);
    if (draft && line->judge.at)
        draft->word[RUN_JUDGE] = call_text(call, line->judge);
    draft = draft_of(call, drafts, line);
    struct draft_suite *suite = draft ? drafts_suite(call, drafts, line->suite) : NULL;
    if (!suite)
        return false;
    complete_header(call, draft, line);
    agree_on_start(call, draft, line);
    if (lexicon_find(&suite->key, line->case_key) == LEXICON_NONE && !names_fit(call, line))
        return bad_name(call, drafts, line);
    if (!agree_on_words(call, drafts, draft, line) || !result_of(call, drafts, line, tags, &result))
        return false;
    result.case_number = drafts_case(call, suite, line->case_key, line->key_kind);
    drafts->results++;
    return result.case_number != LEXICON_NONE && results_push(call, &draft->results, &result);
}

static bool take_cut(struct call *call, struct drafts *drafts, text suite, text surface, text run)
{
    mark_run(call, drafts, suite, surface, run, "the file was cut");
    text words = call_format(call, "'%.*s' was cut: run '%.*s' is partial and stays out of trends",
                             TEXT_FMT(drafts->file), TEXT_FMT(run));
    return words.at && import_report_note(drafts->report, "cut", words);
}

/*
 * --- the sink: each takes its memory from the drafts, because the reader takes the call's back ---
 */

static bool sink_line(struct call *call, void *to, const struct eval_line *line)
{
    struct drafts *drafts = to;
    struct eval_line placed = *line;
    text tags = tags_word(call, line);
    if (drafts->place)
        placed.number = drafts->place;
    if (!placed.trial)
        placed.trial = drafts->trial;
    call_swap_memory(call, &drafts->memory);
    bool done = call->fail.kind == FAIL_NONE && take_line(call, drafts, &placed, tags);
    call_swap_memory(call, &drafts->memory);
    return done;
}

static bool sink_bad_line(struct call *call, void *to, const struct eval_bad_line *bad)
{
    struct drafts *drafts = to;
    struct eval_bad_line placed = *bad;
    if (drafts->place)
        placed.number = drafts->place;
    call_swap_memory(call, &drafts->memory);
    bool done = take_bad_line(call, drafts, &placed);
    call_swap_memory(call, &drafts->memory);
    return done;
}

static bool sink_note(struct call *call, void *to, const struct eval_note *note)
{
    struct drafts *drafts = to;
    call_swap_memory(call, &drafts->memory);
    bool done = import_report_note(drafts->report, note->code, note->words);
    call_swap_memory(call, &drafts->memory);
    return done;
}

static bool sink_cut(struct call *call, void *to, text suite, text surface, text run)
{
    struct drafts *drafts = to;
    call_swap_memory(call, &drafts->memory);
    bool done = take_cut(call, drafts, suite, surface, run);
    call_swap_memory(call, &drafts->memory);
    return done;
}

struct eval_sink drafts_sink(struct drafts *drafts)
{
    return (struct eval_sink){ .to = drafts,
                               .line = sink_line,
                               .bad_line = sink_bad_line,
                               .note = sink_note,
                               .cut = sink_cut };
}

/* --- all lines are in --- */

/*
 * A line that could not be read says nothing of its judge: it is missing from all runs of the name.
 */
static void share_damage(struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++) {
        const struct run_draft *damaged = &drafts->draft[i];
        for (size_t at = 0; damaged->status == EVAL_RUN_PARTIAL && at < drafts->count; at++) {
            struct run_draft *draft = &drafts->draft[at];
            if (!draft_is(draft, damaged->suite, damaged->surface, damaged->run))
                continue;
            if (draft->status == EVAL_RUN_COMPLETE)
                draft->status = EVAL_RUN_PARTIAL;
            if (drafts->options->strict && !draft->refused.at)
                draft->refused = damaged->refused;
        }
    }
}

static bool shares_name(const struct drafts *drafts, size_t at)
{
    const struct run_draft *draft = &drafts->draft[at];
    for (size_t i = 0; i < drafts->count; i++)
        if (i != at && draft->results.count && drafts->draft[i].results.count &&
            draft_is(&drafts->draft[i], draft->suite, draft->surface, draft->run))
            return true;
    return false;
}

/*
 * "another judge: one run per judge, RUN@JUDGE, with a note".
 * All are found before the first is renamed.
 */
static bool name_judges(struct call *call, struct drafts *drafts)
{
    bool *is_shared = call_array(call, drafts->count + 1, sizeof *is_shared);
    if (!is_shared)
        return false;
    for (size_t i = 0; i < drafts->count; i++)
        is_shared[i] = shares_name(drafts, i);
    for (size_t i = 0; i < drafts->count; i++) {
        struct run_draft *draft = &drafts->draft[i];
        if (!is_shared[i])
            continue;
        text words =
            call_format(call, "run '%.*s' has several judges: one run for each, named RUN@JUDGE",
                        TEXT_FMT(draft->run));
        if (draft->word[RUN_JUDGE].size)
            draft->run = call_format(call, "%.*s@%.*s", TEXT_FMT(draft->run),
                                     TEXT_FMT(draft->word[RUN_JUDGE]));
        if (!words.at || !draft->run.at ||
            !import_report_note(drafts->report, "several_judges", words))
            return false;
    }
    return true;
}

static text word_of(const struct drafts *drafts, uint32_t number)
{
    return number == LEXICON_NONE ? TEXT_NONE : drafts->word.word[number];
}

static void line_of(const struct drafts *drafts, const struct run_draft *draft,
                    const struct draft_suite *suite, uint32_t row, struct eval_line *line)
{
    struct result result;
    results_get(&draft->results, row, &result);
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
        .agent = draft->word[RUN_AGENT],
        .judge = draft->word[RUN_JUDGE],
        .slice = word_of(drafts, result.word[RESULTS_SLICE]),
        .cluster = word_of(drafts, result.word[RESULTS_CLUSTER]),
        .trial = (int)result.trial,
        .latency_ms = result.real[RESULTS_LATENCY_MS],
        .cost_usd = result.real[RESULTS_COST_USD],
        .tokens_in = result.real[RESULTS_TOKENS_IN],
        .tokens_out = result.real[RESULTS_TOKENS_OUT],
        .error = word_of(drafts, result.word[RESULTS_ERROR]),
        .failure = word_of(drafts, result.word[RESULTS_FAILURE]),
        .attributes = word_of(drafts, result.word[RESULTS_ATTRIBUTES]),
    };
}

static bool quarantine_repeat(struct call *call, struct drafts *drafts, struct run_draft *draft,
                              const struct draft_suite *suite, uint32_t first, uint32_t row)
{
    struct eval_line line;
    line_of(drafts, draft, suite, row, &line);
    text where = drafts->place ? TEXT("")
                               : call_format(call, "line %u of ", draft->results.line[first]);
    text reason = call_format(
        call, "case '%.*s' trial %d stands in %.*sthis run already, with another result",
        TEXT_FMT(line.case_key), line.trial, TEXT_FMT(where));
    struct eval_bad_line bad = { .number = line.number,
                                 .reason = reason,
                                 .bytes = plain_words(call, &line),
                                 .suite = draft->suite,
                                 .surface = draft->surface,
                                 .run = draft->run };
    mark_run(call, drafts, draft->suite, draft->surface, draft->run,
             "a case stands in it twice with different results");
    return reason.at && bad.bytes.at && send_to_quarantine(call, drafts, &bad, TEXT("plain"));
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
        else if (results_equal(results, before, row))
            draft->repeated++;
        else if (!quarantine_repeat(call, drafts, draft, suite, before, row))
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
    share_damage(drafts);
    if (!*order || !*row_count || !name_judges(call, drafts))
        return false;
    for (size_t i = 0; i < drafts->count; i++) {
        struct run_draft *draft = &drafts->draft[i];
        if (!results_order(call, &draft->results, NULL, &(*order)[i]) ||
            !leave_out_repeats(call, drafts, draft, (*order)[i], &(*row_count)[i]))
            return false;
        if (draft->repeated && !import_report_note(drafts->report, "repeated_line",
                                                   TEXT("identical lines were left out")))
            return false;
    }
    return true;
}

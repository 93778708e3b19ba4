/* See evals_draft.h. */
#include "rooms/evals/evals_draft.h"

#include "catalog/row.h"
#include "importers/plain_fields.h"

#include <math.h>

/* Bytes of texts that are compressed: while a run is read, when it is left, in all. */
#define PACKED_WHEN_READ ((size_t)2 << 20)
#define PACKED_WHEN_LEFT ((size_t)64 << 10)
#define PACKED_WHEN_OPEN ((size_t)16 << 20)

const char *const run_word_names[RUN_WORDS] = {
    [RUN_MODEL] = "model",
    [RUN_AGENT] = "agent",
    [RUN_PROMPT] = "prompt",
    [RUN_PROMPT_VERSION] = "prompt_version",
    [RUN_DATASET_VERSION] = "dataset_version",
    [RUN_JUDGE] = "judge",
    [RUN_HARNESS_VERSION] = "harness_version",
    [RUN_MODEL_SERVED] = "model_served",
    [RUN_GIT_COMMIT] = "git_commit",
    [RUN_PARAMETERS] = "parameters",
};

const enum eval_run_field run_word_fields[RUN_WORDS] = {
    [RUN_MODEL] = EVAL_RUN_MODEL,
    [RUN_AGENT] = EVAL_RUN_AGENT,
    [RUN_PROMPT] = EVAL_RUN_PROMPT,
    [RUN_PROMPT_VERSION] = EVAL_RUN_PROMPT_VERSION,
    [RUN_DATASET_VERSION] = EVAL_RUN_DATASET_VERSION,
    [RUN_JUDGE] = EVAL_RUN_JUDGE,
    [RUN_HARNESS_VERSION] = EVAL_RUN_HARNESS_VERSION,
    [RUN_MODEL_SERVED] = EVAL_RUN_MODEL_SERVED,
    [RUN_GIT_COMMIT] = EVAL_RUN_GIT_COMMIT,
    [RUN_PARAMETERS] = EVAL_RUN_PARAMETERS,
};

const char *const eval_run_status_words[] = {
    [EVAL_RUN_COMPLETE] = "complete", [EVAL_RUN_PARTIAL] = "partial",
    [EVAL_RUN_CANCELLED] = "cancelled", [EVAL_RUN_ERROR] = "error",
};

/* Lines of one run that disagree on these make it refused; on the others the run says nothing. */
static const bool run_word_must_agree[RUN_WORDS] = { [RUN_MODEL] = true, [RUN_AGENT] = true };

void drafts_init(struct call *call, struct drafts *drafts, const struct importer *importer,
                 const struct import_options *options, struct import_report *report, text file)
{
    *drafts = (struct drafts){ .options = options,
                               .importer = importer,
                               .report = report,
                               .file = file,
                               .first_bad = report->bad_count };
    arena_init(&drafts->memory, call->arena.limit);
}

void drafts_release(struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++)
        results_release(&drafts->draft[i].results);
    for (size_t i = 0; i < drafts->suite_count; i++)
        lexicon_release(&drafts->suite[i].key);
    for (int i = 0; i < RESULTS_TEXTS; i++)
        text_packer_release(&drafts->packer[i]);
    lexicon_release(&drafts->word);
    arena_release(&drafts->memory); /* last: the lists above lie in it */
}

text run_key(struct call *call, text suite, text surface, text run)
{
    return call_format(call, "%.*s\x1f%.*s\x1f%.*s", TEXT_FMT(suite), TEXT_FMT(surface),
                       TEXT_FMT(run));
}

static text text_or_none(text word)
{
    return word.size ? word : TEXT_NONE;
}

void run_key_read(text key, text *suite, text *surface, text *run)
{
    text rest;
    *suite = text_or_none(text_cut(key, '\x1f', &rest));
    *surface = text_or_none(text_cut(rest, '\x1f', run));
    *run = text_or_none(*run);
}

/* --- suites and runs of the file --- */

struct draft_suite *drafts_suite(struct call *call, struct drafts *drafts, text name)
{
    for (size_t i = drafts->suite_count; i-- > 0;)
        if (text_equal(drafts->suite[i].name, name))
            return &drafts->suite[i];
    struct draft_suite *suite =
        call_more(call, drafts->suite, drafts->suite_count, &drafts->suite_room, sizeof *suite);
    text copy = call_text(call, name);
    if (!suite || !copy.at)
        return NULL;
    drafts->suite = suite;
    suite += drafts->suite_count++;
    *suite = (struct draft_suite){ .name = copy };
    return suite;
}

/* Most runs hold their cases in one order: mostly it is the one that came after the last then. */
static uint32_t case_find(struct draft_suite *suite, text key)
{
    uint32_t next = suite->last_case + 1 < suite->key.count ? suite->last_case + 1 : 0;
    bool is_next = suite->key.count && text_equal(suite->key.word[next], key);
    uint32_t number = is_next ? next : lexicon_find(&suite->key, key);
    if (number != LEXICON_NONE)
        suite->last_case = number;
    return number;
}

uint32_t drafts_case(struct call *call, struct draft_suite *suite, text key,
                     enum eval_key_kind kind)
{
    uint32_t number = lexicon_add(call, &suite->key, key);
    if (number == LEXICON_NONE)
        return LEXICON_NONE;
    uint8_t *key_kind =
        call_more(call, suite->key_kind, number, &suite->key_kind_room, sizeof *key_kind);
    if (!key_kind)
        return LEXICON_NONE;
    suite->key_kind = key_kind;
    key_kind[number] = (uint8_t)kind;
    return number;
}

struct run_draft *drafts_add(struct call *call, struct drafts *drafts, text suite, text surface,
                             text run)
{
    struct run_draft *draft =
        call_more(call, drafts->draft, drafts->count, &drafts->room, sizeof *draft);
    if (!draft)
        return NULL;
    drafts->draft = draft;
    draft += drafts->count;
    *draft = (struct run_draft){ .suite = call_text(call, suite),
                                 .surface = call_text(call, surface),
                                 .run = call_text(call, run),
                                 .refused = TEXT_NONE };
    if (!draft->suite.at || !draft->surface.at || !draft->run.at)
        return NULL;
    drafts->count++;
    return draft;
}

bool draft_is(const struct run_draft *draft, text suite, text surface, text run)
{
    return text_equal(draft->run, run) && text_equal(draft->surface, surface) &&
           text_equal(draft->suite, suite);
}

/* Judges are told apart: a line of another judge is of another run. */
static struct run_draft *draft_of_line(struct drafts *drafts, const struct eval_line *line)
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
    return NULL;
}

static struct run_draft *draft_start(struct call *call, struct drafts *drafts,
                                     const struct eval_line *line)
{
    struct run_draft *draft = drafts_add(call, drafts, line->suite, line->surface, line->run);
    if (!draft)
        return NULL;
    draft->results.room_first = drafts->draft[drafts->last].results.count;
    drafts->last = drafts->count - 1;
    draft->is_dated = line->is_dated;
    draft->started_at = line->started_at;
    draft->started_zone =
        line->started_zone.at ? call_text(call, line->started_zone) : TEXT_NONE;
    return draft;
}

/* --- one line --- */

/* What the catalogue says of the field, under the name that the line has for it. */
static bool word_fits(struct call *call, const struct field *field, const char *name, text word)
{
    if (value_check(call, field, value_text(word)) || call->fail.kind != FAIL_INVALID)
        return call->fail.kind == FAIL_NONE;
    struct fail said = call->fail;
    const char *rest = said.sentence[0] == '\'' ? strchr(said.sentence + 1, '\'') : NULL;
    if (!rest)
        return false;
    fail_clear(call);
    return fail_at(call, name, "'%s%s", name, rest);
}

/* A blank one would count as none. */
static bool name_fits(struct call *call, const struct field *field, const char *name, text word)
{
    if (text_trim(word).size == 0)
        return fail_at(call, name, "'%s' is blank: it must be a text", name);
    return word_fits(call, field, name, word);
}

/* Names become titles of rows: what the catalogue would refuse later is refused now, as a line. */
static bool names_fit(struct call *call, const struct eval_line *line)
{
    return name_fits(call, &suite_record.field[SUITE_NAME], "suite", line->suite) &&
           name_fits(call, &surface_record.field[SURFACE_NAME], "surface", line->surface) &&
           name_fits(call, &eval_run_record.field[EVAL_RUN_RUN], "run", line->run) &&
           name_fits(call, &eval_case_record.field[EVAL_CASE_KEY], "case", line->case_key);
}

struct run_words {
    text said[RUN_WORDS];
};

static struct run_words words_said(const struct eval_line *line)
{
    return (struct run_words){ {
        [RUN_MODEL] = line->model,
        [RUN_AGENT] = line->agent,
        [RUN_PROMPT] = line->prompt,
        [RUN_PROMPT_VERSION] = line->prompt_version,
        [RUN_DATASET_VERSION] = line->dataset_version,
        [RUN_JUDGE] = line->judge,
        [RUN_HARNESS_VERSION] = line->harness_version,
        [RUN_MODEL_SERVED] = line->model_served,
        [RUN_GIT_COMMIT] = line->git_commit,
        [RUN_PARAMETERS] = line->parameters,
    } };
}

/* The same for what becomes a word of the run: only what was not looked at yet. `draft` may be
 * NULL. */
static bool words_fit(struct call *call, const struct run_draft *draft,
                      const struct eval_line *line)
{
    const struct run_words words = words_said(line);
    for (int i = 0; i < RUN_WORDS; i++) {
        const struct field *field = &eval_run_record.field[run_word_fields[i]];
        bool is_known = !words.said[i].at || (draft && text_equal(draft->word[i], words.said[i]));
        if (!is_known && !word_fits(call, field, run_word_names[i], words.said[i]))
            return false;
    }
    return true;
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

/* Said differently: stored as unknown, whatever later lines say. */
static bool leave_open(struct call *call, struct drafts *drafts, struct run_draft *draft, int word)
{
    text words = call_format(call, "the lines of run '%.*s' disagree on %s: it is left open",
                             TEXT_FMT(draft->run), run_word_names[word]);
    draft->word[word] = TEXT_NONE;
    draft->is_mixed[word] = true;
    return words.at && import_report_note(drafts->report, "mixed_words", words);
}

/* A line that does not say takes what the others say. */
static bool agree_on_words(struct call *call, struct drafts *drafts, struct run_draft *draft,
                           const struct eval_line *line)
{
    const struct run_words words = words_said(line);
    const text *said = words.said;
    for (int i = 0; i < RUN_WORDS; i++) {
        text *word = &draft->word[i];
        if (!said[i].at || text_equal(*word, said[i]) || draft->is_mixed[i])
            continue;
        if (!word->at)
            *word = call_text(call, said[i]);
        else if (run_word_must_agree[i])
            refuse(call, draft, run_word_names[i], *word, said[i]);
        else if (!leave_open(call, drafts, draft, i))
            return false;
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

bool drafts_word(struct call *call, struct drafts *drafts, struct results *results,
                 enum results_word which, text word, uint32_t *number)
{
    *number = LEXICON_NONE;
    if (!word.at)
        return true;
    if (which < RESULTS_INPUT) {
        *number = lexicon_add(call, &drafts->word, word);
        return *number != LEXICON_NONE;
    }
    size_t at = which - RESULTS_INPUT;
    struct gathered_texts *texts = &results->text[at];
    size_t before = texts->open.size;
    *number = gathered_texts_add(call, texts, &drafts->packer[at], word);
    drafts->open_bytes += texts->open.size - before;
    return *number != LEXICON_NONE;
}

bool drafts_pack(struct call *call, struct drafts *drafts, struct run_draft *draft)
{
    for (int i = 0; i < RESULTS_TEXTS; i++) {
        struct gathered_texts *texts = &draft->results.text[i];
        drafts->open_bytes -= texts->open.size;
        if (!gathered_texts_pack(call, texts, &drafts->packer[i]))
            return false;
    }
    return true;
}

static size_t open_bytes(const struct run_draft *draft)
{
    size_t bytes = 0;
    for (int i = 0; i < RESULTS_TEXTS; i++)
        bytes += draft->results.text[i].open.size;
    return bytes;
}

/* Before a line of another run is taken: much of this one, or too much in all, is packed. */
static bool leave_run(struct call *call, struct drafts *drafts, struct run_draft *draft)
{
    if (open_bytes(draft) >= PACKED_WHEN_LEFT && !drafts_pack(call, drafts, draft))
        return false;
    if (drafts->open_bytes < PACKED_WHEN_OPEN)
        return true;
    for (size_t i = 0; i < drafts->count; i++)
        if (!drafts_pack(call, drafts, &drafts->draft[i]))
            return false;
    return true;
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

static bool result_of(struct call *call, struct drafts *drafts, struct run_draft *draft,
                      const struct eval_line *line, text tags, struct result *result)
{
    const text word[RESULTS_WORDS] = {
        [RESULTS_SLICE] = line->slice,     [RESULTS_TAGS] = tags,
        [RESULTS_CLUSTER] = line->cluster, [RESULTS_ERROR] = line->error,
        [RESULTS_FAILURE] = line->failure, [RESULTS_ATTRIBUTES] = line->attributes,
        [RESULTS_INPUT] = line->input,     [RESULTS_OUTPUT] = line->output,
        [RESULTS_EXPECTED] = line->expected,
    };
    *result = (struct result){
        .line = (uint32_t)(drafts->place ? drafts->place : line->number),
        .trial = (uint32_t)line->trial,
        .verdict = (uint8_t)line->verdict,
        .real = { [RESULTS_SCORE] = line->score, [RESULTS_LATENCY_MS] = line->latency_ms,
                  [RESULTS_COST_USD] = line->cost_usd, [RESULTS_TOKENS_IN] = line->tokens_in,
                  [RESULTS_TOKENS_OUT] = line->tokens_out },
    };
    for (int i = 0; i < RESULTS_WORDS; i++)
        if (!drafts_word(call, drafts, &draft->results, i, word[i], &result->word[i]))
            return false;
    return true;
}

bool drafts_quarantine(struct call *call, struct drafts *drafts, const struct eval_bad_line *bad,
                       const char *format)
{
    text key = bad->run.at ? run_key(call, bad->suite, bad->surface, bad->run) : TEXT("");
    struct import_bad_line line = { .file = drafts->file,
                                    .reason = bad->reason,
                                    .bytes = bad->bytes,
                                    .line = bad->number,
                                    .header = bad->header,
                                    .format = text_of(format),
                                    .run_key = key };
    return key.at && import_report_bad_line(drafts->report, drafts->importer, &line);
}

text drafts_plain_words(struct call *call, const struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    plain_write_line(&writer, line);
    return out_view(&out);
}

static bool mark_is(const struct run_mark *mark, text suite, text surface, text run)
{
    return text_equal(mark->run, run) && text_equal(mark->surface, surface) &&
           text_equal(mark->suite, suite);
}

/*
 * Kept until all lines are in: whichever drafts will have that name, before or after this line.
 */
static bool mark_run(struct call *call, struct drafts *drafts, text suite, text surface, text run,
                     const char *reason)
{
    for (size_t i = drafts->mark_count; i-- > 0;)
        if (mark_is(&drafts->mark[i], suite, surface, run)) {
            if (!drafts->mark[i].reason)
                drafts->mark[i].reason = reason;
            return true;
        }
    struct run_mark *mark =
        call_more(call, drafts->mark, drafts->mark_count, &drafts->mark_room, sizeof *mark);
    if (!mark)
        return false;
    drafts->mark = mark;
    mark += drafts->mark_count++;
    *mark = (struct run_mark){ .suite = suite.at ? call_text(call, suite) : TEXT_NONE,
                               .surface = surface.at ? call_text(call, surface) : TEXT_NONE,
                               .run = run.at ? call_text(call, run) : TEXT_NONE,
                               .reason = reason };
    return call->fail.kind == FAIL_NONE;
}

/* The call's failure says which name does not fit; it becomes the reason. */
static bool take_bad_name(struct call *call, struct drafts *drafts, const struct eval_line *line)
{
    if (call->fail.kind != FAIL_INVALID)
        return false;
    char sentence[FAIL_SENTENCE_SIZE];
    memcpy(sentence, call->fail.sentence, sizeof sentence);
    fail_clear(call);
    struct eval_bad_line bad = { .number = drafts->place ? drafts->place : line->number,
                                 .reason = text_of(sentence),
                                 .bytes = drafts_plain_words(call, line),
                                 .suite = line->suite,
                                 .surface = line->surface,
                                 .run = line->run };
    return bad.bytes.at &&
           mark_run(call, drafts, bad.suite, bad.surface, bad.run,
                    "a name in it cannot be kept") &&
           drafts_quarantine(call, drafts, &bad, DRAFTS_PLAIN);
}

static bool take_line(struct call *call, struct drafts *drafts, const struct eval_line *line,
                      text tags)
{
    struct result result;
    struct draft_suite *suite = drafts_suite(call, drafts, line->suite);
    if (!suite)
        return false;
    size_t last = drafts->last;
    struct run_draft *draft = draft_of_line(drafts, line);
    uint32_t known_case = case_find(suite, line->case_key);
    if (((!draft || known_case == LEXICON_NONE) && !names_fit(call, line)) ||
        !words_fit(call, draft, line))
        return take_bad_name(call, drafts, line);
    if (!draft)
        draft = draft_start(call, drafts, line);
    if (!draft || (drafts->last != last && !leave_run(call, drafts, &drafts->draft[last])) ||
        !agree_on_words(call, drafts, draft, line) ||
        !result_of(call, drafts, draft, line, tags, &result))
        return false;
    agree_on_start(call, draft, line);
    if (line->status > draft->status)
        draft->status = line->status;
    if (line->dataset_cases > draft->dataset_cases)
        draft->dataset_cases = line->dataset_cases;
    if (!result.trial)
        result.trial = draft->trial;
    result.case_number = known_case;
    if (known_case == LEXICON_NONE)
        result.case_number = drafts_case(call, suite, line->case_key, line->key_kind);
    else
        suite->key_kind[known_case] = (uint8_t)line->key_kind;
    drafts->results++;
    return result.case_number != LEXICON_NONE && results_push(call, &draft->results, &result) &&
           (open_bytes(draft) < PACKED_WHEN_READ || drafts_pack(call, drafts, draft));
}

static bool take_bad_line(struct call *call, struct drafts *drafts, const struct eval_bad_line *bad)
{
    return mark_run(call, drafts, bad->suite, bad->surface, bad->run,
                    "a line of it could not be read") &&
           drafts_quarantine(call, drafts, bad, drafts->importer->name);
}

static bool take_cut(struct call *call, struct drafts *drafts, text suite, text surface, text run)
{
    if (!mark_run(call, drafts, suite, surface, run, "the file ends early"))
        return false;
    text words =
        call_format(call, "'%.*s' ends early: run '%.*s' is partial and stays out of trends",
                    TEXT_FMT(drafts->file), TEXT_FMT(run));
    return words.at && import_report_note(drafts->report, "cut", words);
}

/* --- the sink --- */

/* What is kept of a line is taken from the drafts' memory, because the reader takes the call's
 * back. */
static bool sink_line(struct call *call, void *to, const struct eval_line *line)
{
    struct drafts *drafts = to;
    text tags = tags_word(call, line);
    call_swap_memory(call, &drafts->memory);
    bool done = call->fail.kind == FAIL_NONE && take_line(call, drafts, line, tags);
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
    (void)call;
    struct drafts *drafts = to;
    return import_report_note(drafts->report, note->code, note->words);
}

static bool sink_cut(struct call *call, void *to, text suite, text surface, text run)
{
    struct drafts *drafts = to;
    call_swap_memory(call, &drafts->memory);
    bool done = take_cut(call, drafts, suite, surface, run);
    call_swap_memory(call, &drafts->memory);
    return done;
}

static bool sink_partial(struct call *call, void *to, text suite, text surface, text run)
{
    struct drafts *drafts = to;
    call_swap_memory(call, &drafts->memory);
    bool done = mark_run(call, drafts, suite, surface, run, NULL);
    call_swap_memory(call, &drafts->memory);
    return done;
}

struct eval_sink drafts_sink(struct drafts *drafts)
{
    return (struct eval_sink){ .to = drafts,
                               .line = sink_line,
                               .bad_line = sink_bad_line,
                               .note = sink_note,
                               .cut = sink_cut,
                               .partial = sink_partial };
}

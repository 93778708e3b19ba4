/* See eval_push.h. */
#include "importers/eval_push.h"

#include "base/json_write.h"
#include "importers/eval_oddities.h"
#include "importers/json_mend.h"
#include "importers/plain_line.h"
#include "importers/plain_reader.h"

#include <math.h>

#define DOCUMENT_MAX ((size_t)2 * 1024 * 1024 * 1024)

enum { BAD_BYTES_MAX = 64 * 1024, PARAMETERS_MAX = 4096 };

bool eval_push_init(struct call *call, struct eval_push *push, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink)
{
    const char *name = source_facts(source)->name;
    *push = (struct eval_push){ .source = source, .options = options, .sink = sink };
    push->rules = (struct plain_rules){ .options = options, .run = plain_reader_run(name) };
    return zone_check(call, options->zone) &&
           (!options->started_at.at ||
            plain_value_started(call, &push->rules, options->started_at, &push->rules.started));
}

struct eval_line eval_push_blank(void)
{
    return (struct eval_line){
        .verdict = EVAL_UNSCORED,
        .score = NAN,
        .latency_ms = NAN,
        .cost_usd = NAN,
        .tokens_in = NAN,
        .tokens_out = NAN,
    };
}

static text first_of(text a, text b)
{
    return a.size ? a : b;
}

bool eval_push_names(struct call *call, const struct eval_push *push, struct eval_line *line,
                     text suite, text surface, text run)
{
    const struct eval_read_options *options = push->options;
    line->suite = first_of(options->suite, suite);
    line->surface = first_of(options->surface, first_of(surface, line->suite));
    line->run = first_of(options->run, first_of(run, push->rules.run));
    const char *file = source_facts(push->source)->name;
    if (!line->suite.size && (push->is_cut || source_facts(push->source)->is_cut))
        return fail_at(call, "suite",
                       "'%s' ends early, before it names its suite: write it again, or give the "
                       "suite with --suite",
                       file);
    if (!line->suite.size)
        return fail_at(call, "suite", "'%s' names no suite: give one with --suite", file);
    if (!line->run.size)
        return fail_at(call, "run", "'%s' names no run: give one with --run", file);
    return true;
}

/* --- times --- */

static void started_given(const struct eval_push *push, struct eval_line *line)
{
    line->is_dated = push->rules.started.is_dated;
    line->started_at = push->rules.started.at;
    line->started_zone = push->rules.started.zone;
}

bool eval_push_started(struct call *call, struct eval_push *push, struct eval_line *line,
                       text started)
{
    stamp at;
    struct plain_started read;
    started_given(push, line);
    if (line->is_dated || !started.size)
        return true;
    enum stamp_form form = stamp_read(text_trim(started), &at, NULL);
    if (form == STAMP_NOT)
        return eval_push_note(call, push, "no_time",
                              TEXT("the file's time cannot be read as one: give it with "
                                   "--started-at"));
    if (form == STAMP_WITHOUT_ZONE && !push->options->zone.at)
        return eval_push_note(call, push, "no_zone",
                              TEXT("the file's time has no zone: give one with --zone"));
    if (!plain_value_started(call, &push->rules, started, &read))
        return false;
    line->is_dated = true;
    line->started_at = read.at;
    line->started_zone = read.zone;
    return true;
}

/* From 2000 to 2200: anything else is not the time of a run. */
bool eval_push_started_unix(struct call *call, struct eval_push *push, struct eval_line *line,
                            double seconds)
{
    const double least = 946684800.0, most = 7258118400.0;
    started_given(push, line);
    if (line->is_dated || isnan(seconds))
        return true;
    if (seconds < least || seconds > most)
        return eval_push_note(call, push, "no_time",
                              TEXT("the file's time cannot be read as one: give it with "
                                   "--started-at"));
    line->is_dated = true;
    line->started_at = (stamp)llround(seconds * (double)STAMP_SECOND);
    line->started_zone = TEXT("Z");
    return true;
}

/* --- lines --- */

/* The threshold that was given counts for its metric; "score" is any. */
static bool threshold_find(struct call *call, const struct eval_read_options *options, text suite,
                           text metric, double *threshold)
{
    bool is_meant = !metric.size || text_is(options->threshold_metric, "score") ||
                    text_equal(options->threshold_metric, metric);
    *threshold = options->threshold;
    return (options->has_threshold && is_meant) ||
           (options->threshold_of &&
            options->threshold_of(call, options->threshold_to, suite, threshold));
}

bool eval_push_judge(struct call *call, struct eval_push *push, struct eval_line *line, text metric)
{
    double threshold;
    if (isnan(line->score)) {
        line->verdict = EVAL_UNSCORED;
        return true;
    }
    if (threshold_find(call, push->options, line->suite, metric, &threshold))
        line->verdict = line->score >= threshold ? EVAL_PASS : EVAL_FAIL;
    else
        push->no_threshold++;
    return call->fail.kind == FAIL_NONE;
}

bool eval_push_note(struct call *call, struct eval_push *push, const char *code, text words)
{
    const struct eval_note note = { code, words };
    return words.at && push->sink->note(call, push->sink->to, &note);
}

/* Stores keep texts without NUL characters; those of models may hold some. */
static bool nul_drop(struct call *call, text *word)
{
    if (!word->size || !memchr(word->at, '\0', word->size))
        return true;
    char *room = call_take(call, word->size);
    if (!room)
        return false;
    for (size_t i = 0; i < word->size; i++)
        room[i] = word->at[i] ? word->at[i] : ' ';
    word->at = room;
    return true;
}

static bool nuls_drop(struct call *call, struct eval_line *line)
{
    text *const words[] = {
        &line->suite,           &line->surface,      &line->run,
        &line->case_key,        &line->model,        &line->agent,
        &line->prompt,          &line->judge,        &line->prompt_version,
        &line->slice,           &line->cluster,      &line->input,
        &line->output,          &line->model_served, &line->error,
        &line->expected,        &line->failure,      &line->dataset_version,
        &line->harness_version, &line->git_commit,   &line->parameters,
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!nul_drop(call, words[i]))
            return false;
    return true;
}

bool eval_push_line(struct call *call, struct eval_push *push, struct eval_line *line)
{
    if (!nuls_drop(call, line))
        return false;
    push->lines++;
    if (!line->number)
        line->number = push->lines + push->bads;
    return push->sink->line(call, push->sink->to, line);
}

bool eval_push_bad(struct call *call, struct eval_push *push, const struct eval_line *line,
                   text bytes)
{
    char sentence[FAIL_SENTENCE_SIZE];
    if (call->fail.kind != FAIL_INVALID)
        return false;
    memcpy(sentence, call->fail.sentence, sizeof sentence);
    fail_clear(call);
    if (push->bads++ == 0) {
        memcpy(push->first_bad, sentence, sizeof sentence);
        push->first_bad_line = line->number ? line->number : push->lines + push->bads;
    }
    text capped = text_until_character(bytes, BAD_BYTES_MAX);
    const struct eval_bad_line bad = {
        .number = line->number ? line->number : push->lines + push->bads,
        .reason = text_of(sentence),
        .bytes = capped.size || !bytes.size ? capped : text_until(bytes, BAD_BYTES_MAX),
        .suite = line->suite,
        .surface = line->surface,
        .run = line->run,
    };
    return push->sink->bad_line(call, push->sink->to, &bad);
}

/* --- the end --- */

static bool tell_oddities(struct call *call, struct eval_push *push)
{
    return eval_oddities_tell(call, push->source, push->sink) &&
           (!push->notes.no_number ||
            eval_push_note(call, push, "no_number",
                           TEXT("NaN and Infinity were read as no number"))) &&
           (!push->notes.duplicate_key ||
            eval_push_note(call, push, "duplicate_key",
                           TEXT("a key stands twice in an object: the last one counts")));
}

/* What is left of the last row goes to the quarantine; where lines are read it is there already. */
static bool torn_tell(struct call *call, struct eval_push *push, const struct eval_line *line)
{
    struct eval_line torn = *line;
    torn.number = 0;
    fail(call, FAIL_INVALID,
         source_facts(push->source)->is_damaged
             ? "the gzip stream is damaged in the middle of a row: fetch or write the file again "
               "and import it with --replace"
             : "the file ends in the middle of a row: write it again and import it with --replace");
    return eval_push_bad(call, push, &torn, TEXT(""));
}

bool eval_push_end(struct call *call, struct eval_push *push, const struct eval_line *line,
                   bool is_cut)
{
    if (!tell_oddities(call, push))
        return false;
    if (push->no_threshold &&
        !eval_push_note(call, push, "no_threshold",
                        call_format(call,
                                    "results with a score and no verdict: %lld; give a threshold "
                                    "with --threshold METRIC=X",
                                    (long long)push->no_threshold)))
        return false;
    if (!is_cut && !source_facts(push->source)->is_cut)
        return true;
    return (push->bads || torn_tell(call, push, line)) &&
           push->sink->cut(call, push->sink->to, line->suite, line->surface, line->run);
}

/* --- whole documents --- */

/* Names the file, and what is to be done about a mistake whose sentence does not say so. */
static bool document_fail(struct call *call, const struct eval_push *push,
                          const struct json_notes *found)
{
    const struct source_facts *facts = source_facts(push->source);
    if (found->is_broken && !found->ends_early)
        fail_advise(call, "export it again, or give --format if it is of another format");
    if (found->ends_early) {
        text advice =
            facts->is_damaged
                ? TEXT("its gzip stream is damaged there: fetch or export it again")
                : call_format(call, "it is cut, %lld bytes of it were read: export it again",
                              (long long)facts->bytes_read);
        if (!advice.at)
            return false;
        fail_advise(call, advice.at);
    }
    return fail_about(call, text_of(facts->name));
}

static bool document_mend(struct call *call, struct eval_push *push, text bytes, int depth,
                          const struct json_notes *found, struct json *tree)
{
    text mended;
    struct fail reason = call->fail;
    if (reason.kind != FAIL_INVALID)
        return false;
    fail_clear(call);
    if (json_mend(call, bytes, depth, &mended) && json_read(call, mended, tree, &push->notes))
        return true;
    if (call->fail.kind == FAIL_INVALID || call->fail.kind == FAIL_NONE)
        call->fail = reason;
    return document_fail(call, push, found);
}

bool eval_push_document(struct call *call, struct eval_push *push, int depth, struct json *tree,
                        bool *is_cut)
{
    text bytes;
    struct json_notes found = { .is_broken = false };
    const char *name = source_facts(push->source)->name;
    if (!source_rest(call, push->source, DOCUMENT_MAX, &bytes))
        return false;
    *is_cut = push->is_cut = source_facts(push->source)->is_cut;
    if (text_trim(bytes).size == 0)
        return fail(call, FAIL_INVALID,
                    source_facts(push->source)->is_damaged
                        ? "'%s' is damaged before its first value: export it again"
                    : *is_cut ? "'%s' is cut before its first value: export it again"
                              : "'%s' is empty: export it again",
                    name);
    /* Not trimmed in front: the place of a mistake is counted from the file's first line. */
    if (json_read(call, bytes, tree, &found)) {
        push->notes.no_number = push->notes.no_number || found.no_number;
        push->notes.duplicate_key = push->notes.duplicate_key || found.duplicate_key;
        return true;
    }
    *is_cut = push->is_cut = true;
    return document_mend(call, push, text_trim(bytes), depth, &found, tree);
}

bool eval_push_fail_early(struct call *call, const struct eval_push *push)
{
    const struct source_facts *facts = source_facts(push->source);
    return (push->is_cut || facts->is_cut) &&
           !fail(call, FAIL_INVALID, "'%s' ends before its first row: write it again", facts->name);
}

/* --- looking into JSON --- */

text eval_text(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    bool is_text = value && value->kind == JSON_TEXT && value->text.size;
    return is_text ? value->text : TEXT_NONE;
}

text eval_label(struct call *call, const struct json *value)
{
    if (value && value->kind == JSON_INT)
        return call_format(call, "%lld", (long long)value->integer);
    bool is_text = value && (value->kind == JSON_TEXT || value->kind == JSON_BIG_INT);
    return is_text && value->text.size ? value->text : TEXT_NONE;
}

double eval_number(const struct json *object, const char *key)
{
    double number;
    const struct json *value = json_get(object, key);
    if (value && json_is_number(value))
        return json_number(value);
    bool is_big = value && value->kind == JSON_BIG_INT && text_to_real(value->text, &number);
    return is_big ? number : NAN;
}

text eval_any(struct call *call, const struct json *value)
{
    struct out out;
    struct json_writer writer;
    if (!value || value->kind == JSON_NULL || value->kind == JSON_NO_NUMBER)
        return TEXT_NONE;
    if (value->kind == JSON_TEXT)
        return value->text.size ? value->text : TEXT_NONE;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, value);
    return out_view(&out);
}

/* What a field of one line keeps: not too long, no control characters (JSON writes some as they
 * are). */
static bool is_kept_whole(text words)
{
    for (size_t i = 0; i < words.size; i++) {
        unsigned char next = i + 1 < words.size ? (unsigned char)words.at[i + 1] : 0;
        if (words.at[i] == 0x7F || (words.at[i] == '\xC2' && next < 0xA0))
            return false;
    }
    return words.size <= PARAMETERS_MAX;
}

bool eval_parameters(struct call *call, const struct content_part *part, size_t count,
                     text *parameters)
{
    struct json object = { .kind = JSON_OBJECT };
    struct json_member *member = call_array(call, count + 1, sizeof *member);
    *parameters = TEXT_NONE;
    for (size_t i = 0; member && i < count; i++) {
        const struct json *value = part[i].value;
        bool is_list = value && (value->kind == JSON_OBJECT || value->kind == JSON_LIST);
        if (value && value->kind != JSON_NULL && !(is_list && value->count == 0))
            member[object.count++] = (struct json_member){ text_of(part[i].name), *value };
    }
    object.member = member;
    if (!member || object.count == 0)
        return member != NULL;
    text words = eval_any(call, &object);
    if (words.at && is_kept_whole(words))
        *parameters = words;
    else if (words.at)
        *parameters = call_format(call, "sha256:%.*s", TEXT_FMT(content_key(call, &object)));
    return parameters->at != NULL;
}

bool eval_says(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value && value->kind != JSON_NULL;
}

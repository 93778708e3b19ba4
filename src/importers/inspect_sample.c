/*
 * See inspect_sample.h. What a value of Inspect's means: C and I are verdicts, numbers need a
 * threshold, a list or an object is one metric per key, and what was not scored is no failure.
 */
#include "importers/inspect_sample.h"

#include "base/json_write.h"
#include "importers/content_key.h"

#include <math.h>

enum { REASON_MAX = 2000 };

bool inspect_sample_is_invalid(const struct json *sample)
{
    return eval_says(sample, "invalidation");
}

/* ---- values ---- */

static const struct value_word {
    const char *word;
    double score;
    bool is_direct; /* a verdict as it stands; else it needs a threshold */
} value_words[] = {
    { "C", 1, true },       { "I", 0, true },         { "P", .5, false }, { "N", 0, true },
    { "yes", 1, true },     { "true", 1, true },      { "no", 0, true },  { "false", 0, true },
    { "correct", 1, true }, { "incorrect", 0, true },
};

static bool word_read(struct call *call, struct eval_push *push, struct eval_line *line,
                      text metric, text word)
{
    for (size_t i = 0; i < sizeof value_words / sizeof *value_words; i++) {
        const struct value_word *row = &value_words[i];
        if (!text_same_word(word, text_of(row->word)))
            continue;
        line->score = row->score;
        line->verdict = row->score > 0 ? EVAL_PASS : EVAL_FAIL;
        return row->is_direct ||
               (line->verdict = EVAL_UNSCORED, eval_push_judge(call, push, line, metric));
    }
    if (text_same_word(word, TEXT("nan")) || word.size == 0)
        return true;
    if (text_to_real(word, &line->score))
        return eval_push_judge(call, push, line, metric);
    return fail_at(call, "value",
                   "the value '%.*s' of score '%.*s' is no verdict: it must be C, I, P, N, "
                   "yes, no, true, false or a number",
                   TEXT_FMT(text_until_character(word, 60)), TEXT_FMT(metric));
}

/* The part of a list or an object that is the metric asked for, or its only part. */
static const struct json *part_of(const struct eval_push *push, const struct json *value,
                                  text *metric)
{
    text wanted = push->options->threshold_metric;
    text rest, first = text_cut(wanted, '/', &rest);
    if (rest.at && text_equal(first, *metric))
        wanted = rest;
    int64_t place;
    if (value->kind == JSON_LIST) {
        if (text_to_int(wanted, &place) && place >= 0 && place < value->count)
            return *metric = push->options->threshold_metric, &value->item[place];
        return value->count == 1 ? &value->item[0] : NULL;
    }
    for (uint32_t i = 0; i < value->count; i++)
        if (text_equal(value->member[i].key, wanted))
            return *metric = push->options->threshold_metric, &value->member[i].value;
    return value->count == 1 ? &value->member[0].value : NULL;
}

static bool value_read(struct call *call, struct eval_push *push, struct inspect_log *log,
                       struct eval_line *line, text metric, const struct json *value)
{
    if (value && (value->kind == JSON_LIST || value->kind == JSON_OBJECT)) {
        bool is_empty = value->count == 0;
        value = part_of(push, value, &metric);
        log->has_several_metrics = log->has_several_metrics || (!value && !is_empty);
    }
    line->verdict = EVAL_UNSCORED;
    if (!value || value->kind == JSON_NULL || value->kind == JSON_NO_NUMBER)
        return true;
    if (value->kind == JSON_BOOL) {
        line->verdict = value->boolean ? EVAL_PASS : EVAL_FAIL;
        line->score = value->boolean;
        return true;
    }
    if (json_is_number(value)) {
        line->score = json_number(value);
        return eval_push_judge(call, push, line, metric);
    }
    if (value->kind == JSON_TEXT)
        return word_read(call, push, line, metric, text_trim(value->text));
    return fail_at(call, "value",
                   "the value of score '%.*s' must be a text, a number or a list of "
                   "them",
                   TEXT_FMT(metric));
}

/* ---- which score ---- */

static const struct json_member *member_named(const struct json *object, text key)
{
    for (uint32_t i = 0; i < object->count; i++)
        if (text_equal(object->member[i].key, key))
            return &object->member[i];
    return NULL;
}

/* The headline's; where the log names none, the sample's first. */
static const struct json_member *score_choose(const struct inspect_log *log,
                                              const struct json *scores)
{
    if (log->scorer.at)
        return member_named(scores, log->scorer);
    return scores->count ? &scores->member[0] : NULL;
}

static bool score_read(struct call *call, struct eval_push *push, struct inspect_log *log,
                       struct eval_line *line, text name, const struct json *score)
{
    const struct json *metadata = json_get(score, "metadata");
    text reason = metadata ? eval_text(metadata, "unscored_reason") : TEXT_NONE;
    const struct json *value = score->kind == JSON_OBJECT ? json_get(score, "value") : score;
    if (!reason.at)
        return value_read(call, push, log, line, name, value);
    line->failure = reason;
    return true;
}

/* Large texts stand in a table of their own. */
static text text_attached(struct call *call, const struct json *sample, const struct json *value)
{
    text words = eval_any(call, value);
    text mark = TEXT("attachment://");
    const struct json *attachments = json_get(sample, "attachments");
    if (!text_starts(words, mark) || !attachments || attachments->kind != JSON_OBJECT)
        return words;
    const struct json_member *found = member_named(attachments, text_from(words, mark.size));
    return found ? eval_any(call, &found->value) : words;
}

/* The other scores, for whoever looks at the case. */
static void scores_put(struct json_writer *writer, const struct json *scores,
                       const struct json_member *chosen)
{
    json_key(writer, "scores");
    json_object(writer);
    for (uint32_t i = 0; i < scores->count; i++) {
        const struct json *value = json_get(&scores->member[i].value, "value");
        if (&scores->member[i] == chosen || !value)
            continue;
        json_key_text(writer, scores->member[i].key);
        json_tree(writer, value);
    }
    json_object_end(writer);
}

/* Why the judge decided so, and what the others said; `scores` and `chosen` are NULL in early
 * logs. */
static bool words_keep(struct call *call, const struct json *sample, const struct json *score,
                       const struct json *scores, const struct json_member *chosen,
                       struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    const struct json *explanation = json_get(score, "explanation");
    bool is_text = explanation && explanation->kind == JSON_TEXT;
    text reason = is_text ? text_trim(text_attached(call, sample, explanation)) : TEXT_NONE;
    bool has_others = scores && scores->count > 1;
    if (call->fail.kind != FAIL_NONE || (!reason.size && !has_others))
        return call->fail.kind == FAIL_NONE;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    if (reason.size)
        json_put_text(&writer, "reason", text_until_character(reason, REASON_MAX));
    if (has_others)
        scores_put(&writer, scores, chosen);
    json_object_end(&writer);
    line->attributes = out_view(&out);
    return line->attributes.at != NULL;
}

static bool scores_read(struct call *call, struct eval_push *push, struct inspect_log *log,
                        const struct json *sample, struct eval_line *line)
{
    const struct json *scores = json_get(sample, "scores");
    const struct json *score = json_get(sample, "score"); /* of early logs */
    if (scores && scores->kind == JSON_OBJECT) {
        const struct json_member *chosen = score_choose(log, scores);
        return !chosen || (score_read(call, push, log, line, chosen->key, &chosen->value) &&
                           words_keep(call, sample, &chosen->value, scores, chosen, line));
    }
    bool has_score = score && score->kind == JSON_OBJECT;
    return !has_score || (score_read(call, push, log, line, log->scorer, score) &&
                          words_keep(call, sample, score, NULL, NULL, line));
}

/* ---- the rest of a sample ---- */

/* An error is an object in samples and a text in summaries. */
static text error_of(struct call *call, const struct json *sample)
{
    const struct json *error = json_get(sample, "error");
    text message = error ? eval_text(error, "message") : TEXT_NONE;
    return message.at ? message : eval_any(call, error);
}

static void error_apply(struct eval_line *line)
{
    if (line->error.at && line->verdict != EVAL_PASS)
        line->verdict = EVAL_ERROR;
}

static void limit_read(struct call *call, const struct json *sample, struct eval_line *line)
{
    const struct json *limit = json_get(sample, "limit");
    text type = limit ? eval_text(limit, "type") : TEXT_NONE;
    if (!type.at)
        type = eval_label(call, limit);
    if (type.at && !line->failure.at)
        line->failure = call_format(call, "limit_%.*s", TEXT_FMT(type));
}

static void usage_add(double *sum, double tokens)
{
    if (!isnan(tokens))
        *sum = isnan(*sum) ? tokens : *sum + tokens;
}

static void usage_take(const struct json *usage, struct eval_line *line)
{
    usage_add(&line->tokens_in, eval_number(usage, "input_tokens"));
    usage_add(&line->tokens_out, eval_number(usage, "output_tokens"));
    usage_add(&line->cost_usd, eval_number(usage, "total_cost"));
}

/* The usage of the model that was asked; a judge's is another matter. */
static void usage_read(const struct json *sample, struct eval_line *line)
{
    const struct json *all = json_get(sample, "model_usage");
    const struct json *output = json_get(sample, "output");
    const struct json *usage = output ? json_get(output, "usage") : NULL;
    if (all && all->kind == JSON_OBJECT && all->count) {
        const struct json_member *own = line->model.at ? member_named(all, line->model) : NULL;
        for (uint32_t i = 0; i < all->count; i++)
            if (!own || own == &all->member[i])
                usage_take(&all->member[i].value, line);
    } else if (usage) {
        usage_take(usage, line);
    }
}

static const struct json *answer_of(const struct json *sample)
{
    const struct json *output = json_get(sample, "output");
    const struct json *choices = output ? json_get(output, "choices") : NULL;
    if (!output)
        return NULL;
    if (eval_says(output, "completion"))
        return json_get(output, "completion");
    bool has_choice = choices && choices->kind == JSON_LIST && choices->count;
    const struct json *message = has_choice ? json_get(&choices->item[0], "message") : NULL;
    return message ? json_get(message, "content") : NULL;
}

static void texts_read(struct call *call, const struct json *sample, struct eval_line *line)
{
    line->input = text_attached(call, sample, json_get(sample, "input"));
    line->expected = text_attached(call, sample, json_get(sample, "target"));
    line->output = text_attached(call, sample, answer_of(sample));
}

/* A sample without an id is known by what it asks. */
static bool identity_read(struct call *call, const struct json *sample, bool is_summary,
                          struct eval_line *line)
{
    const struct json *input = json_get(sample, "input");
    double epoch = eval_number(sample, "epoch");
    line->case_key = eval_label(call, json_get(sample, "id"));
    line->trial = epoch >= 1 && epoch < 1e9 ? (int)epoch : 0;
    if (!line->case_key.at && input && !is_summary) {
        line->key_kind = EVAL_KEY_CONTENT;
        line->case_key = content_key(call, input);
    }
    if (line->case_key.at)
        return true;
    return fail_at(call, "id", "the sample has no 'id', which must be a text or an integer");
}

static bool sample_read(struct call *call, struct eval_push *push, struct inspect_log *log,
                        const struct json *sample, bool is_summary, struct eval_line *line)
{
    const struct json *output = json_get(sample, "output");
    if (sample->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "the sample must be a JSON object");
    line->error = error_of(call, sample);
    if (!identity_read(call, sample, is_summary, line) ||
        !scores_read(call, push, log, sample, line))
        return false;
    error_apply(line);
    limit_read(call, sample, line);
    usage_read(sample, line);
    line->latency_ms = eval_number(sample, "working_time") * 1000;
    line->model_served = output ? eval_text(output, "model") : TEXT_NONE;
    if (!is_summary)
        texts_read(call, sample, line);
    log->left_texts = log->left_texts || !is_summary;
    return call->fail.kind == FAIL_NONE;
}

bool inspect_sample_push(struct call *call, struct eval_push *push, struct inspect_log *log,
                         const struct json *sample, bool is_summary)
{
    struct eval_line line = log->run;
    if (inspect_sample_is_invalid(sample)) {
        log->invalid++;
        return true;
    }
    log->read++;
    if (sample_read(call, push, log, sample, is_summary, &line))
        return eval_push_line(call, push, &line);
    return eval_push_bad(call, push, &line, eval_any(call, sample));
}

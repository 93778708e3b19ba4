/*
 * See langfuse_trace.h. Latencies of traces and observations are seconds; prompt, model and tokens
 * hang on the generation.
 */
#include "importers/langfuse_trace.h"

#include <math.h>

enum { TELLERS_MAX = 4 };

/* Those who may know, the nearest first. */
struct tellers {
    const struct json *who[TELLERS_MAX];
    size_t count;
};

static void teller_add(struct tellers *tellers, const struct json *who)
{
    if (who && tellers->count < TELLERS_MAX)
        tellers->who[tellers->count++] = who;
}

static const struct json *row_of(const struct langfuse_list *list, text owner)
{
    size_t count;
    const struct langfuse_row *row = langfuse_rows_of(list, owner, &count);
    return row ? row->json : NULL;
}

/* The first part of the trace that is a generation. */
static const struct json *generation_of(const struct langfuse_rows *rows, text trace)
{
    size_t count;
    const struct langfuse_row *row = langfuse_rows_of(&rows->parts, trace, &count);
    for (size_t i = 0; i < count; i++)
        if (text_is(eval_text(row[i].json, "type"), "GENERATION"))
            return row[i].json;
    return NULL;
}

/* The part of the trace that holds all others: a step inside that broke may have been tried again.
 */
static const struct json *root_of(const struct langfuse_rows *rows, text trace)
{
    size_t count;
    const struct langfuse_row *row = langfuse_rows_of(&rows->parts, trace, &count);
    for (size_t i = 0; i < count; i++)
        if (!eval_says(row[i].json, "parentObservationId"))
            return row[i].json;
    return NULL;
}

/* ---- one fact ---- */

/* Prices may be texts of decimals. */
static double decimal(const struct json *object, const char *key)
{
    double number = eval_number(object, key);
    text word = eval_text(object, key);
    if (isnan(number) && word.at && !text_to_real(text_trim(word), &number))
        return NAN;
    return number;
}

static double number_told(const struct tellers *tellers, const char *const *keys)
{
    double number = NAN;
    for (size_t i = 0; i < tellers->count && isnan(number); i++)
        for (size_t at = 0; keys[at] && isnan(number); at++)
            number = decimal(tellers->who[i], keys[at]);
    return number;
}

static text label_told(struct call *call, const struct tellers *tellers, const char *key)
{
    text label = TEXT_NONE;
    for (size_t i = 0; i < tellers->count && !label.at; i++)
        label = eval_label(call, json_get(tellers->who[i], key));
    return label;
}

/* `usage` of old, `usageDetails` since, or numbers beside them. */
static double tokens_told(const struct tellers *tellers, const char *inside, const char *beside)
{
    double tokens = NAN;
    for (size_t i = 0; i < tellers->count && isnan(tokens); i++) {
        tokens = eval_number(json_get(tellers->who[i], "usage"), inside);
        if (isnan(tokens))
            tokens = eval_number(json_get(tellers->who[i], "usageDetails"), inside);
        if (isnan(tokens))
            tokens = eval_number(tellers->who[i], beside);
    }
    return tokens;
}

/* ---- all of them ---- */

static void error_read(const struct tellers *tellers, struct eval_line *line)
{
    for (size_t i = 0; i < tellers->count; i++) {
        if (!text_is(eval_text(tellers->who[i], "level"), "ERROR"))
            continue;
        line->error = eval_text(tellers->who[i], "statusMessage");
        if (!line->error.at)
            line->error = TEXT("error");
        line->verdict = EVAL_ERROR;
        line->score = NAN;
        return;
    }
}

bool langfuse_trace_fill(struct call *call, const struct langfuse_rows *rows,
                         const struct json *item, struct eval_line *line)
{
    static const char *const latencies[] = { "latency", NULL };
    static const char *const costs[] = { "totalCost", "totalPrice", "calculatedTotalCost", NULL };
    text trace = eval_text(item, "traceId");
    const struct json *own = row_of(&rows->observations, eval_text(item, "observationId"));
    struct tellers whole = { .count = 0 }, answer = { .count = 0 }, broken = { .count = 0 };
    teller_add(&whole, item);
    teller_add(&whole, own);
    teller_add(&whole, row_of(&rows->traces, trace));
    teller_add(&answer, item);
    teller_add(&answer, own);
    teller_add(&answer, generation_of(rows, trace));
    teller_add(&broken, item);
    teller_add(&broken, own ? own : root_of(rows, trace));
    line->latency_ms = number_told(&whole, latencies) * 1000;
    line->cost_usd = number_told(&whole, costs);
    line->tokens_in = tokens_told(&answer, "input", "promptTokens");
    line->tokens_out = tokens_told(&answer, "output", "completionTokens");
    line->model = label_told(call, &answer, "model");
    line->prompt = label_told(call, &answer, "promptName");
    line->prompt_version = label_told(call, &answer, "promptVersion");
    error_read(&broken, line);
    return call->fail.kind == FAIL_NONE;
}

/* See openai_samples.h. */
#include "importers/openai_samples.h"

#include "importers/content_key.h"

#include <math.h>

enum { FIRST_SLOTS = 256 };

void openai_samples_init(struct openai_samples *samples, const struct call *call)
{
    *samples = (struct openai_samples){ .count = 0 };
    arena_init(&samples->memory, call->arena.limit);
}

void openai_samples_release(struct openai_samples *samples)
{
    arena_release(&samples->memory);
}

/* ---- samples by id; the call's memory is swapped for theirs meanwhile ---- */

static uint32_t *slot_of(const struct openai_samples *samples, uint32_t *slot, size_t slots,
                         text id)
{
    size_t at = hash_quick(id, 0) % slots;
    while (slot[at] && !text_equal(samples->sample[slot[at] - 1].id, id))
        at = (at + 1) % slots;
    return &slot[at];
}

static bool slots_grow(struct call *call, struct openai_samples *samples)
{
    size_t slots = samples->slots ? 2 * samples->slots : FIRST_SLOTS;
    uint32_t *slot = call_array(call, slots, sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < samples->count; i++)
        *slot_of(samples, slot, slots, samples->sample[i].id) = (uint32_t)i + 1;
    samples->slot = slot;
    samples->slots = slots;
    return true;
}

static struct openai_sample *sample_of(struct call *call, struct openai_samples *samples, text id,
                                       int64_t number)
{
    if (2 * samples->count >= samples->slots && !slots_grow(call, samples))
        return NULL;
    uint32_t *slot = slot_of(samples, samples->slot, samples->slots, id);
    if (*slot)
        return &samples->sample[*slot - 1];
    struct openai_sample *list =
        call_more(call, samples->sample, samples->count, &samples->room, sizeof *list);
    text kept = call_text(call, id);
    if (!list || !kept.at)
        return NULL;
    samples->sample = list;
    list[samples->count] = (struct openai_sample){
        .id = kept, .number = number, .score = NAN, .tokens_in = NAN, .tokens_out = NAN
    };
    *slot = (uint32_t)++samples->count;
    return &list[samples->count - 1];
}

/* ---- events ---- */

static void keep_first(struct call *call, text *into, const struct json *value)
{
    text words = into->at ? TEXT_NONE : eval_any(call, value);
    if (words.at)
        *into = call_text(call, words);
}

static bool match_take(struct call *call, struct openai_sample *sample, const struct json *data,
                       int64_t number, text metric)
{
    (void)metric;
    const struct json *correct = json_get(data, "correct");
    if (!correct || correct->kind != JSON_BOOL)
        return fail_at(call, "correct",
                       "the match of sample '%.*s' must have 'correct', true or false",
                       TEXT_FMT(sample->id));
    if (sample->has_match && sample->is_correct != correct->boolean)
        return fail_at(call, "correct",
                       "sample '%.*s' was %s on line %lld and is the opposite here: keep one of "
                       "the two lines",
                       TEXT_FMT(sample->id), sample->is_correct ? "correct" : "wrong",
                       (long long)sample->number);
    sample->has_match = true;
    sample->is_correct = correct->boolean;
    sample->number = number;
    keep_first(call, &sample->expected, json_get(data, "expected"));
    if (!sample->output.at)
        keep_first(call, &sample->output, json_get(data, "picked"));
    return true;
}

/* The metric asked for, else the only number there is. */
static bool metrics_take(struct call *call, struct openai_sample *sample, const struct json *data,
                         int64_t number, text metric)
{
    const struct json *only = NULL;
    uint32_t numbers = 0;
    (void)call;
    (void)number;
    for (uint32_t i = 0; data->kind == JSON_OBJECT && i < data->count; i++) {
        const struct json *value = &data->member[i].value;
        if (!json_is_number(value))
            continue;
        if (text_equal(data->member[i].key, metric)) {
            sample->score = json_number(value);
            return true;
        }
        only = value;
        numbers++;
    }
    if (numbers == 1)
        sample->score = json_number(only);
    return true;
}

static void tokens_add(double *sum, double tokens)
{
    if (!isnan(tokens))
        *sum = isnan(*sum) ? tokens : *sum + tokens;
}

/* The first prompt is the case's; later ones go on with it, or are a judge's. */
static bool sampling_take(struct call *call, struct openai_sample *sample, const struct json *data,
                          int64_t number, text metric)
{
    const struct json *prompt = json_get(data, "prompt");
    const struct json *usage = json_get(data, "usage");
    (void)number;
    (void)metric;
    if (!sample->content.at && prompt && prompt->kind != JSON_NULL) {
        sample->content = content_key(call, prompt);
        keep_first(call, &sample->input, prompt);
        sample->output = TEXT_NONE;
        keep_first(call, &sample->output, json_get(data, "sampled"));
        keep_first(call, &sample->model, json_get(data, "model"));
    }
    tokens_add(&sample->tokens_in, usage ? eval_number(usage, "prompt_tokens") : NAN);
    tokens_add(&sample->tokens_out, usage ? eval_number(usage, "completion_tokens") : NAN);
    return true;
}

static bool error_take(struct call *call, struct openai_sample *sample, const struct json *data,
                       int64_t number, text metric)
{
    const struct json *message = json_get(data, "message");
    (void)number;
    (void)metric;
    keep_first(call, &sample->error, message ? message : json_get(data, "error"));
    if (!sample->error.at)
        keep_first(call, &sample->error, data);
    if (!sample->error.at)
        sample->error = TEXT("error");
    return true;
}

static const struct {
    const char *type;
    bool (*take)(struct call *call, struct openai_sample *sample, const struct json *data,
                 int64_t number, text metric);
} events[] = {
    { "match", match_take },
    { "metrics", metrics_take },
    { "sampling", sampling_take },
    { "error", error_take },
};

static bool event_take(struct call *call, struct openai_samples *samples, size_t which,
                       const struct json *event, int64_t number, text metric)
{
    static const struct json none = { .kind = JSON_NULL };
    text id = eval_label(call, json_get(event, "sample_id"));
    const struct json *data = json_get(event, "data");
    if (!id.at)
        return call->fail.kind == FAIL_NONE &&
               fail_at(call, "sample_id", "the event must have a 'sample_id'");
    struct openai_sample *sample = sample_of(call, samples, id, number);
    return sample && events[which].take(call, sample, data ? data : &none, number, metric) &&
           call->fail.kind == FAIL_NONE;
}

bool openai_samples_add(struct call *call, struct openai_samples *samples, const struct json *event,
                        int64_t number, text metric)
{
    text type = eval_text(event, "type");
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        if (!text_is(type, events[i].type))
            continue;
        call_swap_memory(call, &samples->memory);
        bool done = event_take(call, samples, i, event, number, metric);
        call_swap_memory(call, &samples->memory);
        return done;
    }
    return true;
}

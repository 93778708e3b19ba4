/*
 * Events of OpenAI evals gathered by sample: what a line of ours needs of them, in memory of their
 * own. Private to openai_evals.c.
 */
#ifndef RONDO_OPENAI_SAMPLES_H
#define RONDO_OPENAI_SAMPLES_H

#include "importers/eval_push.h"

struct openai_sample {
    text id;      /* "BASE.SPLIT.INDEX" */
    text content; /* key of the first prompt */
    text input, output, expected, error, model;
    bool has_match, is_correct;
    double score; /* of a metrics event */
    double tokens_in, tokens_out;
    int64_t number; /* of the line of its verdict, else of its first event */
};

struct openai_samples {
    struct arena memory;
    struct openai_sample *sample;
    size_t count, room;
    uint32_t *slot; /* by hash of the id: place in `sample` plus one */
    size_t slots;
};

void openai_samples_init(struct openai_samples *samples, const struct call *call);
void openai_samples_release(struct openai_samples *samples);

/*
 * Adds what the event says of its sample; events of other types are skipped. `metric` is the one
 * asked for, or TEXT_NONE. Invalid: an event without its sample, or one that contradicts another.
 */
bool openai_samples_add(struct call *call, struct openai_samples *samples, const struct json *event,
                        int64_t number, text metric);

#endif

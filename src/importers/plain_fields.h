/*
 * The plain shape of eval results, one line per (run, case, trial): the one table of its fields in
 * the order of export, and the writer. Both readers, export and the demo work from it.
 */
#ifndef RONDO_PLAIN_FIELDS_H
#define RONDO_PLAIN_FIELDS_H

#include "base/json_write.h"
#include "importers/eval_line.h"

enum plain_field {
    PLAIN_SUITE,
    PLAIN_SURFACE,
    PLAIN_RUN,
    PLAIN_STARTED_AT,
    PLAIN_CASE,
    PLAIN_PASS,
    PLAIN_SCORE,
    PLAIN_MODEL,
    PLAIN_MODEL_SERVED,
    PLAIN_AGENT,
    PLAIN_PROMPT,
    PLAIN_PROMPT_VERSION,
    PLAIN_DATASET_VERSION,
    PLAIN_JUDGE,
    PLAIN_SLICE,
    PLAIN_TAGS,
    PLAIN_CLUSTER,
    PLAIN_TRIAL,
    PLAIN_LATENCY_MS,
    PLAIN_DURATION_S,
    PLAIN_COST_USD,
    PLAIN_TOKENS_IN,
    PLAIN_TOKENS_OUT,
    PLAIN_INPUT,
    PLAIN_OUTPUT,
    PLAIN_EXPECTED,
    PLAIN_ERROR,
    PLAIN_FAILURE,
    PLAIN_FIELD_COUNT,
};

enum plain_kind {
    PLAIN_KIND_TEXT,    /* an empty text is as good as none */
    PLAIN_KIND_LABEL,   /* text or integer, kept as text */
    PLAIN_KIND_INSTANT, /* a date, or a time with zone */
    PLAIN_KIND_VERDICT,
    PLAIN_KIND_NUMBER,
    PLAIN_KIND_SECONDS, /* read into milliseconds, never written */
    PLAIN_KIND_WHOLE,   /* integer from 0 */
    PLAIN_KIND_TRIAL,   /* integer from 1 */
    PLAIN_KIND_TAGS,
    PLAIN_KIND_ANY, /* a text, or any other JSON value as its JSON text */
    PLAIN_KIND_COUNT,
};

struct plain_row {
    const char *name;
    enum plain_kind kind;
    size_t member;      /* its offset in struct eval_line */
    bool refuses_empty; /* "" is a mistake, not an absence */
};

extern const struct plain_row plain_rows[PLAIN_FIELD_COUNT];

/* The field of that name; false: it is none of ours. */
bool plain_fields_find(text name, enum plain_field *field);

/*
 * One line as one JSON object: keys in the order of the table, nulls left out except `pass`,
 * attributes behind. What the shape cannot say is said as near as it can: a skipped case is written
 * as null, the error text of a line that is no error as its failure, a harness version as the
 * attribute `harness_rev`. Failures are the writer's sink's.
 */
void plain_write_line(struct json_writer *writer, const struct eval_line *line);

#endif

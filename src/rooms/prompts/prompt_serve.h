/* Room prompts: what applications are given: the version that a label carries, as JSON. */
#ifndef RONDO_PROMPT_SERVE_H
#define RONDO_PROMPT_SERVE_H

#include "base/json_write.h"
#include "engine/prompt_template.h"
#include "rooms/prompts/prompts.h"

/* Whoever names no label is given this one. */
#define PROMPT_SERVED_LABEL TEXT("production")

/* What a label carries at this moment. */
struct served {
    struct row prompt, label, version;
};

/* FAIL_NOT_FOUND names the labels that the prompt has. The word is a name or an id. */
bool prompt_served(struct call *call, text prompt, text label, struct served *served);

/* "3-6dfa736c48d91148" in quotes: another content or version has another one. */
text served_etag(struct call *call, const struct served *served);

/*
 * {"name", "label", "version", "content_hash", "kind", "text" or "messages", "model", "parameters",
 * "tools", "variables"}; with values the variables are filled in, and `values` is NULL for none.
 * Values that are missing, unknown or unsafe are refused by name.
 */
bool served_write_json(struct call *call, const struct served *served,
                       const struct template_value *values, size_t value_count,
                       struct json_writer *writer);

#endif

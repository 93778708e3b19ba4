/* Room prompts: where a prompt is used, in groups (FEATURES PR-08). */
#ifndef RONDO_PROMPT_USED_H
#define RONDO_PROMPT_USED_H

#include "base/json_write.h"
#include "rooms/prompts/prompts.h"

/*
 * {"prompt","surfaces","models","eval_runs":{"count","last"},"experiments","incidents","changes"}.
 * Experiments and incidents are those that are linked to the prompt, in either direction, and those
 * of its surfaces; "by" says which. What the actor may not read is not there.
 */
bool prompt_used_write_json(struct call *call, const struct row *prompt,
                            struct json_writer *writer);

/* The same for people, a line for each. */
bool prompt_used_write_text(struct call *call, const struct row *prompt, struct out *out);

#endif

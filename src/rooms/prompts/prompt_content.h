/* Room prompts: what a version says: its variables, its content hash, its checks. */
#ifndef RONDO_PROMPT_CONTENT_H
#define RONDO_PROMPT_CONTENT_H

#include "engine/prompt_template.h"
#include "rooms/prompts/prompts.h"

/* Fails unless the version has what its prompt's kind asks for, and nothing else. */
bool prompt_content_check(struct call *call, const struct row *prompt, const struct row *version);

/* The variables of a version's text or messages. */
bool prompt_content_variables(struct call *call, const struct row *version,
                              struct template_variables *variables);

/*
 * The SHA-256 of what is served, in hexadecimal: text or messages, model, parameters, tools.
 * TEXT_NONE: the call has failed.
 */
text prompt_content_hash(struct call *call, const struct row *version);

#endif

/* Room prompts: where a prompt is used, for pages and for the terminal. */
#ifndef RONDO_PROMPT_USED_SHOW_H
#define RONDO_PROMPT_USED_SHOW_H

#include "base/json_write.h"
#include "catalog/row.h"

/*
 * {"prompt","id","tier","surfaces","prompts","experiments","incidents","changes","applications",
 * "models","eval_runs":{"count","last"}}. A use is {"id","title","by","affected_by"}: the changes
 * under way that it meets. A change is {"id","title","by","state","label","tier","is_open"}.
 */
bool prompt_used_write_json(struct call *call, const struct row *prompt,
                            struct json_writer *writer);

/* The same for people, a line for each. */
bool prompt_used_write_text(struct call *call, const struct row *prompt, struct out *out);

#endif

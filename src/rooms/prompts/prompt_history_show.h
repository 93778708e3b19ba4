/* Room prompts: the history of a prompt, for pages and for the terminal. */
#ifndef RONDO_PROMPT_HISTORY_SHOW_H
#define RONDO_PROMPT_HISTORY_SHOW_H

#include "base/json_write.h"
#include "catalog/row.h"

struct rows;

/*
 * {"prompt","labels":[{"name","prompt_version","moved_at","moved_by","change","rollback_plan",
 * "back_to"}],"versions":[{...,"labels","returns","moves","runs":{"count","surfaces"}}],"before"}.
 * `returns` are the labels that may be rolled back to the version, `back_to` is where one goes when
 * none is named. The labels of drills are not there; their moves are. A version that no run
 * measured has no surfaces: how it does is not known. `before` goes on with earlier versions.
 */
bool prompt_history_write_json(struct call *call, const struct row *prompt,
                               const struct rows *versions, struct json_writer *writer);

/* The same for people: a few lines for each version. */
bool prompt_history_write_text(struct call *call, const struct row *prompt,
                               const struct rows *versions, struct out *out);

#endif

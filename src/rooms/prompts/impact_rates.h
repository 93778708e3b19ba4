/* Room prompts: how often what was expected of changes came about, and what waits to be scored. */
#ifndef RONDO_IMPACT_RATES_H
#define RONDO_IMPACT_RATES_H

#include "base/json_write.h"

/*
 * {"teams": [{"team", "scored", "hits", "partly", "missed", "hit_rate"}], "due": [{"change",
 * "title", "expected", "due_at"}]}: hits of those that are known; `hit_rate` is null where none is.
 * `team` null is what is no team's.
 */
bool impact_rates_write_json(struct call *call, struct json_writer *writer);

/* The same for people: a line for each team, and for each change that waits. */
bool impact_rates_write_text(struct call *call, struct out *out);

#endif

/*
 * Room prompts: two weeks after a change was served, what was expected of it stands beside what
 * happened; somebody other than its author scores it.
 */
#ifndef RONDO_IMPACT_REVIEW_H
#define RONDO_IMPACT_REVIEW_H

#include "base/json_write.h"
#include "offers/agenda.h"
#include "offers/needs.h"
#include "rooms/prompts/prompts.h"

enum { IMPACT_AFTER_DAYS = 14 };

bool impact_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda);
bool impact_collect(struct call *call, rid person, struct needs *needs);

/*
 * {"teams": [{"team", "scored", "hits", "partly", "missed", "hit_rate"}]}: hits of those that are
 * known; `hit_rate` is null where none is. `team` null is what is no team's.
 */
bool impact_rates_write_json(struct call *call, struct json_writer *writer);

#endif

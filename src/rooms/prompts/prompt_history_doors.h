/* Room prompts: the doors of a prompt's history. */
#ifndef RONDO_PROMPT_HISTORY_DOORS_H
#define RONDO_PROMPT_HISTORY_DOORS_H

#include "offers/room.h"

extern const struct option prompt_history_options[];
extern const struct query_parameter prompt_history_parameters[];

bool prompt_history_get(struct call *call, const struct request *request, struct reply *reply);
bool prompt_history_run(struct call *call, struct invocation *invocation);

#endif

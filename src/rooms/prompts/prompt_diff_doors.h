/* Room prompts: the doors of two versions side by side. */
#ifndef RONDO_PROMPT_DIFF_DOORS_H
#define RONDO_PROMPT_DIFF_DOORS_H

#include "offers/room.h"

extern const struct query_parameter prompt_diff_parameters[];
extern const struct option prompt_diff_options[];

bool prompt_diff_get(struct call *call, const struct request *request, struct reply *reply);
bool prompt_diff_run(struct call *call, struct invocation *invocation);

#endif

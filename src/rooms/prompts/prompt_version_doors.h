/* Room prompts: the doors of a prompt's versions, and of where it is used. */
#ifndef RONDO_PROMPT_VERSION_DOORS_H
#define RONDO_PROMPT_VERSION_DOORS_H

#include "offers/room.h"

extern const struct option prompt_version_options[];
extern const struct query_parameter prompt_versions_parameters[];

bool prompt_versions_get(struct call *call, const struct request *request, struct reply *reply);
bool prompt_versions_post(struct call *call, const struct request *request, struct reply *reply);
bool prompt_version_run(struct call *call, struct invocation *invocation);

bool prompt_used_get(struct call *call, const struct request *request, struct reply *reply);
bool prompt_used_run(struct call *call, struct invocation *invocation);

#endif

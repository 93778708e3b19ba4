/* Room prompts: the doors through which applications are given a prompt. */
#ifndef RONDO_PROMPT_SERVE_DOORS_H
#define RONDO_PROMPT_SERVE_DOORS_H

#include "offers/room.h"

extern const struct query_parameter prompt_serve_parameters[];
extern const struct option prompt_serve_options[];
/* GET: 304 when If-None-Match names what is served. POST: with {"label", "variables"}. */
bool prompt_serve_get(struct call *call, const struct request *request, struct reply *reply);
bool prompt_serve_post(struct call *call, const struct request *request, struct reply *reply);
bool prompt_serve_run(struct call *call, struct invocation *invocation);

#endif

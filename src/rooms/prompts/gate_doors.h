/* Room prompts: the doors of the gate. */
#ifndef RONDO_GATE_DOORS_H
#define RONDO_GATE_DOORS_H

#include "offers/room.h"

extern const struct option gate_options[];

bool gate_run(struct call *call, struct invocation *invocation);
bool gate_is_elsewhere(const struct invocation *invocation); /* --server */
bool gate_post(struct call *call, const struct request *request, struct reply *reply);

#endif

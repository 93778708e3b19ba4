/*
 * Room prompts: what the gate of a surface asks for. A policy is one JSON object wherever it
 * stands: in a file, in a request, or as the fields of the record gate_policy.
 */
#ifndef RONDO_GATE_POLICY_H
#define RONDO_GATE_POLICY_H

#include "base/json.h"
#include "engine/gate.h"
#include "rooms/prompts/prompts.h"

/*
 * Reads a policy. A key that no policy has is refused by its name, with those that exist; so is a
 * number out of its range. `surface` receives the surface that the policy names, or TEXT_NONE.
 */
bool gate_policy_read(struct call *call, const struct json *object, struct gate_policy *policy,
                      text *surface);

/*
 * The stored policy of a surface. `*has` is false when there is none: then `policy` is the default,
 * which defines no gate.
 */
bool gate_policy_of(struct call *call, rid surface, bool *has, struct gate_policy *policy);

#endif

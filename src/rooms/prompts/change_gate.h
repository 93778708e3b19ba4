/* Room prompts: the gate over a change: over each of its eval deltas, as both runs stand now. */
#ifndef RONDO_CHANGE_GATE_H
#define RONDO_CHANGE_GATE_H

#include "rooms/prompts/gate_run.h"

struct change_gate {
    enum gate_verdict verdict; /* the worst of them; without a delta it could not be measured */
    bool is_shut;              /* one neither passes nor is waived */
    struct gate_decision *decision; /* of each eval delta */
    size_t count;
};

bool change_gate(struct call *call, const struct row *change, struct change_gate *gate);

/* The list of what `rondo gate --json` writes of each. */
void change_gate_write_json(struct call *call, const struct change_gate *gate,
                            struct json_writer *writer);

#endif

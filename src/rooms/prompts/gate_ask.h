/*
 * Room prompts: what the gate is asked by a person or a job: runs, labels and files by their words,
 * and a policy that was given along.
 */
#ifndef RONDO_GATE_ASK_H
#define RONDO_GATE_ASK_H

#include "rooms/prompts/gate_run.h"

struct gate_ask {
    text baseline;  /* a run's name or id; else a label, or PROMPT@LABEL */
    text candidate; /* a run's name or id; TEXT_NONE: the file */
    text file_name, file_bytes; /* read as by import, and not stored */
    text run, surface; /* which run of the file, where it holds several; TEXT_NONE: the only one */
    const struct json *policy; /* NULL: the stored one of the candidate's surface */
    text change;    /* whose waiver counts, and where the result is left; TEXT_NONE: none */
};

/*
 * Decides. FAIL_UNDECIDED when there is nothing to compare with: a label that no run measured. With
 * a change the decision is left there as a gate_result.
 */
bool gate_ask(struct call *call, const struct gate_ask *ask, struct gate_decision *decision);

#endif

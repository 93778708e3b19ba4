/*
 * Room prompts: the gate over two runs. `gate_of_runs` is what every door asks, and what asks
 * before a label moves.
 */
#ifndef RONDO_GATE_RUN_H
#define RONDO_GATE_RUN_H

#include "rooms/evals/evals.h"
#include "rooms/prompts/gate_policy.h"

/* What the gate said of two runs, and of whom. */
struct gate_decision {
    rid surface_id;
    text surface, baseline, candidate; /* names */
    struct gate_figures figures;
    struct gate_judgement judgement; /* the verdict, and each rule with its sentence */
    bool has_waiver;
    struct row waiver; /* live; the verdict stays what it is */
};

/*
 * Whether the candidate may follow the baseline, by a policy; NULL: the stored policy of the
 * candidate's surface. Nothing is stored. False: the call has failed, which says nothing about the
 * candidate; the verdict is `judgement.verdict`.
 */
bool gate_of_runs(struct call *call, rid baseline, rid candidate, const struct gate_policy *policy,
                  struct gate_decision *decision);

/* Puts the live waiver of a change beside the verdict, where there is one. */
bool gate_waive(struct call *call, const struct record *record, rid change,
                struct gate_decision *decision);

/* It passes, or a waiver stands in for the gate that blocked it. What was not measured is not. */
bool gate_is_open(const struct gate_decision *decision);

/* The members "cost_usd" and "latency_ms" of an object; unknown figures are null. */
void gate_write_cost_and_latency(const struct gate_decision *decision,
                                 struct json_writer *writer);

void gate_write_json(struct call *call, const struct gate_decision *decision,
                     struct json_writer *writer);

#endif

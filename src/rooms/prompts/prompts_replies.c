/* What the gate answers, for the OpenAPI page; in the order of gate_run.c. */
#include "engine/gate.h"
#include "offers/reply_schema.h"
#include "rooms/prompts/prompts_bodies.h"

#define REAL_OR_NULL(name, help) REPLY_KEY(name, REPLY_REAL, REPLY_NULLABLE, help)
#define COUNT(name) REPLY_KEY(name, REPLY_INT, 0, NULL)
#define TEXT_OR_NULL(name, help) REPLY_KEY(name, REPLY_TEXT, REPLY_NULLABLE, help)

static const struct reply_key rule_keys[] = {
    REPLY_KEY("rule", REPLY_TEXT, 0, NULL),
    REAL_OR_NULL("figure", NULL),
    REAL_OR_NULL("limit", NULL),
    REPLY_CHOICE("verdict", 0, NULL, gate_verdict_words),
    REPLY_KEY("sentence", REPLY_TEXT, 0, NULL),
    { 0 },
};

static const struct reply_key paired_keys[] = {
    COUNT("n"),
    COUNT("pass_to_fail"),
    COUNT("fail_to_pass"),
    REAL_OR_NULL("p_exact", NULL),
    REAL_OR_NULL("p_worse", NULL),
    REAL_OR_NULL("diff", NULL),
    REAL_OR_NULL("low", "Of the 95 % interval of diff."),
    REAL_OR_NULL("high", NULL),
    REAL_OR_NULL("smallest_detectable", NULL),
    { 0 },
};

static const struct reply_key cost_keys[] = {
    REAL_OR_NULL("baseline", NULL),
    REAL_OR_NULL("candidate", NULL),
    REAL_OR_NULL("increase", NULL),
    { 0 },
};

static const struct reply_key latency_keys[] = {
    REAL_OR_NULL("baseline_p95", NULL),
    REAL_OR_NULL("candidate_p95", NULL),
    { 0 },
};

static const struct reply_key waiver_keys[] = {
    REPLY_KEY("id", REPLY_TEXT, 0, NULL),
    TEXT_OR_NULL("gate", NULL),
    TEXT_OR_NULL("reason", NULL),
    TEXT_OR_NULL("approver", NULL),
    REPLY_KEY("expiry", REPLY_STAMP, REPLY_NULLABLE, NULL),
    TEXT_OR_NULL("compensating_control", NULL),
    { 0 },
};

static const struct reply_key gate_keys[] = {
    REPLY_CHOICE("verdict", 0, "What the rules say, whatever is waived.", gate_verdict_words),
    TEXT_OR_NULL("surface", NULL),
    TEXT_OR_NULL("baseline", NULL),
    TEXT_OR_NULL("candidate", NULL),
    REPLY_INSIDE("rules", REPLY_LIST, NULL, rule_keys),
    REPLY_INSIDE("paired", 0, "The cases that both runs have.", paired_keys),
    REPLY_INSIDE("cost_usd", 0, NULL, cost_keys),
    REPLY_INSIDE("latency_ms", 0, NULL, latency_keys),
    REPLY_INSIDE("waiver", REPLY_NULLABLE, "What lets a blocked candidate through.", waiver_keys),
    { 0 },
};

const struct reply_schema prompts_replies[] = {
    { .name = "gate", .help = "Whether a candidate may follow a baseline.", .keys = gate_keys },
    { 0 },
};

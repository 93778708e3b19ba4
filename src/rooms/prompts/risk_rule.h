/* Room prompts: how risky the move of a label is, by rules that the team sees and edits. */
#ifndef RONDO_RISK_RULE_H
#define RONDO_RISK_RULE_H

#include "base/json_write.h"
#include "rooms/prompts/prompts.h"

/* What the rules look at. */
struct risk_ask {
    text label;
    size_t surfaces;
    const text *touches;
    size_t touch_count;
    bool is_shared;
};

/* What they say: the strictest tier of the rules that hold, and the one that says so. */
struct risk {
    enum risk_tier tier;
    int64_t approvals;     /* that are needed; 0 for self */
    int64_t escalate_days; /* in review, after which executives are asked */
    text rule;         /* its name */
};

/* What is asked of a prompt's label; the surfaces of a change count besides the prompt's own. */
struct risk_ask risk_ask_of(const struct row *prompt, text label, struct value surfaces);

/* By the rules that are stored, or by the built-in ones while there are none. */
bool risk_of(struct call *call, const struct risk_ask *ask, struct risk *risk);

/* The rules in force: {"built_in", "rules": [{"name", "label", ...}]}. */
bool risk_rules_write_json(struct call *call, struct json_writer *writer);

#endif

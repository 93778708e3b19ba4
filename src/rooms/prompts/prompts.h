/*
 * Room prompts: prompts in production are code. Versions that never change, labels that
 * say which of them is served, change requests with what a council needs to decide, the
 * gate, moves of labels and the way back, drills of it, and what went live past all
 * that. docs/decisions/0008 has the shape.
 */
#ifndef RONDO_PROMPTS_H
#define RONDO_PROMPTS_H

#include "catalog/row.h"
#include "offers/room.h"

enum prompt_field {
    PROMPT_NAME,
    PROMPT_KIND,
    PROMPT_OWNER,
    PROMPT_TEAM,
    PROMPT_SURFACES,
    PROMPT_TOUCHES,
    PROMPT_SHARED,
    PROMPT_DESCRIPTION,
    PROMPT_DRILL_MONTHS,
    PROMPT_FIELDS,
};

enum prompt_version_field {
    PROMPT_VERSION_TITLE,
    PROMPT_VERSION_PROMPT,
    PROMPT_VERSION_NUMBER,
    PROMPT_VERSION_MESSAGE,
    PROMPT_VERSION_TEXT,
    PROMPT_VERSION_MESSAGES,
    PROMPT_VERSION_MODEL,
    PROMPT_VERSION_PARAMETERS,
    PROMPT_VERSION_TOOLS,
    PROMPT_VERSION_VARIABLES,
    PROMPT_VERSION_CONTENT_HASH,
    PROMPT_VERSION_AUTHOR,
    PROMPT_VERSION_MADE_AT,
    PROMPT_VERSION_SOURCE,
    PROMPT_VERSION_FIELDS,
};

enum prompt_label_field {
    PROMPT_LABEL_NAME,
    PROMPT_LABEL_PROMPT,
    PROMPT_LABEL_VERSION,
    PROMPT_LABEL_MOVED_AT,
    PROMPT_LABEL_MOVED_BY,
    PROMPT_LABEL_TEAM,
    PROMPT_LABEL_FIELDS,
};

/* One move of a label. */
enum deployment_field {
    DEPLOYMENT_TITLE,
    DEPLOYMENT_PROMPT,
    DEPLOYMENT_LABEL,
    DEPLOYMENT_KIND,
    DEPLOYMENT_FROM_VERSION,
    DEPLOYMENT_TO_VERSION,
    DEPLOYMENT_CHANGE,
    DEPLOYMENT_WAIVER,
    DEPLOYMENT_REASON,
    DEPLOYMENT_PERSON,
    DEPLOYMENT_EFFECTIVE_AT,
    DEPLOYMENT_WATCH_UNTIL,
    DEPLOYMENT_FIGURES,
    DEPLOYMENT_MINUTES_TAKEN,
    DEPLOYMENT_TEAM,
    DEPLOYMENT_FIELDS,
};

enum risk_rule_field {
    RISK_RULE_NAME,
    RISK_RULE_LABEL,
    RISK_RULE_SURFACES_MIN,
    RISK_RULE_TOUCHES,
    RISK_RULE_SHARED,
    RISK_RULE_TIER,
    RISK_RULE_APPROVALS,
    RISK_RULE_ESCALATE_DAYS,
    RISK_RULE_FIELDS,
};

enum prompt_change_field {
    PROMPT_CHANGE_TITLE,
    PROMPT_CHANGE_PROMPT,
    PROMPT_CHANGE_STATE,
    PROMPT_CHANGE_LABEL,
    PROMPT_CHANGE_FROM_VERSION,
    PROMPT_CHANGE_TO_VERSION,
    PROMPT_CHANGE_SURFACES,
    PROMPT_CHANGE_WHY,
    PROMPT_CHANGE_EXPECTED_IMPACT,
    PROMPT_CHANGE_ROLLBACK_PLAN,
    PROMPT_CHANGE_URGENT,
    PROMPT_CHANGE_RAISED_TIER,
    PROMPT_CHANGE_AUTHOR,
    PROMPT_CHANGE_SUBMITTED,
    PROMPT_CHANGE_TIER,
    PROMPT_CHANGE_TIER_REASON,
    PROMPT_CHANGE_REASON,
    PROMPT_CHANGE_DEFERRED_TO,
    PROMPT_CHANGE_TEAM,
    PROMPT_CHANGE_FIELDS,
};

/* The figures of two runs of one surface, for a change. */
enum eval_delta_field {
    EVAL_DELTA_TITLE,
    EVAL_DELTA_CHANGE,
    EVAL_DELTA_BASELINE,
    EVAL_DELTA_CANDIDATE,
    EVAL_DELTA_SURFACE,
    EVAL_DELTA_VERDICT,
    EVAL_DELTA_FIGURES,
    EVAL_DELTA_FIELDS,
};

/* What one person of the council said of a change, and of which contents. */
enum prompt_review_field {
    PROMPT_REVIEW_NOTE,
    PROMPT_REVIEW_CHANGE,
    PROMPT_REVIEW_VERDICT,
    PROMPT_REVIEW_PERSON,
    PROMPT_REVIEW_ROLE,
    PROMPT_REVIEW_CONTENT_HASH,
    PROMPT_REVIEW_AT,
    PROMPT_REVIEW_TEAM,
    PROMPT_REVIEW_FIELDS,
};

/* The keys of a policy file, one policy for each surface. */
enum gate_policy_field {
    GATE_POLICY_TITLE,
    GATE_POLICY_SURFACE,
    GATE_POLICY_FLOOR,
    GATE_POLICY_REGRESSION,
    GATE_POLICY_CRITICAL_CASES,
    GATE_POLICY_TAIL,
    GATE_POLICY_COST_USD,
    GATE_POLICY_LATENCY_MS,
    GATE_POLICY_COVERAGE_MIN,
    GATE_POLICY_ERRORS_MAX,
    GATE_POLICY_FIELDS,
};

/* What the gate said, as the server worked it out. */
enum gate_result_field {
    GATE_RESULT_TITLE,
    GATE_RESULT_CHANGE,
    GATE_RESULT_SURFACE,
    GATE_RESULT_VERDICT,
    GATE_RESULT_RESULT,
    GATE_RESULT_CONTENT_HASH,
    GATE_RESULT_PERSON,
    GATE_RESULT_AT,
    GATE_RESULT_TEAM,
    GATE_RESULT_FIELDS,
};

enum rollback_drill_field {
    ROLLBACK_DRILL_SCENARIO,
    ROLLBACK_DRILL_PROMPT,
    ROLLBACK_DRILL_STATE,
    ROLLBACK_DRILL_LABEL,
    ROLLBACK_DRILL_PLAN,
    ROLLBACK_DRILL_FROM_VERSION,
    ROLLBACK_DRILL_TO_VERSION,
    ROLLBACK_DRILL_TARGET_SECONDS,
    ROLLBACK_DRILL_LEAD,
    ROLLBACK_DRILL_STARTED,
    ROLLBACK_DRILL_CONFIRMED,
    ROLLBACK_DRILL_SECONDS,
    ROLLBACK_DRILL_RESULT,
    ROLLBACK_DRILL_LESSONS,
    ROLLBACK_DRILL_POSTPONED_TO,
    ROLLBACK_DRILL_REASON,
    ROLLBACK_DRILL_FIELDS,
};

/* An application served another content than the released one. */
enum outside_change_field {
    OUTSIDE_CHANGE_TITLE,
    OUTSIDE_CHANGE_PROMPT,
    OUTSIDE_CHANGE_STATE,
    OUTSIDE_CHANGE_LABEL,
    OUTSIDE_CHANGE_APPLICATION,
    OUTSIDE_CHANGE_REPORTED_HASH,
    OUTSIDE_CHANGE_RELEASED_HASH,
    OUTSIDE_CHANGE_FIRST_SEEN,
    OUTSIDE_CHANGE_LAST_SEEN,
    OUTSIDE_CHANGE_REPORTS,
    OUTSIDE_CHANGE_RESOLUTION,
    OUTSIDE_CHANGE_FIELDS,
};

/* What a change did beside what was expected of it. */
enum impact_review_field {
    IMPACT_REVIEW_ACTUAL,
    IMPACT_REVIEW_CHANGE,
    IMPACT_REVIEW_SCORE,
    IMPACT_REVIEW_EXPECTED,
    IMPACT_REVIEW_REVIEWER,
    IMPACT_REVIEW_FIELDS,
};

enum risk_tier { TIER_SELF, TIER_COUNCIL, TIER_EXECUTIVE, TIERS };
extern const char *const risk_tier_words[TIERS + 1]; /* ended by NULL */

/* Of every row that is a prompt's: its team, so that the roles held there count. */
#define PROMPT_TEAM_FIELD                                                                          \
    {                                                                                              \
        .name = "team", .label = "Team", .kind = FIELD_REF, .refers = "team",                      \
        .flags = FIELD_COUNTED | FIELD_BY_NAME, .help = "The prompt's team: its roles count."      \
    }

extern const struct record prompt_record, prompt_version_record, prompt_label_record;

/* Since when there is this version; of one from before that was kept: since when it is here. */
stamp prompt_version_made_at(const struct row *version);

extern const struct record deployment_record; /* deployment.c */
extern const struct record risk_rule_record;  /* risk_rule.c */
extern const struct record prompt_change_record, eval_delta_record, prompt_review_record;
extern const struct record gate_policy_record, gate_result_record;
extern const struct record rollback_drill_record, outside_change_record, impact_review_record;
extern const struct room prompts_room;

#endif

/*
 * What the room answers that is no record, for the OpenAPI page. Each in the order in which its
 * file writes it.
 */
#include "engine/gate.h"
#include "engine/text_diff.h"
#include "offers/reply_keys.h"
#include "rooms/prompts/deployment_watch.h"
#include "rooms/prompts/prompts.h"
#include "rooms/prompts/prompts_bodies.h"

/* --- the gate: gate_run.c --- */

static const struct reply_key rule_keys[] = {
    REPLY_KEY("rule", REPLY_TEXT, 0, NULL),
    REAL_OR_NULL("figure", NULL),
    REAL_OR_NULL("limit", NULL),
    REPLY_CHOICE("verdict", 0, NULL, gate_verdict_words),
    REPLY_KEY("sentence", REPLY_TEXT, 0, NULL),
    { 0 },
};

static const struct reply_key paired_keys[] = {
    COUNT("n", NULL),
    COUNT("pass_to_fail", NULL),
    COUNT("fail_to_pass", NULL),
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

/* --- where a prompt is used: prompt_used_show.c --- */

static const struct reply_key used_tier_keys[] = {
    TEXT_ALWAYS("label", "A change of what it serves."),
    REPLY_CHOICE("tier", 0, NULL, risk_tier_words),
    TEXT_OR_NULL("rule", "The risk rule that says so."),
    { 0 },
};

#define AFFECTED TEXTS("affected_by", "The ids of the open changes that it meets.")

static const struct reply_key use_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("title", NULL),
    TEXT_ALWAYS("by", "What makes it one."),
    AFFECTED,
    { 0 },
};

static const struct reply_key used_change_keys[] = {
    TEXT_ALWAYS("id", NULL),     TEXT_OR_NULL("title", NULL),
    TEXT_ALWAYS("by", "itself"), TEXT_ALWAYS("state", NULL),
    TEXT_OR_NULL("label", NULL), TEXT_OR_NULL("tier", "Null until somebody has to decide on it."),
    FLAG("is_open", NULL),       { 0 },
};

static const struct reply_key application_keys[] = {
    TEXT_ALWAYS("id", "Of the outside change that tells of it."),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("label", "The one that it asks for."),
    TEXT_ALWAYS("state", NULL),
    STAMP_OR_NULL("last_seen", NULL),
    AFFECTED,
    { 0 },
};

static const struct reply_key used_run_keys[] = {
    TEXT_ALWAYS("id", NULL),
    STAMP_OR_NULL("started_at", NULL),
    TEXT_OR_NULL("prompt_version", NULL),
    { 0 },
};

static const struct reply_key used_runs_keys[] = {
    COUNT("count", NULL),
    REPLY_INSIDE("last", REPLY_NULLABLE, "Null: there was none.", used_run_keys),
    { 0 },
};

static const struct reply_key used_keys[] = {
    TEXT_ALWAYS("prompt", "Its name."),
    TEXT_ALWAYS("id", NULL),
    REPLY_INSIDE("tier", 0, "Who has to approve a change.", used_tier_keys),
    REPLY_INSIDE("surfaces", REPLY_LIST, NULL, use_keys),
    REPLY_INSIDE("prompts", REPLY_LIST, NULL, use_keys),
    REPLY_INSIDE("experiments", REPLY_LIST, NULL, use_keys),
    REPLY_INSIDE("incidents", REPLY_LIST, NULL, use_keys),
    REPLY_INSIDE("changes", REPLY_LIST, NULL, used_change_keys),
    REPLY_INSIDE("applications", REPLY_LIST, NULL, application_keys),
    TEXTS("models", NULL),
    REPLY_INSIDE("eval_runs", 0, NULL, used_runs_keys),
    { 0 },
};

/* --- a prompt's history: prompt_history_show.c --- */

static const struct reply_key history_label_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("name", NULL),
    TEXT_OR_NULL("prompt_version", "The one that it serves."),
    STAMP_OR_NULL("moved_at", NULL),
    TEXT_OR_NULL("moved_by", NULL),
    TEXT_OR_NULL("change", "The id of the change that brought it there."),
    TEXT_OR_NULL("rollback_plan", "Of that change."),
    TEXT_OR_NULL("back_to", "The version that a rollback leads to."),
    { 0 },
};

static const struct reply_key move_keys[] = {
    TEXT_ALWAYS("id", "Of the deployment."),
    TEXT_OR_NULL("label", NULL),
    TEXT_OR_NULL("kind", "deploy, rollback or drill."),
    TEXT_OR_NULL("from_version", NULL),
    TEXT_OR_NULL("to_version", NULL),
    TEXT_OR_NULL("prompt_change", NULL),
    TEXT_OR_NULL("waiver", NULL),
    TEXT_OR_NULL("reason", NULL),
    TEXT_OR_NULL("person", NULL),
    STAMP_OR_NULL("effective_at", NULL),
    REAL_OR_NULL("minutes_taken", "Of a rollback."),
    { 0 },
};

static const struct reply_key history_run_keys[] = {
    TEXT_ALWAYS("surface", NULL),
    TEXT_ALWAYS("run", "Its id."),
    STAMP_OR_NULL("started_at", NULL),
    COUNT("passed", NULL),
    COUNT("n", NULL),
    REAL_OR_NULL("low", "Of the 95 % interval of the pass rate."),
    REAL_OR_NULL("high", NULL),
    { 0 },
};

static const struct reply_key history_runs_keys[] = {
    COUNT("count", "All runs of the version."),
    REPLY_INSIDE("surfaces", REPLY_LIST, "The last one of each surface.", history_run_keys),
    { 0 },
};

static const struct reply_key history_version_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_OR_NULL("title", NULL),
    COUNT_OR_NULL("number", NULL),
    TEXT_OR_NULL("message", NULL),
    TEXT_OR_NULL("model", NULL),
    TEXT_OR_NULL("author", NULL),
    TEXT_OR_NULL("content_hash", NULL),
    TEXT_OR_NULL("source", NULL),
    STAMP_OR_NULL("made_at", NULL),
    TEXTS("labels", "Those that serve it."),
    TEXTS("returns", "Those that carried it before and may go back to it."),
    REPLY_INSIDE("moves", REPLY_LIST, "To it and away from it.", move_keys),
    REPLY_INSIDE("runs", 0, NULL, history_runs_keys),
    { 0 },
};

static const struct reply_key history_keys[] = {
    REPLY_SCHEMA("prompt", 0, NULL, "prompt"),
    REPLY_INSIDE("labels", REPLY_LIST, NULL, history_label_keys),
    REPLY_INSIDE("versions", REPLY_LIST, "The latest first.", history_version_keys),
    COUNT_OR_NULL("before", "What the next page is asked for by; null: there are no more."),
    { 0 },
};

/* --- two versions: prompt_diff.c --- */

static const char *const diff_units[] = { "words", "lines" };

static const struct reply_key piece_keys[] = {
    REPLY_CHOICE("op", 0, NULL, diff_op_words),
    TEXT_ALWAYS("text", NULL),
    { 0 },
};

static const struct reply_key diff_field_keys[] = {
    TEXT_ALWAYS("field", NULL),
    FLAG("is_coarse", "The texts are too long to be told apart piece by piece."),
    REPLY_INSIDE("pieces", REPLY_LIST, NULL, piece_keys),
    { 0 },
};

static const struct reply_key diff_keys[] = {
    TEXT_ALWAYS("from", NULL),
    TEXT_ALWAYS("to", NULL),
    REPLY_CHOICE("by", 0, NULL, diff_units),
    REPLY_INSIDE("fields", REPLY_LIST, "Those that differ.", diff_field_keys),
    { 0 },
};

/* --- a change as it is decided on, and the council: change_page.c --- */

#define MISSING TEXTS("missing", "Of diff, eval_delta, expected_impact and rollback_plan.")
#define APPROVALS                                                                                  \
    REPLY_INSIDE("approvals", 0, NULL, approvals_keys),                                            \
        COUNT("days_in_review", "0: it was never submitted."), FLAG("is_overdue", NULL)

static const struct reply_key approvals_keys[] = {
    REPLY_CHOICE("tier", 0, NULL, risk_tier_words),
    COUNT("needed", NULL),
    COUNT("given", "Those that hold: an edit voids them."),
    FLAG("enough", NULL),
    TEXT_OR_NULL("who_can", "Who may give those that are missing."),
    { 0 },
};

static const struct reply_key said_keys[] = {
    REPLY_SCHEMA("row", 0, NULL, "prompt_review"),
    FLAG("holds", "It was said of the change as it is now."),
    { 0 },
};

static const struct reply_key delta_keys[] = {
    REPLY_SCHEMA("row", 0, NULL, "eval_delta"),
    { 0 },
};

static const struct reply_key change_gate_keys[] = {
    REPLY_CHOICE("verdict", 0, "The worst of its surfaces.", gate_verdict_words),
    FLAG("is_open", "It passes, or a waiver lets it through."),
    REPLY_SCHEMA("surfaces", REPLY_LIST, NULL, "gate"),
    { 0 },
};

static const struct reply_key impact_keys[] = {
    STAMP_OR_NULL("due_at", "When it is to be scored; null: it was not served yet."),
    REPLY_SCHEMA("review", REPLY_NULLABLE, "Null: it was not scored.", "impact_review"),
    { 0 },
};

static const struct reply_key change_page_keys[] = {
    REPLY_SCHEMA("change", 0, NULL, "prompt_change"),
    TEXT_OR_NULL("served", "The version that its label serves now."),
    REPLY_INSIDE("diff", REPLY_LIST, "By words, against what it was compared with.",
                 diff_field_keys),
    MISSING,
    APPROVALS,
    REPLY_INSIDE("reviews", REPLY_LIST, NULL, said_keys),
    REPLY_INSIDE("eval_deltas", REPLY_LIST, NULL, delta_keys),
    REPLY_INSIDE("gate", 0, NULL, change_gate_keys),
    REPLY_SCHEMA("waiver", REPLY_NULLABLE, NULL, "waiver"),
    REPLY_INSIDE("impact", 0, NULL, impact_keys),
    { 0 },
};

static const struct reply_key council_item_keys[] = {
    REPLY_SCHEMA("change", 0, NULL, "prompt_change"),
    MISSING,
    APPROVALS,
    { 0 },
};

static const struct reply_key around_keys[] = {
    TEXT_ALWAYS("source", "One of GET /api/v1/agenda-sources."),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("why", NULL),
    TEXT_ALWAYS("record", "As addresses call it."),
    TEXT_ALWAYS("id", NULL),
    { 0 },
};

static const struct reply_key council_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, "The riskiest first.", council_item_keys),
    REPLY_INSIDE("around", REPLY_LIST, "What the council looks at besides.", around_keys),
    { 0 },
};

/* --- what is served: prompt_serve.c --- */

static const struct reply_key message_keys[] = {
    TEXT_ALWAYS("role", NULL),
    TEXT_ALWAYS("content", NULL),
    { 0 },
};

static const struct reply_key served_keys[] = {
    TEXT_ALWAYS("name", NULL),
    TEXT_ALWAYS("label", NULL),
    COUNT("version", "Its number."),
    TEXT_ALWAYS("content_hash", NULL),
    TEXT_ALWAYS("kind", NULL),
    REPLY_KEY("text", REPLY_TEXT, REPLY_OPTIONAL, "Not where there are messages."),
    REPLY_INSIDE("messages", REPLY_LIST | REPLY_OPTIONAL, "Of a chat only.", message_keys),
    TEXT_OR_NULL("model", NULL),
    REPLY_KEY("parameters", REPLY_ANY, 0, "As they were stored, or null."),
    REPLY_KEY("tools", REPLY_ANY, 0, "Likewise."),
    TEXTS("variables", "What the text names."),
    { 0 },
};

/* --- since a label was moved: deployment_watch.c --- */

#define OF_A_RUN(name, kind)                                                                       \
    REPLY_KEY(name, kind, REPLY_OPTIONAL, "Not where nothing was measured.")

static const struct reply_key watched_keys[] = {
    TEXT_ALWAYS("surface", NULL),
    REPLY_CHOICE("state", 0, NULL, watch_state_words),
    OF_A_RUN("run", REPLY_TEXT),
    OF_A_RUN("pass_rate", REPLY_REAL),
    OF_A_RUN("low", REPLY_REAL),
    OF_A_RUN("high", REPLY_REAL),
    REPLY_KEY("floor", REPLY_REAL, REPLY_OPTIONAL, "Only with a run and a gate policy."),
    { 0 },
};

static const struct reply_key watch_keys[] = {
    STAMP_OR_NULL("watch_until", NULL),
    REPLY_INSIDE("surfaces", REPLY_LIST, NULL, watched_keys),
    { 0 },
};

/* --- risk_rule.c, drill_doors.c, impact_rates.c, prompt_import.c --- */

static const struct reply_key risk_rule_keys[] = {
    TEXT_OR_NULL("name", NULL),
    TEXT_OR_NULL("label", "Null: of every label."),
    COUNT_OR_NULL("surfaces_min", NULL),
    TEXTS("touches", NULL),
    FLAG("shared", NULL),
    REPLY_CHOICE("tier", 0, NULL, risk_tier_words),
    COUNT("approvals", NULL),
    COUNT("escalate_days", "In review, after which executives are asked."),
    { 0 },
};

static const struct reply_key risk_rules_keys[] = {
    FLAG("built_in", "No rule is stored."),
    REPLY_INSIDE("rules", REPLY_LIST, "The strictest that fits decides.", risk_rule_keys),
    { 0 },
};

static const struct reply_key reported_keys[] = {
    FLAG("matches", "What is served is what was released."),
    TEXT_OR_NULL("released_hash", NULL),
    TEXT_OR_NULL("outside_change", "The id of what was kept of it; null: it matches."),
    { 0 },
};

static const struct reply_key rate_keys[] = {
    TEXT_OR_NULL("team", NULL),
    COUNT("scored", NULL),
    COUNT("hits", NULL),
    COUNT("partly", NULL),
    COUNT("missed", NULL),
    REAL_OR_NULL("hit_rate", "Of those that are known."),
    { 0 },
};

static const struct reply_key rate_due_keys[] = {
    TEXT_ALWAYS("change", "Its id."),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("expected", NULL),
    STAMP_OR_NULL("due_at", NULL),
    { 0 },
};

static const struct reply_key rates_keys[] = {
    REPLY_INSIDE("teams", REPLY_LIST, NULL, rate_keys),
    REPLY_INSIDE("due", REPLY_LIST, "Changes that wait for their score.", rate_due_keys),
    { 0 },
};

static const char *const import_results[] = { "made", "changed", "unchanged" };

static const struct reply_key prompt_item_keys[] = {
    TEXT_ALWAYS("file", NULL),
    TEXT_OR_NULL("prompt", NULL),
    TEXT_OR_NULL("version", "Null: nothing was stored."),
    REPLY_CHOICE("result", 0, NULL, import_results),
    { 0 },
};

static const struct reply_key prompt_import_keys[] = {
    COUNT_OR_NULL("change", "What undo takes back; null: nothing changed."),
    TEXT_OR_NULL("commit", "Where they came from, out of git."),
    REPLY_INSIDE("items", REPLY_LIST, NULL, prompt_item_keys),
    TEXTS("notes", NULL),
    { 0 },
};

const struct reply_schema prompts_replies[] = {
    { .name = "gate", .help = "Whether a candidate may follow a baseline.", .keys = gate_keys },
    { .name = "prompt_used", .help = "Where a prompt is used.", .keys = used_keys },
    { .name = "prompt_history", .help = "A prompt's versions and moves.", .keys = history_keys },
    { .name = "prompt_diff", .help = "What differs between two versions.", .keys = diff_keys },
    { .name = "prompt_change_page",
      .help = "A change with its evidence, and who has said what.",
      .keys = change_page_keys },
    { .name = "council", .help = "What waits for the council.", .keys = council_keys },
    { .name = "prompt_served", .help = "What a label carries.", .keys = served_keys },
    { .name = "deployment_watch",
      .help = "How surfaces do since a label was moved.",
      .keys = watch_keys },
    { .name = "risk_rules", .help = "Who has to approve what.", .keys = risk_rules_keys },
    { .name = "prompt_reported",
      .help = "What an application serves, beside what was released.",
      .keys = reported_keys },
    { .name = "impact_rates", .help = "How often expectations came about.", .keys = rates_keys },
    { .name = "prompt_imported", .help = "What became of a file.", .keys = prompt_import_keys },
    { 0 },
};

/*
 * Room evals: "the week starts with truth". Surfaces with one headline metric each, the runs
 * that tools measured, and the Monday review that says per surface whether quality moved, what
 * flipped, and how the hardest inputs do. Results are facts, stored as columns per run;
 * surfaces, suites, cases and runs are records.
 */
#ifndef RONDO_EVALS_H
#define RONDO_EVALS_H

#include "catalog/row.h"
#include "engine/gate.h"
#include "engine/stats/stats.h"
#include "engine/verdicts.h"
#include "offers/importer.h"
#include "offers/room.h"

enum suite_field {
    SUITE_NAME,
    SUITE_NULLS,
    SUITE_TRIAL_RULE,
    SUITE_KEEPS_TEXTS,
    SUITE_THRESHOLD_METRIC,
    SUITE_THRESHOLD,
    SUITE_EFFECT_FLOOR,
    SUITE_FIELDS,
};

enum surface_field {
    SURFACE_NAME,
    SURFACE_SUITE,
    SURFACE_TEAM,
    SURFACE_OWNER,
    SURFACE_METRIC,
    SURFACE_DIRECTION,
    SURFACE_FLOOR,
    SURFACE_FIELDS,
};

enum eval_case_field {
    EVAL_CASE_SUITE,
    EVAL_CASE_NUMBER,
    EVAL_CASE_KEY,
    EVAL_CASE_KEY_KIND,
    EVAL_CASE_INPUT_HASH,
    EVAL_CASE_FIELDS
};

enum eval_run_field {
    EVAL_RUN_RUN,
    EVAL_RUN_SURFACE,
    EVAL_RUN_SUITE,
    EVAL_RUN_STARTED_AT,
    EVAL_RUN_STARTED_ZONE,
    EVAL_RUN_STATUS,
    EVAL_RUN_MODEL,
    EVAL_RUN_MODEL_SERVED,
    EVAL_RUN_AGENT,
    EVAL_RUN_PROMPT,
    EVAL_RUN_PROMPT_VERSION,
    EVAL_RUN_DATASET_VERSION,
    EVAL_RUN_JUDGE,
    EVAL_RUN_HARNESS_VERSION,
    EVAL_RUN_GIT_COMMIT,
    EVAL_RUN_PARAMETERS,
    EVAL_RUN_DATASET_CASES,
    EVAL_RUN_CASES,
    EVAL_RUN_RESULTS,
    EVAL_RUN_PASSED,
    EVAL_RUN_FAILED,
    EVAL_RUN_ERRORS,
    EVAL_RUN_UNSCORED,
    EVAL_RUN_SKIPPED,
    EVAL_RUN_SCORED,
    EVAL_RUN_MEAN_SCORE,
    EVAL_RUN_CONTENT,
    EVAL_RUN_CONTENT_HASH,
    EVAL_RUN_FILE,
    EVAL_RUN_FILE_SHA256,
    EVAL_RUN_SAME_AS,
    EVAL_RUN_IS_RERUN,
    EVAL_RUN_FIELDS,
};

enum human_verdict_field {
    HUMAN_VERDICT_RUN,
    HUMAN_VERDICT_CASE,
    HUMAN_VERDICT_PERSON,
    HUMAN_VERDICT_VERDICT,
    HUMAN_VERDICT_REASON,
    HUMAN_VERDICT_FIELDS,
};

/* Something that changed around the runs, and may explain a drop. */
enum change_event_field {
    CHANGE_EVENT_TITLE,
    CHANGE_EVENT_KIND,
    CHANGE_EVENT_FROM,
    CHANGE_EVENT_TO,
    CHANGE_EVENT_EFFECTIVE_AT,
    CHANGE_EVENT_SURFACES,
    CHANGE_EVENT_SLICE,
    CHANGE_EVENT_CASES,
    CHANGE_EVENT_SOURCE,
    CHANGE_EVENT_URL,
    CHANGE_EVENT_FIELDS,
};

/* A name that means another one: both are one model. */
enum model_alias_field { MODEL_ALIAS_ALIAS, MODEL_ALIAS_MODEL, MODEL_ALIAS_FIELDS };

/* What a person found to be the cause of a drop. */
enum confirmed_cause_field {
    CONFIRMED_CAUSE_NOTE,
    CONFIRMED_CAUSE_SURFACE,
    CONFIRMED_CAUSE_WEEK,
    CONFIRMED_CAUSE_KIND,
    CONFIRMED_CAUSE_EVENT,
    CONFIRMED_CAUSE_PERSON,
    CONFIRMED_CAUSE_FIELDS,
};

extern const struct record suite_record, surface_record, eval_case_record, eval_run_record;
extern const struct record change_event_record, model_alias_record; /* evals_change_records.c */
extern const struct record human_verdict_record; /* human_verdict.c */
extern const struct record confirmed_cause_record; /* confirmed_cause.c */
extern const struct table eval_column_table, eval_verdicts_table;

/* One run of a surface beside another one, by the engine of Monday's review. */
struct run_pair {
    rid surface, baseline, candidate;
    /* "regressed", "improved", "no_evidence", "could_not_measure", ... */
    const char *verdict;
    text not_comparable;        /* what differs in the ruler, or TEXT_NONE */
    double baseline_rate, candidate_rate; /* NAN without a case that counts */
    int64_t candidate_n;
    bool has_rate_interval;
    double rate_low, rate_high; /* of the candidate's rate, Wilson, 95 % */
    int64_t paired, pass_to_fail, fail_to_pass;
    double p_exact, p_worse;
    bool has_diff; /* paired > 0 */
    double diff;   /* of the pass rates over the pairs, candidate minus baseline */
    bool has_interval;
    double low, high; /* of diff, 95 % */
    bool has_smallest_detectable;
    double smallest_detectable;
    const text *broke, *fixed; /* keys of cases, by bytes */
    size_t broke_count, fixed_count;
};

/* The run of that name or id; refused when the name stands in several surfaces. */
bool evals_find_run(struct call *call, text word, struct row *run);

/*
 * The last complete run of a surface that measured a version of a prompt, as `is_version` knows it
 * from what the run calls it; another one than `but`. `*has` is false when there is none.
 */
bool evals_last_of_prompt(struct call *call, rid surface, text prompt, rid but,
                          bool (*is_version)(struct call *call, const void *version, text called),
                          const void *version, bool *has, struct row *run);

/* Compares two runs of one suite; writes nothing. Fails as 'rondo compare' does. */
bool evals_pair(struct call *call, rid baseline, rid candidate, struct run_pair *pair);

/* How a run did, as its suite counts what has no verdict. */
struct run_rate {
    struct row run;
    int64_t passed, n;
    struct interval interval; /* Wilson, 95 % */
};

bool evals_rate_of(struct call *call, const struct row *run, struct run_rate *rate);

/*
 * The last complete run of a surface that started then or later; `*has` is false when there is
 * none.
 */
bool evals_last_rate(struct call *call, rid surface, stamp since, bool *has,
                     struct run_rate *rate);

/*
 * An importer for each format that importers/ reads, in its order; ended by one
 * without a name. NULL: the call has failed.
 */
const struct importer *evals_importers(struct call *call);

extern const struct room evals_room;

/* --- what the gate asks (evals_side.c, evals_gate.c) --- */

/* A run on one side of the gate. Its cases have the numbers of its suite. */
struct eval_side {
    struct row run;
    text surface, suite; /* their names */
    struct verdicts verdicts;
    uint32_t result_count;
    const uint32_t *case_number; /* of each result */
    const double *latency_ms, *cost_usd; /* of each result; NULL: not known of any */
};

bool evals_side_of_run(struct call *call, rid run, struct eval_side *side);

/*
 * What a policy has counted of two runs. Runs of another suite or surface, with another ruler, or
 * that are not complete, cannot be compared: then `other_part` says so. Of another suite nothing is
 * counted but the candidate itself. The hardest cases are those of the surface's runs before the
 * candidate, the baseline left out: it would look its worst on the cases that it lost.
 */
bool evals_gate_figures(struct call *call, const struct eval_side *baseline,
                        const struct eval_side *candidate, const struct gate_policy *policy,
                        struct gate_figures *figures);

#endif

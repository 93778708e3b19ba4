/* See gate_run.h. */
#include "rooms/prompts/gate_run.h"

#include "rooms/releases/releases.h"
#include "store/find.h"

#include <math.h>

static bool stored_policy(struct call *call, rid surface, struct gate_policy *policy)
{
    bool has_policy;
    return gate_policy_of(call, surface, &has_policy, policy);
}

static bool decide(struct call *call, const struct eval_side *baseline,
                   const struct eval_side *candidate, const struct gate_policy *policy,
                   struct gate_decision *decision)
{
    struct gate_policy stored;
    rid surface = value_as_int(candidate->run.value[EVAL_RUN_SURFACE]);
    *decision = (struct gate_decision){
        .surface_id = surface,
        .surface = candidate->surface,
        .baseline = value_as_text(baseline->run.value[EVAL_RUN_RUN]),
        .candidate = value_as_text(candidate->run.value[EVAL_RUN_RUN]),
    };
    if (!policy && !stored_policy(call, surface, &stored))
        return false;
    policy = policy ? policy : &stored;
    return evals_gate_figures(call, baseline, candidate, policy, &decision->figures) &&
           gate_judge(call, policy, &decision->figures, &decision->judgement);
}

bool gate_of_runs(struct call *call, rid baseline, rid candidate, const struct gate_policy *policy,
                  struct gate_decision *decision)
{
    struct eval_side before, now;
    return evals_side_of_run(call, baseline, &before) &&
           evals_side_of_run(call, candidate, &now) &&
           decide(call, &before, &now, policy, decision);
}

bool gate_waive(struct call *call, const struct record *record, rid change,
                struct gate_decision *decision)
{
    return waiver_of(call, record, change, &decision->has_waiver, &decision->waiver);
}

bool gate_is_open(const struct gate_decision *decision)
{
    return decision->judgement.verdict == GATE_PASS ||
           (decision->judgement.verdict == GATE_BLOCKED && decision->has_waiver);
}

/* --- JSON --- */

static void write_rule(const struct gate_rule *rule, struct json_writer *writer)
{
    json_object(writer);
    json_put_string(writer, "rule", rule->rule);
    json_put_real(writer, "figure", rule->figure);
    json_put_real(writer, "limit", rule->limit);
    json_put_string(writer, "verdict", gate_verdict_words[rule->verdict]);
    json_put_text(writer, "sentence", rule->sentence);
    json_object_end(writer);
}

static void write_pairs(const struct gate_pairs *pairs, struct json_writer *writer)
{
    const struct paired_binary *paired = &pairs->paired;
    bool has_interval = paired->interval.is_known;
    json_key(writer, "paired");
    json_object(writer);
    json_put_int(writer, "n", paired->n);
    json_put_int(writer, "pass_to_fail", pairs->pass_to_fail);
    json_put_int(writer, "fail_to_pass", pairs->fail_to_pass);
    json_put_real(writer, "p_exact", paired->n ? pairs->mcnemar.p_exact : NAN);
    json_put_real(writer, "p_worse", paired->n ? pairs->mcnemar.p_worse : NAN);
    json_put_real(writer, "diff", paired->has_diff ? paired->diff : NAN);
    json_put_real(writer, "low", has_interval ? paired->interval.lower : NAN);
    json_put_real(writer, "high", has_interval ? paired->interval.upper : NAN);
    json_put_real(writer, "smallest_detectable",
                  pairs->has_smallest_detectable ? pairs->smallest_detectable : NAN);
    json_object_end(writer);
}

void gate_write_cost_and_latency(const struct gate_decision *decision,
                                 struct json_writer *writer)
{
    json_key(writer, "cost_usd");
    json_object(writer);
    json_put_real(writer, "baseline", decision->figures.baseline_cost_usd);
    json_put_real(writer, "candidate", decision->figures.cost_usd);
    json_put_real(writer, "increase", decision->judgement.cost_increase);
    json_object_end(writer);
    json_key(writer, "latency_ms");
    json_object(writer);
    json_put_real(writer, "baseline_p95", decision->figures.baseline_latency_p95_ms);
    json_put_real(writer, "candidate_p95", decision->figures.latency_p95_ms);
    json_object_end(writer);
}

static void write_waiver(struct call *call, const struct gate_decision *decision,
                         struct json_writer *writer)
{
    const struct value *value = decision->waiver.value;
    json_key(writer, "waiver");
    if (!decision->has_waiver) {
        json_null(writer);
        return;
    }
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &waiver_record, decision->waiver.id));
    json_put_text(writer, "gate", value_as_text(value[WAIVER_GATE]));
    json_put_text(writer, "reason", value_as_text(value[WAIVER_REASON]));
    json_put_text(writer, "approver",
                  find_title(call, person, value_as_int(value[WAIVER_APPROVER])));
    json_put_stamp(writer, "expiry", value_as_int(value[WAIVER_EXPIRY]));
    json_put_text(writer, "compensating_control",
                  value_as_text(value[WAIVER_COMPENSATING_CONTROL]));
    json_object_end(writer);
}

void gate_write_json(struct call *call, const struct gate_decision *decision,
                     struct json_writer *writer)
{
    const struct gate_judgement *judgement = &decision->judgement;
    json_object(writer);
    json_put_string(writer, "verdict", gate_verdict_words[judgement->verdict]);
    json_put_text(writer, "surface", decision->surface);
    json_put_text(writer, "baseline", decision->baseline);
    json_put_text(writer, "candidate", decision->candidate);
    json_key(writer, "rules");
    json_list(writer);
    for (size_t i = 0; i < judgement->rule_count; i++)
        write_rule(&judgement->rule[i], writer);
    json_list_end(writer);
    write_pairs(&judgement->pairs, writer);
    gate_write_cost_and_latency(decision, writer);
    write_waiver(call, decision, writer);
    json_object_end(writer);
}

/*
 * See evals.h: what is counted of two runs for the gate. Verdicts are paired by engine/compare, the
 * hardest cases chosen by engine/tail; the judging is done by engine/gate.
 */
#include "engine/bits.h"
#include "engine/compare.h"
#include "engine/stats/ranks.h"
#include "engine/tail.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_cases.h"
#include "rooms/evals/evals_surface.h"
#include "rooms/evals/stored_verdicts.h"
#include "store/find.h"

#include <math.h>

#define LATENCY_SHARE 0.95

enum { HISTORY_RUNS_MAX = 24 };

struct gathering {
    struct call *call;
    const struct eval_side *baseline, *candidate;
    const struct gate_policy *policy;
    enum nulls nulls;
    struct gate_figures *to;
};

/* --- whether they can be compared --- */

static void set_other(struct gate_figures *figures, const char *part, text from, text to)
{
    figures->other_part = part;
    figures->other_from = from;
    figures->other_to = to;
}

static bool is_of_same(const struct eval_side *a, const struct eval_side *b,
                       enum eval_run_field field)
{
    return value_equal(a->run.value[field], b->run.value[field]);
}

static bool is_complete(const struct eval_side *side)
{
    return text_is(value_as_text(side->run.value[EVAL_RUN_STATUS]), "complete");
}

static void find_other_part(const struct gathering *gathering)
{
    const struct eval_side *baseline = gathering->baseline, *candidate = gathering->candidate;
    struct review_difference ruler;
    if (!is_of_same(baseline, candidate, EVAL_RUN_SUITE))
        set_other(gathering->to, "suite", baseline->suite, candidate->suite);
    else if (!is_of_same(baseline, candidate, EVAL_RUN_SURFACE))
        set_other(gathering->to, "surface", baseline->surface, candidate->surface);
    else if (!is_complete(baseline) || !is_complete(candidate))
        set_other(gathering->to, "status", value_as_text(baseline->run.value[EVAL_RUN_STATUS]),
                  value_as_text(candidate->run.value[EVAL_RUN_STATUS]));
    else if (surface_other_ruler(&baseline->run, &candidate->run, &ruler))
        set_other(gathering->to, ruler.part, ruler.from, ruler.to);
}

/* --- verdicts --- */

static bool suite_nulls(struct call *call, rid suite, enum nulls *nulls)
{
    struct row row;
    if (!find_row(call, &suite_record, suite, &row))
        return false;
    bool excludes = text_is(value_as_text(row.value[SUITE_NULLS]), "exclude");
    *nulls = excludes ? NULLS_EXCLUDE : NULLS_FAIL;
    return true;
}

static void count_candidate(const struct gathering *gathering)
{
    struct gate_figures *to = gathering->to;
    struct tally tally = verdicts_tally(&gathering->candidate->verdicts);
    to->cases = tally.cases;
    to->without_verdict = tally.cases - tally.evaluated;
    to->passed = tally.passed;
    to->n = gathering->nulls == NULLS_FAIL ? tally.cases : tally.evaluated;
}

static bool count_pairs(const struct gathering *gathering)
{
    struct gate_figures *to = gathering->to;
    const struct verdicts *before = &gathering->baseline->verdicts,
                          *now = &gathering->candidate->verdicts;
    struct comparison pairs;
    uint32_t both = before->case_count < now->case_count ? before->case_count : now->case_count;
    if (!compare(gathering->call, before, now, gathering->nulls, &pairs))
        return false;
    to->shared_cases = bits_and_count(before->held, now->held, both);
    to->pass_pass = pairs.pass_pass;
    to->pass_fail = pairs.pass_fail;
    to->fail_pass = pairs.fail_pass;
    to->fail_fail = pairs.fail_fail;
    return true;
}

/* --- critical cases --- */

static bool find_case(struct call *call, rid suite, text key, bool *is_known, struct row *row)
{
    struct query query;
    query_init(&query, &eval_case_record);
    *is_known = query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(suite)) &&
                query_add(call, &query, EVAL_CASE_KEY, FILTER_IS, value_text(key)) &&
                find_first(call, &query, row);
    return call->fail.kind == FAIL_NONE;
}

static bool passes(const struct verdicts *run, uint32_t number)
{
    return verdicts_hold(run, number) && verdict_of(run, number) == VERDICT_PASS;
}

static bool look_at_critical(const struct gathering *gathering)
{
    struct call *call = gathering->call;
    const struct gate_policy *policy = gathering->policy;
    rid suite = value_as_int(gathering->candidate->run.value[EVAL_RUN_SUITE]);
    struct gate_case *critical = call_array(call, policy->critical_count + 1, sizeof *critical);
    for (size_t i = 0; critical && i < policy->critical_count; i++) {
        struct row row;
        bool is_known;
        critical[i].key = policy->critical[i];
        if (!find_case(call, suite, policy->critical[i], &is_known, &row))
            return false;
        if (!is_known)
            continue;
        uint32_t number = (uint32_t)value_as_int(row.value[EVAL_CASE_NUMBER]);
        critical[i].is_there = verdicts_hold(&gathering->candidate->verdicts, number);
        critical[i].is_passed = passes(&gathering->candidate->verdicts, number);
        critical[i].was_passed =
            is_of_same(gathering->baseline, gathering->candidate, EVAL_RUN_SUITE) &&
            passes(&gathering->baseline->verdicts, number);
    }
    gathering->to->critical = critical;
    gathering->to->critical_count = policy->critical_count;
    return critical != NULL;
}

/* --- the hardest cases --- */

/* The surface's complete runs before the candidate, without both, the latest first. */
static bool find_history(const struct gathering *gathering, struct verdicts **history,
                         size_t *count)
{
    struct call *call = gathering->call;
    const struct row *run = &gathering->candidate->run;
    const struct value *started = &run->value[EVAL_RUN_STARTED_AT];
    stamp before = value_is_null(*started) ? call->now : value_as_int(*started);
    struct query query;
    struct rows rows;
    struct run_verdicts *asked = call_array(call, HISTORY_RUNS_MAX + 2, sizeof *asked);
    *history = call_array(call, HISTORY_RUNS_MAX + 2, sizeof **history);
    *count = 0;
    query_init(&query, &eval_run_record);
    query.sort = EVAL_RUN_STARTED_AT;
    query.is_descending = true;
    query.limit = HISTORY_RUNS_MAX + 2;
    if (!asked || !*history ||
        !query_add(call, &query, EVAL_RUN_SURFACE, FILTER_IS, run->value[EVAL_RUN_SURFACE]) ||
        !query_add(call, &query, EVAL_RUN_STATUS, FILTER_IS, value_choice("complete")) ||
        !query_add(call, &query, EVAL_RUN_STARTED_AT, FILTER_LESS, value_stamp(before)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count && *count < HISTORY_RUNS_MAX; i++) {
        if (rows.row[i].id == run->id || rows.row[i].id == gathering->baseline->run.id)
            continue;
        asked[*count] = (struct run_verdicts){ run_place(&rows.row[i]), &(*history)[*count] };
        (*count)++;
    }
    return stored_verdicts_read_runs(call, asked, *count);
}

/* Cases that both runs hold. */
static const uint64_t *shared_cases(const struct gathering *gathering, uint32_t *count)
{
    const struct verdicts *before = &gathering->baseline->verdicts,
                          *now = &gathering->candidate->verdicts;
    *count = before->case_count < now->case_count ? before->case_count : now->case_count;
    uint64_t *both = bits_new(gathering->call, *count);
    for (size_t i = 0; both && i < bits_words(*count); i++)
        both[i] = before->held[i] & now->held[i];
    return both;
}

static bool count_tail(const struct gathering *gathering)
{
    struct call *call = gathering->call;
    struct gate_figures *to = gathering->to;
    struct suites_cases suites = { .count = 0 };
    struct verdicts *history;
    struct tail tail;
    size_t count;
    uint32_t case_count;
    rid suite = value_as_int(gathering->candidate->run.value[EVAL_RUN_SUITE]);
    const uint64_t *both = shared_cases(gathering, &case_count);
    const struct suite_cases *cases = both ? cases_of(call, &suites, suite) : NULL;
    if (!cases || !find_history(gathering, &history, &count) ||
        !tail_pick(call, history, count, both, case_count, cases->rank,
                   gathering->policy->tail_fraction, gathering->nulls, &tail))
        return false;
    to->tail_cases = tail.count;
    if (tail.count == 0)
        return true;
    tail_rate(tail.chosen, tail.case_count, &gathering->candidate->verdicts, gathering->nulls,
              &to->tail_passed, &to->tail_n);
    tail_rate(tail.chosen, tail.case_count, &gathering->baseline->verdicts, gathering->nulls,
              &to->tail_baseline_passed, &to->tail_baseline_n);
    return true;
}

/* --- cost and latency --- */

/* The mean cost of each case over its results; NAN where one is unknown or the run has none. */
static double *cost_of_cases(struct call *call, const struct eval_side *side)
{
    size_t room = (size_t)side->verdicts.case_count + 1;
    double *cost = call_array(call, room, sizeof *cost);
    uint32_t *results = call_array(call, room, sizeof *results);
    if (!cost || !results)
        return NULL;
    for (uint32_t i = 0; i < side->result_count; i++) {
        cost[side->case_number[i]] += side->cost_usd ? side->cost_usd[i] : NAN;
        results[side->case_number[i]]++;
    }
    for (size_t i = 0; i < room; i++)
        cost[i] = results[i] ? cost[i] / results[i] : NAN;
    return cost;
}

static bool count_cost(const struct gathering *gathering)
{
    struct gate_figures *to = gathering->to;
    const double *before = cost_of_cases(gathering->call, gathering->baseline),
                 *now = before ? cost_of_cases(gathering->call, gathering->candidate) : NULL;
    uint32_t both = gathering->baseline->verdicts.case_count;
    double sum_before = 0, sum_now = 0;
    if (!now)
        return false;
    if (both > gathering->candidate->verdicts.case_count)
        both = gathering->candidate->verdicts.case_count;
    for (uint32_t i = 0; i < both; i++) {
        if (isnan(before[i]) || isnan(now[i]))
            continue;
        to->cost_cases++;
        sum_before += before[i];
        sum_now += now[i];
    }
    if (to->cost_cases) {
        to->baseline_cost_usd = sum_before / (double)to->cost_cases;
        to->cost_usd = sum_now / (double)to->cost_cases;
    }
    return true;
}

static bool latency_of(struct call *call, const struct eval_side *side, int64_t *known, double *p95)
{
    double *latency = call_array(call, (size_t)side->result_count + 1, sizeof *latency);
    size_t count = 0;
    if (!latency)
        return false;
    for (uint32_t i = 0; side->latency_ms && i < side->result_count; i++)
        if (!isnan(side->latency_ms[i]))
            latency[count++] = side->latency_ms[i];
    *known = (int64_t)count;
    *p95 = count ? quantile_picked(latency, count, LATENCY_SHARE) : NAN;
    return true;
}

static bool count_latency(const struct gathering *gathering)
{
    struct gate_figures *to = gathering->to;
    int64_t baseline_results;
    to->results = gathering->candidate->result_count;
    return latency_of(gathering->call, gathering->baseline, &baseline_results,
                      &to->baseline_latency_p95_ms) &&
           latency_of(gathering->call, gathering->candidate, &to->latency_results,
                      &to->latency_p95_ms);
}

bool evals_gate_figures(struct call *call, const struct eval_side *baseline,
                        const struct eval_side *candidate, const struct gate_policy *policy,
                        struct gate_figures *figures)
{
    struct gathering gathering = { .call = call, .baseline = baseline, .candidate = candidate,
                                   .policy = policy, .to = figures };
    *figures = (struct gate_figures){ .baseline_cases = verdicts_tally(&baseline->verdicts).cases,
                                      .baseline_cost_usd = NAN, .cost_usd = NAN };
    find_other_part(&gathering);
    if (!suite_nulls(call, value_as_int(candidate->run.value[EVAL_RUN_SUITE]), &gathering.nulls))
        return false;
    count_candidate(&gathering);
    if (!look_at_critical(&gathering) || !count_latency(&gathering))
        return false;
    if (!is_of_same(baseline, candidate, EVAL_RUN_SUITE))
        return true;
    return count_pairs(&gathering) && count_cost(&gathering) &&
           (!policy->has_tail || count_tail(&gathering));
}

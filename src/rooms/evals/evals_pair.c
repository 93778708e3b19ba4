/* Two runs side by side, as other rooms ask for them; see evals.h. */
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_week.h"

#include "store/find.h"

#include <math.h>

/* "dataset_version, judge". */
static text parts_of(struct call *call, const struct surface_review *surface)
{
    struct out words;
    if (surface->not_comparable_count == 0)
        return TEXT_NONE;
    out_init(&words, call);
    for (size_t i = 0; i < surface->not_comparable_count; i++)
        out_format(&words, "%s%s", i ? ", " : "", surface->not_comparable[i].part);
    return out_view(&words);
}

static bool copy_broken(struct call *call, const struct surface_review *surface,
                        struct run_pair *pair)
{
    text *key = call_array(call, surface->flip_count + 1, sizeof *key);
    for (size_t i = 0; key && i < surface->flip_count; i++)
        key[i] = surface->flip[i].case_key;
    pair->broke = key;
    pair->broke_count = surface->flip_count;
    return key != NULL;
}

bool evals_pair(struct call *call, rid baseline, rid candidate, struct run_pair *pair)
{
    struct surface_review surface;
    text a = row_public_id(call, &eval_run_record, baseline),
         b = row_public_id(call, &eval_run_record, candidate);
    if (!evals_compare(call, a, b, false, NULLS_FAIL, &surface))
        return false;
    *pair = (struct run_pair){
        .surface = surface.surface_id,
        .baseline = baseline,
        .candidate = candidate,
        .verdict = review_verdict_words[surface.verdict],
        .not_comparable = parts_of(call, &surface),
        .baseline_rate = surface.has_delta ? surface.pass_rate - surface.delta : NAN,
        .candidate_rate = surface.pass_rate,
        .candidate_n = surface.n,
        .has_rate_interval = surface.interval.is_known,
        .rate_low = surface.interval.lower,
        .rate_high = surface.interval.upper,
        .paired = surface.paired.n,
        .pass_to_fail = surface.pass_to_fail,
        .fail_to_pass = surface.fail_to_pass,
        .p_exact = surface.mcnemar.p_exact,
        .p_worse = surface.mcnemar.p_worse,
        .has_diff = surface.paired.has_diff,
        .diff = surface.paired.diff,
        .has_interval = surface.paired.has_se,
        .low = surface.paired.interval.lower,
        .high = surface.paired.interval.upper,
        .has_smallest_detectable = surface.has_smallest_detectable,
        .smallest_detectable = surface.smallest_detectable,
        .fixed = surface.fixed,
        .fixed_count = surface.fixed_count,
    };
    return copy_broken(call, &surface, pair);
}

static bool counts_nothing(struct call *call, rid suite, bool *is_excluded)
{
    struct row row;
    if (!find_row(call, &suite_record, suite, &row))
        return false;
    *is_excluded = text_is(value_as_text(row.value[SUITE_NULLS]), "exclude");
    return true;
}

bool evals_rate_of(struct call *call, const struct row *run, struct run_rate *rate)
{
    const struct value *value = run->value;
    bool is_excluded;
    if (!counts_nothing(call, value_as_int(value[EVAL_RUN_SUITE]), &is_excluded))
        return false;
    rate->run = *run;
    rate->passed = value_as_int(value[EVAL_RUN_PASSED]);
    rate->n = is_excluded ? rate->passed + value_as_int(value[EVAL_RUN_FAILED])
                          : value_as_int(value[EVAL_RUN_CASES]);
    rate->interval = wilson(rate->passed, rate->n, 0.95);
    return true;
}

bool evals_last_rate(struct call *call, rid surface, stamp since, bool *has, struct run_rate *rate)
{
    struct query query;
    struct row run;
    query_init(&query, &eval_run_record);
    query.sort = EVAL_RUN_STARTED_AT;
    query.is_descending = true;
    *has = query_add(call, &query, EVAL_RUN_SURFACE, FILTER_IS, value_ref(surface)) &&
           query_add(call, &query, EVAL_RUN_STATUS, FILTER_IS, value_choice("complete")) &&
           query_add(call, &query, EVAL_RUN_STARTED_AT, FILTER_AT_LEAST, value_stamp(since)) &&
           find_first(call, &query, &run);
    return *has ? evals_rate_of(call, &run, rate) : call->fail.kind == FAIL_NONE;
}

bool evals_last_of_prompt(struct call *call, rid surface, text prompt, rid but,
                          bool (*is_version)(struct call *call, const void *version, text called),
                          const void *version, bool *has, struct row *run)
{
    struct query query;
    struct rows runs;
    query_init(&query, &eval_run_record);
    query.sort = EVAL_RUN_STARTED_AT;
    query.is_descending = true;
    *has = false;
    if (!query_add(call, &query, EVAL_RUN_SURFACE, FILTER_IS, value_ref(surface)) ||
        !query_add(call, &query, EVAL_RUN_STATUS, FILTER_IS, value_choice("complete")) ||
        !query_add(call, &query, EVAL_RUN_PROMPT, FILTER_IS, value_text(prompt)) ||
        !find_rows(call, &query, &runs))
        return false;
    for (size_t i = 0; i < runs.count && !*has; i++) {
        text called = value_as_text(runs.row[i].value[EVAL_RUN_PROMPT_VERSION]);
        if (runs.row[i].id == but || !called.at || !is_version(call, version, called))
            continue;
        *run = runs.row[i];
        *has = true;
    }
    return call->fail.kind == FAIL_NONE;
}

/* See calc.h: drift and attribution (methods/drift.md). */
#include "calc/calc.h"
#include "engine/stats/drift.h"

#include <math.h>

static bool fail_memory(struct call *call, size_t count)
{
    return fail(call, FAIL_TOO_LARGE, "the machine has no memory for a series of %zu", count);
}

/* --- levels --- */

static const struct calc_input noise_sigma_inputs[] = {
    CALC_INPUT("series", CALC_NUMBERS),
    { 0 },
};

static bool run_noise_sigma(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    struct noise_sigma noise;
    size_t n = calc_size(in, "series");
    double *series = calc_reals(call, in, "series");
    if (!series)
        return false;
    if (!noise_sigma(series, n, &noise))
        return fail_memory(call, n);
    calc_put_real(out, "sigma", noise.is_known, noise.sigma);
    calc_put_real(out, "penalty", noise.is_known, noise.penalty);
    return true;
}

#define SEGMENTING                                                                                 \
    CALC_INPUT("penalty", CALC_AMOUNT, .fallback = "null"),                                        \
        CALC_INPUT("min_segment", CALC_COUNT, .fallback = "2")

/* The exact search takes the square of the runs. */
enum { RUNS_MAX = 20000 };

static bool read_segmenting(struct call *call, const struct calc_values *in, const char *list,
                            size_t *min_segment)
{
    *min_segment = (size_t)calc_count(in, "min_segment");
    if (*min_segment < 1)
        return calc_refuse(call, in, "min_segment", "must be 1 or more");
    return calc_size(in, list) <= RUNS_MAX ||
           calc_refuse(call, in, list, "has more than %d points", RUNS_MAX);
}

static void put_change_points(struct json_writer *out, const struct change_points *points)
{
    json_key(out, "breakpoints");
    json_list(out);
    for (size_t i = 0; i < points->count; i++)
        json_int(out, (int64_t)points->breakpoint[i]);
    json_list_end(out);
    json_put_real(out, "objective", points->objective);
    calc_put_real(out, "penalty", points->has_penalty, points->penalty);
}

static const struct calc_input change_points_l2_inputs[] = {
    CALC_INPUT("series", CALC_NUMBERS),
    SEGMENTING,
    { 0 },
};

static bool run_change_points_l2(struct call *call, const struct calc_values *in,
                                 struct json_writer *out)
{
    struct change_points points;
    size_t min_segment, n = calc_size(in, "series");
    double penalty = calc_real(in, "penalty"), *series = calc_reals(call, in, "series");
    points.breakpoint = call_array(call, n + 1, sizeof *points.breakpoint);
    if (!series || !points.breakpoint || !read_segmenting(call, in, "series", &min_segment))
        return false;
    if (!change_points_l2(series, n, calc_given(in, "penalty") ? &penalty : NULL, min_segment,
                          &points))
        return fail_memory(call, n);
    put_change_points(out, &points);
    return true;
}

static const struct calc_input change_points_binomial_inputs[] = {
    CALC_INPUT("runs", CALC_ANY, .words = "list of [passes, n]"),
    SEGMENTING,
    { 0 },
};

static bool is_whole(const struct json *value)
{
    return json_is_number(value) && json_number(value) >= 0 && json_number(value) <= 9e15 &&
           json_number(value) == floor(json_number(value));
}

/* Pairs of passes and n, the first no more than the second. */
static bool read_runs(struct call *call, const struct calc_values *in, int64_t *passed,
                      int64_t *total)
{
    const struct json *runs = calc_json(in, "runs");
    if (runs->kind != JSON_LIST)
        return calc_refuse(call, in, "runs", "must be a list of [passes, n]");
    for (uint32_t i = 0; i < runs->count; i++) {
        const struct json *run = &runs->item[i];
        if (run->kind != JSON_LIST || run->count != 2 || !is_whole(&run->item[0]) ||
            !is_whole(&run->item[1]) || json_number(&run->item[0]) > json_number(&run->item[1]))
            return calc_refuse(call, in, "runs",
                               "must be a list of [passes, n] with passes of n: item %u is not",
                               i + 1);
        passed[i] = (int64_t)json_number(&run->item[0]);
        total[i] = (int64_t)json_number(&run->item[1]);
    }
    return true;
}

static bool run_change_points_binomial(struct call *call, const struct calc_values *in,
                                       struct json_writer *out)
{
    struct change_points points;
    size_t min_segment, n = calc_size(in, "runs");
    double penalty = calc_real(in, "penalty");
    int64_t *passed = call_array(call, n + 1, sizeof *passed),
            *total = call_array(call, n + 1, sizeof *total);
    points.breakpoint = call_array(call, n + 1, sizeof *points.breakpoint);
    if (!passed || !total || !points.breakpoint || !read_runs(call, in, passed, total) ||
        !read_segmenting(call, in, "runs", &min_segment))
        return false;
    if (!change_points_binomial(passed, total, n, calc_given(in, "penalty") ? &penalty : NULL,
                                min_segment, &points))
        return fail_memory(call, n);
    put_change_points(out, &points);
    return true;
}

/* --- alarms --- */

static const struct calc_input cusum_lower_inputs[] = {
    CALC_INPUT("series", CALC_NUMBERS),
    CALC_INPUT("mu0", CALC_NUMBER),
    CALC_INPUT("sigma", CALC_POSITIVE),
    CALC_INPUT("k", CALC_AMOUNT, .fallback = "0.5"),
    CALC_INPUT("h", CALC_AMOUNT, .fallback = "5"),
    { 0 },
};

static bool run_cusum_lower(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    size_t n = calc_size(in, "series");
    double *series = calc_reals(call, in, "series"), *s = call_array(call, n + 1, sizeof *s);
    if (!series || !s)
        return false;
    size_t first = cusum_lower(series, n, calc_real(in, "mu0"), calc_real(in, "sigma"),
                               calc_real(in, "k"), calc_real(in, "h"), s);
    calc_put_reals(out, "s", s, n);
    json_key(out, "first_alarm_index");
    if (first < n)
        json_int(out, (int64_t)first);
    else
        json_null(out);
    return true;
}

static const struct calc_input evalue_bernoulli_inputs[] = {
    CALC_INPUT("successes", CALC_COUNT, .within = "n"),
    CALC_INPUT("n", CALC_COUNT),
    CALC_INPUT("p0", CALC_SHARE),
    CALC_INPUT("prior_a", CALC_POSITIVE, .fallback = "1"),
    CALC_INPUT("prior_b", CALC_POSITIVE, .fallback = "1"),
    { 0 },
};

static bool run_evalue_bernoulli(struct call *call, const struct calc_values *in,
                                 struct json_writer *out)
{
    (void)call;
    struct evalue evalue =
        evalue_bernoulli(calc_count(in, "successes"), calc_count(in, "n"), calc_real(in, "p0"),
                         calc_real(in, "prior_a"), calc_real(in, "prior_b"));
    json_put_real(out, "log_e", evalue.log_e);
    json_put_real(out, "p", evalue.p);
    return true;
}

/* --- shifts --- */

static const struct calc_input categorical_drift_inputs[] = {
    CALC_INPUT("reference", CALC_AMOUNTS),
    CALC_INPUT("current", CALC_AMOUNTS, .pairs_with = "reference"),
    { 0 },
};

static bool run_categorical_drift(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    double *reference = calc_reals(call, in, "reference"),
           *current = calc_reals(call, in, "current");
    if (!reference || !current)
        return false;
    struct categorical_drift drift =
        categorical_drift(reference, current, calc_size(in, "reference"));
    calc_put_real(out, "psi", drift.is_known && drift.has_psi, drift.psi);
    calc_put_real(out, "js_divergence", drift.is_known, drift.js_divergence);
    calc_put_real(out, "js_distance", drift.is_known, drift.js_distance);
    calc_put_real(out, "g", drift.is_known, drift.g);
    calc_put_real(out, "p_g", drift.is_known, drift.p_g);
    calc_put_real(out, "chi2", drift.is_known, drift.chi2);
    calc_put_real(out, "p_chi2", drift.is_known, drift.p_chi2);
    json_key(out, "df");
    if (drift.is_known)
        json_int(out, drift.df);
    else
        json_null(out);
    calc_put_real(out, "cramers_v", drift.is_known, drift.cramers_v);
    calc_put_real(out, "total_variation", drift.is_known, drift.total_variation);
    return true;
}

static const struct calc_input numeric_drift_inputs[] = {
    CALC_INPUT("reference", CALC_NUMBERS),
    CALC_INPUT("current", CALC_NUMBERS),
    { 0 },
};

static bool run_numeric_drift(struct call *call, const struct calc_values *in,
                              struct json_writer *out)
{
    struct numeric_drift drift;
    size_t n = calc_size(in, "reference"), m = calc_size(in, "current");
    double *reference = calc_reals(call, in, "reference"),
           *current = calc_reals(call, in, "current");
    if (!reference || !current)
        return false;
    if (!numeric_drift(reference, n, current, m, &drift))
        return fail_memory(call, n + m);
    calc_put_real(out, "ks", drift.is_known, drift.ks);
    calc_put_real(out, "p_exact", drift.has_p, drift.p_exact);
    calc_put_real(out, "wasserstein", drift.is_known, drift.wasserstein);
    return true;
}

/* --- suspects --- */

#define SUSPECT_COUNT(name) CALC_INPUT(name, CALC_COUNT, .fallback = "null")

static const struct calc_input suspect_members[] = {
    CALC_INPUT("id", CALC_TEXT),
    CALC_INPUT("prior", CALC_AMOUNT),
    SUSPECT_COUNT("touched_fail"),
    SUSPECT_COUNT("touched_ok"),
    SUSPECT_COUNT("other_fail"),
    SUSPECT_COUNT("other_ok"),
    { 0 },
};

static const struct calc_input suspect_rank_inputs[] = {
    CALC_INPUT("suspects", CALC_OBJECTS, .members = suspect_members,
               .words = "list of {id, prior, touched_fail, touched_ok, other_fail, other_ok}"),
    { 0 },
};

/* All four counts, or none of them. */
static bool read_suspect(struct call *call, const struct calc_values *in, size_t at,
                         struct suspect *suspect)
{
    static const char *const counts[] = { "touched_fail", "touched_ok", "other_fail", "other_ok" };
    struct calc_values members;
    int given = 0;
    if (!calc_item(call, in, "suspects", at, &members))
        return false;
    for (int i = 0; i < 4; i++)
        given += calc_given(&members, counts[i]);
    for (int i = 0; i < 4 && given % 4; i++)
        if (!calc_given(&members, counts[i]))
            return calc_refuse(call, &members, counts[i],
                               "is missing: give all four counts, or none");
    *suspect = (struct suspect){ .id = calc_text(&members, "id"),
                                 .prior = calc_real(&members, "prior"),
                                 .has_counts = given == 4,
                                 .touched_fail = calc_count(&members, "touched_fail"),
                                 .touched_ok = calc_count(&members, "touched_ok"),
                                 .other_fail = calc_count(&members, "other_fail"),
                                 .other_ok = calc_count(&members, "other_ok") };
    return true;
}

static bool run_suspect_rank(struct call *call, const struct calc_values *in,
                             struct json_writer *out)
{
    size_t count = calc_size(in, "suspects");
    struct suspect *suspect = call_array(call, count + 1, sizeof *suspect);
    struct ranked_suspect *ranked = call_array(call, count + 1, sizeof *ranked);
    if (!suspect || !ranked)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_suspect(call, in, i, &suspect[i]))
            return false;
    if (count && !suspect_rank(suspect, count, ranked))
        return calc_refuse(call, in, "suspects", "all have a prior of 0: one must be above");
    json_key(out, "ranking");
    json_list(out);
    for (size_t i = 0; i < count; i++) {
        json_object(out);
        json_put_text(out, "id", suspect[ranked[i].at].id);
        json_put_real(out, "log_lr", ranked[i].log_lr);
        calc_put_real(out, "odds_ratio", ranked[i].has_counts, ranked[i].odds_ratio);
        calc_put_real(out, "p_fisher", ranked[i].has_counts, ranked[i].p_fisher);
        calc_put_real(out, "coverage", ranked[i].has_coverage, ranked[i].coverage);
        json_put_real(out, "posterior", ranked[i].posterior);
        json_object_end(out);
    }
    json_list_end(out);
    return true;
}

const struct calc_function calc_drift_functions[] = {
    { "noise_sigma",
      "method",
      "noise level of a series and the default penalty",
      noise_sigma_inputs,
      { "sigma", "penalty" },
      run_noise_sigma },
    { "change_points_l2",
      "method",
      "exact change points of a mean; penalty null: default",
      change_points_l2_inputs,
      { "breakpoints", "objective", "penalty" },
      run_change_points_l2 },
    { "change_points_binomial",
      "method",
      "exact change points of a pass rate",
      change_points_binomial_inputs,
      { "breakpoints", "objective", "penalty" },
      run_change_points_binomial },
    { "cusum_lower",
      "method",
      "one-sided CUSUM for a fall",
      cusum_lower_inputs,
      { "s", "first_alarm_index" },
      run_cusum_lower },
    { "evalue_bernoulli",
      "method",
      "always-valid exact test of a rate",
      evalue_bernoulli_inputs,
      { "log_e", "p" },
      run_evalue_bernoulli },
    { "categorical_drift",
      "method",
      "shift between two category counts",
      categorical_drift_inputs,
      { "psi", "js_divergence", "js_distance", "g", "p_g", "chi2", "p_chi2", "df", "cramers_v",
        "total_variation" },
      run_categorical_drift },
    { "numeric_drift",
      "method",
      "shift between two samples",
      numeric_drift_inputs,
      { "ks", "p_exact", "wasserstein" },
      run_numeric_drift },
    { "suspect_rank",
      "method",
      "ranked suspects for a drop",
      suspect_rank_inputs,
      { "ranking" },
      run_suspect_rank },
    { 0 },
};

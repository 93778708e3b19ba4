/*
 * See calc_eval.h: paired scores, repeats and clusters, how much could be seen (methods/evals.md).
 */
#include "calc/calc_eval.h"
#include "engine/stats/scores.h"

#include <math.h>

/* --- paired scores --- */

#define PAIRS                                                                                      \
    CALC_INPUT("baseline", CALC_NUMBERS),                                                          \
        CALC_INPUT("candidate", CALC_NUMBERS, .pairs_with = "baseline")

const struct calc_input calc_eval_paired_diff_inputs[] = {
    PAIRS,
    CALC_INPUT("confidence", CALC_SHARE, .fallback = "0.95"),
    { 0 },
};

bool calc_eval_paired_diff(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    double *baseline = calc_reals(call, in, "baseline"),
           *candidate = calc_reals(call, in, "candidate");
    if (!baseline || !candidate)
        return false;
    struct paired_scores pairs =
        paired_scores(baseline, candidate, calc_size(in, "baseline"), calc_real(in, "confidence"));
    json_put_int(out, "n", (int64_t)pairs.n);
    calc_put_real(out, "mean_diff", pairs.has_mean, pairs.mean);
    calc_put_real(out, "se", pairs.has_se, pairs.se);
    calc_put_real(out, "t", pairs.has_t, pairs.t);
    calc_put_real(out, "p", pairs.has_p, pairs.p);
    calc_put_real(out, "t_lower", pairs.by_t.is_known, pairs.by_t.lower);
    calc_put_real(out, "t_upper", pairs.by_t.is_known, pairs.by_t.upper);
    calc_put_real(out, "z_lower", pairs.by_z.is_known, pairs.by_z.lower);
    calc_put_real(out, "z_upper", pairs.by_z.is_known, pairs.by_z.upper);
    return true;
}

const struct calc_input calc_eval_paired_se_inputs[] = { PAIRS, { 0 } };

bool calc_eval_paired_se(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    double *baseline = calc_reals(call, in, "baseline"),
           *candidate = calc_reals(call, in, "candidate");
    if (!baseline || !candidate)
        return false;
    struct pairing pairing = pairing_of(baseline, candidate, calc_size(in, "baseline"));
    calc_put_real(out, "se_paired", pairing.is_known, pairing.se_paired);
    calc_put_real(out, "se_unpaired", pairing.is_known, pairing.se_unpaired);
    calc_put_real(out, "pearson_r", pairing.has_r, pairing.pearson_r);
    return true;
}

/* --- clusters and repeats --- */

const struct calc_input calc_eval_clustered_se_inputs[] = {
    CALC_INPUT("scores", CALC_NUMBERS),
    CALC_INPUT("clusters", CALC_LABELS, .pairs_with = "scores",
               .words = "list of labels (number or text)"),
    { 0 },
};

bool calc_eval_clustered_se(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    struct calc_labels labels = { .count = 0 };
    struct clustered result;
    size_t n = calc_size(in, "scores");
    double *score = calc_reals(call, in, "scores");
    uint32_t *cluster = calc_label_numbers(call, in, "clusters", &labels);
    if (!score || !cluster)
        return false;
    if (!clustered_scores(score, cluster, n, &result))
        return fail(call, FAIL_TOO_LARGE, "the machine has no memory for %zu scores", n);
    json_put_int(out, "n", (int64_t)result.n);
    json_put_int(out, "n_clusters", (int64_t)result.clusters);
    calc_put_real(out, "mean", result.has_mean, result.mean);
    calc_put_real(out, "se_clt", result.has_se, result.se_clt);
    calc_put_real(out, "se_miller", result.has_se, result.se_miller);
    calc_put_real(out, "se_cr0", result.has_se, result.se_cr0);
    calc_put_real(out, "se_cr1", result.has_cr1, result.se_cr1);
    return true;
}

const struct calc_input calc_eval_repeats_se_inputs[] = {
    CALC_INPUT("scores_by_case", CALC_ANY, .words = "list of lists of numbers"),
    { 0 },
};

/* All scores case by case, and how many each case has. */
static bool read_repeats(struct call *call, const struct calc_values *in, double **score,
                         size_t **count)
{
    const struct json *cases = calc_json(in, "scores_by_case");
    size_t total = 0;
    if (cases->kind != JSON_LIST)
        return calc_refuse(call, in, "scores_by_case", "must be a list of lists of numbers");
    for (uint32_t i = 0; i < cases->count; i++) {
        if (cases->item[i].kind != JSON_LIST || cases->item[i].count == 0)
            return calc_refuse(call, in, "scores_by_case",
                               "must be a list of lists of numbers: item %u is not, or is empty",
                               i + 1);
        total += cases->item[i].count;
    }
    *score = call_array(call, total + 1, sizeof **score);
    *count = call_array(call, (size_t)cases->count + 1, sizeof **count);
    size_t at = 0;
    for (uint32_t i = 0; *score && *count && i < cases->count; i++) {
        const struct json *one = &cases->item[i];
        (*count)[i] = one->count;
        for (uint32_t k = 0; k < one->count; k++) {
            if (!json_is_number(&one->item[k]) || !isfinite(json_number(&one->item[k])))
                return calc_refuse(call, in, "scores_by_case",
                                   "must hold finite numbers: score %u of case %u is not", k + 1,
                                   i + 1);
            (*score)[at++] = json_number(&one->item[k]);
        }
    }
    return *score && *count;
}

bool calc_eval_repeats_se(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    double *score = NULL;
    size_t *count = NULL;
    if (!read_repeats(call, in, &score, &count))
        return false;
    struct repeats repeats = repeated_scores(score, count, calc_size(in, "scores_by_case"));
    json_put_int(out, "n_cases", (int64_t)repeats.cases);
    calc_put_real(out, "mean", repeats.has_mean, repeats.mean);
    calc_put_real(out, "se", repeats.has_se, repeats.se);
    calc_put_real(out, "se_naive", repeats.has_naive, repeats.se_naive);
    calc_put_real(out, "within_variance", repeats.has_within, repeats.within_variance);
    return true;
}

/* --- how much could be seen --- */

#define DESIGN                                                                                     \
    CALC_INPUT("omega2", CALC_AMOUNT), CALC_INPUT("sigma2_a", CALC_AMOUNT, .fallback = "0"),       \
        CALC_INPUT("sigma2_b", CALC_AMOUNT, .fallback = "0"),                                      \
        CALC_INPUT("k_a", CALC_POSITIVE, .fallback = "1"),                                         \
        CALC_INPUT("k_b", CALC_POSITIVE, .fallback = "1"),                                         \
        CALC_INPUT("alpha", CALC_SHARE, .fallback = "0.05"),                                       \
        CALC_INPUT("power", CALC_SHARE, .fallback = "0.8")

static struct paired_design design_of(const struct calc_values *in)
{
    return (struct paired_design){
        .omega2 = calc_real(in, "omega2"),
        .sigma2_a = calc_real(in, "sigma2_a"),
        .sigma2_b = calc_real(in, "sigma2_b"),
        .k_a = calc_real(in, "k_a"),
        .k_b = calc_real(in, "k_b"),
        .alpha = calc_real(in, "alpha"),
        .power = calc_real(in, "power"),
    };
}

const struct calc_input calc_eval_sample_size_paired_inputs[] = {
    CALC_INPUT("delta", CALC_NUMBER),
    DESIGN,
    { 0 },
};

bool calc_eval_sample_size_paired(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    struct paired_design design = design_of(in);
    double delta = calc_real(in, "delta");
    if (delta == 0)
        return calc_refuse(call, in, "delta", "is 0: no number of cases shows no difference");
    double n = sample_size_paired(&design, delta);
    if (!(n <= 9e15))
        return calc_refuse(call, in, "delta", "is so small that no suite could show it");
    json_put_real(out, "n_exact", n);
    json_put_int(out, "n", (int64_t)ceil(n - 1e-9));
    return true;
}

const struct calc_input calc_eval_mde_paired_inputs[] = {
    CALC_INPUT("n", CALC_POSITIVE),
    DESIGN,
    { 0 },
};

bool calc_eval_mde_paired(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    struct paired_design design = design_of(in);
    json_put_real(out, "mde", mde_paired(&design, calc_real(in, "n")));
    return true;
}

const struct calc_input calc_eval_mde_two_proportion_inputs[] = {
    CALC_INPUT("n_per_arm", CALC_POSITIVE),
    CALC_INPUT("p", CALC_PROBABILITY),
    CALC_INPUT("alpha", CALC_SHARE, .fallback = "0.05"),
    CALC_INPUT("power", CALC_SHARE, .fallback = "0.8"),
    { 0 },
};

bool calc_eval_mde_two_proportion(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    (void)call;
    json_put_real(out, "mde",
                  mde_two_proportion(calc_real(in, "n_per_arm"), calc_real(in, "p"),
                                     calc_real(in, "alpha"), calc_real(in, "power")));
    return true;
}

/* --- repeated attempts --- */

const struct calc_input calc_eval_pass_at_k_inputs[] = {
    CALC_INPUT("n", CALC_COUNT),
    CALC_INPUT("correct", CALC_COUNT, .within = "n"),
    CALC_INPUT("k", CALC_COUNT),
    { 0 },
};

bool calc_eval_pass_at_k(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    double any = NAN, all = NAN;
    if (calc_count(in, "k") < 1)
        return calc_refuse(call, in, "k", "must be 1 or more");
    bool is_known =
        pass_at_k(calc_count(in, "n"), calc_count(in, "correct"), calc_count(in, "k"), &any, &all);
    calc_put_real(out, "pass_at_k", is_known, any);
    calc_put_real(out, "pass_hat_k", is_known, all);
    return true;
}

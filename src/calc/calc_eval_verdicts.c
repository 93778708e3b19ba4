/* See calc_eval.h: rates, flips, many looks, trend (methods/evals.md). */
#include "calc/calc_eval.h"

#include "engine/stats/scores.h"

#include <math.h>

#define CONFIDENCE CALC_INPUT("confidence", CALC_SHARE, .fallback = "0.95")

/* --- rates --- */

const struct calc_input calc_eval_wilson_inputs[] = {
    CALC_INPUT("successes", CALC_COUNT, .within = "n"),
    CALC_INPUT("n", CALC_COUNT),
    CONFIDENCE,
    { 0 },
};

bool calc_eval_wilson(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    int64_t successes = calc_count(in, "successes"), n = calc_count(in, "n");
    struct interval interval = wilson(successes, n, calc_real(in, "confidence"));
    calc_put_real(out, "estimate", n > 0, n > 0 ? (double)successes / (double)n : NAN);
    calc_put_real(out, "lower", interval.is_known, interval.lower);
    calc_put_real(out, "upper", interval.is_known, interval.upper);
    return true;
}

/* --- flips --- */

const struct calc_input calc_eval_mcnemar_inputs[] = {
    CALC_INPUT("pass_to_fail", CALC_COUNT),
    CALC_INPUT("fail_to_pass", CALC_COUNT),
    { 0 },
};

bool calc_eval_mcnemar(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    struct mcnemar test = mcnemar(calc_count(in, "pass_to_fail"), calc_count(in, "fail_to_pass"));
    json_put_int(out, "discordant", test.discordant);
    json_put_real(out, "p_exact", test.p_exact);
    json_put_real(out, "p_mid", test.p_mid);
    json_put_real(out, "p_worse", test.p_worse);
    json_put_real(out, "p_better", test.p_better);
    calc_put_real(out, "chi2_cc", test.has_chi2, test.chi2_cc);
    calc_put_real(out, "p_chi2_cc", test.has_chi2, test.p_chi2_cc);
    return true;
}

const struct calc_input calc_eval_paired_binary_diff_inputs[] = {
    CALC_INPUT("pass_pass", CALC_COUNT),
    CALC_INPUT("pass_fail", CALC_COUNT),
    CALC_INPUT("fail_pass", CALC_COUNT),
    CALC_INPUT("fail_fail", CALC_COUNT),
    CONFIDENCE,
    { 0 },
};

bool calc_eval_paired_binary_diff(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    (void)call;
    struct paired_binary pairs = paired_binary_diff(
        calc_count(in, "pass_pass"), calc_count(in, "pass_fail"), calc_count(in, "fail_pass"),
        calc_count(in, "fail_fail"), calc_real(in, "confidence"));
    json_put_int(out, "n", pairs.n);
    calc_put_real(out, "diff", pairs.has_diff, pairs.diff);
    calc_put_real(out, "se", pairs.has_se, pairs.se);
    calc_put_real(out, "z_lower", pairs.interval.is_known, pairs.interval.lower);
    calc_put_real(out, "z_upper", pairs.interval.is_known, pairs.interval.upper);
    json_put_real(out, "p_exact", pairs.p_exact);
    return true;
}

const struct calc_input calc_eval_flip_fisher_inputs[] = {
    CALC_INPUT("history_pass", CALC_COUNT, .within = "history_n"),
    CALC_INPUT("history_n", CALC_COUNT),
    CALC_INPUT("now_pass", CALC_COUNT, .within = "now_n"),
    CALC_INPUT("now_n", CALC_COUNT),
    { 0 },
};

bool calc_eval_flip_fisher(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    json_put_real(out, "p_worse",
                  flip_fisher(calc_count(in, "history_pass"), calc_count(in, "history_n"),
                              calc_count(in, "now_pass"), calc_count(in, "now_n")));
    return true;
}

/* --- many looks --- */

const struct calc_input calc_eval_benjamini_hochberg_inputs[] = {
    CALC_INPUT("p_values", CALC_PROBABILITIES),
    CALC_INPUT("q", CALC_SHARE, .fallback = "0.05"),
    { 0 },
};

static void put_rejected(struct json_writer *out, const double *adjusted, size_t count, double most)
{
    json_key(out, "rejected");
    json_list(out);
    for (size_t i = 0; i < count; i++)
        json_bool(out, adjusted[i] <= most);
    json_list_end(out);
}

bool calc_eval_benjamini_hochberg(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    size_t count = calc_size(in, "p_values");
    double *p = calc_reals(call, in, "p_values"), *adjusted = calc_reals(call, in, "p_values");
    struct sorted_real *sorting = call_array(call, 2 * count + 1, sizeof *sorting);
    if (!p || !adjusted || !sorting)
        return false;
    benjamini_hochberg(p, count, adjusted, sorting);
    calc_put_reals(out, "p_adjusted", adjusted, count);
    put_rejected(out, adjusted, count, calc_real(in, "q"));
    return true;
}

const struct calc_input calc_eval_holm_inputs[] = {
    CALC_INPUT("p_values", CALC_PROBABILITIES),
    CALC_INPUT("alpha", CALC_SHARE, .fallback = "0.05"),
    { 0 },
};

bool calc_eval_holm(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    size_t count = calc_size(in, "p_values");
    double *p = calc_reals(call, in, "p_values"), *adjusted = calc_reals(call, in, "p_values");
    struct sorted_real *sorting = call_array(call, 2 * count + 1, sizeof *sorting);
    if (!p || !adjusted || !sorting)
        return false;
    holm(p, count, adjusted, sorting);
    calc_put_reals(out, "p_adjusted", adjusted, count);
    put_rejected(out, adjusted, count, calc_real(in, "alpha"));
    return true;
}

/* --- trend --- */

const struct calc_input calc_eval_mann_kendall_inputs[] = {
    CALC_INPUT("y", CALC_NUMBERS),
    CALC_INPUT("x", CALC_NUMBERS, .fallback = "null", .pairs_with = "y"),
    { 0 },
};

bool calc_eval_mann_kendall(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    size_t n = calc_size(in, "y");
    double *y = calc_reals(call, in, "y"), *x = calc_reals(call, in, "x");
    struct mann_kendall test;
    if (!y || !x)
        return false;
    if (!mann_kendall(y, calc_given(in, "x") ? x : NULL, n, &test))
        return fail(call, FAIL_TOO_LARGE, "the machine has no memory for %zu points", n);
    bool has_pairs = n >= 2;
    json_put_int(out, "n", (int64_t)n);
    json_put_int(out, "s", test.s);
    json_put_real(out, "var_s", test.var_s);
    calc_put_real(out, "z", has_pairs, test.z);
    calc_put_real(out, "p_normal", has_pairs, test.p_normal);
    calc_put_real(out, "p_exact", test.has_exact, test.p_exact);
    calc_put_real(out, "p", has_pairs, test.p);
    calc_put_real(out, "tau_a", has_pairs, test.tau_a);
    calc_put_real(out, "slope", test.has_slope, test.slope);
    calc_put_real(out, "intercept", test.has_slope, test.intercept);
    return true;
}

/* --- how much could be seen --- */

const struct calc_input calc_eval_mde_mcnemar_inputs[] = {
    CALC_INPUT("n", CALC_AMOUNT),
    CALC_INPUT("discordant_rate", CALC_PROBABILITY),
    CALC_INPUT("alpha", CALC_SHARE, .fallback = "0.05"),
    CALC_INPUT("power", CALC_SHARE, .fallback = "0.8"),
    { 0 },
};

bool calc_eval_mde_mcnemar(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    double mde = NAN;
    bool is_reachable = mde_mcnemar(calc_real(in, "n"), calc_real(in, "discordant_rate"),
                                    calc_real(in, "alpha"), calc_real(in, "power"), &mde);
    calc_put_real(out, "mde", is_reachable, mde);
    return true;
}

/* See calc_eval.h: tails, agreement, ranks (methods/evals.md). */
#include "calc/calc_eval.h"
#include "engine/stats/agreement.h"
#include "engine/stats/ranks.h"

#include <math.h>

#define CONFIDENCE 0.95

static bool fail_memory(struct call *call, size_t count)
{
    return fail(call, FAIL_TOO_LARGE, "the machine has no memory for %zu values", count);
}

/* --- tails --- */

const struct calc_input calc_eval_tail_mean_inputs[] = {
    CALC_INPUT("scores", CALC_NUMBERS),
    CALC_INPUT("fraction", CALC_SHARE, .fallback = "0.1"),
    { 0 },
};

bool calc_eval_tail_mean(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    size_t n = calc_size(in, "scores");
    double *score = calc_reals(call, in, "scores");
    if (!score)
        return false;
    struct worst worst = { NAN, NAN, 0 };
    if (n)
        worst = worst_scores(score, n, calc_real(in, "fraction"));
    json_put_real(out, "tail_mean", worst.mean);
    json_put_real(out, "quantile", worst.quantile);
    json_put_real(out, "tail_n", worst.n);
    return true;
}

const struct calc_input calc_eval_hardest_pass_rate_inputs[] = {
    CALC_INPUT("historical_pass_rate", CALC_PROBABILITIES),
    CALC_INPUT("now_pass", CALC_PROBABILITIES, .pairs_with = "historical_pass_rate"),
    CALC_INPUT("fraction", CALC_SHARE, .fallback = "0.1"),
    { 0 },
};

static void put_places(struct json_writer *out, const char *key, const uint32_t *place,
                       size_t count)
{
    json_key(out, key);
    json_list(out);
    for (size_t i = 0; i < count; i++)
        json_int(out, place[i]);
    json_list_end(out);
}

bool calc_eval_hardest_pass_rate(struct call *call, const struct calc_values *in,
                                 struct json_writer *out)
{
    size_t n = calc_size(in, "now_pass"), chosen, tied;
    double *past = calc_reals(call, in, "historical_pass_rate"),
           *now = calc_reals(call, in, "now_pass");
    uint32_t *order = call_array(call, n + 1, sizeof *order);
    int64_t passed = 0;
    if (!past || !now || !order)
        return false;
    for (size_t i = 0; i < n; i++)
        if (now[i] != 0 && now[i] != 1)
            return calc_refuse(call, in, "now_pass", "must be 0 or 1: item %zu is %g", i + 1,
                               now[i]);
    if (!hardest_cases(past, n, calc_real(in, "fraction"), order, &chosen, &tied))
        return fail_memory(call, n);
    for (size_t i = 0; i < chosen; i++)
        passed += now[order[i]] == 1;
    struct interval interval = wilson(passed, (int64_t)chosen, CONFIDENCE);
    put_places(out, "case_indices", order, chosen);
    put_places(out, "tied_indices", order, tied);
    calc_put_real(out, "pass_rate", chosen > 0, (double)passed / (double)chosen);
    calc_put_real(out, "lower", interval.is_known, interval.lower);
    calc_put_real(out, "upper", interval.is_known, interval.upper);
    return true;
}

const struct calc_input calc_eval_cvar_inputs[] = {
    CALC_INPUT("values", CALC_NUMBERS),
    CALC_INPUT("level", CALC_SHARE),
    { 0 },
};

bool calc_eval_cvar(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    size_t n = calc_size(in, "values");
    double *value = calc_reals(call, in, "values");
    if (!value)
        return false;
    struct loss_tail tail = { NAN, NAN, NAN };
    if (n)
        tail = loss_tail_of(value, n, calc_real(in, "level"));
    json_put_real(out, "var", tail.at_risk);
    json_put_real(out, "cvar", tail.mean);
    json_put_real(out, "quantile", tail.quantile);
    return true;
}

/* --- agreement --- */

const struct calc_input calc_eval_cohen_kappa_inputs[] = {
    CALC_INPUT("a", CALC_LABELS),
    CALC_INPUT("b", CALC_LABELS, .pairs_with = "a"),
    { 0 },
};

bool calc_eval_cohen_kappa(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    struct calc_labels labels = { .count = 0 };
    struct agreement agreement;
    size_t n = calc_size(in, "a");
    uint32_t *a = calc_label_numbers(call, in, "a", &labels),
             *b = calc_label_numbers(call, in, "b", &labels);
    if (!a || !b)
        return false;
    if (!cohen_kappa(a, b, n, labels.count, &agreement))
        return fail_memory(call, n);
    calc_put_real(out, "kappa", agreement.has_kappa, agreement.kappa);
    calc_put_real(out, "agreement", agreement.has_share, agreement.share);
    return true;
}

/* --- ranks --- */

const struct calc_input calc_eval_wilcoxon_signed_rank_inputs[] = {
    CALC_INPUT("before", CALC_NUMBERS),
    CALC_INPUT("after", CALC_NUMBERS, .pairs_with = "before"),
    { 0 },
};

bool calc_eval_wilcoxon_signed_rank(struct call *call, const struct calc_values *in,
                                    struct json_writer *out)
{
    struct signed_ranks ranks;
    size_t n = calc_size(in, "before");
    double *before = calc_reals(call, in, "before"), *after = calc_reals(call, in, "after");
    if (!before || !after)
        return false;
    if (!signed_ranks(before, after, n, &ranks))
        return fail_memory(call, n);
    json_put_int(out, "n", (int64_t)ranks.n);
    json_put_real(out, "w", ranks.w);
    calc_put_real(out, "p_exact", ranks.has_exact, ranks.p_exact);
    return true;
}

const struct calc_input calc_eval_mann_whitney_inputs[] = {
    CALC_INPUT("x", CALC_NUMBERS),
    CALC_INPUT("y", CALC_NUMBERS),
    { 0 },
};

bool calc_eval_mann_whitney(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    struct rank_sum sum;
    size_t nx = calc_size(in, "x"), ny = calc_size(in, "y");
    double *x = calc_reals(call, in, "x"), *y = calc_reals(call, in, "y");
    if (!x || !y)
        return false;
    if (!rank_sum(x, nx, y, ny, &sum))
        return fail_memory(call, nx + ny);
    calc_put_real(out, "u", sum.has_u, sum.u);
    calc_put_real(out, "p_asymptotic", sum.has_asymptotic, sum.p_asymptotic);
    calc_put_real(out, "p_exact", sum.has_exact, sum.p_exact);
    calc_put_real(out, "cliffs_delta", sum.has_u, sum.cliffs_delta);
    return true;
}

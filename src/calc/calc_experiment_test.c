/* See calc.h: experiments, the tests of two arms (methods/experiments.md, sections 3 to 7). */
#include "calc/calc_arm.h"
#include "calc/calc_experiment.h"

static const char *const alternatives[] = {
    [TWO_SIDED] = "two_sided",
    [GREATER] = "greater",
    [LESS] = "less",
    NULL,
};

const struct calc_input calc_welch_t_inputs[] = {
    CALC_ARM("a"),
    CALC_ARM("b"),
    CALC_DIFFERENCE("\"absolute\""),
    CALC_ALPHA,
    CALC_INPUT("alternative", CALC_CHOICE, .fallback = "\"two_sided\"", .choices = alternatives,
               .words = "\"two_sided\", \"greater\" or \"less\""),
    { 0 },
};

bool run_calc_welch_t(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    struct difference difference;
    if (!calc_arms_difference(call, in, &difference))
        return false;
    enum alternative alternative = (enum alternative)calc_choice(in, "alternative");
    struct welch test = welch_t(&difference, calc_real(in, "alpha"), alternative);
    json_put_real(out, "estimate", difference.estimate);
    json_put_real(out, "se", difference.se);
    calc_put_real(out, "df", test.is_known, difference.df);
    calc_put_real(out, "t", test.is_known, test.t);
    calc_put_real(out, "p", test.is_known, test.p);
    calc_put_real(out, "lower", test.has_lower, test.lower);
    calc_put_real(out, "upper", test.has_upper, test.upper);
    return true;
}

const struct calc_input calc_two_proportion_inputs[] = {
    CALC_INPUT("k_a", CALC_COUNT, .within = "n_a"),           CALC_INPUT("n_a", CALC_COUNT),
    CALC_INPUT("k_b", CALC_COUNT, .within = "n_b"),           CALC_INPUT("n_b", CALC_COUNT),
    CALC_INPUT("confidence", CALC_SHARE, .fallback = "0.95"), { 0 },
};

bool run_calc_two_proportion(struct call *call, const struct calc_values *in,
                             struct json_writer *out)
{
    (void)call;
    struct two_proportion test =
        two_proportion(calc_count(in, "k_a"), calc_count(in, "n_a"), calc_count(in, "k_b"),
                       calc_count(in, "n_b"), calc_real(in, "confidence"));
    calc_put_real(out, "diff", test.is_known, test.diff);
    calc_put_real(out, "lower", test.interval.is_known, test.interval.lower);
    calc_put_real(out, "upper", test.interval.is_known, test.interval.upper);
    calc_put_real(out, "z_pooled", test.has_pooled, test.z_pooled);
    calc_put_real(out, "p_pooled", test.has_pooled, test.p_pooled);
    calc_put_real(out, "z_unpooled", test.has_unpooled, test.z_unpooled);
    calc_put_real(out, "p_unpooled", test.has_unpooled, test.p_unpooled);
    calc_put_real(out, "p_fisher", test.is_known, test.p_fisher);
    return true;
}

/* --- with a covariate --- */

const struct calc_input calc_cuped_inputs[] = {
    CALC_INPUT("a", CALC_ANY, .words = "cuped arm"),
    CALC_INPUT("b", CALC_ANY, .words = "cuped arm"),
    CALC_DIFFERENCE("\"absolute\""),
    { 0 },
};

bool run_calc_cuped(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    struct cuped_arm a, b;
    if (!calc_cuped_arm(call, in, "a", &a) || !calc_cuped_arm(call, in, "b", &b))
        return false;
    if (calc_is_relative(in) && a.post_mean == 0)
        return calc_refuse(call, in, "a", "has mean 0: there is no relative difference to it");
    struct cuped test = cuped(&a, &b, calc_is_relative(in));
    json_put_real(out, "theta", test.theta);
    json_put_real(out, "mean_a", test.mean_a);
    json_put_real(out, "mean_b", test.mean_b);
    json_put_real(out, "var_a", test.var_a);
    json_put_real(out, "var_b", test.var_b);
    json_put_real(out, "estimate", test.estimate);
    json_put_real(out, "se", test.se);
    return true;
}

const struct calc_input calc_cuped_ratio_inputs[] = {
    CALC_INPUT("a", CALC_ANY, .words = "ratio arm"),
    CALC_INPUT("b", CALC_ANY, .words = "ratio arm"),
    CALC_DIFFERENCE("\"relative\""),
    CALC_ALPHA,
    { 0 },
};

bool run_calc_cuped_ratio(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    struct ratio_arm a, b;
    if (!calc_ratio_arm(call, in, "a", &a) || !calc_ratio_arm(call, in, "b", &b))
        return false;
    if (calc_is_relative(in) && a.mean[M_POST] == 0)
        return calc_refuse(call, in, "a", "has ratio 0: there is no relative difference to it");
    struct cuped_ratio ratio = cuped_ratio(&a, &b, calc_is_relative(in), calc_real(in, "alpha"));
    json_put_real(out, "theta", ratio.theta);
    json_put_real(out, "estimate", ratio.test.difference.estimate);
    json_put_real(out, "se", ratio.test.difference.se);
    calc_put_real(out, "p", ratio.test.is_known, ratio.test.p);
    calc_put_real(out, "lower", ratio.test.has_lower, ratio.test.lower);
    calc_put_real(out, "upper", ratio.test.has_upper, ratio.test.upper);
    return true;
}

/* --- the arms' counts --- */

const struct calc_input calc_srm_inputs[] = {
    CALC_INPUT("counts", CALC_COUNTS),
    CALC_INPUT("weights", CALC_AMOUNTS, .pairs_with = "counts"),
    { 0 },
};

bool run_calc_srm(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    int64_t *count = calc_counts(call, in, "counts");
    double *weight = calc_reals(call, in, "weights");
    if (!count || !weight)
        return false;
    struct srm test = srm(count, weight, calc_size(in, "counts"));
    calc_put_real(out, "chi2", test.is_known, test.chi2);
    json_put_int(out, "df", test.df);
    calc_put_real(out, "p", test.is_known, test.p);
    json_put_bool(out, "alarm", test.alarm);
    return true;
}

/* --- look any time --- */

const struct calc_input calc_sequential_test_inputs[] = {
    CALC_INPUT("planned_n", CALC_POSITIVE),
    CALC_ALPHA,
    CALC_INPUT("estimate", CALC_NUMBER, .fallback = "null"),
    CALC_INPUT("se", CALC_AMOUNT, .fallback = "null"),
    CALC_INPUT("n", CALC_COUNT, .fallback = "null"),
    CALC_INPUT("a", CALC_ANY, .fallback = "null", .words = "arm"),
    CALC_INPUT("b", CALC_ANY, .fallback = "null", .words = "arm"),
    CALC_DIFFERENCE("\"absolute\""),
    { 0 },
};

/* What was estimated so far, from whichever of the two was given. */
static bool read_estimate(struct call *call, const struct calc_values *in,
                          struct difference *difference, int64_t *n)
{
    static const char *const given[] = { "estimate", "se", "n" };
    struct moments a, b;
    bool has_arms = calc_given(in, "a") || calc_given(in, "b");
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (!has_arms && !calc_given(in, given[i]))
            return calc_refuse(call, in, given[i],
                               "is missing: give estimate, se and n, or both arms a and b");
        if (has_arms && calc_given(in, given[i]))
            return calc_refuse(call, in, given[i], "is given beside arms: give one or the other");
    }
    if (!has_arms) {
        *difference = (struct difference){ calc_real(in, "estimate"), calc_real(in, "se"), 0 };
        *n = calc_count(in, "n");
        return *n > 0 || calc_refuse(call, in, "n", "is 0: nothing was seen yet");
    }
    if (!calc_arms_difference(call, in, difference) || !calc_arm(call, in, "a", &a) ||
        !calc_arm(call, in, "b", &b))
        return false;
    *n = (int64_t)(a.n + b.n);
    return true;
}

bool run_calc_sequential_test(struct call *call, const struct calc_values *in,
                              struct json_writer *out)
{
    struct difference difference;
    int64_t n = 0;
    if (!read_estimate(call, in, &difference, &n))
        return false;
    struct sequence test = sequential_test(difference.estimate, difference.se, (double)n,
                                           calc_real(in, "planned_n"), calc_real(in, "alpha"));
    bool has_side = test.is_known && test.has_one_sided;
    json_put_real(out, "estimate", difference.estimate);
    json_put_real(out, "se", difference.se);
    json_put_int(out, "n", n);
    json_put_real(out, "rho", test.rho);
    calc_put_real(out, "halfwidth", test.is_known, test.halfwidth);
    calc_put_real(out, "lower", test.is_known, test.lower);
    calc_put_real(out, "upper", test.is_known, test.upper);
    calc_put_real(out, "p", test.is_known, test.p);
    calc_put_real(out, "rho_one_sided", test.has_one_sided, test.rho_one_sided);
    calc_put_real(out, "halfwidth_one_sided", has_side, test.halfwidth_one_sided);
    calc_put_real(out, "lower_one_sided", has_side, test.lower_one_sided);
    calc_put_real(out, "upper_one_sided", has_side, test.upper_one_sided);
    calc_put_real(out, "ratio_to_fixed", test.is_known, test.ratio_to_fixed);
    return true;
}

/* --- variances --- */

const struct calc_input calc_lift_variance_inputs[] = {
    CALC_INPUT("var_a", CALC_AMOUNT),
    CALC_INPUT("mean_a", CALC_NUMBER),
    CALC_INPUT("n_a", CALC_COUNT),
    CALC_INPUT("var_b", CALC_AMOUNT),
    CALC_INPUT("mean_b", CALC_NUMBER),
    CALC_INPUT("n_b", CALC_COUNT),
    { 0 },
};

bool run_calc_lift_variance(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    static const char *const sizes[] = { "n_a", "n_b" };
    for (int i = 0; i < 2; i++)
        if (calc_count(in, sizes[i]) < 2)
            return calc_refuse(call, in, sizes[i],
                               "must be 2 or more: an arm of fewer has no "
                               "variance");
    struct moments a = { calc_real(in, "n_a"), calc_real(in, "mean_a"), calc_real(in, "var_a") };
    struct moments b = { calc_real(in, "n_b"), calc_real(in, "mean_b"), calc_real(in, "var_b") };
    struct lift_variance variance = lift_variance(&a, &b);
    json_put_real(out, "absolute", variance.absolute);
    calc_put_real(out, "relative", variance.has_relative, variance.relative);
    return true;
}

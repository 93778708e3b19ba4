/* See calc.h: experiments, sizes and power (methods/experiments.md, section 8). */
#include "calc/calc_arm.h"
#include "calc/calc_experiment.h"
#include "engine/stats/experiment_size.h"

#define POWER CALC_INPUT("power", CALC_SHARE, .fallback = "0.8")
#define TARGET_POWER CALC_INPUT("target_power", CALC_SHARE, .fallback = "0.8")
#define PLANNED_N CALC_INPUT("planned_n", CALC_POSITIVE, .fallback = "5000")

/* No more power than alpha is had with no data at all. */
static bool check_power(struct call *call, const struct calc_values *in, const char *power)
{
    return calc_real(in, power) > calc_real(in, "alpha") ||
           calc_refuse(call, in, power, "must be above 'alpha' (%g)", calc_real(in, "alpha"));
}

/* A size beyond this is no whole number that a double can hold. */
static const double size_max = 9007199254740992.0;

static bool check_size(struct call *call, const struct calc_values *in, const char *name, double n)
{
    return n < size_max || calc_refuse(call, in, name,
                                       "asks for too small a difference: no "
                                       "experiment is that large");
}

const struct calc_input calc_sample_size_two_proportion_inputs[] = {
    CALC_INPUT("p1", CALC_PROBABILITY),
    CALC_INPUT("p2", CALC_PROBABILITY),
    CALC_ALPHA,
    POWER,
    { 0 },
};

bool run_calc_sample_size_two_proportion(struct call *call, const struct calc_values *in,
                                         struct json_writer *out)
{
    double p1 = calc_real(in, "p1"), p2 = calc_real(in, "p2");
    if (p1 == p2)
        return calc_refuse(call, in, "p2", "equals 'p1': there is no difference to see");
    if (!check_power(call, in, "power"))
        return false;
    struct size_two_proportion size =
        sample_size_two_proportion(p1, p2, calc_real(in, "alpha"), calc_real(in, "power"));
    if (!check_size(call, in, "p2", size.exact))
        return false;
    json_put_int(out, "n_per_arm", size_whole(size.exact));
    json_put_real(out, "n_exact", size.exact);
    json_put_real(out, "n_arcsine", size.arcsine);
    json_put_real(out, "n_unpooled", size.unpooled);
    return true;
}

const struct calc_input calc_sample_size_mean_inputs[] = {
    CALC_INPUT("effect_size", CALC_NUMBER),
    CALC_ALPHA,
    POWER,
    { 0 },
};

bool run_calc_sample_size_mean(struct call *call, const struct calc_values *in,
                               struct json_writer *out)
{
    double effect_size = calc_real(in, "effect_size");
    if (effect_size == 0)
        return calc_refuse(call, in, "effect_size", "is 0: there is no difference to see");
    if (!check_power(call, in, "power"))
        return false;
    struct size_mean size =
        sample_size_mean(effect_size, calc_real(in, "alpha"), calc_real(in, "power"));
    if (!check_size(call, in, "effect_size", size.t))
        return false;
    json_put_real(out, "n_z", size.z);
    json_put_real(out, "n_t", size.t);
    json_put_int(out, "n_per_arm", size_whole(size.t));
    return true;
}

const struct calc_input calc_sample_size_mcnemar_inputs[] = {
    CALC_INPUT("p10", CALC_PROBABILITY),
    CALC_INPUT("p01", CALC_PROBABILITY),
    CALC_ALPHA,
    POWER,
    { 0 },
};

bool run_calc_sample_size_mcnemar(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    double p10 = calc_real(in, "p10"), p01 = calc_real(in, "p01");
    if (p10 == p01)
        return calc_refuse(call, in, "p01", "equals 'p10': there is no difference to see");
    if (p10 + p01 > 1 + 1e-12)
        return calc_refuse(call, in, "p01",
                           "and 'p10' are %g together: rates of flips are at "
                           "most 1",
                           p10 + p01);
    if (!check_power(call, in, "power"))
        return false;
    double n = sample_size_mcnemar(p10, p01, calc_real(in, "alpha"), calc_real(in, "power"));
    if (!check_size(call, in, "p01", n))
        return false;
    json_put_real(out, "n_exact", n);
    json_put_int(out, "n_pairs", size_whole(n));
    return true;
}

/* --- a lift --- */

const struct calc_input calc_power_lift_inputs[] = {
    CALC_INPUT("mean", CALC_NUMBER),
    CALC_INPUT("variance", CALC_POSITIVE),
    CALC_INPUT("effect", CALC_NUMBER),
    CALC_INPUT("n_total", CALC_POSITIVE),
    CALC_INPUT("n_variations", CALC_COUNT, .fallback = "2"),
    CALC_ALPHA,
    TARGET_POWER,
    PLANNED_N,
    { 0 },
};

bool run_calc_power_lift(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    if (calc_real(in, "mean") == 0)
        return calc_refuse(call, in, "mean", "is 0: there is no relative lift of it");
    if (calc_real(in, "effect") == 0)
        return calc_refuse(call, in, "effect", "is 0: there is no difference to see");
    if (calc_count(in, "n_variations") < 2)
        return calc_refuse(call, in, "n_variations", "must be 2 or more");
    if (!check_power(call, in, "target_power"))
        return false;
    struct lift_plan plan = {
        .mean = calc_real(in, "mean"),
        .variance = calc_real(in, "variance"),
        .n_per_arm = calc_real(in, "n_total") / calc_real(in, "n_variations"),
        .alpha = calc_real(in, "alpha"),
        .power = calc_real(in, "target_power"),
        .planned_n = calc_real(in, "planned_n"),
    };
    struct lift_power power = power_lift(&plan, calc_real(in, "effect"));
    json_put_real(out, "power", power.fixed);
    calc_put_real(out, "mde", power.has_mde, power.mde);
    json_put_real(out, "power_sequential", power.sequential);
    calc_put_real(out, "mde_sequential", power.has_mde_sequential, power.mde_sequential);
    return true;
}

const struct calc_input calc_power_mid_experiment_inputs[] = {
    CALC_ARM("a"), CALC_ARM("b"), CALC_INPUT("mde", CALC_NUMBER),
    CALC_ALPHA,    TARGET_POWER,  PLANNED_N,
    CALC_PRIOR,    { 0 },
};

static bool read_mid_plan(struct call *call, const struct calc_values *in, struct mid_plan *plan)
{
    struct moments a, b;
    struct calc_prior prior;
    if (!calc_arm(call, in, "a", &a) || !calc_arm(call, in, "b", &b) ||
        !calc_prior(call, in, &prior))
        return false;
    if (a.mean == 0)
        return calc_refuse(call, in, "a", "has mean 0: there is no relative difference to it");
    if (calc_real(in, "mde") == 0)
        return calc_refuse(call, in, "mde", "is 0: there is no difference to see");
    if (!check_power(call, in, "target_power"))
        return false;
    *plan = (struct mid_plan){
        .se = difference_of(&a, &b, true).se,
        .n = a.n + b.n,
        .effect = calc_real(in, "mde"),
        .alpha = calc_real(in, "alpha"),
        .power = calc_real(in, "target_power"),
        .planned_n = calc_real(in, "planned_n"),
        .has_prior = prior.is_given,
        .prior_mean = prior.mean,
        .prior_variance = prior.variance,
    };
    return true;
}

bool run_calc_power_mid_experiment(struct call *call, const struct calc_values *in,
                                   struct json_writer *out)
{
    struct mid_plan plan;
    struct mid_power extra = { 0 };
    if (!read_mid_plan(call, in, &plan))
        return false;
    if (plan.se > 0)
        extra = power_mid_experiment(&plan);
    json_put_real(out, "se", plan.se);
    calc_put_real(out, "extra_fixed", extra.fixed.is_known, extra.fixed.k);
    calc_put_real(out, "extra_sequential", extra.sequential.is_known, extra.sequential.k);
    calc_put_real(out, "extra_bayes", extra.bayes.is_known, extra.bayes.k);
    return true;
}

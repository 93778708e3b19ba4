/* See calc_arm.h. The shapes are those of the contract's common objects. */
#include "calc/calc_arm.h"

#include <string.h>

const char *const calc_difference_choices[] = { "absolute", "relative", NULL };

bool calc_is_relative(const struct calc_values *in)
{
    return calc_choice(in, "difference") == 1;
}

const struct calc_input calc_prior_members[] = {
    CALC_INPUT("mean", CALC_NUMBER),
    CALC_INPUT("variance", CALC_POSITIVE),
    { 0 },
};

bool calc_prior(struct call *call, const struct calc_values *in, struct calc_prior *prior)
{
    struct calc_values members;
    *prior = (struct calc_prior){ .is_given = calc_given(in, "prior") };
    if (!prior->is_given)
        return true;
    if (!calc_object(call, in, "prior", &members))
        return false;
    prior->mean = calc_real(&members, "mean");
    prior->variance = calc_real(&members, "variance");
    return true;
}

/* Reads an arm by these inputs; its names are "a.n" in sentences. */
static bool read_shape(struct call *call, const struct calc_values *in, const char *name,
                       const struct calc_input *shape, struct calc_values *members)
{
    text where = call_format(call, "%.*s%s.", TEXT_FMT(in->where), name);
    return where.at && calc_read(call, shape, calc_json(in, name), where, members);
}

static bool is_arm(struct call *call, const struct calc_values *in, const char *name)
{
    return calc_json(in, name)->kind == JSON_OBJECT ||
           calc_refuse(call, in, name, "must be an arm, an object");
}

static bool check_size(struct call *call, const struct calc_values *members, const char *name,
                       int64_t n)
{
    return n >= 2 ||
           calc_refuse(call, members, name, "holds n = %lld: an arm has 2 or more", (long long)n);
}

/* --- means and proportions --- */

static const char *const arm_types[] = { "mean", "proportion", NULL };

#define ARM_TYPE                                                                                   \
    CALC_INPUT("type", CALC_CHOICE, .choices = arm_types, .words = "\"mean\" or \"proportion\"")

static const struct calc_input values_shape[] = {
    CALC_INPUT("values", CALC_NUMBERS),
    { 0 },
};
static const struct calc_input mean_shape[] = {
    ARM_TYPE,
    CALC_INPUT("n", CALC_COUNT),
    CALC_INPUT("sum", CALC_NUMBER),
    CALC_INPUT("sum_squares", CALC_AMOUNT),
    { 0 },
};
static const struct calc_input proportion_shape[] = {
    ARM_TYPE,
    CALC_INPUT("n", CALC_COUNT),
    CALC_INPUT("sum", CALC_AMOUNT, .within = "n"),
    { 0 },
};

static bool arm_of_values(struct call *call, const struct calc_values *members, struct moments *arm)
{
    size_t count = calc_size(members, "values");
    double *value = calc_reals(call, members, "values");
    if (!value || !check_size(call, members, "values", (int64_t)count))
        return false;
    *arm = moments_of_values(value, count);
    return true;
}

static bool arm_of_sums(struct call *call, const struct calc_values *members, struct moments *arm)
{
    return check_size(call, members, "n", calc_count(members, "n")) &&
           (moments_of_sums(calc_real(members, "n"), calc_real(members, "sum"),
                            calc_real(members, "sum_squares"), arm) ||
            calc_refuse(call, members, "sum_squares", "is too small for this sum and n"));
}

bool calc_arm(struct call *call, const struct calc_values *in, const char *name,
              struct moments *arm)
{
    struct calc_values members;
    const struct json *given = calc_json(in, name);
    if (!is_arm(call, in, name))
        return false;
    if (json_get(given, "values"))
        return read_shape(call, in, name, values_shape, &members) &&
               arm_of_values(call, &members, arm);
    const struct json *type = json_get(given, "type");
    bool is_rate = type && type->kind == JSON_TEXT && text_is(type->text, "proportion");
    if (!read_shape(call, in, name, is_rate ? proportion_shape : mean_shape, &members))
        return false;
    if (!is_rate)
        return arm_of_sums(call, &members, arm);
    if (!check_size(call, &members, "n", calc_count(&members, "n")))
        return false;
    *arm = moments_of_rate(calc_real(&members, "n"), calc_real(&members, "sum"));
    return true;
}

bool calc_arms_difference(struct call *call, const struct calc_values *in,
                          struct difference *difference)
{
    struct moments a, b;
    bool is_relative = calc_is_relative(in);
    if (!calc_arm(call, in, "a", &a) || !calc_arm(call, in, "b", &b))
        return false;
    if (is_relative && a.mean == 0)
        return calc_refuse(call, in, "a",
                           "has mean 0: no relative difference to it, ask for the "
                           "absolute one");
    *difference = difference_of(&a, &b, is_relative);
    return true;
}

/* --- with a covariate --- */

static const struct calc_input cuped_values_shape[] = {
    CALC_INPUT("post", CALC_NUMBERS),
    CALC_INPUT("pre", CALC_NUMBERS, .pairs_with = "post"),
    { 0 },
};
static const struct calc_input cuped_sums_shape[] = {
    CALC_INPUT("n", CALC_COUNT),
    CALC_INPUT("post_sum", CALC_NUMBER),
    CALC_INPUT("post_sum_squares", CALC_AMOUNT),
    CALC_INPUT("pre_sum", CALC_NUMBER),
    CALC_INPUT("pre_sum_squares", CALC_AMOUNT),
    CALC_INPUT("post_pre_sum_of_products", CALC_NUMBER),
    { 0 },
};

bool calc_cuped_arm(struct call *call, const struct calc_values *in, const char *name,
                    struct cuped_arm *arm)
{
    struct calc_values members;
    if (!is_arm(call, in, name))
        return false;
    if (json_get(calc_json(in, name), "post")) {
        if (!read_shape(call, in, name, cuped_values_shape, &members))
            return false;
        size_t count = calc_size(&members, "post");
        double *post = calc_reals(call, &members, "post"), *pre = calc_reals(call, &members, "pre");
        if (!post || !pre || !check_size(call, &members, "post", (int64_t)count))
            return false;
        *arm = cuped_arm_of_values(post, pre, count);
        return true;
    }
    return read_shape(call, in, name, cuped_sums_shape, &members) &&
           check_size(call, &members, "n", calc_count(&members, "n")) &&
           (cuped_arm_of_sums(calc_real(&members, "n"), calc_real(&members, "post_sum"),
                              calc_real(&members, "post_sum_squares"),
                              calc_real(&members, "pre_sum"),
                              calc_real(&members, "pre_sum_squares"),
                              calc_real(&members, "post_pre_sum_of_products"), arm) ||
            calc_refuse(call, in, name, "has a sum of squares too small for its sum and n"));
}

static const struct calc_input ratio_shape[] = {
    CALC_INPUT("n", CALC_COUNT),
    CALC_INPUT("m_post_sum", CALC_NUMBER),
    CALC_INPUT("m_post_sum_squares", CALC_AMOUNT),
    CALC_INPUT("d_post_sum", CALC_NUMBER),
    CALC_INPUT("d_post_sum_squares", CALC_AMOUNT),
    CALC_INPUT("m_pre_sum", CALC_NUMBER),
    CALC_INPUT("m_pre_sum_squares", CALC_AMOUNT),
    CALC_INPUT("d_pre_sum", CALC_NUMBER),
    CALC_INPUT("d_pre_sum_squares", CALC_AMOUNT),
    CALC_INPUT("m_post_m_pre", CALC_NUMBER),
    CALC_INPUT("d_post_d_pre", CALC_NUMBER),
    CALC_INPUT("m_pre_d_pre", CALC_NUMBER),
    CALC_INPUT("m_post_d_post", CALC_NUMBER),
    CALC_INPUT("m_post_d_pre", CALC_NUMBER),
    CALC_INPUT("d_post_m_pre", CALC_NUMBER),
    { 0 },
};

static const char *const ratio_sums[RATIO_PARTS] = {
    [M_POST] = "m_post_sum",
    [D_POST] = "d_post_sum",
    [M_PRE] = "m_pre_sum",
    [D_PRE] = "d_pre_sum",
};

/* Which input holds the sum of products of two columns. */
static const struct {
    enum ratio_part one, other;
    const char *products;
} ratio_products[] = {
    { M_POST, M_POST, "m_post_sum_squares" }, { D_POST, D_POST, "d_post_sum_squares" },
    { M_PRE, M_PRE, "m_pre_sum_squares" },    { D_PRE, D_PRE, "d_pre_sum_squares" },
    { M_POST, M_PRE, "m_post_m_pre" },        { D_POST, D_PRE, "d_post_d_pre" },
    { M_PRE, D_PRE, "m_pre_d_pre" },          { M_POST, D_POST, "m_post_d_post" },
    { M_POST, D_PRE, "m_post_d_pre" },        { D_POST, M_PRE, "d_post_m_pre" },
};

static double column_covariance(const struct ratio_arm *arm, enum ratio_part one,
                                enum ratio_part other, double products)
{
    return (products - arm->n * arm->mean[one] * arm->mean[other]) / (arm->n - 1);
}

/* The squares stand first: a column without variance has no covariance either, but for rounding. */
static bool put_products(struct call *call, const struct calc_values *members,
                         struct ratio_arm *arm)
{
    for (size_t i = 0; i < sizeof ratio_products / sizeof *ratio_products; i++) {
        enum ratio_part one = ratio_products[i].one, other = ratio_products[i].other;
        double products = calc_real(members, ratio_products[i].products);
        double covariance = column_covariance(arm, one, other, products);
        struct moments column;
        if (one == other) {
            if (!moments_of_sums(arm->n, calc_real(members, ratio_sums[one]), products, &column))
                return calc_refuse(call, members, ratio_products[i].products,
                                   "is too small for its sum and n");
            covariance = column.variance;
        } else if (arm->covariance[one][one] <= 0 || arm->covariance[other][other] <= 0) {
            covariance = 0;
        }
        arm->covariance[one][other] = arm->covariance[other][one] = covariance;
    }
    return true;
}

bool calc_ratio_arm(struct call *call, const struct calc_values *in, const char *name,
                    struct ratio_arm *arm)
{
    struct calc_values members;
    if (!is_arm(call, in, name) || !read_shape(call, in, name, ratio_shape, &members) ||
        !check_size(call, &members, "n", calc_count(&members, "n")))
        return false;
    memset(arm, 0, sizeof *arm);
    arm->n = calc_real(&members, "n");
    for (int i = 0; i < RATIO_PARTS; i++) {
        arm->mean[i] = calc_real(&members, ratio_sums[i]) / arm->n;
        if (arm->mean[i] == 0 && (i == D_POST || i == D_PRE))
            return calc_refuse(call, &members, ratio_sums[i], "is 0: nothing to divide by");
    }
    return put_products(call, &members, arm);
}

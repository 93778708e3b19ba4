/* The functions of drift: what is not known, and what they refuse. */
#include "support/calc_case.h"

static void short_series_have_no_noise_and_no_change(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "noise_sigma", "{\"series\":[1]}", "{\"sigma\":null,\"penalty\":null}", NULL },
        { "noise_sigma", "{\"series\":[1,1]}", "{\"sigma\":0,\"penalty\":0}", NULL },
        { "change_points_l2", "{\"series\":[]}",
          "{\"breakpoints\":[],\"objective\":0,\"penalty\":null}", NULL },
        { "change_points_l2", "{\"series\":[1,1,3,3]}",
          "{\"breakpoints\":[2],\"objective\":0,\"penalty\":0}", NULL },
        { "change_points_binomial", "{\"runs\":[],\"penalty\":1}",
          "{\"breakpoints\":[],\"objective\":0,\"penalty\":1}", NULL },
        { "cusum_lower", "{\"series\":[0,0],\"mu0\":1.5,\"sigma\":0.5,\"k\":0.5,\"h\":2.5}",
          "{\"s\":[2.5,5],\"first_alarm_index\":1}", NULL },
        { "evalue_bernoulli", "{\"successes\":0,\"n\":0,\"p0\":0.5}", "{\"log_e\":0,\"p\":1}",
          NULL },
        { 0 },
    };
    test_calc_cases(cases);
}

static void an_empty_batch_has_not_moved(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "categorical_drift", "{\"reference\":[0,0],\"current\":[1,2]}",
          "{\"psi\":null,\"js_divergence\":null,\"js_distance\":null,\"g\":null,\"p_g\":null,"
          "\"chi2\":null,\"p_chi2\":null,\"df\":null,\"cramers_v\":null,"
          "\"total_variation\":null}",
          NULL },
        { "numeric_drift", "{\"reference\":[],\"current\":[1]}",
          "{\"ks\":null,\"p_exact\":null,\"wasserstein\":null}", NULL },
        { "numeric_drift", "{\"reference\":[1,1],\"current\":[1]}",
          "{\"ks\":0,\"p_exact\":1,\"wasserstein\":0}", NULL },
        { "suspect_rank", "{\"suspects\":[{\"id\":\"a\",\"prior\":2}]}",
          "{\"ranking\":[{\"id\":\"a\",\"log_lr\":0,\"odds_ratio\":null,\"p_fisher\":null,"
          "\"coverage\":null,\"posterior\":1}]}",
          NULL },
        { 0 },
    };
    test_calc_cases(cases);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "noise_sigma", "{\"series\":[1,null]}", NULL, "'series'" },
        { "change_points_l2", "{\"series\":[1],\"min_segment\":0}", NULL, "'min_segment'" },
        { "change_points_l2", "{\"series\":[1],\"penalty\":-1}", NULL, "'penalty'" },
        { "change_points_binomial", "{\"runs\":[[2,1]]}", NULL, "'runs'" },
        { "change_points_binomial", "{\"runs\":[[1]]}", NULL, "'runs'" },
        { "cusum_lower", "{\"series\":[1],\"mu0\":1,\"sigma\":0}", NULL, "'sigma'" },
        { "evalue_bernoulli", "{\"successes\":2,\"n\":1,\"p0\":0.5}", NULL, "'successes'" },
        { "evalue_bernoulli", "{\"successes\":1,\"n\":1,\"p0\":1}", NULL, "'p0'" },
        { "categorical_drift", "{\"reference\":[1],\"current\":[1,2]}", NULL, "'current'" },
        { "categorical_drift", "{\"reference\":[1],\"current\":[-1]}", NULL, "'current'" },
        { "numeric_drift", "{\"reference\":[\"a\"],\"current\":[1]}", NULL, "'reference'" },
        { "suspect_rank", "{\"suspects\":[{\"id\":\"a\",\"prior\":0}]}", NULL, "'suspects'" },
        { "suspect_rank", "{\"suspects\":[{\"id\":\"a\",\"prior\":1,\"touched_fail\":1}]}", NULL,
          "touched_ok" },
        { "suspect_rank", "{\"suspects\":[{\"id\":\"a\",\"prior\":-1}]}", NULL, "prior" },
        { 0 },
    };
    test_calc_cases(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_series_have_no_noise_and_no_change),
        cmocka_unit_test(an_empty_batch_has_not_moved),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

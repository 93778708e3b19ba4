/* The functions of eval results: edges, and what they refuse. */
#include "support/calc_case.h"

static void nothing_known_is_null(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "paired_se", "{\"baseline\":[1],\"candidate\":[0]}",
          "{\"se_paired\":null,\"se_unpaired\":null,\"pearson_r\":null}", NULL },
        { "clustered_se", "{\"scores\":[],\"clusters\":[]}",
          "{\"n\":0,\"n_clusters\":0,\"mean\":null,\"se_clt\":null,\"se_miller\":null,"
          "\"se_cr0\":null,\"se_cr1\":null}",
          NULL },
        { "repeats_se", "{\"scores_by_case\":[]}",
          "{\"n_cases\":0,\"mean\":null,\"se\":null,\"se_naive\":null,\"within_variance\":null}",
          NULL },
        { "holm", "{\"p_values\":[]}", "{\"p_adjusted\":[],\"rejected\":[]}", NULL },
        { "tail_mean", "{\"scores\":[]}", "{\"tail_mean\":null,\"quantile\":null,\"tail_n\":0}",
          NULL },
        { "hardest_pass_rate", "{\"historical_pass_rate\":[],\"now_pass\":[]}",
          "{\"case_indices\":[],\"tied_indices\":[],\"pass_rate\":null,\"lower\":null,"
          "\"upper\":null}",
          NULL },
        { "cvar", "{\"values\":[],\"level\":0.9}", "{\"var\":null,\"cvar\":null,\"quantile\":null}",
          NULL },
        { "cohen_kappa", "{\"a\":[1,1],\"b\":[1,1]}", "{\"kappa\":null,\"agreement\":1}", NULL },
        { "mann_whitney", "{\"x\":[],\"y\":[1]}",
          "{\"u\":null,\"p_asymptotic\":null,\"p_exact\":null,\"cliffs_delta\":null}", NULL },
        { "pass_at_k", "{\"n\":2,\"correct\":1,\"k\":3}",
          "{\"pass_at_k\":null,\"pass_hat_k\":null}", NULL },
        { 0 },
    };
    test_calc_cases(cases);
}

static void numbers_and_texts_are_different_labels(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "cohen_kappa", "{\"a\":[1,\"1\"],\"b\":[\"1\",1]}", "{\"kappa\":-1,\"agreement\":0}",
          NULL },
        { "cohen_kappa", "{\"a\":[1],\"b\":[null]}", NULL, "'b'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "paired_diff", "{\"baseline\":[1,2],\"candidate\":[1]}", NULL, "'candidate'" },
        { "paired_se", "{\"baseline\":[1],\"candidate\":[\"a\"]}", NULL, "'candidate'" },
        { "clustered_se", "{\"scores\":[1,2],\"clusters\":[1]}", NULL, "'clusters'" },
        { "repeats_se", "{\"scores_by_case\":[[1],[]]}", NULL, "'scores_by_case'" },
        { "repeats_se", "{\"scores_by_case\":[[1],[\"a\"]]}", NULL, "score 1 of case 2" },
        { "holm", "{\"p_values\":[1.1]}", NULL, "'p_values'" },
        { "holm", "{\"p_values\":[1],\"alpha\":0}", NULL, "'alpha'" },
        { "sample_size_paired", "{\"delta\":0,\"omega2\":1}", NULL, "'delta'" },
        { "sample_size_paired", "{\"delta\":1,\"omega2\":1,\"k_a\":0}", NULL, "'k_a'" },
        { "mde_paired", "{\"n\":-1,\"omega2\":1}", NULL, "'n'" },
        { "mde_two_proportion", "{\"n_per_arm\":10,\"p\":1.5}", NULL, "'p'" },
        { "mde_mcnemar", "{\"n\":10,\"discordant_rate\":2}", NULL, "'discordant_rate'" },
        { "pass_at_k", "{\"n\":2,\"correct\":3,\"k\":1}", NULL, "'correct'" },
        { "pass_at_k", "{\"n\":2,\"correct\":1,\"k\":0}", NULL, "'k'" },
        { "tail_mean", "{\"scores\":[1],\"fraction\":1}", NULL, "'fraction'" },
        { "hardest_pass_rate", "{\"historical_pass_rate\":[0.5],\"now_pass\":[0.5]}", NULL,
          "'now_pass'" },
        { "cvar", "{\"values\":[1],\"level\":0}", NULL, "'level'" },
        { "wilcoxon_signed_rank", "{\"before\":[1],\"after\":[]}", NULL, "'after'" },
        { "mann_whitney", "{\"x\":[1],\"y\":1}", NULL, "'y'" },
        { 0 },
    };
    test_calc_cases(cases);
}

/* 1 - alpha would be 1: the number is not there, but nothing ends. */
static void the_smallest_alpha_is_an_alpha(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "mde_mcnemar", "{\"n\":10,\"discordant_rate\":0.1,\"alpha\":1e-300}", "{\"mde\":null}",
          NULL },
        { "mde_paired", "{\"n\":10,\"omega2\":1,\"alpha\":5e-324}", "{\"mde\":null}", NULL },
        { "sample_size_paired", "{\"delta\":1,\"omega2\":1,\"alpha\":5e-324}", NULL, "'delta'" },
        { 0 },
    };
    test_calc_cases(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_known_is_null),
        cmocka_unit_test(numbers_and_texts_are_different_labels),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(the_smallest_alpha_is_an_alpha),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

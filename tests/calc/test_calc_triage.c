/* The functions of triage: overlap of texts, and clusters against labels. */
#include "support/calc_case.h"

static void case_and_blanks_of_any_script_do_not_count(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "jaccard_shingles", "{\"a\":\" Ab\\u00a0\\u3000\\n c \",\"b\":\"aB C\"}",
          "{\"size_a\":2,\"size_b\":2,\"intersection\":2,\"union\":2,\"jaccard\":1}", NULL },
        { "jaccard_shingles", "{\"a\":\"a\\u2003b\",\"b\":\"a\\u200bb\"}",
          "{\"size_a\":1,\"size_b\":1,\"intersection\":0,\"union\":2,\"jaccard\":0}", NULL },
        { "jaccard_shingles", "{\"a\":\"\\u00c9t\\u00e9\",\"b\":\"\\u00e9t\\u00c9s\",\"k\":2}",
          "{\"size_a\":2,\"size_b\":3,\"intersection\":2,\"union\":3,"
          "\"jaccard\":0.6666666666666666}",
          NULL },
        { 0 },
    };
    test_calc_cases(cases);
}

static void a_short_text_is_one_shingle_and_an_empty_one_none(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "jaccard_shingles", "{\"a\":\"ab\",\"b\":\"abc\"}",
          "{\"size_a\":1,\"size_b\":1,\"intersection\":0,\"union\":2,\"jaccard\":0}", NULL },
        { "jaccard_shingles", "{\"a\":\"aaaaaa\",\"b\":\"aaa\"}",
          "{\"size_a\":1,\"size_b\":1,\"intersection\":1,\"union\":1,\"jaccard\":1}", NULL },
        { "jaccard_shingles", "{\"a\":\" \\u3000\",\"b\":\"\"}",
          "{\"size_a\":0,\"size_b\":0,\"intersection\":0,\"union\":0,\"jaccard\":null}", NULL },
        { "jaccard_shingles", "{\"a\":\"abc\",\"b\":\"abc\",\"k\":0}", NULL, "'k'" },
        { "jaccard_shingles", "{\"a\":\"abc\",\"b\":7}", NULL, "'b'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void proposals(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "lsh_candidate_probability", "{\"jaccard\":0.5,\"bands\":1,\"rows\":2}",
          "{\"value\":0.25}", NULL },
        { "lsh_candidate_probability", "{\"jaccard\":0,\"bands\":32,\"rows\":4}", "{\"value\":0}",
          NULL },
        { "lsh_candidate_probability", "{\"jaccard\":1.1,\"bands\":32,\"rows\":4}", NULL,
          "'jaccard'" },
        { "lsh_candidate_probability", "{\"jaccard\":1,\"bands\":0,\"rows\":4}", NULL, "'bands'" },
        { "lsh_candidate_probability", "{\"jaccard\":1,\"bands\":32,\"rows\":0.5}", NULL,
          "'rows'" },
        { 0 },
    };
    test_calc_cases(cases);
}

#define PERFECT "{\"homogeneity\":1,\"completeness\":1,\"v_measure\":1,\"ari\":1,\"nmi\":1,"

static void clusters(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "cluster_metrics", "{\"true\":[1,1],\"pred\":[\"a\",\"a\"]}",
          PERFECT "\"pair_precision\":1,\"pair_recall\":1,\"pair_f1\":1,\"clusters\":1}", NULL },
        { "cluster_metrics", "{\"true\":[1],\"pred\":[1]}",
          PERFECT "\"pair_precision\":0,\"pair_recall\":0,\"pair_f1\":0,\"clusters\":1}", NULL },
        { "cluster_metrics", "{\"true\":[],\"pred\":[]}",
          PERFECT "\"pair_precision\":0,\"pair_recall\":0,\"pair_f1\":0,\"clusters\":0}", NULL },
        { "cluster_metrics", "{\"true\":[1,2],\"pred\":[1]}", NULL, "'pred'" },
        { "cluster_metrics", "{\"true\":[true],\"pred\":[1]}", NULL, "'true'" },
        { 0 },
    };
    test_calc_cases(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_and_blanks_of_any_script_do_not_count),
        cmocka_unit_test(a_short_text_is_one_shingle_and_an_empty_one_none),
        cmocka_unit_test(proposals),
        cmocka_unit_test(clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

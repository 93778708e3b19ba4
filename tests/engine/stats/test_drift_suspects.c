/* Suspects: who gains by which counts, who loses, and in which order they stand. */
#include "engine/stats/drift.h"
#include "support/close.h"

#include <math.h>

static void who_touched_the_failing_cases_comes_first(void **state)
{
    (void)state;
    const struct suspect suspect[] = {
        { TEXT("noise"), .1, false, 0, 0, 0, 0 },
        { TEXT("prompt"), .1, true, 9, 1, 0, 90 },
        { TEXT("other"), .1, true, 1, 9, 8, 82 },
    };
    struct ranked_suspect ranked[3];
    assert_true(suspect_rank(suspect, 3, ranked));
    assert_int_equal(ranked[0].at, 1);
    /* B(10, 2) B(1, 91) / B(10, 92), by hand with factorials. */
    double log_lr = lgamma(10) + lgamma(2) - lgamma(12) + lgamma(1) + lgamma(91) - lgamma(92) -
                    (lgamma(10) + lgamma(92) - lgamma(102));
    assert_close(ranked[0].log_lr, log_lr, 1e-9);
    assert_close(ranked[0].odds_ratio, 9.5 * 90.5 / (1.5 * .5), 1e-9);
    assert_close(ranked[0].coverage, 1, 0);
    assert_true(ranked[0].p_fisher < 1e-9);
    assert_close(ranked[0].posterior + ranked[1].posterior + ranked[2].posterior, 1, 1e-12);
    assert_int_equal(ranked[1].at, 0); /* no counts: neither gains nor loses */
    assert_true(ranked[1].log_lr == 0 && !ranked[1].has_counts && !ranked[1].has_coverage);
    assert_true(ranked[2].log_lr < 0);
}

static void more_failures_outside_never_speak_for_a_change(void **state)
{
    (void)state;
    const struct suspect suspect[] = { { TEXT("a"), 1, true, 0, 500, 400, 100 } };
    struct ranked_suspect ranked[1];
    assert_true(suspect_rank(suspect, 1, ranked));
    assert_true(ranked[0].log_lr == 0);
    assert_true(ranked[0].p_fisher == 1);
    assert_true(ranked[0].coverage == 0);
}

static void data_cannot_tell_of_a_change_that_touched_all_or_none(void **state)
{
    (void)state;
    const struct suspect suspect[] = {
        { TEXT("all"), .2, true, 30, 70, 0, 0 },
        { TEXT("none"), .1, true, 0, 0, 30, 70 },
    };
    struct ranked_suspect ranked[2];
    assert_true(suspect_rank(suspect, 2, ranked));
    assert_true(ranked[0].log_lr == 0 && ranked[1].log_lr == 0);
    assert_close(ranked[0].posterior, 2 / 3.0, 1e-12);
    assert_true(ranked[0].coverage == 1 && ranked[1].coverage == 0);
}

static void ties_stand_by_id_and_nothing_failing_has_no_coverage(void **state)
{
    (void)state;
    const struct suspect suspect[] = {
        { TEXT("b"), .5, true, 0, 50, 0, 150 },
        { TEXT("a"), .5, true, 0, 50, 0, 150 },
    };
    struct ranked_suspect ranked[2];
    assert_true(suspect_rank(suspect, 2, ranked));
    assert_int_equal(ranked[0].at, 1);
    assert_close(ranked[0].log_lr, log(201) - log(51) - log(151), 1e-9);
    assert_false(ranked[0].has_coverage);
}

static void priors_of_nothing_rank_nothing(void **state)
{
    (void)state;
    const struct suspect suspect[] = { { TEXT("a"), 0, true, 5, 5, 0, 90 },
                                       { TEXT("b"), 1e-9, false, 0, 0, 0, 0 } };
    struct ranked_suspect ranked[2];
    assert_false(suspect_rank(suspect, 1, ranked));
    assert_false(suspect_rank(suspect, 0, ranked));
    assert_true(suspect_rank(suspect, 2, ranked));
    assert_int_equal(ranked[0].at, 1);
    assert_true(ranked[0].posterior == 1 && ranked[1].posterior == 0);
}

static void evidence_beyond_a_double_is_still_ranked(void **state)
{
    (void)state;
    const struct suspect suspect[] = { { TEXT("a"), 1, true, 100000, 0, 0, 100000 },
                                       { TEXT("b"), 1, true, 100000, 1, 0, 99999 } };
    struct ranked_suspect ranked[2];
    assert_true(suspect_rank(suspect, 2, ranked));
    assert_int_equal(ranked[0].at, 0);
    assert_true(isfinite(ranked[0].posterior) && ranked[0].posterior > .99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_touched_the_failing_cases_comes_first),
        cmocka_unit_test(more_failures_outside_never_speak_for_a_change),
        cmocka_unit_test(data_cannot_tell_of_a_change_that_touched_all_or_none),
        cmocka_unit_test(ties_stand_by_id_and_nothing_failing_has_no_coverage),
        cmocka_unit_test(priors_of_nothing_rank_nothing),
        cmocka_unit_test(evidence_beyond_a_double_is_still_ranked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

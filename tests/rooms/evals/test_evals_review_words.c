/* The sentence of a surface and the summary of a week: exact words. */
#include "support/support.h"

#include "support/review_fixture.h"

static void assert_sentence(struct call *call, const struct surface_review *surface,
                            const char *sentence)
{
    assert_text(surface_review_sentence(call, surface), sentence);
}

static void each_verdict_has_its_sentence(void **state)
{
    (void)state;
    static const char *const sentence[FIXTURE_SURFACES] = {
        [FIXTURE_REGRESSED] = "Worse: 12 cases no longer pass (1 without a verdict), 2 now pass "
                              "(exact McNemar p = .013, corrected .026). "
                              "Largest slice: lang=de, down 15 points.",
        [FIXTURE_IMPROVED] = "Better: 16 cases now pass, 2 now fail (exact McNemar p = .001).",
        [FIXTURE_NO_EVIDENCE] = "No evidence of a change: 12 worse, 4 better of 200 "
                                "(exact p = .077). "
                                "A net change below 6 points could not have been seen.",
        [FIXTURE_INSUFFICIENT] = "Too few to compare: no earlier run.",
        [FIXTURE_COULD_NOT_MEASURE] = "Could not measure: 7 of 80 cases have no verdict.",
        [FIXTURE_NOT_COMPARABLE] = "Not comparable: judge was 'rubric-3', is 'rubric-4'.",
    };
    struct call call;
    test_call_init(&call);
    for (int i = 0; i < FIXTURE_SURFACES; i++) {
        struct surface_review surface = fixture_surface(i);
        assert_sentence(&call, &surface, sentence[i]);
    }
    call_release(&call);
}

static void only_real_fails_are_called_fails(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    surface.flip_count = 3; /* without the one to error */
    surface.slice_count = 0;
    assert_sentence(&call, &surface, "Worse: 12 cases now fail, 2 now pass "
                                     "(exact McNemar p = .013, corrected .026).");
    surface.pass_to_fail = 1;
    surface.fail_to_pass = 1;
    assert_sentence(&call, &surface, "Worse: 1 case now fails, 1 now passes "
                                     "(exact McNemar p = .013, corrected .026).");
    call_release(&call);
}

static void a_p_at_the_border_shows_on_which_side_it_is(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_NO_EVIDENCE);
    surface.mcnemar.p_exact = 0.0495;
    surface.p_adjusted = 0.05004;
    assert_sentence(&call, &surface, "No evidence of a change: 12 worse, 4 better of 200 "
                                     "(exact p = .0495, corrected .05004). "
                                     "A net change below 6 points could not have been seen.");
    surface.mcnemar.p_exact = 0.0004;
    surface.p_adjusted = 1;
    assert_sentence(&call, &surface, "No evidence of a change: 12 worse, 4 better of 200 "
                                     "(exact p < .001, corrected 1). "
                                     "A net change below 6 points could not have been seen.");
    call_release(&call);
}

static void what_could_not_be_seen_is_said_even_when_there_is_no_number(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_NO_EVIDENCE);
    surface.has_smallest_detectable = false;
    assert_sentence(&call, &surface,
                    "No evidence of a change: 12 worse, 4 better of 200 "
                    "(exact p = .077). Too few cases flipped to say how small "
                    "a change it could have seen.");
    surface.pass_to_fail = surface.fail_to_pass = 0;
    surface.mcnemar = mcnemar(0, 0);
    surface.p_adjusted = 1;
    assert_sentence(&call, &surface, "No evidence of a change: 0 worse, 0 better of 200 "
                                     "(exact p = 1). Not one case flipped, so how small a change "
                                     "it could have seen is not known.");
    call_release(&call);
}

static void missing_cases_and_too_few_pairs_are_counted(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_COULD_NOT_MEASURE);
    surface.tally.evaluated = 80;
    surface.missing_count = 20;
    surface.baseline_cases = 100;
    assert_sentence(&call, &surface,
                    "Could not measure: 20 of the 100 cases of the earlier run are missing.");
    surface.tally.evaluated = 60;
    assert_sentence(&call, &surface,
                    "Could not measure: 20 of 80 cases have no verdict; "
                    "20 of the 100 cases of the earlier run are missing.");
    surface.tally.evaluated = 80;
    surface.renamed_count = 2;
    assert_sentence(&call, &surface,
                    "Could not measure: 22 of the 100 cases of the earlier run are missing or "
                    "renamed.");
    surface.missing_count = 0;
    surface.renamed_count = 6;
    assert_sentence(&call, &surface,
                    "Could not measure: 6 of the 100 cases of the earlier run are renamed.");
    surface = fixture_surface(FIXTURE_INSUFFICIENT);
    surface.has_baseline = true;
    surface.paired.n = 7;
    assert_sentence(&call, &surface,
                    "Too few to compare: 7 cases stand in both runs, 10 are needed.");
    call_release(&call);
}

static void the_summary_tells_the_whole_week(void **state)
{
    (void)state;
    struct call call;
    struct surface_review surface[FIXTURE_SURFACES];
    test_call_init(&call);
    struct review review = fixture_review(&call, surface);
    assert_text(
        review.summary,
        "2026-W47 against 2026-W46: of 6 surfaces 1 regressed, 1 improved, 1 could not be "
        "measured, 1 is not comparable, 1 cannot be compared yet and 1 shows no evidence of a "
        "change (could miss up to 6 points). "
        "Regressed: support-answers at 86.5 % of 200, down 5 points, below its floor of 90 %: "
        "12 cases no longer pass (1 without a verdict), 2 now pass. "
        "Improved: search at 93.3 % of 300, up 4.7 points: 16 cases now pass, 2 now fail. "
        "Not judged: voice cannot be compared yet (no earlier run); extraction could not be "
        "measured (7 of 80 cases have no verdict); summaries is not comparable (judge was "
        "'rubric-3', is 'rubric-4'). "
        "To watch: billing-bot has a stealth problem: of its 20 hardest cases 8 pass, before 14 "
        "of 20; support-answers is falling 0.7 points a listed week over 8 weeks (Mann-Kendall "
        "p < .001, indicative); no run this week from onboarding.");
    call_release(&call);
}

static void a_quiet_week_says_what_it_could_have_missed(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface[2] = { fixture_surface(FIXTURE_NO_EVIDENCE),
                                         fixture_surface(FIXTURE_NO_EVIDENCE) };
    surface[0].tail.is_stealth = surface[1].tail.is_stealth = false;
    surface[1].smallest_detectable = 0.083;
    struct review review = { .week = FIXTURE_WEEK, .surface = surface, .surface_count = 2 };
    assert_text(review_summary(&call, &review),
                "2026-W47: no evidence of a change on 2 surfaces (could miss up to 8.3 points). "
                "Nothing to watch in 2 tails; no trend could be judged yet.");
    surface[0].has_trend = true;
    surface[0].trend.verdict = TREND_NO_TREND;
    assert_text(review_summary(&call, &review),
                "2026-W47: no evidence of a change on 2 surfaces (could miss up to 8.3 points). "
                "Nothing to watch in 2 tails and 1 trend that could be judged.");
    surface[0].trend.verdict = TREND_TOO_FEW_WEEKS;
    surface[1].has_smallest_detectable = false;
    surface[0].tail.has_stealth = surface[1].tail.has_stealth = false;
    assert_text(review_summary(&call, &review),
                "2026-W47: no evidence of a change on 2 surfaces (could miss up to 6 points; on 1 "
                "of them how much is not known). No tail and no trend could be judged yet.");
    review.surface_count = 0;
    assert_text(review_summary(&call, &review),
                "2026-W47: no surface has a run. No tail and no trend could be judged yet.");
    call_release(&call);
}

static void few_cases_are_counted_and_never_a_percentage(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_INSUFFICIENT);
    surface.verdict = REVIEW_REGRESSED;
    surface.has_floor = true;
    surface.floor = 0.9;
    surface.has_delta = true;
    surface.delta = -0.2;
    surface.pass_to_fail = 3;
    struct review review = { .week = FIXTURE_WEEK, .surface = &surface, .surface_count = 1 };
    assert_text(review_summary(&call, &review),
                "2026-W47: the one surface regressed. "
                "Regressed: voice at 7 of 9: 3 cases now fail, 0 now pass.");
    call_release(&call);
}

static void a_long_list_of_surfaces_is_cut_with_its_number(void **state)
{
    (void)state;
    struct call call;
    struct surface_review surface[7];
    test_call_init(&call);
    for (size_t i = 0; i < 7; i++)
        surface[i] = fixture_surface(FIXTURE_INSUFFICIENT);
    struct review review = { .week = FIXTURE_WEEK, .surface = surface, .surface_count = 7 };
    text summary = review_summary(&call, &review);
    assert_true(text_ends(summary, TEXT("voice cannot be compared yet (no earlier run) "
                                        "and 2 more.")));
    review.surface_count = 5;
    summary = review_summary(&call, &review);
    assert_true(text_find(summary, TEXT("more")) == SIZE_MAX);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_verdict_has_its_sentence),
        cmocka_unit_test(only_real_fails_are_called_fails),
        cmocka_unit_test(a_p_at_the_border_shows_on_which_side_it_is),
        cmocka_unit_test(what_could_not_be_seen_is_said_even_when_there_is_no_number),
        cmocka_unit_test(missing_cases_and_too_few_pairs_are_counted),
        cmocka_unit_test(the_summary_tells_the_whole_week),
        cmocka_unit_test(a_quiet_week_says_what_it_could_have_missed),
        cmocka_unit_test(few_cases_are_counted_and_never_a_percentage),
        cmocka_unit_test(a_long_list_of_surfaces_is_cut_with_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

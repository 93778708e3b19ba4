/*
 * A surface whose metric is better lower, beside the same surface whose metric is better higher:
 * the passes are the same, what is said of them follows the direction.
 */
#include "rooms/evals/review_headline.h"

#include "rooms/evals/review_facts.h"
#include "support/review_fixture.h"
#include "support/support.h"

#include <math.h>

typedef enum paint (*fact)(struct out *out, const struct review_subject *subject);

static struct surface_review lower(int which, double ceiling)
{
    struct surface_review surface = fixture_surface(which);
    surface.metric = TEXT("hallucination rate");
    surface.is_lower_better = true;
    surface.has_floor = true;
    surface.floor = ceiling;
    return surface;
}

static text words_of(struct call *call, fact write, const struct surface_review *surface)
{
    struct out out;
    struct review_subject subject = { surface, 12 };
    test_call_init(call);
    out_init(&out, call);
    write(&out, &subject);
    return out_view(&out);
}

static void expect(fact write, const struct surface_review *surface, const char *words)
{
    struct call call;
    assert_text(words_of(&call, write, surface), words);
    call_release(&call);
}

static bool has(fact write, const struct surface_review *surface, const char *part)
{
    struct call call;
    bool is_there = text_find(words_of(&call, write, surface), text_of(part)) != SIZE_MAX;
    call_release(&call);
    return is_there;
}

static text summary_of(struct call *call, struct surface_review *surface)
{
    struct review review = { .week = FIXTURE_WEEK, .surface = surface, .surface_count = 1 };
    return review_summary(call, &review);
}

/* --- the figure and its bound --- */

static void the_headline_is_what_passes_or_where_better_is_lower_what_does_not(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    struct interval interval = headline_interval(&surface, surface.interval);
    assert_int_equal(headline_part(&surface, 173, 200), 173);
    assert_true(headline_rate(&surface, 0.25) == 0.25 && headline_change(&surface, -0.05) == -0.05);
    assert_true(interval.lower == surface.interval.lower);
    surface.is_lower_better = true;
    interval = headline_interval(&surface, surface.interval);
    assert_int_equal(headline_part(&surface, 173, 200), 27);
    assert_true(headline_rate(&surface, 0.25) == 0.75 && headline_change(&surface, -0.05) == 0.05);
    assert_true(interval.lower == 1 - surface.interval.upper);
    assert_true(interval.upper == 1 - surface.interval.lower);
    assert_false(headline_interval(&surface, (struct interval){ 0 }).is_known);
    assert_false(signbit(headline_change(&surface, 0)));
}

static void a_floor_is_kept_from_above_and_a_ceiling_from_below(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED); /* 173 of 200 pass */
    surface.has_floor = true;
    surface.floor = 0.865;
    assert_false(headline_is_breached(&surface));
    surface.floor = 0.87;
    assert_true(headline_is_breached(&surface));
    surface.is_lower_better = true; /* 27 of 200 do not: 13.5 % */
    assert_false(headline_is_breached(&surface));
    surface.floor = 0.135;
    assert_false(headline_is_breached(&surface));
    surface.floor = 0.13;
    assert_true(headline_is_breached(&surface));
    surface.n = 9;
    assert_false(headline_is_judged(&surface) || headline_is_breached(&surface));
    surface.n = 200;
    surface.has_floor = false;
    assert_false(headline_is_judged(&surface) || headline_is_breached(&surface));
}

/* --- words --- */

static void it_has_a_line_of_its_own_with_its_name_where_it_is_not_the_pass_rate(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    expect(review_facts_headline, &surface, "");
    assert_true(has(review_facts_rate, &surface, "; below the floor of 90 % (the interval still"));
    surface = lower(FIXTURE_REGRESSED, 0.1);
    expect(review_facts_headline, &surface,
           "hallucination rate (lower is better) 13.5 % (9.4 to 18.9), n = 200; up 5 points from "
           "2026-W46; above the ceiling of 10 % (the interval still reaches it)");
    expect(review_facts_rate, &surface,
           "86.5 % (81.1 to 90.6), n = 200; down 5 points from 2026-W46; 2 without a verdict count "
           "as not passed");
    surface.floor = 0.05;
    assert_false(has(review_facts_headline, &surface, "still reaches it"));
    surface.floor = 0.2;
    assert_true(has(review_facts_headline, &surface, "from 2026-W46; ceiling 20 %"));
}

static void a_trend_of_the_passes_is_told_as_that_of_the_headline(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    assert_true(
        has(review_facts_trend, &surface, "\u2585\u2581  falling 0.7 points a listed week,"));
    surface.is_lower_better = true;
    assert_true(
        has(review_facts_trend, &surface, "\u2588  rising 0.7 points a listed week (worse),"));
    assert_true(
        has(review_facts_trend, &surface, "lowest 5.0 % in 2026-W37, highest 13.5 % in 2026-W47"));
    surface.trend.verdict = TREND_RISING;
    assert_true(has(review_facts_trend, &surface, "falling 0.7 points a listed week (better),"));
}

static void levels_say_whether_they_are_for_the_worse(void **state)
{
    (void)state;
    const struct review_level level = {
        FIXTURE_WEEK - 3, FIXTURE_WEEK - 2, TEXT("a"), TEXT("b"), 178, 200, 292, 400, 5, 2
    };
    const struct review_score_level score[] = {
        { FIXTURE_WEEK - 3, FIXTURE_WEEK - 2, TEXT("a"), TEXT("b"), 0.7, 0.62, 2, 2 },
        { FIXTURE_WEEK - 3, FIXTURE_WEEK - 2, TEXT("a"), TEXT("b"), 0.5, 0.62, 2, 2 },
    };
    struct surface_review surface = lower(FIXTURE_REGRESSED, 0.1);
    surface.level = &level;
    surface.level_count = 1;
    surface.score_level = score;
    surface.score_level_count = 1;
    expect(review_facts_level, &surface,
           "the level changed between run a (2026-W44) and run b (2026-W45): 11.0 % to 27.0 %, "
           "worse (n = 5 and 2 runs)");
    assert_true(has(review_facts_score_level, &surface, "0.7000 to 0.6200, better (n = 2"));
    surface.score_level = score + 1;
    assert_true(has(review_facts_score_level, &surface, "0.5000 to 0.6200, worse (n = 2"));
    surface.is_lower_better = false;
    assert_true(has(review_facts_score_level, &surface, "0.5000 to 0.6200 (n = 2"));
    assert_true(has(review_facts_level, &surface, "89.0 % to 73.0 % (n = 5"));
}

static void an_alarm_is_of_a_rise(void **state)
{
    (void)state;
    struct surface_review surface = lower(FIXTURE_REGRESSED, 0.1);
    surface.alarm = (struct review_alarm){
        .state = ALARM_NONE,
        .has_baseline = true,
        .baseline_week = FIXTURE_WEEK - 8,
        .baseline_run = TEXT("w39"),
        .run = TEXT("run-b"),
        .n = 200,
        .pass_to_fail = 20,
        .fail_to_pass = 4,
        .p = 0.013,
        .effect = -0.08,
        .effect_floor = 0.02,
        .refuted = TEXT("run-a"),
    };
    expect(review_facts_alarm, &surface,
           "none: 'run-b' is up 8 points since the baseline, 'w39' of 2026-W39 (20 worse, 4 better "
           "of 200, e-value p = .013); 'run-a' had risen, the run after it has not; alarms at a "
           "rise of 2 points");
}

static void scores_are_better_as_the_metric_is(void **state)
{
    (void)state;
    struct surface_review surface = lower(FIXTURE_REGRESSED, 0.1);
    surface.scores = (struct review_scores){ .is_known = true,
                                             .n = 40,
                                             .runs_before = 1,
                                             .runs_now = 1,
                                             .mean_before = 0.2,
                                             .mean_now = 0.3,
                                             .diff = 0.1 };
    assert_true(
        has(review_facts_scores, &surface, "lower is better: mean 0.300, was 0.200: +0.100"));
    surface.is_lower_better = false;
    assert_true(has(review_facts_scores, &surface, "mean 0.300, was 0.200: +0.100"));
    assert_false(has(review_facts_scores, &surface, "better"));
}

static void what_is_of_passes_says_so(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = lower(FIXTURE_REGRESSED, 0.1);
    assert_true(has(review_facts_pairs, &surface, "; pass rate net down 5 points"));
    assert_true(has(review_facts_slices, &surface, "q = .05), by pass rate; lang=de"));
    text sentence = surface_review_sentence(&call, &surface);
    assert_true(text_starts(sentence, TEXT("Worse: 12 cases no longer pass")));
    assert_true(text_find(sentence, TEXT("lang=de, pass rate down 15 points.")) != SIZE_MAX);
    surface.is_lower_better = false;
    assert_true(has(review_facts_pairs, &surface, "; net down 5 points"));
    assert_false(has(review_facts_slices, &surface, "by pass rate"));
    call_release(&call);
}

static void the_summary_tells_the_rise_by_its_name_and_the_ceiling(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = lower(FIXTURE_REGRESSED, 0.1);
    assert_text(summary_of(&call, &surface),
                "2026-W47: the one surface regressed. Regressed: support-answers at hallucination "
                "rate 13.5 % of 200, up 5 points, above its ceiling of 10 %: 12 cases no longer "
                "pass (1 without a verdict), 2 now pass. To watch: the hallucination rate of "
                "support-answers is rising 0.7 points a listed week over 8 weeks (Mann-Kendall "
                "p < .001, indicative).");
    surface.verdict = REVIEW_NO_EVIDENCE;
    surface.trend.verdict = TREND_RISING;
    assert_true(text_ends(summary_of(&call, &surface),
                          TEXT(" To watch: support-answers is above its ceiling of 10 % at "
                               "hallucination rate 13.5 % of 200.")));
    surface.floor = 0.2;
    assert_true(text_find(summary_of(&call, &surface), TEXT("ceiling")) == SIZE_MAX);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_headline_is_what_passes_or_where_better_is_lower_what_does_not),
        cmocka_unit_test(a_floor_is_kept_from_above_and_a_ceiling_from_below),
        cmocka_unit_test(it_has_a_line_of_its_own_with_its_name_where_it_is_not_the_pass_rate),
        cmocka_unit_test(a_trend_of_the_passes_is_told_as_that_of_the_headline),
        cmocka_unit_test(levels_say_whether_they_are_for_the_worse),
        cmocka_unit_test(an_alarm_is_of_a_rise),
        cmocka_unit_test(scores_are_better_as_the_metric_is),
        cmocka_unit_test(what_is_of_passes_says_so),
        cmocka_unit_test(the_summary_tells_the_rise_by_its_name_and_the_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

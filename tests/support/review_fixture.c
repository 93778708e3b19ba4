/* See review_fixture.h. */
#include "support/review_fixture.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const text run_names[] = { { "run-a", 5 }, { "run-b", 5 } };
static const text three_names[] = { { "c-1", 3 }, { "c-2", 3 }, { "c-3", 3 }, { "c-4", 3 } };

static const struct flip_week steady_history[] = {
    { FIXTURE_WEEK - 3, 1, 1 }, { FIXTURE_WEEK - 2, 3, 3 }, { FIXTURE_WEEK - 1, 5, 6 },
};
static const struct flip_week flaky_history[] = {
    { FIXTURE_WEEK - 2, 4, 5 }, { FIXTURE_WEEK - 1, 3, 5 },
};

#define STEADY .history = steady_history, .history_count = COUNT(steady_history)
#define FLAKY .history = flaky_history, .history_count = COUNT(flaky_history)

static struct review_flip flips[] = {
    { .case_key = { "refund-041", 10 }, .from = VERDICT_PASS, .to = VERDICT_FAIL,
      .class = FLIP_CANDIDATE, .now_n = 1, .has_p = true, .p_worse = 0.0909, .p_adjusted = 0.31,
      STEADY },
    { .case_key = { "refund-107", 10 }, .from = VERDICT_PASS, .to = VERDICT_FAIL,
      .class = FLIP_CONFIRMED, .now_n = 3, .has_p = true, .p_worse = 0.0035, .p_adjusted = 0.042,
      .has_scores = true, .score_before = 0.875, .score_now = 0.25, STEADY },
    { .case_key = { "tone-3", 6 }, .from = VERDICT_PASS, .to = VERDICT_FAIL, .class = FLIP_FLAKY,
      .now_n = 3, .has_p = true, .p_worse = 0.07, .p_adjusted = 0.28, FLAKY },
    { .case_key = { "refund-200", 10 }, .from = VERDICT_PASS, .to = VERDICT_ERROR,
      .class = FLIP_NO_CLASS, STEADY },
    { .case_key = { FIXTURE_HOSTILE, sizeof(FIXTURE_HOSTILE) - 1 }, .from = VERDICT_PASS,
      .to = VERDICT_FAIL, .class = FLIP_CANDIDATE, .now_n = 3, .has_p = true, .p_worse = 1,
      .p_adjusted = 1 },
};

static const struct review_error errors[] = {
    { { "refund-200", 10 }, VERDICT_ERROR, { "judge timed out", 15 } },
    { { "refund-201", 10 }, VERDICT_UNSCORED, { NULL, 0 } },
};

static const struct review_difference model_change[] = {
    { "model", { "gpt-a", 5 }, { "gpt-b", 5 } },
};
static const struct review_difference judge_change[] = {
    { "judge", { "rubric-3", 8 }, { "rubric-4", 8 } },
};

static const struct review_week weeks[] = {
    { FIXTURE_WEEK - 10,
      { "w37", 3 },
      200,
      190,
      0.95,
      { true, 0.9104, 0.9726 },
      true,
      0,
      NAN,
      false },
    { FIXTURE_WEEK - 9,
      { "w38", 3 },
      200,
      189,
      0.945,
      { true, 0.9042, 0.9690 },
      true,
      0,
      NAN,
      false },
    { FIXTURE_WEEK - 8,
      { "w39", 3 },
      200,
      188,
      0.94,
      { true, 0.8981, 0.9653 },
      true,
      0,
      NAN,
      false },
    { FIXTURE_WEEK - 5,
      { "w42", 3 },
      200,
      187,
      0.935,
      { true, 0.8920, 0.9616 },
      true,
      0,
      NAN,
      false },
    { FIXTURE_WEEK - 3,
      { "w44", 3 },
      200,
      184,
      0.92,
      { true, 0.8740, 0.9501 },
      true,
      0,
      NAN,
      false },
    { FIXTURE_WEEK - 2,
      { "w45", 3 },
      200,
      186,
      0.93,
      { true, 0.8860, 0.9578 },
      true,
      0,
      NAN,
      false },
    { FIXTURE_WEEK - 1,
      { "run-a", 5 },
      200,
      183,
      0.915,
      { true, 0.8680, 0.9463 },
      true,
      0,
      NAN,
      false },
    { FIXTURE_WEEK,
      { "run-b", 5 },
      200,
      173,
      0.865,
      { true, 0.8106, 0.9056 },
      true,
      0,
      NAN,
      false },
};

static struct review_slice slices[] = {
    { { "lang=de", 7 }, 60, 30, { true, 0.3773, 0.6227 }, 60, true, -0.15, true, 0.0039, 0.0117 },
    { { "lang=en", 7 }, 130, 120, { true, 0.8639, 0.9576 }, 130, true, -0.01, true, 0.7, 0.7 },
    { { "lang=fr", 7 }, 9, 7, { true, 0.4526, 0.9368 }, 9, false, 0, false, 0, 0 },
};

static const struct review_note notes[] = {
    { "mixed_models", { "2 models ran this week; the latest run is shown", 47 } },
};

static struct surface_review fixture_start(text name, int64_t cases, int64_t passed)
{
    return (struct surface_review){
        .surface = name,
        .suite = TEXT("regression suite"),
        .metric = TEXT("acceptance rate"),
        .run = TEXT("run-b"),
        .runs = run_names + 1,
        .run_count = 1,
        .tally = { .cases = cases, .evaluated = cases, .passed = passed },
        .n = cases,
        .pass_rate = (double)passed / (double)cases,
        .interval = wilson(passed, cases, 0.95),
        .has_trend = true,
        .trend = { .week = weeks + 7, .week_count = 1, .verdict = TREND_TOO_FEW_WEEKS },
        .tail = { .fraction = 0.1 },
    };
}

static void pair(struct surface_review *surface, int64_t both, int64_t worse, int64_t better)
{
    int64_t n = surface->n;
    surface->baseline_run = TEXT("run-a");
    surface->has_baseline = surface->has_weeks = true;
    surface->baseline_cases = n;
    surface->baseline_week = FIXTURE_WEEK - 1;
    surface->weeks_apart = 1;
    surface->has_delta = true;
    surface->delta = (double)(better - worse) / (double)n;
    surface->paired = paired_binary_diff(both, worse, better, n - both - worse - better, 0.95);
    surface->mcnemar = mcnemar(worse, better);
    surface->pass_to_fail = worse;
    surface->fail_to_pass = better;
    surface->p_adjusted = surface->mcnemar.p_exact;
}

static struct surface_review fixture_regressed(void)
{
    struct surface_review surface = fixture_start(TEXT("support-answers"), 200, 173);
    pair(&surface, 171, 12, 2);
    surface.tally.evaluated = 198;
    surface.tally.errors = surface.tally.unscored = 1;
    surface.has_floor = true;
    surface.floor = 0.9;
    surface.p_adjusted = 2 * surface.mcnemar.p_exact;
    surface.verdict = REVIEW_REGRESSED;
    surface.has_smallest_detectable = true;
    surface.smallest_detectable = 0.052;
    surface.changed = model_change;
    surface.changed_count = COUNT(model_change);
    surface.note = notes;
    surface.note_count = COUNT(notes);
    surface.flip = flips;
    surface.flip_count = COUNT(flips);
    surface.fixed = three_names;
    surface.fixed_count = 2;
    surface.missing = three_names;
    surface.missing_count = 4;
    surface.added = three_names;
    surface.added_count = 1;
    surface.error = errors;
    surface.error_count = COUNT(errors);
    surface.slice = slices;
    surface.slice_count = COUNT(slices);
    surface.trend = (struct review_trend){
        .week = weeks,
        .week_count = COUNT(weeks),
        .has_test = true,
        .test = { .n = 8, .s = -26, .var_s = 65.333333333333329, .z = -3.0929, .p_normal = 0.00198,
                  .has_exact = true, .p_exact = 0.0009, .p = 0.0009, .tau_a = -0.93,
                  .has_tau_b = true, .tau_b = -0.93, .has_slope = true, .slope = -0.0065 },
        .slope_per_week = -0.0049,
        .verdict = TREND_FALLING,
    };
    surface.tail = (struct review_tail){
        .fraction = 0.1, .case_key = three_names, .case_count = 4, .passed = 3, .n = 8,
        .has_baseline = true, .baseline_passed = 5, .baseline_n = 8, .tied_n = 55,
        .tied_passed = 20, .has_p = true, .p_worse = 0.25,
    };
    return surface;
}

static struct surface_review fixture_improved(void)
{
    struct surface_review surface = fixture_start(TEXT("search"), 300, 280);
    pair(&surface, 264, 2, 16);
    surface.verdict = REVIEW_IMPROVED;
    surface.has_smallest_detectable = true;
    surface.smallest_detectable = 0.041;
    return surface;
}

static struct surface_review fixture_no_evidence(void)
{
    struct surface_review surface = fixture_start(TEXT("billing-bot"), 200, 187);
    pair(&surface, 183, 12, 4);
    surface.verdict = REVIEW_NO_EVIDENCE;
    surface.has_smallest_detectable = true;
    surface.smallest_detectable = 0.06;
    surface.tail = (struct review_tail){
        .fraction = 0.1, .case_key = three_names, .case_count = 4, .passed = 8, .n = 20,
        .has_baseline = true, .baseline_passed = 14, .baseline_n = 20, .tied_n = 20,
        .tied_passed = 8, .has_p = true, .p_worse = 0.0156, .has_stealth = true,
        .is_stealth = true,
    };
    return surface;
}

static struct surface_review fixture_insufficient(void)
{
    struct surface_review surface = fixture_start(TEXT("voice"), 9, 7);
    surface.verdict = REVIEW_INSUFFICIENT;
    return surface;
}

static struct surface_review fixture_could_not_measure(void)
{
    struct surface_review surface = fixture_start(TEXT("extraction"), 80, 60);
    pair(&surface, 58, 3, 2);
    surface.tally.evaluated = 73;
    surface.tally.errors = 7;
    surface.verdict = REVIEW_COULD_NOT_MEASURE;
    return surface;
}

static struct surface_review fixture_not_comparable(void)
{
    struct surface_review surface = fixture_start(TEXT("summaries"), 120, 100);
    pair(&surface, 95, 9, 5);
    surface.not_comparable = judge_change;
    surface.not_comparable_count = COUNT(judge_change);
    surface.verdict = REVIEW_NOT_COMPARABLE;
    return surface;
}

struct surface_review fixture_surface(int which)
{
    static struct surface_review (*const make[FIXTURE_SURFACES])(void) = {
        [FIXTURE_REGRESSED] = fixture_regressed,
        [FIXTURE_IMPROVED] = fixture_improved,
        [FIXTURE_NO_EVIDENCE] = fixture_no_evidence,
        [FIXTURE_INSUFFICIENT] = fixture_insufficient,
        [FIXTURE_COULD_NOT_MEASURE] = fixture_could_not_measure,
        [FIXTURE_NOT_COMPARABLE] = fixture_not_comparable,
    };
    return make[which]();
}

struct review fixture_review(struct call *call, struct surface_review *surface)
{
    static const text silent[] = { { "onboarding", 10 } };
    for (int i = 0; i < FIXTURE_SURFACES; i++)
        surface[i] = fixture_surface(i);
    struct review review = {
        .options = { .weeks = 12 },
        .week = FIXTURE_WEEK,
        .has_baseline_week = true,
        .baseline_week = FIXTURE_WEEK - 1,
        .weeks_apart = 1,
        .generated_at = call->now,
        .surface = surface,
        .surface_count = FIXTURE_SURFACES,
        .without_run = silent,
        .without_run_count = 1,
    };
    review.summary = review_summary(call, &review);
    return review;
}

struct surface_review fixture_comparison(void)
{
    struct surface_review surface = fixture_no_evidence();
    surface.has_trend = false;
    surface.trend = (struct review_trend){ .week = NULL };
    surface.baseline_week = FIXTURE_WEEK;
    surface.weeks_apart = 0;
    return surface;
}

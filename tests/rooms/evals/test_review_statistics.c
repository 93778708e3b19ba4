/*
 * The statistics beside the verdict, as words: what is said, and beside it the neighbour of which
 * it is not said.
 */
#include "rooms/evals/review_facts.h"

#include "support/review_fixture.h"
#include "support/support.h"

typedef enum paint (*fact)(struct out *out, const struct review_subject *subject);

static const struct review_break breaks[] = {
    { FIXTURE_WEEK - 5, "judge", { "rubric-3", 8 }, { "rubric-4", 8 } },
    { FIXTURE_WEEK - 2, "cases", { "40 cases", 8 }, { "60 cases (0 gone, 20 new)", 25 } },
};

static const struct review_level levels[] = {
    { FIXTURE_WEEK - 3, FIXTURE_WEEK - 2, { "w44", 3 }, { "w45", 3 }, 178, 200, 292, 400, 5, 2 },
};

static const struct review_score_level score_levels[] = {
    { FIXTURE_WEEK - 8, FIXTURE_WEEK - 5, { "w39", 3 }, { "w42", 3 }, 0.81237, 0.7, 3, 2 },
    { FIXTURE_WEEK - 3, FIXTURE_WEEK - 2, { NULL, 0 }, { NULL, 0 }, 0.7, 0.62, 2, 2 },
};

static bool has(text words, const char *part)
{
    return text_find(words, text_of(part)) < words.size;
}

static text words_of(struct call *call, fact write, const struct surface_review *surface,
                     enum paint *look)
{
    struct out out;
    struct review_subject subject = { surface, 12 };
    out_init(&out, call);
    *look = write(&out, &subject);
    return out_view(&out);
}

static void expect(fact write, const struct surface_review *surface, enum paint wanted,
                   const char *words)
{
    struct call call;
    enum paint look;
    test_call_init(&call);
    assert_text(words_of(&call, write, surface, &look), words);
    assert_int_equal(look, wanted);
    call_release(&call);
}

static struct surface_review with_alarm(enum alarm_state state)
{
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    surface.alarm = (struct review_alarm){
        .state = state, .has_baseline = true, .baseline_week = FIXTURE_WEEK - 8,
        .baseline_run = TEXT("w39"), .run = TEXT("run-b"), .n = 200, .pass_to_fail = 20,
        .fail_to_pass = 4, .p = 0.013, .log_e = 4.3, .effect = -0.08, .effect_floor = 0.02,
        .alpha = 0.05, .false_alarm_rate = 0.025,
    };
    return surface;
}

#define FALL "'run-b' is down 8 points since the baseline, 'w39' of 2026-W39 (20 worse, 4 better " \
             "of 200, e-value p = .013)"
#define RATE "; alarms at a fall of 2 points, falsely in at most 1 look of 40"

static void an_alarm_says_what_it_rests_on(void **state)
{
    (void)state;
    struct surface_review surface = with_alarm(ALARM_CONFIRMED);
    surface.alarm.confirmed_by = TEXT("run-c");
    expect(review_facts_alarm, &surface, PAINT_RED,
           "CONFIRMED: " FALL ", and so is the second run 'run-c'" RATE);
    surface = with_alarm(ALARM_UNCONFIRMED);
    expect(review_facts_alarm, &surface, PAINT_YELLOW,
           "not confirmed yet: " FALL "; run it again now" RATE);
    surface = with_alarm(ALARM_NONE);
    expect(review_facts_alarm, &surface, PAINT_NONE, "none: " FALL RATE);
    surface.alarm.refuted = TEXT("run-a");
    expect(review_facts_alarm, &surface, PAINT_NONE,
           "none: " FALL "; 'run-a' had fallen, the run after it has not" RATE);
}

static void what_could_not_be_measured_is_never_quiet(void **state)
{
    (void)state;
    struct surface_review surface = with_alarm(ALARM_COULD_NOT_MEASURE);
    surface.alarm.reason = TEXT("7 of 80 cases of 'run-b' have no verdict");
    expect(review_facts_alarm, &surface, PAINT_YELLOW,
           "could not measure: 7 of 80 cases of 'run-b' have no verdict" RATE);
    surface.has_trend = false;
    expect(review_facts_alarm, &surface, PAINT_NONE, "");
}

static void the_strip_is_broken_where_the_ruler_changed_and_not_at_other_cases(void **state)
{
    (void)state;
    struct call call;
    enum paint look;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    test_call_init(&call);
    assert_false(has(words_of(&call, review_facts_trend, &surface, &look), "|"));
    surface.breaks = breaks;
    surface.break_count = 2;
    surface.trend.tested_from = 3;
    text words = words_of(&call, review_facts_trend, &surface, &look), rest;
    text_cut(words, '|', &rest);
    assert_true(rest.at);
    assert_false(has(rest, "|"));
    assert_true(has(words, "listed weeks since the ruler changed; indicative"));
    surface.breaks = breaks + 1;
    surface.break_count = 1;
    surface.trend.tested_from = 0;
    assert_false(has(words_of(&call, review_facts_trend, &surface, &look), "|"));
    call_release(&call);
}

static void breaks_and_levels_are_named_with_both_ends(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    expect(review_facts_breaks, &surface, PAINT_NONE, "");
    expect(review_facts_level, &surface, PAINT_NONE, "");
    surface.breaks = breaks;
    surface.break_count = 1;
    surface.level = levels;
    surface.level_count = 1;
    expect(review_facts_breaks, &surface, PAINT_NONE,
           "changed in 2026-W42 judge 'rubric-3' to 'rubric-4'; no test looks across it");
    expect(review_facts_level, &surface, PAINT_NONE,
           "the level changed between run w44 (2026-W44) and run w45 (2026-W45): 89.0 % to 73.0 % "
           "(n = 5 and 2 runs)");
}

static void levels_of_the_mean_score_come_latest_first(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    expect(review_facts_score_level, &surface, PAINT_NONE, "");
    surface.score_level = score_levels;
    surface.score_level_count = 2;
    expect(review_facts_score_level, &surface, PAINT_NONE,
           "the mean score changed its level between the majority (2026-W44) and the majority "
           "(2026-W45): 0.7000 to 0.6200 (n = 2 and 2 runs); between run w39 (2026-W39) and run "
           "w42 (2026-W42): 0.8124 to 0.7000 (n = 3 and 2 runs)");
    surface.has_trend = false;
    expect(review_facts_score_level, &surface, PAINT_NONE, "");
}

static struct surface_review with_scores(void)
{
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    surface.scores = (struct review_scores){
        .is_known = true, .n = 12, .mean_before = 0.8, .mean_now = 0.75, .diff = -0.05,
        .has_se = true, .se = 0.02, .se_unclustered = 0.02, .interval = { true, -0.094, -0.006 },
        .has_t = true, .t = -2.5, .df = 11, .has_p = true, .p = 0.0297,
    };
    return surface;
}

static void scores_say_their_test_and_what_it_counts(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    expect(review_facts_scores, &surface, PAINT_NONE, "");
    surface = with_scores();
    expect(review_facts_scores, &surface, PAINT_NONE,
           "mean 0.750, was 0.800: -0.050 (-0.094 to -0.006), paired t p = .030; 12 cases scored "
           "in both runs");
    surface.scores.clusters = 4;
    surface.scores.has_repeats = true;
    expect(review_facts_scores, &surface, PAINT_NONE,
           "mean 0.750, was 0.800: -0.050 (-0.094 to -0.006), paired t p = .030 over 4 clusters; "
           "12 cases scored in both runs, each by the mean of its trials");
    surface.scores.clusters = 0;
    surface.scores.runs_now = 3;
    surface.scores.runs_before = 1;
    expect(review_facts_scores, &surface, PAINT_NONE,
           "mean 0.750, was 0.800: -0.050 (-0.094 to -0.006), paired t p = .030; 12 cases scored "
           "in both weeks, each by the mean of its trials, then of its runs (3 now, 1 before)");
    surface.scores.has_repeats = false;
    expect(review_facts_scores, &surface, PAINT_NONE,
           "mean 0.750, was 0.800: -0.050 (-0.094 to -0.006), paired t p = .030; 12 cases scored "
           "in both weeks, each by the mean of its runs (3 now, 1 before)");
    surface.scores.runs_now = 1;
    surface.scores.clusters = 1;
    surface.scores.has_p = surface.scores.has_t = surface.scores.has_se = false;
    surface.scores.interval.is_known = false;
    surface.scores.has_repeats = false;
    expect(review_facts_scores, &surface, PAINT_NONE,
           "mean 0.750, was 0.800: -0.050; no error bar, all cases share one cluster; 12 cases "
           "scored in both runs");
}

static void clusters_say_how_wide_the_net_change_is(void **state)
{
    (void)state;
    struct surface_review surface = with_scores();
    expect(review_facts_clusters, &surface, PAINT_NONE, "");
    surface.clustered = surface.scores;
    surface.clustered.clusters = 4;
    surface.clustered.se_unclustered = 0.01;
    expect(review_facts_clusters, &surface, PAINT_NONE,
           "4 clusters of cases: net down 5 points (-9.4 to -0.6), t p = .030");
    surface.clustered.se_unclustered = 0.03;
    expect(review_facts_clusters, &surface, PAINT_NONE,
           "4 clusters of cases: net down 5 points (-9.4 to -0.6), t p = .030; they make the error "
           "smaller here");
    surface.clustered.clusters = 1;
    surface.clustered.has_se = false;
    expect(review_facts_clusters, &surface, PAINT_NONE,
           "1 cluster of cases: no error bar of the net change");
}

static void what_is_not_comparable_has_no_score_line(void **state)
{
    (void)state;
    struct surface_review surface = with_scores();
    surface.verdict = REVIEW_NOT_COMPARABLE;
    expect(review_facts_scores, &surface, PAINT_NONE, "");
}

static void the_false_alarm_rate_has_its_n_or_is_not_measured(void **state)
{
    (void)state;
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    expect(review_facts_repeats, &surface, PAINT_NONE,
           "false-alarm rate of this suite not measured: no run was repeated, made alike, within "
           "a week");
    surface.repeats = (struct review_repeats){ 10, 1, 400, 12 };
    expect(review_facts_repeats, &surface, PAINT_NONE,
           "false alarms of this suite: 1 of 10 repeats of the same thing called a change (1.8 to "
           "40.4 %); 12 of 400 cases flipped between them");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alarm_says_what_it_rests_on),
        cmocka_unit_test(what_could_not_be_measured_is_never_quiet),
        cmocka_unit_test(the_strip_is_broken_where_the_ruler_changed_and_not_at_other_cases),
        cmocka_unit_test(breaks_and_levels_are_named_with_both_ends),
        cmocka_unit_test(levels_of_the_mean_score_come_latest_first),
        cmocka_unit_test(scores_say_their_test_and_what_it_counts),
        cmocka_unit_test(clusters_say_how_wide_the_net_change_is),
        cmocka_unit_test(what_is_not_comparable_has_no_score_line),
        cmocka_unit_test(the_false_alarm_rate_has_its_n_or_is_not_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

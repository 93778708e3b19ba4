/*
 * The statistics beside the verdict as facts of the page; see review_facts.h. An alarm that could
 * not be measured says so: silence would look like health.
 */
#include "rooms/evals/review_facts.h"

#include "rooms/evals/phrase.h"
#include "rooms/evals/review_headline.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* --- scores --- */

/* A score is of the headline's metric, and better as that is. */
static void write_score_change(struct out *out, const struct surface_review *surface)
{
    const struct review_scores *scores = &surface->scores;
    double diff = fabs(scores->diff) < 0.0005 ? 0 : scores->diff; /* no "-0.000" */
    out_string(out, surface->is_lower_better ? "lower is better: " : "");
    out_format(out, "mean %.3f, was %.3f: %+.3f", scores->mean_now, scores->mean_before, diff);
    if (scores->interval.is_known)
        out_format(out, " (%+.3f to %+.3f)", scores->interval.lower, scores->interval.upper);
}

static void write_score_test(struct out *out, const struct review_scores *scores)
{
    if (!scores->has_p && scores->clusters == 1) {
        out_string(out, "; no error bar, all cases share one cluster");
        return;
    }
    if (!scores->has_p) {
        out_string(out, "; too few to test");
        return;
    }
    out_string(out, ", paired t ");
    phrase_p_is(out, scores->p);
    if (!scores->has_t && scores->diff != 0)
        out_string(out, " (every pair moved by the same amount)");
    if (scores->clusters)
        out_format(out, " over %zu clusters", scores->clusters);
    if (scores->clusters && scores->se < scores->se_unclustered)
        out_string(out, ", which make the error smaller here");
}

/* What a case's score is the mean of, where it is of more than one result. */
static void write_score_means(struct out *out, const struct review_scores *scores)
{
    bool is_of_runs = scores->runs_before > 1 || scores->runs_now > 1;
    if (scores->has_repeats || is_of_runs)
        out_string(out, ", each by the mean of its ");
    if (scores->has_repeats)
        out_string(out, is_of_runs ? "trials, then of its " : "trials");
    if (is_of_runs)
        out_format(out, "runs (%zu now, %zu before)", scores->runs_now, scores->runs_before);
}

enum paint review_facts_scores(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    const struct review_scores *scores = &surface->scores;
    if (!scores->is_known || surface->verdict == REVIEW_NOT_COMPARABLE)
        return PAINT_NONE;
    write_score_change(out, surface);
    write_score_test(out, scores);
    out_string(out, "; ");
    bool is_of_weeks = scores->runs_before > 1 || scores->runs_now > 1;
    phrase_count(out, (int64_t)scores->n, "case", "cases");
    out_string(out, is_of_weeks ? " scored in both weeks" : " scored in both runs");
    write_score_means(out, scores);
    return PAINT_NONE;
}

enum paint review_facts_clusters(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    const struct review_scores *clustered = &surface->clustered;
    if (!clustered->is_known || surface->verdict == REVIEW_NOT_COMPARABLE)
        return PAINT_NONE;
    phrase_count(out, (int64_t)clustered->clusters, "cluster of cases: ", "clusters of cases: ");
    if (!clustered->has_se) {
        out_string(out, "no error bar of the net change");
        return PAINT_NONE;
    }
    headline_write_passes(out, surface);
    out_string(out, "net ");
    phrase_change(out, clustered->diff);
    out_format(out, " (%+.1f to %+.1f), t ", 100 * clustered->interval.lower,
               100 * clustered->interval.upper);
    phrase_p_is(out, clustered->p);
    if (clustered->se < clustered->se_unclustered)
        out_string(out, "; they make the error smaller here");
    return PAINT_NONE;
}

/* --- breaks and levels --- */

static void write_break(struct out *out, const struct review_break *at)
{
    phrase_week(out, at->week);
    out_char(out, ' ');
    phrase_part_name(out, at->part);
    out_format(out, " '%.*s' to '%.*s'", TEXT_FMT(at->from), TEXT_FMT(at->to));
}

enum paint review_facts_breaks(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (!surface->has_trend || surface->break_count == 0)
        return PAINT_NONE;
    out_string(out, "changed in ");
    for (size_t i = 0; i < surface->break_count && i < REVIEW_FACTS_NAMES_MAX; i++) {
        out_string(out, i ? "; " : "");
        write_break(out, &surface->breaks[surface->break_count - 1 - i]); /* the latest first */
    }
    phrase_more(out, surface->break_count, REVIEW_FACTS_NAMES_MAX);
    out_string(out, "; no test looks across it");
    return PAINT_NONE;
}

static void write_end(struct out *out, text run, iso_week week)
{
    if (run.at)
        out_format(out, "run %.*s (", TEXT_FMT(run));
    else
        out_string(out, "the majority (");
    phrase_week(out, week);
    out_char(out, ')');
}

static void write_ends(struct out *out, text from_run, iso_week from_week, text to_run,
                       iso_week to_week)
{
    out_string(out, "between ");
    write_end(out, from_run, from_week);
    out_string(out, " and ");
    write_end(out, to_run, to_week);
    out_string(out, ": ");
}

static void write_sense(struct out *out, const struct surface_review *surface, double change)
{
    if (headline_sense(surface, change))
        out_format(out, ", %s", headline_sense(surface, change));
}

static void write_level(struct out *out, const struct surface_review *surface,
                        const struct review_level *level)
{
    int64_t before = headline_part(surface, level->passed_before, level->n_before),
            after = headline_part(surface, level->passed_after, level->n_after);
    write_ends(out, level->from_run, level->from_week, level->to_run, level->to_week);
    phrase_part(out, before, level->n_before);
    out_string(out, " to ");
    phrase_part(out, after, level->n_after);
    write_sense(out, surface,
                (double)after / (double)level->n_after - (double)before / (double)level->n_before);
    out_format(out, " (n = %zu and %zu runs)", level->runs_before, level->runs_after);
}

enum paint review_facts_level(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (!surface->has_trend || surface->level_count == 0)
        return PAINT_NONE;
    out_string(out, "the level changed ");
    for (size_t i = 0; i < surface->level_count && i < REVIEW_FACTS_NAMES_MAX; i++) {
        out_string(out, i ? "; " : "");
        write_level(out, surface, &surface->level[surface->level_count - 1 - i]);
    }
    phrase_more(out, surface->level_count, REVIEW_FACTS_NAMES_MAX);
    return PAINT_NONE;
}

/* Four places: where the scores have no noise, a small step is one. */
static void write_score_level(struct out *out, const struct surface_review *surface,
                              const struct review_score_level *level)
{
    write_ends(out, level->from_run, level->from_week, level->to_run, level->to_week);
    out_format(out, "%.4f to %.4f", level->mean_before, level->mean_after);
    write_sense(out, surface, level->mean_after - level->mean_before);
    out_format(out, " (n = %zu and %zu runs)", level->runs_before, level->runs_after);
}

enum paint review_facts_score_level(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (!surface->has_trend || surface->score_level_count == 0)
        return PAINT_NONE;
    out_string(out, "the mean score changed its level ");
    for (size_t i = 0; i < surface->score_level_count && i < REVIEW_FACTS_NAMES_MAX; i++) {
        out_string(out, i ? "; " : "");
        write_score_level(out, surface, &surface->score_level[surface->score_level_count - 1 - i]);
    }
    phrase_more(out, surface->score_level_count, REVIEW_FACTS_NAMES_MAX);
    return PAINT_NONE;
}

/* --- alarm --- */

static void write_baseline(struct out *out, const struct review_alarm *alarm)
{
    if (alarm->baseline_run.at)
        out_format(out, "'%.*s' of ", TEXT_FMT(alarm->baseline_run));
    else
        out_string(out, "the majority of ");
    phrase_week(out, alarm->baseline_week);
}

static void write_fall(struct out *out, const struct surface_review *surface)
{
    const struct review_alarm *alarm = &surface->alarm;
    out_format(out, "'%.*s' is ", TEXT_FMT(alarm->run));
    phrase_change(out, headline_change(surface, alarm->effect));
    out_string(out, " since the baseline, ");
    write_baseline(out, alarm);
    out_format(out, " (%" PRId64 " worse, %" PRId64 " better of %" PRId64 ", e-value ",
               alarm->pass_to_fail, alarm->fail_to_pass, alarm->n);
    phrase_p_is(out, alarm->p);
    out_char(out, ')');
}

/* What the state means, and what it takes. */
static enum paint write_state(struct out *out, const struct surface_review *surface)
{
    const struct review_alarm *alarm = &surface->alarm;
    switch (alarm->state) {
    case ALARM_CONFIRMED:
        out_string(out, "CONFIRMED: ");
        write_fall(out, surface);
        out_format(out, ", and so is the second run '%.*s'", TEXT_FMT(alarm->confirmed_by));
        return PAINT_RED;
    case ALARM_UNCONFIRMED:
        out_string(out, "not confirmed yet: ");
        write_fall(out, surface);
        out_string(out, "; run it again now");
        return PAINT_YELLOW;
    case ALARM_COULD_NOT_MEASURE:
        out_string(out, "could not measure: ");
        out_text(out, alarm->reason);
        return PAINT_YELLOW;
    case ALARM_NONE:
    case ALARM_STATES:
        break;
    }
    out_string(out, "none: ");
    write_fall(out, surface);
    if (alarm->refuted.at)
        out_format(out, "; '%.*s' had %s, the run after it has not", TEXT_FMT(alarm->refuted),
                   surface->is_lower_better ? "risen" : "fallen");
    return PAINT_NONE;
}

enum paint review_facts_alarm(struct out *out, const struct review_subject *subject)
{
    const struct review_alarm *alarm = &subject->surface->alarm;
    if (!subject->surface->has_trend)
        return PAINT_NONE;
    enum paint look = write_state(out, subject->surface);
    out_format(out, "; alarms at a %s of ", subject->surface->is_lower_better ? "rise" : "fall");
    phrase_points(out, alarm->effect_floor);
    if (alarm->false_alarm_rate > 0)
        out_format(out, ", falsely in at most 1 look of %.0f", floor(1 / alarm->false_alarm_rate));
    return look;
}

/* --- the test's own noise --- */

enum paint review_facts_repeats(struct out *out, const struct review_subject *subject)
{
    const struct review_repeats *repeats = &subject->surface->repeats;
    if (!subject->surface->has_trend)
        return PAINT_NONE;
    if (repeats->pairs == 0) {
        out_string(out, "false-alarm rate of this suite not measured: no run was repeated, made "
                        "alike, within a week");
        return PAINT_NONE;
    }
    struct interval interval = wilson(repeats->alarms, repeats->pairs, 0.95);
    out_format(out, "false alarms of this suite: %" PRId64 " of ", repeats->alarms);
    phrase_count(out, repeats->pairs, "repeat", "repeats");
    out_string(out, " of the same thing called a change");
    if (interval.is_known)
        out_format(out, " (%.1f to %.1f %%)", 100 * interval.lower, 100 * interval.upper);
    out_format(out, "; %" PRId64 " of %" PRId64 " cases flipped between them", repeats->flips,
               repeats->cases);
    return PAINT_NONE;
}

/* --- how small a change can be seen --- */

enum paint review_facts_sensitivity(struct out *out, const struct review_subject *subject)
{
    const struct review_sensitivity *sensitivity = &subject->surface->sensitivity;
    if (!subject->surface->has_trend || sensitivity->pairs == 0 || sensitivity->n == 0)
        return PAINT_NONE;
    if (sensitivity->flips == 0) {
        out_string(out, "not known: no case of this suite flipped in its last ");
        phrase_count(out, sensitivity->comparisons, "comparison", "comparisons");
        return PAINT_NONE;
    }
    if (sensitivity->has_smallest) {
        out_string(out, "this suite can see ");
        phrase_points(out, sensitivity->smallest);
    } else {
        out_format(out,
                   "%" PRId64 " cases are too few to see any change, even if every flip goes "
                   "the same way",
                   sensitivity->n);
    }
    out_format(out, ": %.1f %% of its cases flipped in its last ",
               100 * (double)sensitivity->flips / (double)sensitivity->pairs);
    phrase_count(out, sensitivity->comparisons, "comparison", "comparisons");
    if (!sensitivity->has_cases_needed || sensitivity->cases_needed <= (double)sensitivity->n)
        return PAINT_NONE;
    out_string(out, "; to see ");
    phrase_points(out, sensitivity->effect);
    out_format(out, " it needs about %.0f cases", sensitivity->cases_needed);
    return PAINT_NONE;
}

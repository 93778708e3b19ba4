/*
 * The statistics beside the verdict as JSON: where the ruler and the level changed, the alarm, the
 * scores, and how often the test cries wolf. Computes nothing but rates out of counts.
 */
#include "rooms/evals/evals_review.h"

#include "rooms/evals/review_put.h"

const char *const alarm_state_words[ALARM_STATES] = {
    [ALARM_NONE] = "none",
    [ALARM_UNCONFIRMED] = "unconfirmed",
    [ALARM_CONFIRMED] = "confirmed",
    [ALARM_COULD_NOT_MEASURE] = "could_not_measure",
};

static void put_breaks(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "breaks");
    json_list(writer);
    for (size_t i = 0; i < surface->break_count; i++) {
        const struct review_break *at = &surface->breaks[i];
        json_object(writer);
        review_put_week(writer, "week", true, at->week);
        json_put_string(writer, "part", at->part);
        json_put_text(writer, "from", at->from);
        json_put_text(writer, "to", at->to);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_levels(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "change_points");
    json_list(writer);
    for (size_t i = 0; i < surface->level_count; i++) {
        const struct review_level *level = &surface->level[i];
        json_object(writer);
        review_put_week(writer, "from_week", true, level->from_week);
        review_put_week(writer, "to_week", true, level->to_week);
        json_put_text(writer, "from_run", level->from_run);
        json_put_text(writer, "to_run", level->to_run);
        review_put_rate(writer, "rate_before", level->passed_before, level->n_before);
        review_put_rate(writer, "rate_after", level->passed_after, level->n_after);
        json_put_int(writer, "runs_before", (int64_t)level->runs_before);
        json_put_int(writer, "runs_after", (int64_t)level->runs_after);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_score_levels(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "score_change_points");
    json_list(writer);
    for (size_t i = 0; i < surface->score_level_count; i++) {
        const struct review_score_level *level = &surface->score_level[i];
        json_object(writer);
        review_put_week(writer, "from_week", true, level->from_week);
        review_put_week(writer, "to_week", true, level->to_week);
        json_put_text(writer, "from_run", level->from_run);
        json_put_text(writer, "to_run", level->to_run);
        json_put_real(writer, "mean_before", level->mean_before);
        json_put_real(writer, "mean_after", level->mean_after);
        json_put_int(writer, "runs_before", (int64_t)level->runs_before);
        json_put_int(writer, "runs_after", (int64_t)level->runs_after);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_alarm(struct json_writer *writer, const struct review_alarm *alarm)
{
    bool is_known = alarm->has_baseline;
    json_key(writer, "alarm");
    json_object(writer);
    json_put_string(writer, "state", alarm_state_words[alarm->state]);
    json_put_text(writer, "reason", alarm->reason);
    review_put_week(writer, "baseline_week", is_known, alarm->baseline_week);
    json_put_text(writer, "baseline_run", alarm->baseline_run);
    json_put_text(writer, "run", alarm->run);
    json_put_text(writer, "confirmed_by", alarm->confirmed_by);
    json_put_text(writer, "refuted", alarm->refuted);
    json_put_int(writer, "n", alarm->n);
    json_put_int(writer, "pass_to_fail", alarm->pass_to_fail);
    json_put_int(writer, "fail_to_pass", alarm->fail_to_pass);
    review_put_real(writer, "effect", is_known && alarm->n > 0, alarm->effect);
    json_put_real(writer, "effect_floor", alarm->effect_floor);
    review_put_real(writer, "log_e", is_known, alarm->log_e);
    review_put_real(writer, "p", is_known, alarm->p);
    json_put_real(writer, "alpha", alarm->alpha);
    json_put_real(writer, "false_alarm_rate", alarm->false_alarm_rate);
    json_object_end(writer);
}

/* How many runs stand on either side. */
static void put_runs(struct json_writer *writer, const struct review_scores *scores)
{
    json_put_int(writer, "runs_before", (int64_t)scores->runs_before);
    json_put_int(writer, "runs_now", (int64_t)scores->runs_now);
}

static void put_scores(struct json_writer *writer, const struct review_scores *scores)
{
    if (!scores->is_known) {
        json_put_null(writer, "score_test");
        return;
    }
    json_key(writer, "score_test");
    json_object(writer);
    json_put_int(writer, "n", (int64_t)scores->n);
    put_runs(writer, scores);
    json_put_real(writer, "mean_before", scores->mean_before);
    json_put_real(writer, "mean_now", scores->mean_now);
    json_put_real(writer, "mean_diff", scores->diff);
    review_put_interval(writer, scores->interval);
    review_put_real(writer, "se", scores->has_se, scores->se);
    review_put_real(writer, "t", scores->has_t, scores->t);
    review_put_real(writer, "df", scores->has_se, scores->df);
    review_put_real(writer, "p", scores->has_p, scores->p);
    json_put_bool(writer, "repeats", scores->has_repeats);
    if (scores->clusters)
        json_put_int(writer, "clusters", (int64_t)scores->clusters);
    else
        json_put_null(writer, "clusters");
    review_put_real(writer, "se_unclustered", scores->n > 1, scores->se_unclustered);
    json_object_end(writer);
}

/* The net change of the pass rate again, with the error that its clusters leave. */
static void put_clustered(struct json_writer *writer, const struct review_scores *clustered)
{
    if (!clustered->is_known) {
        json_put_null(writer, "clustered");
        return;
    }
    json_key(writer, "clustered");
    json_object(writer);
    json_put_int(writer, "n", (int64_t)clustered->n);
    put_runs(writer, clustered);
    json_put_int(writer, "clusters", (int64_t)clustered->clusters);
    json_put_real(writer, "diff", clustered->diff);
    review_put_interval(writer, clustered->interval);
    review_put_real(writer, "se", clustered->has_se, clustered->se);
    review_put_real(writer, "p", clustered->has_p, clustered->p);
    review_put_real(writer, "se_unclustered", clustered->n > 1, clustered->se_unclustered);
    json_object_end(writer);
}

static void put_repeats(struct json_writer *writer, const struct review_repeats *repeats)
{
    json_key(writer, "false_alarms");
    json_object(writer);
    json_put_int(writer, "n", repeats->pairs);
    json_put_int(writer, "alarms", repeats->alarms);
    review_put_rate(writer, "rate", repeats->alarms, repeats->pairs);
    review_put_interval(writer, wilson(repeats->alarms, repeats->pairs, 0.95));
    json_put_int(writer, "cases", repeats->cases);
    json_put_int(writer, "flips", repeats->flips);
    review_put_rate(writer, "flip_rate", repeats->flips, repeats->cases);
    json_object_end(writer);
}

static void put_sensitivity(struct json_writer *writer,
                            const struct review_sensitivity *sensitivity)
{
    json_key(writer, "sensitivity");
    json_object(writer);
    json_put_int(writer, "comparisons", sensitivity->comparisons);
    json_put_int(writer, "pairs", sensitivity->pairs);
    json_put_int(writer, "flips", sensitivity->flips);
    review_put_rate(writer, "discordant_rate", sensitivity->flips, sensitivity->pairs);
    json_put_int(writer, "n", sensitivity->n);
    review_put_real(writer, "smallest_detectable", sensitivity->has_smallest,
                    sensitivity->smallest);
    json_put_real(writer, "effect", sensitivity->effect);
    if (sensitivity->has_cases_needed)
        json_put_int(writer, "cases_needed", (int64_t)sensitivity->cases_needed);
    else
        json_put_null(writer, "cases_needed");
    json_object_end(writer);
}

void review_put_statistics(struct json_writer *writer, const struct surface_review *surface)
{
    const struct review_trend *trend = &surface->trend;
    if (surface->has_trend) {
        bool is_broken = trend->tested_from > 0;
        put_breaks(writer, surface);
        review_put_week(writer, "trend_since", is_broken,
                        is_broken ? trend->week[trend->tested_from].week : 0);
        put_levels(writer, surface);
        put_score_levels(writer, surface);
        put_alarm(writer, &surface->alarm);
        put_repeats(writer, &surface->repeats);
        put_sensitivity(writer, &surface->sensitivity);
    }
    put_scores(writer, &surface->scores);
    put_clustered(writer, &surface->clustered);
}

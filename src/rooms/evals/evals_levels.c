/*
 * See evals_surface.h: between which weeks the level of the rate, or of the mean score, changed for
 * good. Searched inside each stretch that has one ruler and one set of cases, with the penalties of
 * engine/stats/drift.h.
 */
#include "engine/stats/drift.h"
#include "rooms/evals/evals_surface.h"

#include <math.h>

#define SCORE_EQUAL 1e-9 /* as near as that, relatively, two means differ by the order of sums */

enum { SEGMENT_MIN = 2 };

/* The weeks of one stretch that have a rate. */
struct stretch {
    const struct review_week **week;
    int64_t *passed, *total;
    size_t *breakpoint;
    size_t count;
};

static bool stretch_init(struct call *call, size_t room, struct stretch *stretch)
{
    *stretch = (struct stretch){
        .week = call_array(call, room + 1, sizeof *stretch->week),
        .passed = call_array(call, room + 1, sizeof *stretch->passed),
        .total = call_array(call, room + 1, sizeof *stretch->total),
        .breakpoint = call_array(call, room + 1, sizeof *stretch->breakpoint),
    };
    return stretch->week && stretch->passed && stretch->total && stretch->breakpoint;
}

/* The level before the change runs from `from` to `at`, the level after it to `to`. */
static struct review_level level_of(const struct stretch *stretch, size_t from, size_t at,
                                    size_t to)
{
    const struct review_week *last = stretch->week[at - 1], *first = stretch->week[at];
    struct review_level level = {
        .from_week = last->week,
        .to_week = first->week,
        .from_run = last->run,
        .to_run = first->run,
        .runs_before = at - from,
        .runs_after = to - at,
    };
    for (size_t i = from; i < to; i++) {
        bool is_before = i < at;
        *(is_before ? &level.passed_before : &level.passed_after) += stretch->passed[i];
        *(is_before ? &level.n_before : &level.n_after) += stretch->total[i];
    }
    return level;
}

static bool search(struct call *call, struct stretch *stretch, struct review_level *level,
                   size_t *count)
{
    struct change_points found = { .breakpoint = stretch->breakpoint };
    size_t n = stretch->count;
    if (!change_points_binomial(stretch->passed, stretch->total, n, NULL, SEGMENT_MIN, &found))
        return fail(call, FAIL_TOO_LARGE,
                    "the machine has no memory for the changes of level in %zu weeks", n);
    for (size_t i = 0; i < found.count; i++) {
        size_t from = i ? found.breakpoint[i - 1] : 0;
        size_t to = i + 1 < found.count ? found.breakpoint[i + 1] : n;
        level[(*count)++] = level_of(stretch, from, found.breakpoint[i], to);
    }
    stretch->count = 0;
    return true;
}

bool surface_levels(struct call *call, const struct surface_input *input,
                    struct surface_review *review)
{
    struct stretch stretch;
    struct review_level *level = call_array(call, input->listed_count + 1, sizeof *level);
    if (!level || !stretch_init(call, input->listed_count, &stretch))
        return false;
    for (size_t i = 0; i < input->listed_count; i++) {
        const struct review_week *week = &review->trend.week[i];
        if (input->listed[i].is_cut && !search(call, &stretch, level, &review->level_count))
            return false;
        if (week->n == 0)
            continue;
        stretch.week[stretch.count] = week;
        stretch.passed[stretch.count] = week->passed;
        stretch.total[stretch.count++] = week->n;
    }
    review->level = level;
    return search(call, &stretch, level, &review->level_count);
}

/* --- of the scores --- */

/* The weeks of one stretch that have a mean score. */
struct score_stretch {
    const struct review_week **week;
    double *mean;
    size_t *breakpoint;
    size_t count;
};

static bool score_stretch_init(struct call *call, size_t room, struct score_stretch *stretch)
{
    *stretch = (struct score_stretch){
        .week = call_array(call, room + 1, sizeof *stretch->week),
        .mean = call_array(call, room + 1, sizeof *stretch->mean),
        .breakpoint = call_array(call, room + 1, sizeof *stretch->breakpoint),
    };
    return stretch->week && stretch->mean && stretch->breakpoint;
}

/*
 * A week that scored less than 95 % of what another week of the stretch did is left out: its mean
 * differs by the cases alone.
 */
static void gather_scores(const struct review_week *week, size_t count,
                          struct score_stretch *stretch)
{
    int64_t most = 0;
    stretch->count = 0;
    for (size_t i = 0; i < count; i++)
        most = week[i].scored > most ? week[i].scored : most;
    for (size_t i = 0; i < count; i++) {
        double mean = week[i].mean_score;
        if (week[i].scored == 0 || week[i].scored * 20 < most * 19)
            continue;
        if (stretch->count) {
            double last = stretch->mean[stretch->count - 1];
            mean = fabs(mean - last) <= SCORE_EQUAL * fabs(last) ? last : mean;
        }
        stretch->week[stretch->count] = &week[i];
        stretch->mean[stretch->count++] = mean;
    }
}

static double mean_of(const double *value, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++)
        sum += value[i];
    return sum / (double)(to - from);
}

static struct review_score_level score_level_of(const struct score_stretch *stretch, size_t from,
                                                size_t at, size_t to)
{
    const struct review_week *last = stretch->week[at - 1], *first = stretch->week[at];
    return (struct review_score_level){
        .from_week = last->week,
        .to_week = first->week,
        .from_run = last->run,
        .to_run = first->run,
        .mean_before = mean_of(stretch->mean, from, at),
        .mean_after = mean_of(stretch->mean, at, to),
        .runs_before = at - from,
        .runs_after = to - at,
    };
}

static bool search_scores(struct call *call, struct score_stretch *stretch,
                          struct review_score_level *level, size_t *count)
{
    struct change_points found = { .breakpoint = stretch->breakpoint };
    size_t n = stretch->count;
    if (!change_points_l2(stretch->mean, n, NULL, SEGMENT_MIN, &found))
        return fail(call, FAIL_TOO_LARGE,
                    "the machine has no memory for the changes of score in %zu weeks", n);
    for (size_t i = 0; i < found.count; i++) {
        size_t from = i ? found.breakpoint[i - 1] : 0;
        size_t to = i + 1 < found.count ? found.breakpoint[i + 1] : n;
        level[(*count)++] = score_level_of(stretch, from, found.breakpoint[i], to);
    }
    return true;
}

bool surface_score_levels(struct call *call, const struct surface_input *input,
                          struct surface_review *review)
{
    struct score_stretch stretch;
    struct review_score_level *level = call_array(call, input->listed_count + 1, sizeof *level);
    if (!level || !score_stretch_init(call, input->listed_count, &stretch))
        return false;
    for (size_t from = 0, to; from < input->listed_count; from = to) {
        for (to = from + 1; to < input->listed_count && !input->listed[to].is_cut;)
            to++;
        gather_scores(&review->trend.week[from], to - from, &stretch);
        if (!search_scores(call, &stretch, level, &review->score_level_count))
            return false;
    }
    review->score_level = level;
    return true;
}

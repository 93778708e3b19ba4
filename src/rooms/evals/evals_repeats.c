/*
 * See evals_surface.h: how often the verdict's own test cries wolf. Two runs of one week that were
 * made alike measured the same thing: whatever it says of them is a false alarm. A copy of another
 * run measured nothing.
 */
#include "rooms/evals/evals_surface.h"

#define REPEATS_ALPHA 0.05

/* The run of the same week before `at` that was made alike; NULL when there is none. */
static const struct week_run_row *repeated(const struct surface_runs *surface, size_t at)
{
    const struct week_run_row *run = &surface->run[at];
    for (size_t i = at; !run->is_copy && i-- > 0 && surface->run[i].week == run->week;)
        if (!surface->run[i].is_copy && surface_same_configuration(&surface->run[i], run))
            return &surface->run[i];
    return NULL;
}

/*
 * An alarm asks for the exact p value only where the counts are further apart than one standard
 * deviation: below that it is never as small as alpha, and most repeats are there.
 */
static bool is_alarm(int64_t worse, int64_t better)
{
    int64_t apart = worse - better;
    return apart * apart > worse + better && mcnemar_exact(worse, better) <= REPEATS_ALPHA;
}

static bool add_pair(struct call *call, const struct surface_runs *surface,
                     const struct week_run_row *first, const struct week_run_row *second,
                     struct review_repeats *repeats)
{
    struct verdicts before, after;
    if (!select_verdicts(call, first, &before) || !select_verdicts(call, second, &after))
        return false;
    struct compare_counts counts = compare_count(&before, &after, surface->nulls);
    if (counts.n == 0)
        return true;
    repeats->pairs++;
    repeats->alarms += is_alarm(counts.pass_fail, counts.fail_pass);
    repeats->cases += counts.n;
    repeats->flips += counts.pass_fail + counts.fail_pass;
    return true;
}

bool surface_repeats(struct call *call, const struct surface_input *input,
                     struct surface_review *review)
{
    const struct surface_runs *surface = input->surface;
    for (size_t i = 1; i < surface->count; i++) {
        iso_week week = surface->run[i].week;
        if (week <= input->week - input->weeks || week > input->week)
            continue;
        const struct week_run_row *first = repeated(surface, i);
        if (first && !add_pair(call, surface, first, &surface->run[i], &review->repeats))
            return false;
    }
    return true;
}

static void add(struct review_repeats *sum, const struct review_repeats *more)
{
    sum->pairs += more->pairs;
    sum->alarms += more->alarms;
    sum->cases += more->cases;
    sum->flips += more->flips;
}

/* Surfaces come by suite: what one suite has lies side by side. */
void surfaces_repeats(struct surface_review *review, size_t count)
{
    for (size_t first = 0, end; first < count; first = end) {
        struct review_repeats sum = { .pairs = 0 };
        for (end = first; end < count && review[end].suite_id == review[first].suite_id; end++)
            add(&sum, &review[end].repeats);
        for (size_t i = first; i < end; i++)
            review[i].repeats = sum;
    }
}

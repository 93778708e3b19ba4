/*
 * See evals_surface.h: how small a change a suite can see, by the share of its cases that its last
 * comparisons found flipped, and how many cases the change that matters would need.
 */
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_surface.h"

#include "engine/stats/experiment_size.h"
#include "engine/stats/stats.h"

#include <math.h>

#define SENSITIVITY_ALPHA 0.05
#define SENSITIVITY_POWER 0.8

/* Each listed week with the one before it, where both were measured with the same ruler. */
bool surface_sensitivity(struct call *call, const struct surface_input *input,
                         struct surface_review *review)
{
    struct review_sensitivity *sensitivity = &review->sensitivity;
    sensitivity->effect = value_as_real(input->surface->suite->value[SUITE_EFFECT_FLOOR]);
    for (size_t i = 1; i < input->listed_count; i++) {
        const struct chosen *before = &input->listed[i - 1].chosen, *now = &input->listed[i].chosen;
        struct review_difference difference;
        if (surface_other_ruler(before->latest->row, now->latest->row, &difference))
            continue;
        struct compare_counts counts =
            compare_count(&before->verdicts, &now->verdicts, input->surface->nulls);
        if (counts.n == 0)
            continue;
        sensitivity->comparisons++;
        sensitivity->pairs += counts.n;
        sensitivity->flips += counts.pass_fail + counts.fail_pass;
    }
    return call->fail.kind == FAIL_NONE;
}

/* Flips both ways, so that their difference is the effect: no more can go one way than flip. */
static void count_needed(struct review_sensitivity *sensitivity, double discordant)
{
    double effect = sensitivity->effect;
    sensitivity->has_cases_needed = effect > 0 && effect <= discordant;
    if (sensitivity->has_cases_needed)
        sensitivity->cases_needed =
            ceil(sample_size_mcnemar((discordant + effect) / 2, (discordant - effect) / 2,
                                     SENSITIVITY_ALPHA, SENSITIVITY_POWER));
}

static void settle(struct surface_review *review, struct review_sensitivity sum)
{
    double effect = review->sensitivity.effect;
    review->sensitivity = sum;
    review->sensitivity.effect = effect;
    review->sensitivity.n = review->paired.n;
    if (sum.pairs == 0 || sum.flips == 0)
        return;
    double discordant = (double)sum.flips / (double)sum.pairs;
    review->sensitivity.has_smallest =
        mde_mcnemar((double)review->paired.n, discordant, SENSITIVITY_ALPHA, SENSITIVITY_POWER,
                    &review->sensitivity.smallest);
    count_needed(&review->sensitivity, discordant);
}

/* Surfaces come by suite: what one suite has lies side by side. */
void surfaces_sensitivity(struct surface_review *review, size_t count)
{
    for (size_t first = 0, end; first < count; first = end) {
        struct review_sensitivity sum = { .pairs = 0 };
        for (end = first; end < count && review[end].suite_id == review[first].suite_id; end++) {
            sum.comparisons += review[end].sensitivity.comparisons;
            sum.pairs += review[end].sensitivity.pairs;
            sum.flips += review[end].sensitivity.flips;
        }
        for (size_t i = first; i < end; i++)
            settle(&review[i], sum);
    }
}

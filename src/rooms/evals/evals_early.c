/* See evals_sources.h: what Monday's page, This week and Friday's update show of the latest week.
 */
#include "rooms/evals/evals_sources.h"

#include "rooms/evals/evals_week.h"
#include "rooms/evals/review_costs.h"

static bool make_review(struct call *call, struct review *review)
{
    const struct review_options options = { .weeks = REVIEW_WEEKS_DEFAULT };
    return evals_review(call, &options, review);
}

static bool make_latest(struct call *call)
{
    struct review review;
    return make_review(call, &review);
}

/* Those of one surface are worked out with those of all. */
static bool make_costs(struct call *call)
{
    struct review review;
    struct review_costs costs;
    return make_review(call, &review) &&
           (review.surface_count == 0 ||
            review_costs_read(call, &review, &review.surface[0], &costs));
}

const struct early evals_early[] = {
    { "the review of the latest week", make_latest },
    { "its costs", make_costs },
    { 0 },
};

/* See review_once.h. */
#include "rooms/evals/review_once.h"

#include "rooms/evals/evals.h"
#include "rooms/evals/evals_week.h"
#include "store/find.h"

struct made_review {
    iso_week until; /* as it was asked for */
    const struct review *review;
};

bool review_once(struct call *call, iso_week until, const struct review **review)
{
    static const char known_by;
    struct review_options options = { .has_week = true, .weeks = REVIEW_WEEKS_DEFAULT };
    struct made_review *made = call_recall(call, &known_by);
    bool has_week;
    *review = NULL;
    if (made && made->until == until) {
        *review = made->review;
        return true;
    }
    if (!evals_latest_week(call, until, &has_week, &options.week))
        return false;
    if (!has_week)
        return true;
    struct review *fresh = call_new(call, struct review);
    made = call_new(call, struct made_review);
    if (!fresh || !made || !evals_review(call, &options, fresh))
        return false;
    *made = (struct made_review){ .until = until, .review = fresh };
    *review = fresh;
    return call_remember(call, &known_by, made);
}

const struct surface_review *review_surface(const struct review *review, rid surface)
{
    for (size_t i = 0; review && i < review->surface_count; i++)
        if (review->surface[i].surface_id == surface)
            return &review->surface[i];
    return NULL;
}

bool review_concerns(struct call *call, const struct agenda_ask *ask, rid surface, bool *concerns)
{
    struct row row;
    *concerns = !ask->team && !ask->surface;
    return *concerns || (find_row(call, &surface_record, surface, &row) &&
                         agenda_concerns(call, ask, &row, concerns));
}

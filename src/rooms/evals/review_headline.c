/* See review_headline.h. */
#include "rooms/evals/review_headline.h"

#include "rooms/evals/phrase.h"

int64_t headline_part(const struct surface_review *surface, int64_t passed, int64_t n)
{
    return surface->is_lower_better ? n - passed : passed;
}

double headline_rate(const struct surface_review *surface, double pass_rate)
{
    return surface->is_lower_better ? 1 - pass_rate : pass_rate;
}

struct interval headline_interval(const struct surface_review *surface, struct interval interval)
{
    if (!surface->is_lower_better || !interval.is_known)
        return interval;
    return (struct interval){ .is_known = true,
                              .lower = 1 - interval.upper,
                              .upper = 1 - interval.lower };
}

double headline_change(const struct surface_review *surface, double pass_rate_change)
{
    bool is_turned = surface->is_lower_better && pass_rate_change != 0; /* no -0 */
    return is_turned ? -pass_rate_change : pass_rate_change;
}

bool headline_is_judged(const struct surface_review *surface)
{
    return surface->has_floor && surface->n >= PHRASE_CASES_MIN;
}

bool headline_is_breached(const struct surface_review *surface)
{
    if (!headline_is_judged(surface))
        return false;
    double rate =
        (double)headline_part(surface, surface->tally.passed, surface->n) / (double)surface->n;
    return surface->is_lower_better ? rate > surface->floor : rate < surface->floor;
}

const char *headline_bound(const struct surface_review *surface)
{
    return surface->is_lower_better ? "ceiling" : "floor";
}

const char *headline_wrong_side(const struct surface_review *surface)
{
    return surface->is_lower_better ? "above" : "below";
}

const char *headline_sense(const struct surface_review *surface, double change)
{
    if (!surface->is_lower_better || change == 0)
        return NULL;
    return change > 0 ? "worse" : "better";
}

void headline_write_passes(struct out *out, const struct surface_review *surface)
{
    out_string(out, surface->is_lower_better ? "pass rate " : "");
}

/*
 * The trend of a surface as words and as a strip of block characters, a column a calendar week, so
 * that a missing week is a gap and never a low; "|" stands where the ruler changed. The strip spans
 * at least ten points: noise should not look like mountains.
 */
#include "rooms/evals/review_facts.h"

#include "rooms/evals/phrase.h"
#include "rooms/evals/review_headline.h"

#include <math.h>

enum { STRIP_WEEKS_MAX = 12, STRIP_LEVELS = 8, TREND_WEEKS_MIN = 5 };

#define STRIP_SPAN_MIN 0.10

static const char *const strip_level[STRIP_LEVELS] = {
    "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588",
};

/* The shown weeks: the calendar weeks up to the last listed one, and their rates. */
struct strip {
    const struct review_week *week[STRIP_WEEKS_MAX]; /* NULL: a gap */
    bool is_broken[STRIP_WEEKS_MAX];                 /* another ruler from here on */
    int count;
    const struct review_week *lowest, *highest; /* by the headline */
    const struct surface_review *surface;
};

static double rate_of(const struct strip *strip, const struct review_week *week)
{
    return headline_rate(strip->surface, week->pass_rate);
}

static struct strip strip_of(const struct surface_review *surface, int weeks)
{
    const struct review_trend *trend = &surface->trend;
    bool is_short = weeks > 0 && weeks < STRIP_WEEKS_MAX;
    struct strip strip = { .count = is_short ? weeks : STRIP_WEEKS_MAX, .surface = surface };
    iso_week last = trend->week[trend->week_count - 1].week;
    for (size_t i = 0; i < trend->week_count; i++) {
        const struct review_week *week = &trend->week[i];
        int at = strip.count - 1 - (int)(last - week->week);
        if (at < 0 || at >= strip.count || week->n == 0)
            continue;
        strip.week[at] = week;
        if (!strip.lowest || rate_of(&strip, week) < rate_of(&strip, strip.lowest))
            strip.lowest = week;
        if (!strip.highest || rate_of(&strip, week) > rate_of(&strip, strip.highest))
            strip.highest = week;
    }
    for (size_t i = 0; i < surface->break_count; i++) {
        int at = strip.count - 1 - (int)(last - surface->breaks[i].week);
        if (at > 0 && at < strip.count && strcmp(surface->breaks[i].part, "cases") != 0)
            strip.is_broken[at] = true;
    }
    return strip;
}

static int strip_height(const struct strip *strip, const struct review_week *week)
{
    double low = rate_of(strip, strip->lowest), high = rate_of(strip, strip->highest);
    double span = high - low;
    if (span < STRIP_SPAN_MIN) {
        low = fmax(0, (low + high - STRIP_SPAN_MIN) / 2);
        low = fmin(low, 1 - STRIP_SPAN_MIN);
        span = STRIP_SPAN_MIN;
    }
    double share = (rate_of(strip, week) - low) / span;
    return (int)fmin(STRIP_LEVELS - 1, fmax(0, floor(share * STRIP_LEVELS)));
}

static void write_strip(struct out *out, const struct strip *strip)
{
    for (int i = 0; i < strip->count; i++) {
        const struct review_week *week = strip->week[i];
        out_string(out, strip->is_broken[i] ? "|" : "");
        out_string(out, week ? strip_level[strip_height(strip, week)] : "\u00b7");
    }
}

static void write_extreme(struct out *out, const char *word, const struct strip *strip,
                          const struct review_week *week)
{
    out_format(out, "%s ", word);
    phrase_part(out, headline_part(strip->surface, week->passed, week->n), week->n);
    out_string(out, " in ");
    phrase_week(out, week->week);
}

static void write_range(struct out *out, const struct strip *strip)
{
    if (strip->lowest == strip->highest)
        return;
    out_string(out, "; ");
    write_extreme(out, "lowest", strip, strip->lowest);
    out_string(out, ", ");
    write_extreme(out, "highest", strip, strip->highest);
}

/* Where nothing is said of its direction the sign is all that tells it. */
static void write_flat(struct out *out, const struct surface_review *surface)
{
    double slope = 100 * headline_change(surface, surface->trend.test.slope);
    out_string(out, "no evidence of a trend");
    if (surface->trend.test.has_slope)
        out_format(out, ", slope %+.1f points a listed week", fabs(slope) < 0.05 ? 0 : slope);
}

/* The trend of the passes, told as the headline's. */
static void write_slope(struct out *out, const struct surface_review *surface)
{
    const struct review_trend *trend = &surface->trend;
    double change = headline_change(surface, trend->verdict == TREND_FALLING ? -1 : 1);
    out_string(out, change < 0 ? "falling" : "rising");
    if (trend->test.has_slope) {
        out_char(out, ' ');
        phrase_points(out, trend->test.slope);
        out_string(out, " a listed week");
    }
    if (headline_sense(surface, change))
        out_format(out, " (%s)", headline_sense(surface, change));
}

static void write_partial(struct out *out, const struct review_trend *trend)
{
    size_t partial = 0;
    for (size_t i = 0; i < trend->week_count; i++)
        partial += trend->week[i].is_partial;
    if (partial)
        out_format(out, "; %zu of the weeks stand%s on runs that were cut or cancelled", partial,
                   partial == 1 ? "s" : "");
}

/* A week in which no case counts is listed and tells nothing. */
static size_t weeks_known(const struct review_trend *trend)
{
    size_t known = 0;
    for (size_t i = trend->tested_from; i < trend->week_count; i++)
        known += trend->week[i].n > 0;
    return known;
}

static void write_trend_verdict(struct out *out, const struct surface_review *surface)
{
    const struct review_trend *trend = &surface->trend;
    if (trend->verdict == TREND_TOO_FEW_WEEKS || !trend->has_test) {
        out_format(out, "too few weeks to tell (%zu of %d%s)", weeks_known(trend), TREND_WEEKS_MIN,
                   trend->tested_from ? " since the ruler changed" : "");
        return;
    }
    if (trend->verdict == TREND_NO_TREND)
        write_flat(out, surface);
    else
        write_slope(out, surface);
    out_string(out, ", Mann-Kendall ");
    phrase_p_is(out, trend->test.p);
    out_format(out, "%s over %zu listed weeks%s; indicative",
               trend->test.has_exact ? " (exact)" : " (normal)", trend->test.n,
               trend->tested_from ? " since the ruler changed" : "");
}

enum paint review_facts_trend(struct out *out, const struct review_subject *subject)
{
    const struct review_trend *trend = &subject->surface->trend;
    if (!subject->surface->has_trend || trend->week_count == 0)
        return PAINT_NONE;
    struct strip strip = strip_of(subject->surface, subject->weeks);
    write_strip(out, &strip);
    out_string(out, "  ");
    write_trend_verdict(out, subject->surface);
    write_partial(out, trend);
    write_range(out, &strip);
    return PAINT_NONE;
}

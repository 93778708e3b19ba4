/* See review_facts.h. The trend and its strip are in review_trend.c. */
#include "rooms/evals/review_facts.h"

#include "rooms/evals/evals_review_words.h"
#include "rooms/evals/phrase.h"
#include "rooms/evals/review_headline.h"

#include <inttypes.h>

static void write_floor(struct out *out, const struct surface_review *surface)
{
    if (!surface->has_floor)
        return;
    struct interval interval = headline_interval(surface, surface->interval);
    const char *bound = headline_bound(surface);
    bool is_breached = headline_is_breached(surface);
    if (is_breached)
        out_format(out, "; %s the %s of ", headline_wrong_side(surface), bound);
    else
        out_format(out, "; %s ", bound);
    phrase_percent(out, surface->floor);
    if (is_breached && interval.is_known && interval.lower <= surface->floor &&
        interval.upper >= surface->floor)
        out_string(out, " (the interval still reaches it)");
}

/* Between two rulers there is no difference to tell. */
static void write_delta(struct out *out, const struct surface_review *surface, double delta)
{
    if (!surface->has_delta || surface->n < PHRASE_CASES_MIN ||
        surface->verdict == REVIEW_NOT_COMPARABLE)
        return;
    out_string(out, "; ");
    phrase_change(out, delta);
    if (!surface->has_trend || !surface->has_weeks)
        return;
    out_string(out, delta == 0 ? " since " : " from ");
    phrase_week(out, surface->baseline_week);
}

static void write_unscored(struct out *out, const struct surface_review *surface)
{
    int64_t unscored = surface->tally.cases - surface->tally.evaluated;
    out_format(out, "; %" PRId64 " without a verdict", unscored);
    if (unscored == 0)
        return;
    bool is_one = unscored == 1;
    if (surface->nulls == NULLS_FAIL)
        out_string(out, is_one ? " counts as not passed" : " count as not passed");
    else
        out_string(out, is_one ? " is left out" : " are left out");
}

enum paint review_facts_rate(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    phrase_rate(out, surface->tally.passed, surface->n, surface->interval);
    write_delta(out, surface, surface->delta);
    if (!surface->is_lower_better)
        write_floor(out, surface);
    write_unscored(out, surface);
    return PAINT_NONE;
}

/* Where better is lower the pass rate is not the headline: that has its own line, and the floor. */
enum paint review_facts_headline(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    double delta = headline_change(surface, surface->delta);
    if (!surface->is_lower_better)
        return PAINT_NONE;
    out_format(out, "%.*s (lower is better) ", TEXT_FMT(surface->metric));
    phrase_rate(out, headline_part(surface, surface->tally.passed, surface->n), surface->n,
                headline_interval(surface, surface->interval));
    write_delta(out, surface, delta);
    write_floor(out, surface);
    return PAINT_NONE;
}

/* The size of a change; below ten pairs the counts say enough. */
static void write_net(struct out *out, const struct surface_review *surface)
{
    const struct paired_binary *paired = &surface->paired;
    if (!paired->has_diff || paired->n < PHRASE_CASES_MIN)
        return;
    out_string(out, "; ");
    headline_write_passes(out, surface);
    out_string(out, "net ");
    phrase_change(out, paired->diff);
    if (paired->interval.is_known)
        out_format(out, " (%+.1f to %+.1f)", 100 * paired->interval.lower,
                   100 * paired->interval.upper);
}

/* The comparison with all that a reader needs to judge the verdict. */
enum paint review_facts_pairs(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    const struct paired_binary *paired = &surface->paired;
    if (!surface->has_baseline || paired->n == 0 || surface->verdict == REVIEW_NOT_COMPARABLE)
        return PAINT_NONE;
    phrase_count(out, paired->n, "case in both runs: ", "cases in both runs: ");
    out_format(out, "%" PRId64 " pass to fail, %" PRId64 " fail to pass, exact McNemar ",
               surface->pass_to_fail, surface->fail_to_pass);
    phrase_p_is(out, surface->mcnemar.p_exact);
    write_net(out, surface);
    if (surface->has_smallest_detectable) {
        out_string(out, "; smallest change it could have seen: ");
        phrase_points(out, surface->smallest_detectable);
    }
    if (surface->has_trend && surface->verdict >= REVIEW_REGRESSED) /* those that were tested */
        out_string(out, "; corrected over the week's surfaces (BH, q = .05)");
    return PAINT_NONE;
}

static void write_ties(struct out *out, const struct review_tail *tail)
{
    if (tail->tied_n <= tail->n)
        return;
    out_format(out, "; ties at the cut: %" PRId64 " cases, %" PRId64 " pass (taken by id)",
               tail->tied_n, tail->tied_passed);
}

static enum paint write_stealth(struct out *out, const struct review_tail *tail)
{
    if (!tail->has_stealth) {
        out_string(out, tail->n < PHRASE_CASES_MIN ? "; too few cases for a verdict" : "");
        return PAINT_NONE;
    }
    if (!tail->is_stealth)
        return PAINT_NONE;
    out_string(out, ". STEALTH PROBLEM: the hardest cases do worse while the average hides it");
    return PAINT_RED;
}

enum paint review_facts_tail(struct out *out, const struct review_subject *subject)
{
    const struct review_tail *tail = &subject->surface->tail;
    if (tail->case_count == 0) {
        out_string(out, "not known: no earlier run says which cases are hard");
        return PAINT_NONE;
    }
    out_string(out, "hardest ");
    phrase_percent(out, tail->fraction);
    out_string(out, ": ");
    phrase_passes(out, tail->passed, tail->n);
    if (tail->has_baseline)
        out_format(out, ", was %" PRId64 " of %" PRId64, tail->baseline_passed, tail->baseline_n);
    if (tail->has_p) {
        out_string(out, " (one-sided exact ");
        phrase_p_is(out, tail->p_worse);
        out_char(out, ')');
    }
    write_ties(out, tail);
    return write_stealth(out, tail);
}

static void write_slice(struct out *out, const struct review_slice *slice)
{
    out_format(out, "; %.*s ", TEXT_FMT(slice->slice));
    phrase_rate(out, slice->passed, slice->n, slice->interval);
    if (slice->has_delta && slice->n >= PHRASE_CASES_MIN) {
        out_string(out, ", ");
        phrase_change(out, slice->delta);
    }
    out_string(out, " (exact ");
    phrase_p_is(out, slice->p_exact);
    phrase_corrected(out, slice->p_exact, slice->p_adjusted);
    out_char(out, ')');
}

static bool slice_remains(const struct review_slice *slice)
{
    return slice->has_p && slice->p_adjusted <= REVIEW_ALPHA;
}

enum paint review_facts_slices(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    size_t tested = 0, remaining = 0, shown = 0;
    for (size_t i = 0; i < surface->slice_count; i++) {
        tested += surface->slice[i].has_p;
        remaining += slice_remains(&surface->slice[i]);
    }
    if (surface->slice_count == 0)
        return PAINT_NONE;
    if (tested == 0) {
        phrase_count(out, (int64_t)surface->slice_count, "slice", "slices");
        out_string(out, ", none with cases enough for a test");
        return PAINT_NONE;
    }
    out_format(out, "%zu of %zu %s after correction (BH, q = .05)%s", remaining, tested,
               tested == 1 ? "slice remains" : "slices remain",
               surface->is_lower_better && remaining ? ", by pass rate" : "");
    for (size_t i = 0; i < surface->slice_count && shown < REVIEW_FACTS_NAMES_MAX; i++)
        if (slice_remains(&surface->slice[i])) {
            write_slice(out, &surface->slice[i]);
            shown++;
        }
    phrase_more(out, remaining, REVIEW_FACTS_NAMES_MAX);
    return PAINT_NONE;
}

enum paint review_facts_changed(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    for (size_t i = 0; i < surface->changed_count; i++) {
        const struct review_difference *changed = &surface->changed[i];
        out_string(out, i ? "; " : "");
        phrase_part_name(out, changed->part);
        out_format(out, " %.*s -> %.*s", TEXT_FMT(changed->from.at ? changed->from : TEXT("?")),
                   TEXT_FMT(changed->to.at ? changed->to : TEXT("?")));
    }
    return PAINT_NONE;
}

static void write_baseline(struct out *out, const struct surface_review *surface)
{
    out_string(out, " against ");
    out_text(out, surface->baseline_run.at ? surface->baseline_run : TEXT("a majority"));
    if (!surface->has_weeks)
        return;
    out_string(out, " of ");
    phrase_week(out, surface->baseline_week);
    if (surface->weeks_apart == 0)
        return;
    out_string(out, ", ");
    phrase_count(out, llabs(surface->weeks_apart), "week apart", "weeks apart");
}

/* A run that was chosen among several says so. */
enum paint review_facts_run(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (surface->run.at)
        out_text(out, surface->run);
    else
        out_format(out, "majority of %zu", surface->run_count);
    if (surface->run_count > 1) {
        out_format(out, surface->run.at ? ", one of %zu this week: " : ": ", surface->run_count);
        phrase_names(out, surface->runs, surface->run_count, REVIEW_FACTS_NAMES_MAX);
        out_string(out, surface->has_baseline ? ";" : "");
    }
    if (surface->has_baseline)
        write_baseline(out, surface);
    return PAINT_NONE;
}

static enum paint write_cases(struct out *out, const text *name, size_t count)
{
    if (count == 0)
        return PAINT_NONE;
    out_format(out, "%zu: ", count);
    phrase_names(out, name, count, REVIEW_FACTS_NAMES_MAX);
    return PAINT_NONE;
}

enum paint review_facts_fixed(struct out *out, const struct review_subject *subject)
{
    return write_cases(out, subject->surface->fixed, subject->surface->fixed_count);
}

enum paint review_facts_slid(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (surface->slid_count == 0)
        return PAINT_NONE;
    phrase_count(out, (int64_t)surface->slid_count, "case passed", "cases passed");
    out_string(out, " every try before and not every one now, without a flip: ");
    for (size_t i = 0; i < surface->slid_count && i < REVIEW_FACTS_NAMES_MAX; i++) {
        const struct review_slip *slip = &surface->slid[i];
        out_format(out, "%s%.*s %" PRIu32 " of %" PRIu32 ", was %" PRIu32 " of %" PRIu32,
                   i ? "; " : "", TEXT_FMT(slip->case_key), slip->now.passed, slip->now.n,
                   slip->before.passed, slip->before.n);
    }
    phrase_more(out, surface->slid_count, REVIEW_FACTS_NAMES_MAX);
    return PAINT_NONE;
}

enum paint review_facts_missing(struct out *out, const struct review_subject *subject)
{
    return write_cases(out, subject->surface->missing, subject->surface->missing_count);
}

enum paint review_facts_new(struct out *out, const struct review_subject *subject)
{
    return write_cases(out, subject->surface->added, subject->surface->added_count);
}

enum paint review_facts_renamed(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (surface->renamed_count == 0)
        return PAINT_NONE;
    out_format(out, "%zu by input, not paired: ", surface->renamed_count);
    for (size_t i = 0; i < surface->renamed_count && i < REVIEW_FACTS_NAMES_MAX; i++)
        out_format(out, "%s%.*s is now %.*s", i ? ", " : "", TEXT_FMT(surface->renamed[i].from),
                   TEXT_FMT(surface->renamed[i].to));
    phrase_more(out, surface->renamed_count, REVIEW_FACTS_NAMES_MAX);
    return PAINT_NONE;
}

enum paint review_facts_errors(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (surface->error_count == 0)
        return PAINT_NONE;
    out_format(out, "%zu: ", surface->error_count);
    for (size_t i = 0; i < surface->error_count && i < REVIEW_FACTS_NAMES_MAX; i++) {
        const struct review_error *error = &surface->error[i];
        out_format(out, "%s%.*s (%s", i ? ", " : "", TEXT_FMT(error->case_key),
                   verdict_words[error->kind]);
        if (error->reason.size)
            out_format(out, ": %.*s", TEXT_FMT(error->reason));
        out_char(out, ')');
    }
    phrase_more(out, surface->error_count, REVIEW_FACTS_NAMES_MAX);
    return PAINT_NONE;
}

static bool has_open_candidate(const struct surface_review *surface)
{
    for (size_t i = 0; i < surface->flip_count; i++)
        if (surface->flip[i].class == FLIP_CANDIDATE &&
            surface->flip[i].now_n < REVIEW_FACTS_RUNS_MIN)
            return true;
    return false;
}

enum paint review_facts_flips(struct out *out, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    if (surface->flip_count == 0)
        return PAINT_NONE;
    phrase_count(out, (int64_t)surface->flip_count, "case no longer passes",
                 "cases no longer pass");
    out_string(out, "; p: one-sided Fisher against the case's history, before correction");
    if (has_open_candidate(surface))
        out_format(out, "; run a candidate %d times to settle it", REVIEW_FACTS_RUNS_MIN);
    return PAINT_NONE;
}

/*
 * The verdict of a surface in one or two sentences: the test that decided, what it saw, and what it
 * could have missed. Decides nothing: the verdict is there already.
 */
#include "rooms/evals/evals_review_words.h"

#include "rooms/evals/phrase.h"
#include "rooms/evals/review_headline.h"

#include <inttypes.h>

static int64_t flips_without_verdict(const struct surface_review *surface)
{
    int64_t count = 0;
    for (size_t i = 0; i < surface->flip_count; i++)
        count += surface->flip[i].to != VERDICT_FAIL;
    return count;
}

/* A case that has no verdict now did not fail, even where it counts as not passed. */
static void write_now_fail(struct out *out, const struct surface_review *surface, bool is_first)
{
    int64_t count = surface->pass_to_fail, unknown = flips_without_verdict(surface);
    out_format(out, "%" PRId64 " ", count);
    if (is_first)
        out_string(out, count == 1 ? "case " : "cases ");
    if (unknown == 0) {
        out_string(out, count == 1 ? "now fails" : "now fail");
        return;
    }
    out_string(out, count == 1 ? "no longer passes" : "no longer pass");
    out_format(out, " (%" PRId64 " without a verdict)", unknown);
}

void evals_review_words_flips(struct out *out, const struct surface_review *surface)
{
    int64_t better = surface->fail_to_pass;
    if (surface->verdict == REVIEW_IMPROVED) {
        phrase_count(out, better, "case now passes, ", "cases now pass, ");
        write_now_fail(out, surface, false);
        return;
    }
    write_now_fail(out, surface, true);
    out_string(out, ", ");
    phrase_count(out, better, "now passes", "now pass");
}

void evals_review_words_difference(struct out *out, const struct review_difference *difference)
{
    phrase_part_name(out, difference->part);
    out_format(out, " was '%.*s', is '%.*s'", TEXT_FMT(difference->from), TEXT_FMT(difference->to));
}

static void reason_not_comparable(struct out *out, const struct surface_review *surface)
{
    for (size_t i = 0; i < surface->not_comparable_count; i++) {
        out_string(out, i ? "; " : "");
        evals_review_words_difference(out, &surface->not_comparable[i]);
    }
}

static void reason_could_not_measure(struct out *out, const struct surface_review *surface)
{
    int64_t cases = surface->tally.cases, unknown = cases - surface->tally.evaluated;
    int64_t renamed = (int64_t)surface->renamed_count, baseline = surface->baseline_cases;
    int64_t missing = (int64_t)surface->missing_count + renamed;
    bool has_unknown = unknown * 20 > cases, has_missing = missing * 20 > baseline;
    bool is_unclear = !has_unknown && !has_missing;
    if (cases == 0) {
        out_string(out, "the run holds no case");
        return;
    }
    if (has_unknown || is_unclear)
        out_format(out, "%" PRId64 " of %" PRId64 " cases %s no verdict", unknown, cases,
                   unknown == 1 ? "has" : "have");
    if (has_unknown && has_missing)
        out_string(out, "; ");
    if (has_missing)
        out_format(out, "%" PRId64 " of the %" PRId64 " cases of the earlier run %s %s", missing,
                   baseline, missing == 1 ? "is" : "are",
                   renamed == 0         ? "missing"
                   : renamed == missing ? "renamed"
                                        : "missing or renamed");
}

static void reason_insufficient(struct out *out, const struct surface_review *surface)
{
    if (!surface->has_baseline) {
        out_string(out, "no earlier run");
        return;
    }
    phrase_count(out, surface->paired.n, "case stands in both runs", "cases stand in both runs");
    out_format(out, ", %d are needed", PHRASE_CASES_MIN);
}

void evals_review_words_reason(struct out *out, const struct surface_review *surface)
{
    static void (*const reason[REVIEW_VERDICTS])(struct out *, const struct surface_review *) = {
        [REVIEW_NOT_COMPARABLE] = reason_not_comparable,
        [REVIEW_COULD_NOT_MEASURE] = reason_could_not_measure,
        [REVIEW_INSUFFICIENT] = reason_insufficient,
    };
    if (reason[surface->verdict])
        reason[surface->verdict](out, surface);
}

/* The slice that moved most in the direction of the verdict and remains after correction. */
static const struct review_slice *largest_slice(const struct surface_review *surface)
{
    const struct review_slice *largest = NULL;
    double sign = surface->verdict == REVIEW_REGRESSED ? -1 : 1, most = 0;
    for (size_t i = 0; i < surface->slice_count; i++) {
        const struct review_slice *slice = &surface->slice[i];
        if (!slice->has_p || slice->p_adjusted > REVIEW_ALPHA || !slice->has_delta ||
            sign * slice->delta <= most)
            continue;
        largest = slice;
        most = sign * slice->delta;
    }
    return largest;
}

static void write_moved(struct out *out, const struct surface_review *surface)
{
    evals_review_words_flips(out, surface);
    out_string(out, " (exact McNemar ");
    phrase_p_is(out, surface->mcnemar.p_exact);
    phrase_corrected(out, surface->mcnemar.p_exact, surface->p_adjusted);
    out_string(out, ").");
    const struct review_slice *slice = largest_slice(surface);
    if (!slice)
        return;
    out_format(out, " Largest slice: %.*s, ", TEXT_FMT(slice->slice));
    headline_write_passes(out, surface);
    phrase_change(out, slice->delta);
    out_char(out, '.');
}

static void write_no_evidence(struct out *out, const struct surface_review *surface)
{
    out_format(out, "%" PRId64 " worse, %" PRId64 " better of %" PRId64 " (exact ",
               surface->pass_to_fail, surface->fail_to_pass, surface->paired.n);
    phrase_p_is(out, surface->mcnemar.p_exact);
    phrase_corrected(out, surface->mcnemar.p_exact, surface->p_adjusted);
    out_string(out, ").");
    if (surface->pass_to_fail + surface->fail_to_pass == 0) {
        out_string(out, " Not one case flipped, "
                        "so how small a change it could have seen is not known.");
        return;
    }
    if (!surface->has_smallest_detectable) {
        out_string(out, " Too few cases flipped to say how small a change it could have seen.");
        return;
    }
    out_string(out, " A net change below ");
    phrase_points(out, surface->smallest_detectable);
    out_string(out, " could not have been seen.");
}

static void write_reason(struct out *out, const struct surface_review *surface)
{
    evals_review_words_reason(out, surface);
    out_char(out, '.');
}

text surface_review_sentence(struct call *call, const struct surface_review *surface)
{
    static const struct {
        const char *opening;
        void (*write)(struct out *, const struct surface_review *);
    } sentence[REVIEW_VERDICTS] = {
        [REVIEW_NOT_COMPARABLE] = { "Not comparable: ", write_reason },
        [REVIEW_COULD_NOT_MEASURE] = { "Could not measure: ", write_reason },
        [REVIEW_INSUFFICIENT] = { "Too few to compare: ", write_reason },
        [REVIEW_REGRESSED] = { "Worse: ", write_moved },
        [REVIEW_IMPROVED] = { "Better: ", write_moved },
        [REVIEW_NO_EVIDENCE] = { "No evidence of a change: ", write_no_evidence },
    };
    struct out out;
    out_init(&out, call);
    out_string(&out, sentence[surface->verdict].opening);
    sentence[surface->verdict].write(&out, surface);
    return out_view(&out);
}

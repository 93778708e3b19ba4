/*
 * The week in one paragraph for people who read nothing else: how many surfaces, which moved and by
 * how much, which could not be judged and why, and what to watch. Two to five sentences; where
 * nothing was found it says what could have been missed.
 */
#include "rooms/evals/evals_review_words.h"

#include "rooms/evals/phrase.h"
#include "rooms/evals/review_headline.h"

#include <inttypes.h>

enum { SUMMARY_NAMES_MAX = 5 };

/* A sentence that lists items: what opens it stands before the first, the rest after "; ". */
struct list {
    struct out *out;
    const char *opening;
    size_t count;
};

/* True when there is room for the item, which the caller then writes. */
static bool list_next(struct list *list)
{
    if (list->count++ >= SUMMARY_NAMES_MAX)
        return false;
    out_string(list->out, list->count == 1 ? list->opening : "; ");
    return true;
}

static void list_end(const struct list *list)
{
    phrase_more(list->out, list->count, SUMMARY_NAMES_MAX);
    if (list->count)
        out_char(list->out, '.');
}

static size_t count_verdict(const struct review *review, enum review_verdict verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < review->surface_count; i++)
        count += review->surface[i].verdict == verdict;
    return count;
}

/* "(could miss up to 6 points)" over the surfaces without evidence. */
static void write_missable(struct out *out, const struct review *review)
{
    double most = 0;
    size_t known = 0, unknown = 0;
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        if (surface->verdict != REVIEW_NO_EVIDENCE)
            continue;
        known += surface->has_smallest_detectable;
        unknown += !surface->has_smallest_detectable;
        if (surface->has_smallest_detectable && surface->smallest_detectable > most)
            most = surface->smallest_detectable;
    }
    if (known == 0) {
        out_string(out, " (how much could be missed is not known)");
        return;
    }
    out_string(out, " (could miss up to ");
    phrase_points(out, most);
    if (unknown)
        out_format(out, "; on %zu of them how much is not known", unknown);
    out_char(out, ')');
}

void evals_review_words_others(struct out *out, const struct review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        if (!surface->has_weeks || surface->baseline_week == review->baseline_week ||
            count++ >= SUMMARY_NAMES_MAX)
            continue;
        out_format(out, "%s%.*s against ", count == 1 ? "; " : ", ", TEXT_FMT(surface->surface));
        phrase_week(out, surface->baseline_week);
    }
    phrase_more(out, count, SUMMARY_NAMES_MAX);
}

static void write_week(struct out *out, const struct review *review)
{
    phrase_week(out, review->week);
    if (review->has_baseline_week) {
        out_string(out, " against ");
        phrase_week(out, review->baseline_week);
        evals_review_words_others(out, review);
    }
    out_string(out, ": ");
}

static void write_tally(struct out *out, const struct review *review)
{
    static const struct {
        enum review_verdict verdict;
        const char *one, *many;
    } part[] = {
        { REVIEW_REGRESSED, "regressed", "regressed" },
        { REVIEW_IMPROVED, "improved", "improved" },
        { REVIEW_COULD_NOT_MEASURE, "could not be measured", "could not be measured" },
        { REVIEW_NOT_COMPARABLE, "is not comparable", "are not comparable" },
        { REVIEW_INSUFFICIENT, "cannot be compared yet", "cannot be compared yet" },
        { REVIEW_NO_EVIDENCE, "shows no evidence of a change", "show no evidence of a change" },
    };
    bool is_one = review->surface_count == 1;
    size_t told = 0;
    if (is_one)
        out_string(out, "the one surface ");
    else
        out_format(out, "of %zu surfaces ", review->surface_count);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        size_t count = count_verdict(review, part[i].verdict);
        if (count == 0)
            continue;
        bool is_last = told + count == review->surface_count;
        out_string(out, told == 0 ? "" : is_last ? " and " : ", ");
        if (is_one)
            out_string(out, part[i].one);
        else
            phrase_count(out, (int64_t)count, part[i].one, part[i].many);
        told += count;
    }
    if (count_verdict(review, REVIEW_NO_EVIDENCE))
        write_missable(out, review);
}

static void write_opening(struct out *out, const struct review *review)
{
    write_week(out, review);
    if (review->surface_count == 0)
        out_string(out, "no surface has a run");
    else if (count_verdict(review, REVIEW_NO_EVIDENCE) < review->surface_count)
        write_tally(out, review);
    else {
        out_string(out, "no evidence of a change on ");
        phrase_count(out, (int64_t)review->surface_count, "surface", "surfaces");
        write_missable(out, review);
    }
    out_char(out, '.');
}

/* A share that is better lower does not speak for itself: it is told with the metric's name. */
static void write_headline(struct out *out, const struct surface_review *surface)
{
    if (surface->is_lower_better)
        out_format(out, "%.*s ", TEXT_FMT(surface->metric));
    phrase_share(out, headline_part(surface, surface->tally.passed, surface->n), surface->n);
}

/* "below its floor of 90 %". */
static void write_breach(struct out *out, const struct surface_review *surface)
{
    out_format(out, "%s its %s of ", headline_wrong_side(surface), headline_bound(surface));
    phrase_percent(out, surface->floor);
}

/* "support-answers at 88.0 % of 200, down 5 points: 12 cases now fail, 2 now pass". */
static void write_move(struct out *out, const struct surface_review *surface)
{
    out_format(out, "%.*s at ", TEXT_FMT(surface->surface));
    write_headline(out, surface);
    if (surface->has_delta && surface->n >= PHRASE_CASES_MIN) {
        out_string(out, ", ");
        phrase_change(out, headline_change(surface, surface->delta));
    }
    if (headline_is_breached(surface)) {
        out_string(out, ", ");
        write_breach(out, surface);
    }
    out_string(out, ": ");
    evals_review_words_flips(out, surface);
}

static size_t write_moves(struct out *out, const struct review *review, enum review_verdict verdict,
                          const char *opening)
{
    struct list list = { out, opening, 0 };
    for (size_t i = 0; i < review->surface_count; i++)
        if (review->surface[i].verdict == verdict && list_next(&list))
            write_move(out, &review->surface[i]);
    list_end(&list);
    return list.count;
}

static size_t write_unjudged(struct out *out, const struct review *review)
{
    static const char *const words[REVIEW_VERDICTS] = {
        [REVIEW_NOT_COMPARABLE] = "is not comparable",
        [REVIEW_COULD_NOT_MEASURE] = "could not be measured",
        [REVIEW_INSUFFICIENT] = "cannot be compared yet",
    };
    struct list list = { out, " Not judged: ", 0 };
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        if (!words[surface->verdict] || !list_next(&list))
            continue;
        out_format(out, "%.*s %s (", TEXT_FMT(surface->surface), words[surface->verdict]);
        evals_review_words_reason(out, surface);
        out_char(out, ')');
    }
    list_end(&list);
    return list.count;
}

/* Whoever reads the verdict has to know that it stands on somebody's word for the ruler. */
static void write_anyway(struct out *out, const struct review *review)
{
    struct list list = { out, " Compared although the ruler changed: ", 0 };
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        if (!surface->compared_anyway.at || !list_next(&list))
            continue;
        out_format(out, "%.*s (", TEXT_FMT(surface->surface));
        for (size_t k = 0; k < surface->not_comparable_count; k++) {
            out_string(out, k ? "; " : "");
            evals_review_words_difference(out, &surface->not_comparable[k]);
        }
        out_char(out, ')');
    }
    list_end(&list);
}

static void watch_tail(struct list *list, const struct surface_review *surface)
{
    const struct review_tail *tail = &surface->tail;
    if (!tail->has_stealth || !tail->is_stealth || !list_next(list))
        return;
    out_format(list->out, "%.*s has a stealth problem: of its %" PRId64
                          " hardest cases %" PRId64 " pass, before %" PRId64 " of %" PRId64,
               TEXT_FMT(surface->surface), tail->n, tail->passed, tail->baseline_passed,
               tail->baseline_n);
}

static void watch_trend(struct list *list, const struct surface_review *surface)
{
    const struct review_trend *trend = &surface->trend;
    if (!surface->has_trend || trend->verdict != TREND_FALLING || !list_next(list))
        return;
    if (surface->is_lower_better)
        out_format(list->out, "the %.*s of %.*s is rising ", TEXT_FMT(surface->metric),
                   TEXT_FMT(surface->surface));
    else
        out_format(list->out, "%.*s is falling ", TEXT_FMT(surface->surface));
    if (trend->test.has_slope) {
        phrase_points(list->out, trend->test.slope);
        out_string(list->out, " a listed week ");
    }
    out_format(list->out, "over %zu weeks (Mann-Kendall ", trend->test.n);
    phrase_p_is(list->out, trend->test.p);
    out_string(list->out, ", indicative)");
}

static void watch_floor(struct list *list, const struct surface_review *surface)
{
    bool is_told = surface->verdict == REVIEW_REGRESSED || surface->verdict == REVIEW_IMPROVED;
    if (is_told || !headline_is_breached(surface) || !list_next(list))
        return;
    out_format(list->out, "%.*s is ", TEXT_FMT(surface->surface));
    write_breach(list->out, surface);
    out_string(list->out, " at ");
    write_headline(list->out, surface);
}

static size_t write_watch(struct out *out, const struct review *review)
{
    static void (*const watch[])(struct list *, const struct surface_review *) = {
        watch_tail, watch_trend, watch_floor,
    };
    struct list list = { out, " To watch: ", 0 };
    for (size_t k = 0; k < sizeof watch / sizeof *watch; k++)
        for (size_t i = 0; i < review->surface_count; i++)
            watch[k](&list, &review->surface[i]);
    if (review->without_run_count && list_next(&list)) {
        out_string(out, "no run this week from ");
        phrase_names(out, review->without_run, review->without_run_count, SUMMARY_NAMES_MAX);
    }
    list_end(&list);
    return list.count;
}

/* A quiet week is only as quiet as what could be judged. */
static void write_quiet(struct out *out, const struct review *review)
{
    int64_t tails = 0, trends = 0;
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        tails += surface->tail.has_stealth;
        trends += surface->has_trend && surface->trend.verdict != TREND_TOO_FEW_WEEKS;
    }
    if (tails + trends == 0) {
        out_string(out, " No tail and no trend could be judged yet.");
        return;
    }
    out_string(out, " Nothing to watch in ");
    if (tails)
        phrase_count(out, tails, "tail", "tails");
    out_string(out, tails && trends ? " and " : "");
    if (trends)
        phrase_count(out, trends, "trend", "trends");
    out_string(out, tails && trends ? " that could be judged."
                    : tails         ? "; no trend could be judged yet."
                                    : "; no tail could be judged yet.");
}

text review_summary(struct call *call, const struct review *review)
{
    struct out out;
    out_init(&out, call);
    write_opening(&out, review);
    size_t told = write_moves(&out, review, REVIEW_REGRESSED, " Regressed: ");
    told += write_moves(&out, review, REVIEW_IMPROVED, " Improved: ");
    told += write_unjudged(&out, review);
    write_anyway(&out, review);
    told += write_watch(&out, review);
    if (told == 0)
        write_quiet(&out, review);
    return out_view(&out);
}

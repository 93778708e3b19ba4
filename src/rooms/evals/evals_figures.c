/* See evals_figures.h: the figures. */
#include "rooms/evals/evals_figures.h"

#include "offers/listing.h"
#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/phrase.h"
#include "rooms/evals/review_costs.h"
#include "rooms/evals/review_headline.h"
#include "rooms/evals/review_marks.h"
#include "rooms/evals/review_once.h"
#include "store/find.h"

#include <math.h>

/* --- the review and the run that a figure is of --- */

/* What stands behind one answer. `surface` is NULL where there is no data: that is told already. */
struct stand {
    const struct review *review;
    const struct surface_review *surface;
    struct row run; /* id 0 with majority */
};

/* What was known then: of a past instant, no week that had not begun. */
static bool week_asked(struct call *call, const struct figure_ask *ask, iso_week *week)
{
    iso_week then;
    *week = ask->scope.week;
    if (ask->scope.as_of == LISTING_NOW)
        return true;
    if (!week_of_stamp(call, call->workspace_zone, ask->scope.as_of, &then))
        return false;
    if (then < *week)
        *week = then;
    return true;
}

/* The figures of a line are of one run. */
static bool find_run(struct call *call, rid id, struct row *run)
{
    static const char known_by;
    struct row *last = call_recall(call, &known_by);
    if (last && last->id == id) {
        *run = *last;
        return true;
    }
    last = call_new(call, struct row);
    if (!last || !find_row(call, &eval_run_record, id, run))
        return false;
    *last = *run;
    return call_remember(call, &known_by, last);
}

static bool stand_in(struct call *call, const struct figure_ask *ask, iso_week week,
                     struct stand *stand)
{
    if (!review_once(call, week, &stand->review))
        return false;
    stand->surface = review_surface(stand->review, ask->row[0]);
    stand->run = (struct row){ .id = 0 };
    return !stand->surface || !stand->surface->run_id ||
           find_run(call, stand->surface->run_id, &stand->run);
}

/* A run of the very week that had not started yet at the instant leaves the week before it. */
static bool is_later(const struct stand *stand, stamp as_of)
{
    return stand->surface && stand->run.id &&
           value_as_int(stand->run.value[EVAL_RUN_STARTED_AT]) > as_of;
}

static bool tell_no_run(struct call *call, const struct figure_ask *ask, iso_week week,
                        struct figure_answer *answer)
{
    char word[WEEK_TEXT_SIZE];
    week_write(week, word);
    return figure_unknown(answer,
                          call_format(call, "'%.*s' has no complete run in %s",
                                      TEXT_FMT(find_title(call, &surface_record, ask->row[0])),
                                      word));
}

static bool mark_stand(struct call *call, const struct figure_ask *ask, iso_week asked,
                       const struct stand *stand, struct figure_answer *answer)
{
    char word[WEEK_TEXT_SIZE];
    const struct surface_review *surface = stand->surface;
    if (stand->review->week < asked) {
        week_write(stand->review->week, word);
        figure_mark(answer, FIGURE_STALE, call_format(call, "the latest run is of %s", word));
    }
    for (size_t i = 0; i < surface->note_count; i++)
        if (text_is(text_of(surface->note[i].code), "restated"))
            figure_mark(answer, FIGURE_RESTATED, surface->note[i].words);
    if (ask->scope.as_of != LISTING_NOW && stand->run.id && stand->run.created > ask->scope.as_of)
        figure_mark(answer, FIGURE_RESTATED, TEXT("it was recorded later than this instant"));
    return call->fail.kind == FAIL_NONE;
}

static bool read_stand(struct call *call, const struct figure_ask *ask, struct stand *stand,
                       struct figure_answer *answer)
{
    iso_week week;
    *stand = (struct stand){ .review = NULL };
    if (!week_asked(call, ask, &week) || !stand_in(call, ask, week, stand))
        return false;
    if (is_later(stand, ask->scope.as_of) && !stand_in(call, ask, stand->review->week - 1, stand))
        return false;
    if (!stand->surface)
        return tell_no_run(call, ask, week, answer);
    if (stand->run.id) {
        answer->record = &eval_run_record;
        answer->row = stand->run.id;
        answer->measured_at = value_as_int(stand->run.value[EVAL_RUN_STARTED_AT]);
    } else {
        answer->record = &surface_record;
        answer->row = stand->surface->surface_id;
    }
    return mark_stand(call, ask, week, stand, answer);
}

static text working_of(struct call *call, const struct stand *stand)
{
    char week[WEEK_TEXT_SIZE];
    week_write(stand->review->week, week);
    return call_format(call, "rondo review --week %s --surface '%.*s'", week,
                       TEXT_FMT(stand->surface->surface));
}

/* --- the figures --- */

static bool put_rate(struct call *call, int64_t passed, int64_t n, text why_none,
                     struct figure_answer *answer)
{
    struct out words;
    if (n == 0)
        return figure_unknown(answer, why_none);
    out_init(&words, call);
    phrase_part(&words, passed, n);
    answer->is_known = true;
    answer->value = (double)passed / (double)n;
    answer->words = out_view(&words);
    answer->has_n = true;
    answer->n = n;
    return call->fail.kind == FAIL_NONE;
}

static bool read_rate(struct call *call, const struct figure_ask *ask, bool is_headline,
                      struct figure_answer *answer)
{
    struct stand stand;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    const struct surface_review *surface = stand.surface;
    int64_t passed = surface->n ? (int64_t)llround(surface->pass_rate * (double)surface->n) : 0;
    struct interval interval = surface->interval;
    if (is_headline) {
        passed = headline_part(surface, passed, surface->n);
        interval = headline_interval(surface, interval);
    }
    answer->has_interval = interval.is_known;
    answer->low = interval.lower;
    answer->high = interval.upper;
    answer->working = working_of(call, &stand);
    return put_rate(call, passed, surface->n, TEXT("no case of the run counts"), answer);
}

static bool read_pass_rate(struct call *call, const struct figure_ask *ask,
                           struct figure_answer *answer)
{
    return read_rate(call, ask, false, answer);
}

static bool read_headline(struct call *call, const struct figure_ask *ask,
                          struct figure_answer *answer)
{
    return read_rate(call, ask, true, answer);
}

static bool read_change_of(struct call *call, const struct figure_ask *ask, bool is_headline,
                           struct figure_answer *answer)
{
    struct stand stand;
    struct out words;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    const struct surface_review *surface = stand.surface;
    answer->working = working_of(call, &stand);
    if (!surface->has_delta)
        return figure_unknown(answer, TEXT("there is no earlier week to compare with"));
    if (surface->verdict == REVIEW_NOT_COMPARABLE)
        figure_mark(answer, FIGURE_UNVERIFIED,
                    TEXT("both weeks were measured with different rulers"));
    out_init(&words, call);
    answer->value = is_headline ? headline_change(surface, surface->delta) : surface->delta;
    phrase_change(&words, answer->value);
    answer->is_known = true;
    answer->words = out_view(&words);
    answer->has_n = true;
    answer->n = surface->n;
    return call->fail.kind == FAIL_NONE;
}

static bool read_change(struct call *call, const struct figure_ask *ask,
                        struct figure_answer *answer)
{
    return read_change_of(call, ask, false, answer);
}

static bool read_headline_change(struct call *call, const struct figure_ask *ask,
                                 struct figure_answer *answer)
{
    return read_change_of(call, ask, true, answer);
}

static bool read_verdict(struct call *call, const struct figure_ask *ask,
                         struct figure_answer *answer)
{
    static const char *const words[REVIEW_VERDICTS] = {
        [REVIEW_NOT_COMPARABLE] = "not comparable",
        [REVIEW_COULD_NOT_MEASURE] = "could not be measured",
        [REVIEW_INSUFFICIENT] = "too few cases to say",
        [REVIEW_REGRESSED] = "regressed",
        [REVIEW_IMPROVED] = "improved",
        [REVIEW_NO_EVIDENCE] = "no evidence of a change",
    };
    struct stand stand;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    answer->is_known = true;
    answer->words = text_of(words[stand.surface->verdict]);
    answer->working = working_of(call, &stand);
    return true;
}

static bool put_count(struct call *call, const struct stand *stand, int64_t count,
                      struct figure_answer *answer)
{
    answer->is_known = true;
    answer->value = (double)count;
    answer->working = working_of(call, stand);
    if (stand->surface->verdict == REVIEW_NOT_COMPARABLE)
        figure_mark(answer, FIGURE_UNVERIFIED,
                    TEXT("both weeks were measured with different rulers"));
    return call->fail.kind == FAIL_NONE;
}

static bool read_broken(struct call *call, const struct figure_ask *ask,
                        struct figure_answer *answer)
{
    struct stand stand;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    return stand.surface->has_baseline
               ? put_count(call, &stand, stand.surface->pass_to_fail, answer)
               : figure_unknown(answer, TEXT("there is no earlier week to compare with"));
}

static bool read_fixed(struct call *call, const struct figure_ask *ask,
                       struct figure_answer *answer)
{
    struct stand stand;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    return stand.surface->has_baseline
               ? put_count(call, &stand, stand.surface->fail_to_pass, answer)
               : figure_unknown(answer, TEXT("there is no earlier week to compare with"));
}

static bool read_tail(struct call *call, const struct figure_ask *ask,
                      struct figure_answer *answer)
{
    struct stand stand;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    answer->working = working_of(call, &stand);
    return put_rate(call, stand.surface->tail.passed, stand.surface->tail.n,
                    TEXT("its hardest cases are not known yet"), answer);
}

/* --- what people did about it --- */

static bool is_opened(struct call *call, iso_week week, bool *opened)
{
    struct rows rows;
    if (!review_marks_of_week(call, &eval_review_record, EVAL_REVIEW_WEEK, week, &rows))
        return false;
    *opened = rows.count > 0;
    return true;
}

static bool count_open(struct call *call, rid surface, int64_t *count)
{
    struct query query;
    query_init(&query, &action_record);
    return query_add(call, &query, ACTION_STATE, FILTER_IS, value_choice("open")) &&
           query_add(call, &query, ACTION_SURFACE, FILTER_IS, value_ref(surface)) &&
           find_count(call, &query, count);
}

static text open_words(struct call *call, int64_t count)
{
    return count == 0 ? TEXT("none of its actions is open")
                      : call_format(call, "%lld of its actions %s open", (long long)count,
                                    count == 1 ? "is" : "are");
}

/* Before the review is opened there are no actions of it: that none is open would be no news. */
static bool read_followed(struct call *call, const struct figure_ask *ask,
                          struct figure_answer *answer)
{
    struct stand stand;
    char week[WEEK_TEXT_SIZE];
    bool opened;
    int64_t count;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    if (!is_opened(call, stand.review->week, &opened) ||
        !count_open(call, stand.surface->surface_id, &count))
        return false;
    week_write(stand.review->week, week);
    answer->is_known = true;
    answer->words = opened ? open_words(call, count) : TEXT("Monday's review is not opened yet");
    answer->link =
        opened ? TEXT("/actions?state=open") : call_format(call, "/monday?week=%s", week);
    answer->working = opened ? TEXT("rondo action list --state open") : working_of(call, &stand);
    return call->fail.kind == FAIL_NONE;
}

/* --- cost and latency --- */

/* A number of the run, or how it moved against the baseline's as a share. */
static bool put_measured(struct figure_answer *answer, double value, int64_t n, const char *what)
{
    if (!isfinite(value))
        return figure_unknown(answer, text_of(what));
    answer->is_known = true;
    answer->value = value;
    answer->has_n = true;
    answer->n = n;
    return true;
}

static text moved_words(struct call *call, double share)
{
    if (fabs(share) < 0.0005)
        return TEXT("unchanged");
    return call_format(call, "%s %.1f %%", share < 0 ? "down" : "up", fabs(share) * 100);
}

enum costs_asked { COSTS_USD, COSTS_USD_CHANGE, COSTS_LATENCY, COSTS_LATENCY_CHANGE };

static bool read_costs(struct call *call, const struct figure_ask *ask, enum costs_asked asked,
                       struct figure_answer *answer)
{
    struct stand stand;
    struct review_costs costs;
    if (!read_stand(call, ask, &stand, answer) || !stand.surface)
        return call->fail.kind == FAIL_NONE;
    if (!review_costs_read(call, stand.review, stand.surface, &costs))
        return false;
    bool is_cost = asked == COSTS_USD || asked == COSTS_USD_CHANGE;
    double now = is_cost ? costs.cost_usd : costs.latency_p95_ms;
    double before = is_cost ? costs.baseline_cost_usd : costs.baseline_latency_p95_ms;
    bool is_change = asked == COSTS_USD_CHANGE || asked == COSTS_LATENCY_CHANGE;
    answer->working = working_of(call, &stand);
    put_measured(answer, is_change ? now / before - 1 : now,
                 is_cost ? costs.cost_cases : costs.latency_results,
                 is_cost ? "its runs do not say what cases cost"
                         : "its runs do not say how long answers took");
    if (answer->is_known && is_change)
        answer->words = moved_words(call, answer->value);
    return call->fail.kind == FAIL_NONE;
}

static bool read_cost(struct call *call, const struct figure_ask *ask,
                      struct figure_answer *answer)
{
    return read_costs(call, ask, COSTS_USD, answer);
}

static bool read_cost_change(struct call *call, const struct figure_ask *ask,
                             struct figure_answer *answer)
{
    return read_costs(call, ask, COSTS_USD_CHANGE, answer);
}

static bool read_latency(struct call *call, const struct figure_ask *ask,
                         struct figure_answer *answer)
{
    return read_costs(call, ask, COSTS_LATENCY, answer);
}

static bool read_latency_change(struct call *call, const struct figure_ask *ask,
                                struct figure_answer *answer)
{
    return read_costs(call, ask, COSTS_LATENCY_CHANGE, answer);
}

#define OF_SURFACE { { "surface", "surface", true, "Which surface: its name or id." } }

const struct figure evals_figures[] = {
    { "evals.pass_rate", "Pass rate", "The share of cases that the week's run passes.",
      FIGURE_SHARE, OF_SURFACE, read_pass_rate },
    { "evals.pass_rate_change", "Change of the pass rate",
      "The pass rate minus that of the run before.", FIGURE_POINTS, OF_SURFACE, read_change },
    { "evals.headline", "Headline",
      "The share of cases that the surface's metric counts: those that pass, or, where lower is "
      "better, those that do not.",
      FIGURE_SHARE, OF_SURFACE, read_headline },
    { "evals.headline_change", "Change of the headline",
      "The headline minus that of the run before.", FIGURE_POINTS, OF_SURFACE,
      read_headline_change },
    { "evals.verdict", "Verdict", "What the test of Monday's review says.", FIGURE_WORDS,
      OF_SURFACE, read_verdict },
    { "evals.broken", "Cases that broke", "Cases that passed before and fail now.", FIGURE_COUNT,
      OF_SURFACE, read_broken },
    { "evals.fixed", "Cases fixed", "Cases that failed before and pass now.", FIGURE_COUNT,
      OF_SURFACE, read_fixed },
    { "evals.followed", "What became of it",
      "How many of the surface's actions are open, or that the review is not opened yet.",
      FIGURE_WORDS, OF_SURFACE, read_followed },
    { "evals.tail_rate", "Pass rate of the hardest tenth",
      "The share that passes of the cases that did worst before.", FIGURE_SHARE, OF_SURFACE,
      read_tail },
    { "evals.cost_usd", "Cost of a case", "The mean cost of a case, in US dollars.", FIGURE_USD,
      OF_SURFACE, read_cost },
    { "evals.cost_change", "Change of the cost",
      "The mean cost of a case against the run before, as a share.", FIGURE_NUMBER, OF_SURFACE,
      read_cost_change },
    { "evals.latency_p95_ms", "Latency (p95)", "95 of 100 answers took no longer.",
      FIGURE_MILLISECONDS, OF_SURFACE, read_latency },
    { "evals.latency_change", "Change of the latency",
      "The latency (p95) against the run before, as a share.", FIGURE_NUMBER, OF_SURFACE,
      read_latency_change },
    { 0 },
};

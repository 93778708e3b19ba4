/* See evals_surface.h: the weeks of the window with their test, and the hardest cases. */
#include "engine/bits.h"
#include "engine/tail.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_surface.h"

#include <math.h>

#define TREND_ALPHA 0.05
#define TREND_CONFIDENCE 0.95
#define TAIL_FRACTION 0.1

enum { TREND_WEEKS_MIN = 5 };

/* --- trend --- */

/* The chosen of the review's own two weeks are known; the others are made. */
static bool chosen_of(struct call *call, const struct surface_input *input, struct week_runs week,
                      struct chosen *chosen)
{
    const struct chosen *known[] = { &input->now, &input->baseline };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i]->run_count == week.count &&
            known[i]->runs == &input->surface->run[week.first]) {
            *chosen = *known[i];
            return true;
        }
    return select_chosen(call, input->surface, week, input->rule, chosen);
}

bool surface_list(struct call *call, struct surface_input *input)
{
    const struct surface_runs *surface = input->surface;
    input->listed = call_array(call, surface->count + 1, sizeof *input->listed);
    if (!input->listed)
        return false;
    for (size_t i = 0; i < surface->count;) {
        struct surface_week *week = &input->listed[input->listed_count];
        *week = (struct surface_week){ .runs = select_week(surface, surface->run[i].week) };
        i = week->runs.first + week->runs.count;
        if (week->runs.week <= input->week - input->weeks || week->runs.week > input->week)
            continue;
        if (!chosen_of(call, input, week->runs, &week->chosen))
            return false;
        input->listed_count++;
    }
    return true;
}

/* Each run that has scores counts once. */
static void count_scores(const struct chosen *chosen, struct review_week *week)
{
    double sum = 0, runs = 0;
    for (size_t i = 0; i < chosen->run_count; i++) {
        const struct row *run = chosen->runs[i].row;
        int64_t scored = value_as_int(run->value[EVAL_RUN_SCORED]);
        week->has_scored = week->has_scored || !value_is_null(run->value[EVAL_RUN_SCORED]);
        if (value_is_null(run->value[EVAL_RUN_MEAN_SCORE]))
            continue;
        week->scored = runs == 0 || scored < week->scored ? scored : week->scored;
        sum += value_as_real(run->value[EVAL_RUN_MEAN_SCORE]);
        runs++;
    }
    week->mean_score = runs > 0 ? sum / runs : NAN;
}

static bool stands_on_partial(const struct chosen *chosen)
{
    for (size_t i = 0; i < chosen->run_count; i++)
        if (!text_is(value_as_text(chosen->runs[i].row->value[EVAL_RUN_STATUS]), "complete"))
            return true;
    return false;
}

static struct review_week week_counts(const struct surface_input *input,
                                      const struct surface_week *listed)
{
    struct tally tally = verdicts_tally(&listed->chosen.verdicts);
    struct review_week week = {
        .week = listed->runs.week,
        .run = listed->chosen.run ? listed->chosen.run->name : TEXT_NONE,
        .passed = tally.passed,
        .n = input->surface->nulls == NULLS_FAIL ? tally.cases : tally.evaluated,
    };
    week.pass_rate = week.n ? (double)week.passed / (double)week.n : NAN;
    week.interval = wilson(week.passed, week.n, TREND_CONFIDENCE);
    count_scores(&listed->chosen, &week);
    week.is_partial = stands_on_partial(&listed->chosen);
    return week;
}

/* Weeks whose rate is not known, or under another ruler, are in the list and not in the test. */
static bool test_weeks(struct call *call, struct review_trend *trend)
{
    double *y = call_array(call, trend->week_count + 1, sizeof *y);
    double *listed = call_array(call, trend->week_count + 1, sizeof *listed);
    double *calendar = call_array(call, trend->week_count + 1, sizeof *calendar);
    struct mann_kendall by_calendar;
    size_t n = 0;
    if (!y || !listed || !calendar)
        return false;
    for (size_t i = trend->tested_from; i < trend->week_count; i++) {
        if (trend->week[i].n == 0)
            continue;
        y[n] = trend->week[i].pass_rate;
        listed[n] = (double)i;
        calendar[n++] = (double)trend->week[i].week;
    }
    trend->has_test = n >= 2;
    if (!trend->has_test)
        return true;
    if (!mann_kendall(y, listed, n, &trend->test) || !mann_kendall(y, calendar, n, &by_calendar))
        return fail(call, FAIL_TOO_LARGE, "the machine has no memory for a trend of %zu weeks", n);
    trend->slope_per_week = by_calendar.slope;
    return true;
}

bool surface_trend(struct call *call, const struct surface_input *input,
                   struct surface_review *review)
{
    struct review_trend *trend = &review->trend;
    struct review_week *week = call_array(call, input->listed_count + 1, sizeof *week);
    for (size_t i = 0; week && i < input->listed_count; i++)
        week[i] = week_counts(input, &input->listed[i]);
    review->has_trend = true;
    trend->week = week;
    trend->week_count = input->listed_count;
    if (!week || !test_weeks(call, trend))
        return false;
    if (!trend->has_test || trend->test.n < TREND_WEEKS_MIN)
        trend->verdict = TREND_TOO_FEW_WEEKS;
    else if (trend->test.p > TREND_ALPHA || trend->test.s == 0)
        trend->verdict = TREND_NO_TREND;
    else
        trend->verdict = trend->test.s < 0 ? TREND_FALLING : TREND_RISING;
    return true;
}

/* --- tail --- */

static bool tail_names(struct call *call, const struct surface_input *input,
                       const struct tail *picked, struct review_tail *tail)
{
    text *key = call_array(call, picked->count + 1, sizeof *key);
    for (size_t i = 0; key && i < picked->count; i++)
        key[i] = input->cases->key[picked->case_number[i]];
    tail->case_key = key;
    tail->case_count = picked->count;
    return key != NULL;
}

/* One-sided and exact, on the chosen cases alone. */
static void tail_test(const struct surface_input *input, const struct tail *picked,
                      struct review_tail *tail)
{
    const struct comparison *pairs = &input->comparison;
    uint32_t count =
        picked->case_count < pairs->case_count ? picked->case_count : pairs->case_count;
    if (!input->has_baseline || picked->count == 0)
        return;
    int64_t worse = bits_and_count(picked->chosen, pairs->pass_to_fail, count);
    int64_t better = bits_and_count(picked->chosen, pairs->fail_to_pass, count);
    tail->has_baseline = true;
    tail_rate(picked->chosen, picked->case_count, &input->baseline.verdicts, input->surface->nulls,
              &tail->baseline_passed, &tail->baseline_n);
    tail->has_p = true;
    tail->p_worse = mcnemar(worse, better).p_worse;
}

bool surface_tail(struct call *call, const struct surface_input *input,
                  struct surface_review *review)
{
    struct tail picked;
    const struct verdicts *now = &input->now.verdicts;
    enum nulls nulls = input->surface->nulls;
    review->tail.fraction = TAIL_FRACTION;
    if (!tail_pick(call, input->history, input->history_count, now->held, now->case_count,
                   input->cases->rank, TAIL_FRACTION, nulls, &picked) ||
        !tail_names(call, input, &picked, &review->tail))
        return false;
    if (picked.count == 0)
        return true;
    tail_rate(picked.chosen, picked.case_count, now, nulls, &review->tail.passed, &review->tail.n);
    tail_rate(picked.tied, picked.case_count, now, nulls, &review->tail.tied_passed,
              &review->tail.tied_n);
    tail_test(input, &picked, &review->tail);
    return true;
}

/*
 * See evals_surface.h: whether the rate of a surface has fallen since its baseline, run by run. A
 * look pairs a run with the frozen baseline; its discordant pairs go into an e-value against one
 * half (engine/stats/drift.h), which bounds the false alarms of every look, however many there
 * are. An alarm needs that, a fall as large as the suite's effect floor, and a second run of the
 * week, made alike, that fell as well. What could not be measured is never quiet.
 */
#include "engine/stats/drift.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_surface.h"

#include <inttypes.h>
#include <math.h>

#define ALARM_ALPHA 0.05

/* A share of a rate, at which two decimals are alike. */
#define EFFECT_TOLERANCE 1e-12

enum { ALARM_PAIRS_MIN = 10 };

enum look_result { LOOK_STEADY, LOOK_FALLEN, LOOK_RISEN, LOOK_UNMEASURED };

struct look {
    const struct week_run_row *run; /* NULL: there is none */
    enum look_result result;
    struct compare_counts counts;
    struct tally tally;
    double log_e, p, effect;
};

/* While the weeks are walked. */
struct watch {
    const struct surface_input *input;
    const struct surface_week *baseline; /* NULL: none yet under this ruler */
    double effect_floor;
    bool was_risen;
    struct look last, before; /* of the week just looked at: its last run, and the one before it */
};

/* More than 5 % without a verdict measure nothing. */
static bool is_measured(const struct tally *tally)
{
    return (tally->cases - tally->evaluated) * 20 <= tally->cases;
}

static enum look_result judge(const struct watch *watch, const struct look *look)
{
    const struct compare_counts *counts = &look->counts;
    int64_t missing = counts->held_before - counts->held_both;
    if (!is_measured(&look->tally) || missing * 20 > counts->held_before ||
        counts->n < ALARM_PAIRS_MIN)
        return LOOK_UNMEASURED;
    bool is_real = look->log_e >= -log(ALARM_ALPHA);
    if (!is_real || fabs(look->effect) < watch->effect_floor - EFFECT_TOLERANCE)
        return LOOK_STEADY;
    return look->effect < 0 ? LOOK_FALLEN : LOOK_RISEN;
}

static bool look_at(struct call *call, const struct watch *watch, const struct week_run_row *run,
                    struct look *look)
{
    struct verdicts verdicts;
    *look = (struct look){ .run = run, .p = 1 };
    if (!run)
        return true;
    if (!select_verdicts(call, run, &verdicts))
        return false;
    look->tally = verdicts_tally(&verdicts);
    look->counts = compare_count(&watch->baseline->chosen.verdicts, &verdicts,
                                 watch->input->surface->nulls);
    int64_t worse = look->counts.pass_fail, better = look->counts.fail_pass;
    struct evalue evalue = evalue_bernoulli(better, worse + better, 0.5, 1, 1);
    look->log_e = evalue.log_e;
    look->p = evalue.p;
    look->effect = look->counts.n ? (double)(better - worse) / (double)look->counts.n : 0;
    look->result = judge(watch, look);
    return true;
}

/*
 * The last run of the week before `end` that was made as what stands for the week. A copy of
 * another run is no look of its own.
 */
static const struct week_run_row *alike_before(const struct surface_input *input,
                                               const struct surface_week *week, size_t end)
{
    for (size_t i = end; i-- > week->runs.first;)
        if (!input->surface->run[i].is_copy &&
            surface_same_configuration(&input->surface->run[i], week->chosen.latest))
            return &input->surface->run[i];
    return NULL;
}

static bool look_at_week(struct call *call, struct watch *watch, const struct surface_week *week)
{
    const struct surface_input *input = watch->input;
    const struct week_run_row *last =
        alike_before(input, week, week->runs.first + week->runs.count);
    const struct week_run_row *before =
        last ? alike_before(input, week, (size_t)(last - input->surface->run)) : NULL;
    return look_at(call, watch, last ? last : week->chosen.latest, &watch->last) &&
           look_at(call, watch, before, &watch->before);
}

static bool is_confirmed(const struct watch *watch)
{
    return watch->last.result == LOOK_FALLEN && watch->before.run &&
           watch->before.result == LOOK_FALLEN;
}

/*
 * The baseline starts anew after a confirmed alarm, and after a rise that two looks in a row have
 * seen: then the new level is the one to hold.
 */
static void move_baseline(struct watch *watch, const struct surface_week *week)
{
    bool is_risen = watch->last.result == LOOK_RISEN;
    bool has_risen_before =
        watch->was_risen || (watch->before.run && watch->before.result == LOOK_RISEN);
    bool moves = is_confirmed(watch) || (is_risen && has_risen_before);
    if (moves)
        watch->baseline = week;
    watch->was_risen = is_risen && !moves;
}

/* A week that measured little is no baseline. */
static void set_baseline(struct watch *watch, const struct surface_week *week)
{
    struct tally tally = verdicts_tally(&week->chosen.verdicts);
    bool is_usable = is_measured(&tally) && tally.cases >= ALARM_PAIRS_MIN;
    watch->baseline = is_usable ? week : NULL;
    watch->was_risen = false;
}

/* Walks the weeks up to the one of the review; false in `*is_looked_at` where nothing was. */
static bool walk(struct call *call, struct watch *watch, bool *is_looked_at)
{
    const struct surface_input *input = watch->input;
    *is_looked_at = false;
    for (size_t i = 0; i < input->listed_count; i++) {
        const struct surface_week *week = &input->listed[i];
        *is_looked_at = watch->baseline && !week->is_cut;
        if (!*is_looked_at) {
            set_baseline(watch, week);
            continue;
        }
        if (!look_at_week(call, watch, week))
            return false;
        if (i + 1 < input->listed_count)
            move_baseline(watch, week);
    }
    return true;
}

/* --- what is said --- */

static text without_baseline(struct call *call, const struct surface_review *review, iso_week week)
{
    for (size_t i = 0; i < review->break_count; i++) {
        const struct review_break *at = &review->breaks[i];
        if (at->week == week)
            return call_format(call, "the %s changed this week from '%.*s' to '%.*s'",
                               strcmp(at->part, "cases") == 0 ? "set of cases" : at->part,
                               TEXT_FMT(at->from), TEXT_FMT(at->to));
    }
    return TEXT("no earlier week of the window can be the baseline");
}

static text unmeasured(struct call *call, const struct look *look)
{
    const struct compare_counts *counts = &look->counts;
    if (!is_measured(&look->tally))
        return call_format(call, "%" PRId64 " of %" PRId64 " cases of '%.*s' have no verdict",
                           look->tally.cases - look->tally.evaluated, look->tally.cases,
                           TEXT_FMT(look->run->name));
    if (counts->n < ALARM_PAIRS_MIN)
        return call_format(call, "'%.*s' and the baseline share %" PRId64 " cases, %d are needed",
                           TEXT_FMT(look->run->name), counts->n, ALARM_PAIRS_MIN);
    return call_format(call, "%" PRId64 " of the %" PRId64 " cases of the baseline are missing",
                       counts->held_before - counts->held_both, counts->held_before);
}

/* The run that the figures are of: the first of two that fell, else the last. */
static void tell(const struct watch *watch, struct review_alarm *alarm)
{
    const struct chosen *baseline = &watch->baseline->chosen;
    const struct look *look = is_confirmed(watch) ? &watch->before : &watch->last;
    alarm->has_baseline = true;
    alarm->baseline_week = watch->baseline->runs.week;
    alarm->baseline_run = baseline->run ? baseline->run->name : TEXT_NONE;
    alarm->run = look->run->name;
    alarm->n = look->counts.n;
    alarm->pass_to_fail = look->counts.pass_fail;
    alarm->fail_to_pass = look->counts.fail_pass;
    alarm->log_e = look->log_e;
    alarm->p = look->p;
    alarm->effect = look->effect;
    if (is_confirmed(watch))
        alarm->confirmed_by = watch->last.run->name;
    if (watch->last.result != LOOK_FALLEN && watch->before.run &&
        watch->before.result == LOOK_FALLEN)
        alarm->refuted = watch->before.run->name;
}

bool surface_alarm(struct call *call, const struct surface_input *input,
                   struct surface_review *review)
{
    struct review_alarm *alarm = &review->alarm;
    struct watch watch = {
        .input = input,
        .effect_floor = value_as_real(input->surface->suite->value[SUITE_EFFECT_FLOOR]),
    };
    bool is_looked_at;
    /* A fall is half of what the e-value rejects: without a change both directions are alike. */
    *alarm = (struct review_alarm){ .state = ALARM_COULD_NOT_MEASURE,
                                    .effect_floor = watch.effect_floor,
                                    .alpha = ALARM_ALPHA,
                                    .false_alarm_rate = ALARM_ALPHA / 2 };
    if (!walk(call, &watch, &is_looked_at))
        return false;
    if (!is_looked_at) {
        alarm->reason = without_baseline(call, review, input->week);
        return alarm->reason.at != NULL;
    }
    tell(&watch, alarm);
    if (watch.last.result == LOOK_UNMEASURED)
        alarm->reason = unmeasured(call, &watch.last);
    else if (watch.last.result == LOOK_FALLEN)
        alarm->state = is_confirmed(&watch) ? ALARM_CONFIRMED : ALARM_UNCONFIRMED;
    else
        alarm->state = ALARM_NONE;
    return watch.last.result != LOOK_UNMEASURED || alarm->reason.at != NULL;
}

/*
 * The review of made-up histories equals what a slow and obvious recomputation finds. The formulas
 * themselves are tested beside engine/stats; here it is counted again which numbers go into them.
 */
#include "rooms/evals/evals_week.h"

#include "rooms/evals/evals.h"
#include "support/eval_world.h"
#include "support/house.h"
#include "support/runs.h"

#include <math.h>

enum { NOT_HELD = -1, WINDOW = 12 };

/* Who stands for a week: verdict by case number, NOT_HELD where there is none. */
struct stand {
    int verdict[WORLD_CASES];
    const struct world_run *run; /* NULL: the majority of several */
    const struct world_run *latest;
};

struct question {
    const struct world *world;
    enum week_run rule;
    enum nulls nulls;
    int week;
};

/* --- verdicts --- */

static int verdict_of_case(const struct world_case *at)
{
    int passed = 0, failed = 0, errors = 0;
    for (int i = 0; i < at->trials; i++) {
        passed += at->verdict[i] == VERDICT_PASS;
        failed += at->verdict[i] == VERDICT_FAIL;
        errors += at->verdict[i] == VERDICT_ERROR;
    }
    if (at->trials == 0)
        return NOT_HELD;
    if (passed + failed == 0)
        return errors ? VERDICT_ERROR : VERDICT_UNSCORED;
    return 2 * passed > at->trials ? VERDICT_PASS : VERDICT_FAIL;
}

static int cases_of_run(const struct world_run *run, int verdict)
{
    int count = 0;
    for (int i = 0; i < WORLD_CASES; i++) {
        int has = verdict_of_case(&run->cases[i]);
        count += verdict == NOT_HELD ? has != NOT_HELD : has == verdict;
    }
    return count;
}

static int verdict_of_several(const struct world_run **run, int count, int number, enum nulls nulls)
{
    int held = 0, passed = 0, evaluated = 0, errors = 0;
    for (int i = 0; i < count; i++) {
        int verdict = verdict_of_case(&run[i]->cases[number]);
        held += verdict != NOT_HELD;
        passed += verdict == VERDICT_PASS;
        evaluated += verdict == VERDICT_PASS || verdict == VERDICT_FAIL;
        errors += verdict == VERDICT_ERROR;
    }
    if (!held)
        return NOT_HELD;
    if (!evaluated)
        return errors ? VERDICT_ERROR : VERDICT_UNSCORED;
    return 2 * passed > (nulls == NULLS_FAIL ? held : evaluated) ? VERDICT_PASS : VERDICT_FAIL;
}

static int runs_of_week(const struct world *world, int surface, int week,
                        const struct world_run **run)
{
    int count = 0;
    for (int i = 0; i < world->run_count; i++)
        if (world->run[i].surface == surface && world->run[i].week == week)
            run[count++] = &world->run[i];
    return count;
}

static bool find_stand(const struct question *question, int surface, int week, struct stand *stand)
{
    const struct world_run *run[WORLD_RUNS_MAX];
    int count = runs_of_week(question->world, surface, week, run);
    if (count == 0)
        return false;
    stand->run = run[count - 1];
    for (int i = count; question->rule == WEEK_RUN_BEST && i-- > 0;) {
        double rate = (double)cases_of_run(run[i], VERDICT_PASS) / cases_of_run(run[i], NOT_HELD);
        double best = (double)cases_of_run(stand->run, VERDICT_PASS) /
                      cases_of_run(stand->run, NOT_HELD);
        if (rate >= best)
            stand->run = run[i];
    }
    stand->latest = stand->run;
    for (int i = 0; i < WORLD_CASES; i++)
        stand->verdict[i] = question->rule == WEEK_RUN_MAJORITY
                                ? verdict_of_several(run, count, i, question->nulls)
                                : verdict_of_case(&stand->run->cases[i]);
    if (question->rule == WEEK_RUN_MAJORITY)
        stand->run = NULL;
    return true;
}

static bool find_baseline(const struct question *question, int surface, int *week,
                          struct stand *stand)
{
    for (*week = question->week - 1; *week >= 0; (*week)--)
        if (find_stand(question, surface, *week, stand))
            return true;
    return false;
}

static int count_of(const struct stand *stand, int verdict)
{
    int count = 0;
    for (int i = 0; i < WORLD_CASES; i++)
        count += verdict == NOT_HELD ? stand->verdict[i] != NOT_HELD : stand->verdict[i] == verdict;
    return count;
}

static bool is_evaluated(int verdict)
{
    return verdict == VERDICT_PASS || verdict == VERDICT_FAIL;
}

static bool counts(const struct question *question, int verdict)
{
    return question->nulls == NULLS_FAIL ? verdict != NOT_HELD : is_evaluated(verdict);
}

static int counted(const struct question *question, const struct stand *stand)
{
    int count = 0;
    for (int i = 0; i < WORLD_CASES; i++)
        count += counts(question, stand->verdict[i]);
    return count;
}

static bool is_paired(const struct question *question, const struct stand *before,
                      const struct stand *now, int number)
{
    return counts(question, before->verdict[number]) && counts(question, now->verdict[number]);
}

/* -1 worse, 1 better, 0 neither. */
static int flip_of(const struct question *question, const struct stand *before,
                   const struct stand *now, int number)
{
    return !is_paired(question, before, now, number)
               ? 0
               : (now->verdict[number] == VERDICT_PASS) - (before->verdict[number] == VERDICT_PASS);
}

/* --- lists of keys, by bytes --- */

static int compare_strings(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Case numbers by the bytes of their keys. */
static void sorted_cases(struct call *call, int number[WORLD_CASES])
{
    const char *key[WORLD_CASES];
    for (int i = 0; i < WORLD_CASES; i++)
        key[i] = world_key(call, i);
    const char *sorted[WORLD_CASES];
    memcpy(sorted, key, sizeof key);
    qsort(sorted, WORLD_CASES, sizeof *sorted, compare_strings);
    for (int i = 0; i < WORLD_CASES; i++)
        for (int at = 0; at < WORLD_CASES; at++)
            if (strcmp(sorted[i], key[at]) == 0)
                number[i] = at;
}

static void check_list(struct call *call, const text *list, size_t count, const bool *has,
                       const int *sorted)
{
    size_t at = 0;
    for (int i = 0; i < WORLD_CASES; i++)
        if (has[sorted[i]]) {
            assert_true(at < count);
            assert_text(list[at++], world_key(call, sorted[i]));
        }
    assert_int_equal(at, count);
}

static void assert_near(double got, double wanted)
{
    if (isnan(got) && isnan(wanted))
        return;
    if (fabs(got - wanted) > 1e-12)
        print_error("got %.17g, wanted %.17g\n", got, wanted);
    assert_true(fabs(got - wanted) <= 1e-12);
}

/* --- parts of one surface --- */

static void check_headline(const struct question *question, const struct stand *now,
                           const struct stand *before, const struct surface_review *review)
{
    int n = counted(question, now), passed = count_of(now, VERDICT_PASS);
    assert_int_equal(review->tally.cases, count_of(now, NOT_HELD));
    assert_int_equal(review->tally.passed, passed);
    assert_int_equal(review->tally.evaluated, passed + count_of(now, VERDICT_FAIL));
    assert_int_equal(review->tally.errors, count_of(now, VERDICT_ERROR));
    assert_int_equal(review->tally.unscored, count_of(now, VERDICT_UNSCORED));
    assert_int_equal(review->n, n);
    assert_near(review->pass_rate, (double)passed / n);
    assert_near(review->interval.lower, wilson(passed, n, 0.95).lower);
    assert_int_equal(review->run.at != NULL, now->run != NULL);
    if (now->run)
        assert_text(review->run, now->run->name);
    assert_int_equal(review->has_baseline, before != NULL);
    if (!before)
        return;
    int before_n = counted(question, before), before_passed = count_of(before, VERDICT_PASS);
    assert_near(review->delta, (double)passed / n - (double)before_passed / before_n);
    assert_int_equal(review->baseline_cases, count_of(before, NOT_HELD));
    if (before->run)
        assert_text(review->baseline_run, before->run->name);
}

static void check_pairs(const struct question *question, const struct stand *now,
                        const struct stand *before, const struct surface_review *review)
{
    int n = 0, worse = 0, better = 0;
    for (int i = 0; i < WORLD_CASES; i++) {
        int flip = flip_of(question, before, now, i);
        n += is_paired(question, before, now, i);
        worse += flip < 0;
        better += flip > 0;
    }
    assert_int_equal(review->paired.n, n);
    assert_int_equal(review->pass_to_fail, worse);
    assert_int_equal(review->fail_to_pass, better);
    assert_near(review->paired.diff, (double)(better - worse) / n);
    assert_near(review->mcnemar.p_exact, mcnemar(worse, better).p_exact);
    assert_near(review->paired.p_exact, review->mcnemar.p_exact);
    double mde;
    assert_int_equal(review->has_smallest_detectable,
                     mde_mcnemar(n, (double)(worse + better) / n, 0.05, 0.8, &mde));
    if (review->has_smallest_detectable)
        assert_near(review->smallest_detectable, mde);
}

static void check_case_lists(struct call *call, const struct question *question,
                             const struct stand *now, const struct stand *before,
                             const struct surface_review *review, const int *sorted)
{
    bool fixed[WORLD_CASES], missing[WORLD_CASES], added[WORLD_CASES];
    for (int i = 0; i < WORLD_CASES; i++) {
        bool held = now->verdict[i] != NOT_HELD, was_held = before->verdict[i] != NOT_HELD;
        fixed[i] = flip_of(question, before, now, i) > 0;
        missing[i] = was_held && !held;
        added[i] = held && !was_held;
    }
    check_list(call, review->fixed, review->fixed_count, fixed, sorted);
    check_list(call, review->missing, review->missing_count, missing, sorted);
    check_list(call, review->added, review->added_count, added, sorted);
}

static void check_errors(struct call *call, const struct stand *now,
                         const struct surface_review *review, const int *sorted)
{
    size_t at = 0;
    for (int i = 0; i < WORLD_CASES; i++) {
        int verdict = now->verdict[sorted[i]];
        if (verdict == NOT_HELD || is_evaluated(verdict))
            continue;
        assert_true(at < review->error_count);
        const struct review_error *error = &review->error[at++];
        assert_text(error->case_key, world_key(call, sorted[i]));
        assert_int_equal(error->kind, verdict);
        bool has_reason = false;
        const struct world_case *drawn = &now->latest->cases[sorted[i]];
        for (int trial = 0; trial < drawn->trials; trial++)
            has_reason = has_reason || drawn->verdict[trial] == VERDICT_ERROR;
        assert_int_equal(error->reason.at != NULL, has_reason);
        if (has_reason)
            assert_text(error->reason, "timeout");
    }
    assert_int_equal(at, review->error_count);
}

/* --- flips --- */

/* A judge that one of them does not name is taken for the same. */
static bool same_judge(const struct world_run *a, const struct world_run *b)
{
    return !a->judge[0] || !b->judge[0] || strcmp(a->judge, b->judge) == 0;
}

static void check_history(const struct question *question, const struct stand *now, int number,
                          const struct review_flip *flip, int *passed_before, int *n_before)
{
    const struct world *world = question->world;
    size_t at = 0;
    *passed_before = *n_before = 0;
    for (int week = 0; week < question->week; week++) {
        int passed = 0, n = 0;
        for (int i = 0; i < world->run_count; i++) {
            const struct world_run *run = &world->run[i];
            const struct world_case *drawn = &run->cases[number];
            if (run->surface != now->latest->surface || run->week != week ||
                !same_judge(run, now->latest))
                continue;
            for (int trial = 0; trial < drawn->trials; trial++) {
                n += counts(question, drawn->verdict[trial]);
                passed += drawn->verdict[trial] == VERDICT_PASS;
            }
        }
        if (n == 0)
            continue;
        assert_true(at < flip->history_count);
        assert_int_equal(flip->history[at].week, world->first_week + week);
        assert_int_equal(flip->history[at].n, n);
        assert_int_equal(flip->history[at++].passed, passed);
        *passed_before += passed;
        *n_before += n;
    }
    assert_int_equal(at, flip->history_count);
}

struct tries {
    int passed, n;
};

/* Of the runs of the stand's week that are configured as the one that stands. */
static struct tries tries_of(const struct question *question, const struct stand *stand, int number)
{
    const struct world *world = question->world;
    struct tries tries = { 0, 0 };
    for (int i = 0; i < world->run_count; i++) {
        const struct world_run *run = &world->run[i];
        if (run->surface != stand->latest->surface || run->week != stand->latest->week ||
            strcmp(run->model, stand->latest->model) != 0 || !same_judge(run, stand->latest))
            continue;
        for (int trial = 0; trial < run->cases[number].trials; trial++) {
            tries.n += is_evaluated(run->cases[number].verdict[trial]);
            tries.passed += run->cases[number].verdict[trial] == VERDICT_PASS;
        }
    }
    return tries;
}

static bool is_tried_again(const struct world_run *run)
{
    bool is = false;
    for (int i = 0; i < WORLD_CASES; i++)
        is |= run->cases[i].trials > 1;
    return is;
}

static void check_slid(struct call *call, const struct question *question, const struct stand *now,
                       const struct stand *before, const struct surface_review *review,
                       const int *sorted)
{
    size_t at = 0;
    bool are_tried = is_tried_again(before->latest) && is_tried_again(now->latest);
    for (int i = 0; i < WORLD_CASES; i++) {
        int number = sorted[i];
        struct tries then = tries_of(question, before, number),
                     today = tries_of(question, now, number);
        if (!are_tried || !is_paired(question, before, now, number) ||
            flip_of(question, before, now, number) < 0 || then.n < 2 || then.passed < then.n ||
            today.passed == today.n)
            continue;
        assert_true(at < review->slid_count);
        const struct review_slip *slip = &review->slid[at++];
        assert_text(slip->case_key, world_key(call, number));
        assert_int_equal(slip->before.passed, then.passed);
        assert_int_equal(slip->before.n, then.n);
        assert_int_equal(slip->now.passed, today.passed);
        assert_int_equal(slip->now.n, today.n);
    }
    assert_int_equal(at, review->slid_count);
}

static void check_now(const struct question *question, const struct stand *now, int number,
                      const struct review_flip *flip)
{
    struct tries tries = tries_of(question, now, number);
    assert_int_equal(flip->now_n, tries.n);
    assert_int_equal(flip->now_passed, tries.passed);
}

static enum flip_class class_of(const struct review_flip *flip, int passed, int n)
{
    if (flip->to != VERDICT_FAIL)
        return FLIP_NO_CLASS;
    if (flip->now_n >= 3 && flip->p_adjusted <= 0.05)
        return FLIP_CONFIRMED;
    return n - passed >= 2 && passed >= 1 ? FLIP_FLAKY : FLIP_CANDIDATE;
}

static void check_flips(struct call *call, const struct question *question,
                        const struct stand *now, const struct stand *before,
                        const struct surface_review *review, const int *sorted)
{
    size_t at = 0;
    for (int i = 0; i < WORLD_CASES; i++) {
        int number = sorted[i], passed, n;
        if (flip_of(question, before, now, number) >= 0)
            continue;
        assert_true(at < review->flip_count);
        const struct review_flip *flip = &review->flip[at++];
        assert_text(flip->case_key, world_key(call, number));
        assert_int_equal(flip->from, before->verdict[number]);
        assert_int_equal(flip->to, now->verdict[number]);
        check_history(question, now, number, flip, &passed, &n);
        assert_int_equal(flip->has_p, flip->to == VERDICT_FAIL);
        if (flip->has_p) {
            check_now(question, now, number, flip);
            assert_near(flip->p_worse, flip_fisher(passed, n, flip->now_passed, flip->now_n));
        }
        assert_int_equal(flip->class, class_of(flip, passed, n));
    }
    assert_int_equal(at, review->flip_count);
}

/* --- trend --- */

static int seen_breaks;

static void check_trend(const struct question *question, int surface,
                        const struct surface_review *review)
{
    double rate[WORLD_WEEKS], listed[WORLD_WEEKS], calendar[WORLD_WEEKS];
    struct mann_kendall by_list, by_calendar;
    const char *judge = "";
    size_t n = 0, since = 0;
    for (int week = 0; week <= question->week; week++) {
        struct stand stand;
        if (!find_stand(question, surface, week, &stand))
            continue;
        assert_true(n < review->trend.week_count);
        const struct review_week *got = &review->trend.week[n];
        assert_int_equal(got->week, question->world->first_week + week);
        assert_int_equal(got->n, counted(question, &stand));
        assert_int_equal(got->passed, count_of(&stand, VERDICT_PASS));
        assert_int_equal(got->run.at != NULL, stand.run != NULL);
        rate[n] = (double)got->passed / (double)got->n;
        assert_near(got->pass_rate, rate[n]);
        listed[n] = (double)n;
        calendar[n++] = got->week;
        if (*stand.latest->judge && *judge && strcmp(judge, stand.latest->judge) != 0)
            since = n - 1;
        if (*stand.latest->judge)
            judge = stand.latest->judge;
    }
    assert_int_equal(n, review->trend.week_count);
    assert_int_equal(review->trend.tested_from, since);
    seen_breaks += since > 0;
    n -= since;
    assert_int_equal(review->trend.has_test, n >= 2);
    if (n < 2)
        return;
    assert_true(mann_kendall(rate + since, listed + since, n, &by_list));
    assert_true(mann_kendall(rate + since, calendar + since, n, &by_calendar));
    assert_int_equal(review->trend.test.s, by_list.s);
    assert_near(review->trend.test.p, by_list.p);
    assert_near(review->trend.test.slope, by_list.slope);
    assert_near(review->trend.slope_per_week, by_calendar.slope);
    enum trend_verdict wanted = n < 5              ? TREND_TOO_FEW_WEEKS
                                : by_list.p > 0.05 ? TREND_NO_TREND
                                : by_list.s < 0    ? TREND_FALLING
                                                   : TREND_RISING;
    assert_int_equal(review->trend.verdict, wanted);
}

/* --- tail --- */

struct past {
    int number, passed, n;
};

static struct past past_of(const struct question *question, int surface, int number)
{
    struct past past = { .number = number };
    for (int i = 0; i < question->world->run_count; i++) {
        const struct world_run *run = &question->world->run[i];
        int verdict = verdict_of_case(&run->cases[number]);
        if (run->surface != surface || run->week >= question->week || !counts(question, verdict))
            continue;
        past.n++;
        past.passed += verdict == VERDICT_PASS;
    }
    return past;
}

/* Lowest rate first; the cases come in the order of their keys and keep it. */
static int past_list(const struct question *question, int surface, const struct stand *now,
                     const int *sorted, struct past *list)
{
    int count = 0;
    for (int i = 0; i < WORLD_CASES; i++) {
        struct past past = past_of(question, surface, sorted[i]);
        if (now->verdict[sorted[i]] == NOT_HELD || past.n == 0)
            continue;
        int at = count++;
        for (; at > 0 && list[at - 1].passed * past.n > past.passed * list[at - 1].n; at--)
            list[at] = list[at - 1];
        list[at] = past;
    }
    return count;
}

static void count_tail(const struct question *question, const struct stand *stand,
                       const struct past *list, int count, int64_t *passed, int64_t *n)
{
    *passed = *n = 0;
    for (int i = 0; i < count; i++) {
        *n += counts(question, stand->verdict[list[i].number]);
        *passed += stand->verdict[list[i].number] == VERDICT_PASS;
    }
}

static void check_tail(struct call *call, const struct question *question, int surface,
                       const struct stand *now, const struct stand *before,
                       const struct surface_review *review, const int *sorted)
{
    const struct review_tail *tail = &review->tail;
    struct past list[WORLD_CASES];
    int all = past_list(question, surface, now, sorted, list), count = (all + 9) / 10, tied = count;
    int64_t passed, n, worse = 0, better = 0;
    assert_int_equal(tail->case_count, count);
    if (count == 0)
        return;
    for (int i = 0; i < count; i++)
        assert_text(tail->case_key[i], world_key(call, list[i].number));
    while (tied < all && list[tied].passed * list[count - 1].n ==
                             list[count - 1].passed * list[tied].n)
        tied++;
    count_tail(question, now, list, count, &passed, &n);
    assert_int_equal(tail->passed, passed);
    assert_int_equal(tail->n, n);
    count_tail(question, now, list, tied, &passed, &n);
    assert_int_equal(tail->tied_passed, passed);
    assert_int_equal(tail->tied_n, n);
    assert_int_equal(tail->has_p, before != NULL);
    if (!before)
        return;
    for (int i = 0; i < count; i++) {
        int flip = flip_of(question, before, now, list[i].number);
        worse += flip < 0;
        better += flip > 0;
    }
    assert_near(tail->p_worse, mcnemar(worse, better).p_worse);
    count_tail(question, before, list, count, &passed, &n);
    assert_int_equal(tail->baseline_passed, passed);
    assert_int_equal(tail->baseline_n, n);
    assert_int_equal(tail->has_stealth, count >= 10);
    assert_int_equal(tail->is_stealth, count >= 10 && review->verdict != REVIEW_REGRESSED &&
                                           tail->p_worse <= 0.05);
}

/* --- slices --- */

static void check_slice(const struct question *question, const struct stand *now,
                        const struct stand *before, const struct review_slice *slice, int which)
{
    int n = 0, passed = 0, paired = 0, worse = 0, better = 0;
    for (int i = 0; i < WORLD_CASES; i++) {
        bool is_in = which < 0 ? i % 2 == 0 : world_slice(i) == which;
        if (!is_in || now->verdict[i] == NOT_HELD)
            continue;
        int flip = before ? flip_of(question, before, now, i) : 0;
        n += counts(question, now->verdict[i]);
        passed += now->verdict[i] == VERDICT_PASS;
        paired += before && is_paired(question, before, now, i);
        worse += flip < 0;
        better += flip > 0;
    }
    assert_int_equal(slice->n, n);
    assert_int_equal(slice->passed, passed);
    assert_int_equal(slice->paired, paired);
    assert_int_equal(slice->has_p, before && paired >= 10);
    if (slice->has_delta)
        assert_near(slice->delta, (double)(better - worse) / paired);
    if (slice->has_p)
        assert_near(slice->p_exact, mcnemar(worse, better).p_exact);
}

static void check_slices(const struct question *question, const struct stand *now,
                         const struct stand *before, const struct surface_review *review)
{
    assert_int_equal(review->slice_count, 1 + WORLD_SLICES);
    assert_text(review->slice[0].slice, "even");
    check_slice(question, now, before, &review->slice[0], -1);
    for (int i = 0; i < WORLD_SLICES; i++) {
        char name[16];
        snprintf(name, sizeof name, "slice-%d", i);
        assert_text(review->slice[i + 1].slice, name);
        check_slice(question, now, before, &review->slice[i + 1], i);
    }
}

/* --- the three families, and what follows from them --- */

struct family {
    double p[WORLD_RUNS_MAX * WORLD_CASES], adjusted[WORLD_RUNS_MAX * WORLD_CASES];
    double got[WORLD_RUNS_MAX * WORLD_CASES];
    struct sorted_real sorting[2 * WORLD_RUNS_MAX * WORLD_CASES];
    size_t count;
};

static void family_add(struct family *family, double p, double adjusted)
{
    family->p[family->count] = p;
    family->got[family->count++] = adjusted;
}

static void check_family(struct family *family)
{
    benjamini_hochberg(family->p, family->count, family->adjusted, family->sorting);
    for (size_t i = 0; i < family->count; i++)
        assert_near(family->got[i], family->adjusted[i]);
    family->count = 0;
}

static void check_families(const struct review *review)
{
    static struct family family;
    family.count = 0;
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        if (surface->has_baseline && surface->paired.n)
            family_add(&family, surface->mcnemar.p_exact, surface->p_adjusted);
    }
    check_family(&family);
    for (size_t i = 0; i < review->surface_count; i++)
        for (size_t at = 0; at < review->surface[i].slice_count; at++)
            if (review->surface[i].slice[at].has_p)
                family_add(&family, review->surface[i].slice[at].p_exact,
                           review->surface[i].slice[at].p_adjusted);
    check_family(&family);
    for (size_t i = 0; i < review->surface_count; i++)
        for (size_t at = 0; at < review->surface[i].flip_count; at++)
            if (review->surface[i].flip[at].has_p)
                family_add(&family, review->surface[i].flip[at].p_worse,
                           review->surface[i].flip[at].p_adjusted);
    check_family(&family);
}

static enum review_verdict wanted_verdict(const struct stand *now, const struct stand *before,
                                          const struct surface_review *review)
{
    int cases = count_of(now, NOT_HELD), without = 0, missing = 0, held_before = 0;
    for (int i = 0; i < WORLD_CASES; i++) {
        bool is_held = now->verdict[i] != NOT_HELD;
        bool was_held = before && before->verdict[i] != NOT_HELD;
        without += is_held && !is_evaluated(now->verdict[i]);
        held_before += was_held;
        missing += was_held && !is_held;
    }
    if (before && !same_judge(now->latest, before->latest))
        return REVIEW_NOT_COMPARABLE;
    if (without > 0.05 * cases + 1e-9 || held_before - missing < 0.95 * held_before - 1e-9)
        return REVIEW_COULD_NOT_MEASURE;
    if (!before || review->paired.n < 10)
        return REVIEW_INSUFFICIENT;
    if (review->p_adjusted > 0.05)
        return REVIEW_NO_EVIDENCE;
    return review->pass_to_fail > review->fail_to_pass ? REVIEW_REGRESSED : REVIEW_IMPROVED;
}

/* --- a whole week --- */

static const struct surface_review *surface_of(const struct review *review, int surface)
{
    for (size_t i = 0; i < review->surface_count; i++)
        if (text_is(review->surface[i].surface, world_surface_name(surface)))
            return &review->surface[i];
    return NULL;
}

static void check_surface(struct call *call, const struct question *question, int surface,
                          const struct surface_review *review)
{
    struct stand now, earlier;
    int sorted[WORLD_CASES], week_before;
    sorted_cases(call, sorted);
    bool has_run = find_stand(question, surface, question->week, &now);
    assert_int_equal(review != NULL, has_run);
    if (!has_run)
        return;
    const struct stand *before =
        find_baseline(question, surface, &week_before, &earlier) ? &earlier : NULL;
    check_headline(question, &now, before, review);
    if (before) {
        assert_int_equal(review->weeks_apart, question->week - week_before);
        check_pairs(question, &now, before, review);
        check_case_lists(call, question, &now, before, review, sorted);
        check_flips(call, question, &now, before, review, sorted);
        check_slid(call, question, &now, before, review, sorted);
    }
    check_errors(call, &now, review, sorted);
    check_trend(question, surface, review);
    check_tail(call, question, surface, &now, before, review, sorted);
    check_slices(question, &now, before, review);
    assert_int_equal(review->verdict, wanted_verdict(&now, before, review));
}

static int seen_verdicts[REVIEW_VERDICTS], seen_classes[FLIP_CLASSES], seen_stealth;
static size_t seen_slides;

static void remember(const struct review *review)
{
    for (size_t i = 0; i < review->surface_count; i++) {
        seen_verdicts[review->surface[i].verdict]++;
        seen_stealth += review->surface[i].tail.has_stealth;
        seen_slides += review->surface[i].slid_count;
        for (size_t at = 0; at < review->surface[i].flip_count; at++)
            seen_classes[review->surface[i].flip[at].class]++;
    }
}

static void check_week(struct test_house *test, const struct question *question)
{
    struct call *call = &test->call;
    const struct review_options options = {
        .has_week = true, .week = question->world->first_week + question->week, .weeks = WINDOW,
        .week_run = question->rule, .has_nulls = true, .nulls = question->nulls,
    };
    struct review review;
    struct stand stand;
    bool has_runs = false;
    for (int i = 0; i < WORLD_SURFACES; i++)
        has_runs = has_runs || find_stand(question, i, question->week, &stand);
    bool done = evals_review(call, &options, &review);
    assert_int_equal(done, has_runs);
    if (!done) {
        assert_refused(call, FAIL_NOT_FOUND, "there is no complete run");
        return;
    }
    for (int i = 0; i < WORLD_SURFACES; i++)
        check_surface(call, question, i, surface_of(&review, i));
    check_families(&review);
    remember(&review);
}

static void check_history_of(struct test_house *test, uint64_t seed)
{
    static struct world world;
    world_draw(seed, &world);
    struct import_report report =
        test_import(test, "world.jsonl", world_file(&test->call, &world), NULL);
    assert_int_equal(report.new_runs.count, world.run_count);
    for (int week = 0; week < WORLD_WEEKS; week++)
        for (int rule = WEEK_RUN_LAST; rule <= WEEK_RUN_MAJORITY; rule++)
            for (int nulls = NULLS_FAIL; nulls <= NULLS_EXCLUDE; nulls++) {
                const struct question question = { &world, (enum week_run)rule,
                                                   (enum nulls)nulls, week };
                check_week(test, &question);
                test_house_renew(test);
            }
}

static void the_first_history(void **state)
{
    check_history_of(*state, 1);
}

static void the_second_history(void **state)
{
    check_history_of(*state, 20261116);
}

static void the_third_history(void **state)
{
    check_history_of(*state, 4711);
}

/* What the histories above must have brought up, lest they prove nothing. */
static void the_histories_were_rich(void **state)
{
    (void)state;
    for (int i = 0; i < REVIEW_VERDICTS; i++) {
        if (!seen_verdicts[i])
            print_error("no verdict %s\n", review_verdict_words[i]);
        assert_true(seen_verdicts[i] > 0);
    }
    for (int i = 0; i < FLIP_CLASSES; i++)
        assert_true(seen_classes[i] > 0);
    assert_true(seen_stealth > 0);
    assert_true(seen_slides > 0);
    assert_true(seen_breaks > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(the_first_history),
        WITH_HOUSE(the_second_history),
        WITH_HOUSE(the_third_history),
        cmocka_unit_test(the_histories_were_rich),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

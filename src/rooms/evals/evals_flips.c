/* See evals_surface.h: history, flips with how their cases did before, cases without a verdict. */
#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_surface.h"

/* Results under another judge or of other cases say nothing about a flip of today; a ruler that one
 * of them does not name is taken for the same, as in the comparison. */
static bool same_ruler(const struct week_run_row *a, const struct week_run_row *b)
{
    static const int fields[] = { EVAL_RUN_JUDGE, EVAL_RUN_DATASET_VERSION };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        struct value one = a->row->value[fields[i]], other = b->row->value[fields[i]];
        if (!value_is_null(one) && !value_is_null(other) && !value_equal(one, other))
            return false;
    }
    return true;
}

bool surface_same_configuration(const struct week_run_row *a, const struct week_run_row *b)
{
    static const int fields[] = { EVAL_RUN_MODEL, EVAL_RUN_AGENT, EVAL_RUN_PROMPT,
                                  EVAL_RUN_PROMPT_VERSION };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (!value_equal(a->row->value[fields[i]], b->row->value[fields[i]]))
            return false;
    return same_ruler(a, b);
}

bool surface_history(struct call *call, struct surface_input *input)
{
    const struct surface_runs *surface = input->surface;
    struct verdicts *history = call_array(call, surface->count + 1, sizeof *history);
    struct past_run *alike = call_array(call, surface->count + 1, sizeof *alike);
    size_t weeks = 0;
    if (!history || !alike)
        return false;
    for (size_t i = 0; input->is_dated && i < surface->count; i++) {
        const struct week_run_row *run = &surface->run[i];
        if (run->week >= input->week || run->week <= input->week - input->weeks || run->is_copy)
            continue;
        struct verdicts *verdicts = &history[input->history_count++];
        if (!select_verdicts(call, run, verdicts))
            return false;
        if (!same_ruler(run, input->now.latest))
            continue;
        struct past_run *past = &alike[input->alike_count++];
        if (past > alike && past[-1].week != run->week)
            weeks++;
        *past = (struct past_run){
            .week = run->week,
            .week_at = weeks,
            .case_count = verdicts->case_count,
            .counted = surface->nulls == NULLS_FAIL ? verdicts->held : verdicts->evaluated,
            .passed = verdicts->passed,
            .run = run,
        };
    }
    input->history = history;
    input->alike = alike;
    return true;
}

/* --- flips --- */

static struct flip_week past_result(const struct past_run *run, uint32_t number)
{
    if (!run->trials)
        return (struct flip_week){ .week = run->week,
                                   .n = bits_has(run->counted, number),
                                   .passed = bits_has(run->passed, number) };
    return (struct flip_week){ .week = run->week,
                               .n = (int32_t)run->trials[number],
                               .passed = (int32_t)run->trials_passed[number] };
}

/* How the case did in each week of the history that has it, every trial of it counted. */
static bool flip_history(struct call *call, const struct surface_input *input, uint32_t number,
                         struct review_flip *flip)
{
    size_t last = input->alike_count ? input->alike[input->alike_count - 1].week_at : 0;
    struct flip_week *week = call_array(call, last + 1, sizeof *week);
    size_t count = 0;
    for (size_t i = 0; week && i < input->alike_count; i++) {
        const struct past_run *run = &input->alike[i];
        if (number >= run->case_count)
            continue;
        struct flip_week result = past_result(run, number);
        week[run->week_at].week = result.week;
        week[run->week_at].n += result.n;
        week[run->week_at].passed += result.passed;
    }
    for (size_t i = 0; week && i <= last; i++)
        if (week[i].n)
            week[count++] = week[i];
    flip->history = week;
    flip->history_count = count;
    return week != NULL;
}

/* Trials of a week, as counts for each case that is asked for. */
struct trial_counts {
    uint32_t case_count;
    const uint64_t *asked;
    uint32_t *passed, *n;
    bool counts_missing; /* a trial without a verdict counts as one that did not pass */
};

static bool has_trials(const struct week_run_row *run)
{
    return value_as_int(run->row->value[EVAL_RUN_RESULTS]) !=
           value_as_int(run->row->value[EVAL_RUN_CASES]);
}

/* A run with one result for each case: its verdicts say it all. */
static void count_verdicts(const struct verdicts *verdicts, struct trial_counts *counts)
{
    uint32_t count =
        verdicts->case_count < counts->case_count ? verdicts->case_count : counts->case_count;
    for (size_t at = 0; bits_next(counts->asked, count, &at); at++) {
        counts->n[at] += bits_has(verdicts->evaluated, at);
        counts->passed[at] += bits_has(verdicts->passed, at);
    }
}

static bool count_run(struct call *call, const struct week_run_row *run,
                      struct trial_counts *counts)
{
    struct verdicts verdicts;
    struct stored_results results;
    int64_t result_count = value_as_int(run->row->value[EVAL_RUN_RESULTS]);
    if (!select_verdicts(call, run, &verdicts))
        return false;
    if (!has_trials(run)) {
        count_verdicts(&verdicts, counts);
        return true;
    }
    struct arena_mark mark = arena_mark(&call->arena);
    if (!columns_read_trials(call, run_place(run->row), &verdicts, result_count, &results))
        return false;
    for (uint32_t i = 0; i < results.count; i++) {
        uint32_t number = results.case_number[i];
        bool is_counted = results.verdict[i] <= VERDICT_PASS || counts->counts_missing;
        if (number >= counts->case_count || !is_counted)
            continue;
        counts->n[number]++;
        counts->passed[number] += results.verdict[i] == VERDICT_PASS;
    }
    arena_rewind(&call->arena, mark);
    return true;
}

/* The runs of one week that are tries of the same: the one that stands, and its reruns. */
struct week_tries {
    const struct week_run_row **run;
    size_t count;
};

/*
 * Reruns are the week's other runs that are configured like it; a copy is none, also where it
 * stands for the week beside what it may be a copy of. A comparison of two runs may name one that
 * does not stand in the week.
 */
static bool gather_tries(struct call *call, const struct surface_input *input,
                         const struct week_run_row *stands, struct week_tries *tries)
{
    const struct surface_runs *surface = input->surface;
    tries->run = call_array(call, surface->count + 1, sizeof *tries->run);
    tries->count = 0;
    if (!tries->run)
        return false;
    if (!stands->is_copy)
        tries->run[tries->count++] = stands;
    for (size_t i = 0; input->is_dated && i < surface->count; i++) {
        const struct week_run_row *run = &surface->run[i];
        if (run->week == stands->week && run->row->id != stands->row->id && !run->is_copy &&
            surface_same_configuration(run, stands))
            tries->run[tries->count++] = run;
    }
    if (tries->count == 0)
        tries->run[tries->count++] = stands;
    return true;
}

static bool count_tries(struct call *call, const struct surface_input *input,
                        const struct week_tries *tries, struct trial_counts *counts)
{
    counts->case_count = input->comparison.case_count;
    counts->passed = call_array(call, (size_t)counts->case_count + 1, sizeof *counts->passed);
    counts->n = call_array(call, (size_t)counts->case_count + 1, sizeof *counts->n);
    bool done = counts->passed && counts->n;
    for (size_t i = 0; done && i < tries->count; i++)
        done = count_run(call, tries->run[i], counts);
    return done;
}

/*
 * Trials are held against trials: three tries of today against as many of each week, not against
 * the verdicts that they came to.
 */
static bool count_history(struct call *call, const struct surface_input *input)
{
    for (size_t i = 0; i < input->alike_count; i++) {
        struct past_run *past = &input->alike[i];
        const struct week_tries alone = { .run = &past->run, .count = 1 };
        struct trial_counts counts = {
            .counts_missing = input->surface->nulls == NULLS_FAIL,
            .asked = input->comparison.pass_to_fail,
        };
        if (!has_trials(past->run))
            continue;
        if (!count_tries(call, input, &alone, &counts))
            return false;
        past->trials = counts.n;
        past->trials_passed = counts.passed;
    }
    return true;
}

static void flip_p(const struct trial_counts *counts, uint32_t number, struct review_flip *flip)
{
    int64_t passed = 0, n = 0;
    for (size_t i = 0; i < flip->history_count; i++) {
        passed += flip->history[i].passed;
        n += flip->history[i].n;
    }
    flip->now_passed = counts->passed[number];
    flip->now_n = counts->n[number];
    flip->has_p = true;
    flip->p_worse = flip_fisher(passed, n, flip->now_passed, flip->now_n);
    flip->p_adjusted = flip->p_worse;
}

bool surface_flips(struct call *call, const struct surface_input *input,
                   struct surface_review *review)
{
    const struct comparison *pairs = &input->comparison;
    struct trial_counts counts = { .asked = pairs->pass_to_fail };
    if (!input->has_baseline)
        return true;
    struct review_flip *flip = call_array(call, (size_t)pairs->pass_fail + 1, sizeof *flip);
    struct week_tries tries;
    bool has_flips = pairs->pass_fail > 0;
    if (!flip ||
        (has_flips && (!gather_tries(call, input, input->now.latest, &tries) ||
                       !count_tries(call, input, &tries, &counts) || !count_history(call, input))))
        return false;
    for (uint32_t i = 0; i < input->cases->count; i++) {
        uint32_t number = input->cases->by_rank[i];
        if (number >= pairs->case_count || !bits_has(pairs->pass_to_fail, number))
            continue;
        struct review_flip *next = &flip[review->flip_count++];
        *next = (struct review_flip){ .case_key = input->cases->key[number],
                                      .from = verdict_of(&input->baseline.verdicts, number),
                                      .to = verdict_of(&input->now.verdicts, number) };
        if (!flip_history(call, input, number, next))
            return false;
        if (next->to == VERDICT_FAIL)
            flip_p(&counts, number, next);
    }
    review->flip = flip;
    return cases_keys(call, input->cases, pairs->fail_to_pass, pairs->case_count, &review->fixed,
                      &review->fixed_count) &&
           cases_keys(call, input->cases, pairs->missing, pairs->case_count, &review->missing,
                      &review->missing_count) &&
           cases_keys(call, input->cases, pairs->added, pairs->case_count, &review->added,
                      &review->added_count);
}

/* --- cases that slid --- */

static bool has_slid(const struct trial_counts *before, const struct trial_counts *now, uint32_t at)
{
    return bits_has(now->asked, at) && before->n[at] > 1 && before->passed[at] == before->n[at] &&
           now->passed[at] < now->n[at];
}

/* Of the paired cases those that flipped are told as flips. */
static uint64_t *pairs_without_flip(struct call *call, const struct comparison *pairs)
{
    uint64_t *set = bits_new(call, pairs->case_count);
    for (size_t i = 0; set && i < bits_words(pairs->case_count); i++)
        set[i] = pairs->paired[i] & ~pairs->pass_to_fail[i];
    return set;
}

static bool list_slid(struct call *call, const struct suite_cases *cases,
                      const struct trial_counts *before, const struct trial_counts *now,
                      struct surface_review *review)
{
    struct review_slip *slid = call_array(call, (size_t)now->case_count + 1, sizeof *slid);
    for (uint32_t i = 0; slid && i < cases->count; i++) {
        uint32_t at = cases->by_rank[i];
        if (at < now->case_count && has_slid(before, now, at))
            slid[review->slid_count++] = (struct review_slip){
                .case_key = cases->key[at],
                .before = { before->passed[at], before->n[at] },
                .now = { now->passed[at], now->n[at] },
            };
    }
    review->slid = slid;
    return slid != NULL;
}

/*
 * Only where cases are tried several times within a run. Runs of each day differ in hundreds of
 * cases; the histories of those tell it.
 */
bool surface_slid(struct call *call, const struct surface_input *input,
                  struct surface_review *review)
{
    const struct week_run_row *then = input->baseline.latest, *today = input->now.latest;
    struct trial_counts before, now;
    struct week_tries tries_before, tries_now;
    if (!input->has_baseline || !has_trials(then) || !has_trials(today))
        return true;
    before.asked = now.asked = pairs_without_flip(call, &input->comparison);
    before.counts_missing = now.counts_missing = false;
    return now.asked && gather_tries(call, input, then, &tries_before) &&
           count_tries(call, input, &tries_before, &before) &&
           gather_tries(call, input, today, &tries_now) &&
           count_tries(call, input, &tries_now, &now) &&
           list_slid(call, input->cases, &before, &now, review);
}

/* --- cases without a verdict --- */

/* The reason that the run gives for each case: its error text, else its failure label. */
static bool find_reasons(struct call *call, const struct surface_input *input, text *reason)
{
    const struct row *row = input->now.latest->row;
    int64_t result_count = value_as_int(row->value[EVAL_RUN_RESULTS]);
    struct verdicts verdicts;
    const uint32_t *case_number;
    const text *word[2];
    if (!stored_verdicts_read(call, run_place(row), &verdicts) ||
        !columns_read_cases(call, run_place(row), &verdicts, result_count, &case_number) ||
        !columns_read_words(call, run_place(row), RESULTS_ERROR, (uint32_t)result_count,
                            &word[0]) ||
        !columns_read_words(call, run_place(row), RESULTS_FAILURE, (uint32_t)result_count,
                            &word[1]))
        return false;
    for (int64_t i = 0; i < result_count; i++)
        for (int which = 0; which < 2; which++)
            if (!reason[case_number[i]].at && word[which] && word[which][i].at)
                reason[case_number[i]] = word[which][i];
    return true;
}

bool surface_errors(struct call *call, const struct surface_input *input,
                    struct surface_review *review)
{
    const struct verdicts *now = &input->now.verdicts;
    size_t without = (size_t)(review->tally.cases - review->tally.evaluated);
    struct review_error *error = call_array(call, without + 1, sizeof *error);
    review->error = error;
    if (!error || without == 0)
        return error != NULL;
    text *reason = call_array(call, (size_t)now->case_count + 1, sizeof *reason);
    if (!reason || !find_reasons(call, input, reason))
        return false;
    for (uint32_t i = 0; i < input->cases->count; i++) {
        uint32_t number = input->cases->by_rank[i];
        if (!verdicts_hold(now, number) || bits_has(now->evaluated, number))
            continue;
        error[review->error_count++] = (struct review_error){ .case_key = input->cases->key[number],
                                                              .kind = verdict_of(now, number),
                                                              .reason = reason[number] };
    }
    return true;
}

/* See evals_surface.h: headline, differences, notes, and the settling over all surfaces. */
#include "rooms/evals/evals_surface.h"

#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/model_alias.h"

#include <math.h>

#define ALPHA 0.05
#define POWER 0.8
#define CONFIDENCE 0.95

enum { PAIRS_MIN = 10, TAIL_MIN = 10, NOTES_MAX = 16, FLIP_RUNS_MIN = 3 };

/* --- what was measured with --- */

struct run_part {
    const char *name;
    int field;
    bool is_ruler; /* a difference makes runs not comparable */
    const char *unknown; /* the note's code when a ruler is known on one side only */
};

static const struct run_part run_parts[] = {
    { "model", EVAL_RUN_MODEL, false, NULL },
    { "model_served", EVAL_RUN_MODEL_SERVED, false, NULL },
    { "agent", EVAL_RUN_AGENT, false, NULL },
    { "prompt", EVAL_RUN_PROMPT, false, NULL },
    { "prompt_version", EVAL_RUN_PROMPT_VERSION, false, NULL },
    { "dataset_version", EVAL_RUN_DATASET_VERSION, true, "unknown_dataset_version" },
    { "judge", EVAL_RUN_JUDGE, true, "unknown_judge" },
    { "harness_version", EVAL_RUN_HARNESS_VERSION, true, "unknown_harness_version" },
};
enum { RUN_PARTS = sizeof run_parts / sizeof run_parts[0] };

static text part_of(const struct week_run_row *run, const struct run_part *part)
{
    return value_as_text(run->row->value[part->field]);
}

bool surface_other_ruler(const struct row *baseline, const struct row *now,
                         struct review_difference *difference)
{
    for (size_t i = 0; i < RUN_PARTS; i++) {
        text from = value_as_text(baseline->value[run_parts[i].field]),
             to = value_as_text(now->value[run_parts[i].field]);
        if (!run_parts[i].is_ruler || !from.at || !to.at || text_equal(from, to))
            continue;
        *difference = (struct review_difference){ run_parts[i].name, from, to };
        return true;
    }
    return false;
}

/* Another spelling is no other model; and who answered is not known of every run. */
static bool part_differs(struct call *call, const struct run_part *part, text from, text to,
                         bool *differs)
{
    bool is_same;
    *differs = !text_equal(from, to);
    if (part->field == EVAL_RUN_MODEL_SERVED && (!from.at || !to.at))
        *differs = false;
    if (part->field != EVAL_RUN_MODEL && part->field != EVAL_RUN_MODEL_SERVED)
        return true;
    if (!model_alias_same(call, from, to, &is_same))
        return false;
    *differs = *differs && !is_same;
    return true;
}

static bool find_differences(struct call *call, const struct surface_input *input,
                             struct surface_review *review)
{
    struct review_difference *changed = call_array(call, RUN_PARTS, sizeof *changed);
    struct review_difference *ruler = call_array(call, RUN_PARTS, sizeof *ruler);
    if (!changed || !ruler)
        return false;
    review->changed = changed;
    review->not_comparable = ruler;
    for (size_t i = 0; input->has_baseline && i < RUN_PARTS; i++) {
        text from = part_of(input->baseline.latest, &run_parts[i]),
             to = part_of(input->now.latest, &run_parts[i]);
        struct review_difference difference = { run_parts[i].name, from, to };
        bool differs;
        if (!part_differs(call, &run_parts[i], from, to, &differs))
            return false;
        if (!differs)
            continue;
        if (!run_parts[i].is_ruler)
            changed[review->changed_count++] = difference;
        else if (from.at && to.at) /* unknown on one side is a note: the ruler may be the same */
            ruler[review->not_comparable_count++] = difference;
    }
    return true;
}

/* --- the headline --- */

static int64_t denominator(const struct tally *tally, enum nulls nulls)
{
    return nulls == NULLS_FAIL ? tally->cases : tally->evaluated;
}

static double rate_of(int64_t passed, int64_t n)
{
    return n ? (double)passed / (double)n : NAN;
}

static void fill_pairs(const struct surface_input *input, struct surface_review *review)
{
    const struct comparison *pairs = &input->comparison;
    struct tally before = verdicts_tally(&input->baseline.verdicts);
    double rate_before = rate_of(before.passed, denominator(&before, review->nulls));
    review->paired = paired_binary_diff(pairs->pass_pass, pairs->pass_fail, pairs->fail_pass,
                                        pairs->fail_fail, CONFIDENCE);
    review->baseline_cases = before.cases;
    review->pass_to_fail = pairs->pass_fail;
    review->fail_to_pass = pairs->fail_pass;
    review->mcnemar = mcnemar(pairs->pass_fail, pairs->fail_pass);
    review->p_adjusted = review->mcnemar.p_exact;
    review->delta = review->pass_rate - rate_before;
    review->has_delta = isfinite(review->delta);
    double discordant =
        pairs->n ? (double)(pairs->pass_fail + pairs->fail_pass) / (double)pairs->n : 0;
    review->has_smallest_detectable = pairs->n && mde_mcnemar((double)pairs->n, discordant, ALPHA,
                                                              POWER, &review->smallest_detectable);
}

bool surface_headline(struct call *call, const struct surface_input *input,
                      struct surface_review *review)
{
    const struct surface_runs *surface = input->surface;
    review->surface_id = surface->row->id;
    review->suite_id = surface->suite->id;
    review->surface = surface->name;
    review->suite = surface->suite_name;
    review->metric = value_as_text(surface->row->value[SURFACE_METRIC]);
    review->is_lower_better =
        text_is(value_as_text(surface->row->value[SURFACE_DIRECTION]), "lower");
    review->has_floor = !value_is_null(surface->row->value[SURFACE_FLOOR]);
    review->floor = value_as_real(surface->row->value[SURFACE_FLOOR]);
    review->nulls = surface->nulls;
    review->run = input->now.run ? input->now.run->name : TEXT_NONE;
    review->has_baseline = input->has_baseline;
    review->baseline_run =
        input->has_baseline && input->baseline.run ? input->baseline.run->name : TEXT_NONE;
    review->run_id = input->now.run ? input->now.run->row->id : 0;
    review->baseline_run_id =
        input->has_baseline && input->baseline.run ? input->baseline.run->row->id : 0;
    review->tally = verdicts_tally(&input->now.verdicts);
    review->n = denominator(&review->tally, review->nulls);
    review->pass_rate = rate_of(review->tally.passed, review->n);
    review->interval = wilson(review->tally.passed, review->n, CONFIDENCE);
    if (input->has_baseline)
        fill_pairs(input, review);
    return find_differences(call, input, review);
}

/* --- notes --- */

struct notes {
    struct call *call;
    struct review_note *note;
    size_t count;
};

static void note(struct notes *notes, const char *code, text words)
{
    if (notes->count < NOTES_MAX)
        notes->note[notes->count++] = (struct review_note){ code, words };
}

/* A failure is the call's, and seen at the end. */
static bool same_model(struct call *call, const struct week_run_row *a,
                       const struct week_run_row *b)
{
    bool is_same;
    return model_alias_same(call, a->model, b->model, &is_same) && is_same;
}

static bool week_is_mixed(struct call *call, const struct surface_runs *surface,
                          struct week_runs week)
{
    const struct week_run_row *first = &surface->run[week.first];
    for (size_t i = 1; i < week.count; i++)
        if (!same_model(call, &first[i], &first[0]) ||
            !text_equal(value_as_text(first[i].row->value[EVAL_RUN_AGENT]),
                        value_as_text(first[0].row->value[EVAL_RUN_AGENT])))
            return true;
    return false;
}

static void note_unknown_parts(struct notes *notes, const struct surface_input *input)
{
    for (size_t i = 0; input->has_baseline && i < RUN_PARTS; i++) {
        text from = part_of(input->baseline.latest, &run_parts[i]),
             to = part_of(input->now.latest, &run_parts[i]);
        if (run_parts[i].is_ruler && !from.at != !to.at)
            note(notes, run_parts[i].unknown,
                 call_format(notes->call, "the %s of %s is not known", run_parts[i].name,
                             from.at ? "this run" : "the baseline"));
    }
}

static void note_rates(struct notes *notes, const struct surface_review *review)
{
    double excluding = rate_of(review->tally.passed, review->tally.evaluated);
    double counting = rate_of(review->tally.passed, review->tally.cases);
    double other = review->nulls == NULLS_FAIL ? excluding : counting;
    if (!review->interval.is_known || !isfinite(other) ||
        (other >= review->interval.lower && other <= review->interval.upper))
        return;
    note(notes, "rates_differ",
         call_format(notes->call,
                     "with cases without a verdict counted as not passed the rate is %.1f %%, "
                     "without them %.1f %%",
                     100 * counting, 100 * excluding));
}

static void note_copies(struct notes *notes, const struct surface_input *input)
{
    if (!input->has_baseline || !input->now.run || !input->baseline.run ||
        same_model(notes->call, input->now.run, input->baseline.run) ||
        !verdicts_equal(&input->now.verdicts, &input->baseline.verdicts))
        return;
    note(notes, "same_results",
         call_format(notes->call,
                     "every case ends as in '%.*s', under another model: is one a copy?",
                     TEXT_FMT(input->baseline.run->name)));
}

static void note_status(struct notes *notes, const struct chosen *chosen)
{
    for (size_t i = 0; i < chosen->run_count; i++) {
        text status = value_as_text(chosen->runs[i].row->value[EVAL_RUN_STATUS]);
        if (!text_is(status, "complete"))
            note(notes, "not_complete",
                 call_format(notes->call, "run '%.*s' is %.*s", TEXT_FMT(chosen->runs[i].name),
                             TEXT_FMT(status)));
    }
}

/* Of the week's runs those that count as no rerun, and how somebody says that they are one. */
static void note_reruns(struct notes *notes, const struct surface_runs *surface,
                        struct week_runs week)
{
    const struct week_run_row *copy = NULL;
    size_t count = 0;
    for (size_t i = week.first; i < week.first + week.count; i++)
        if (surface->run[i].is_copy && count++ == 0)
            copy = &surface->run[i];
    if (!copy)
        return;
    text more =
        count > 1 ? call_format(notes->call, " (and %zu more of this week)", count - 1) : TEXT("");
    text id = row_public_id(notes->call, &eval_run_record, copy->row->id);
    note(notes, "copies",
         call_format(notes->call,
                     "run '%.*s'%.*s has the results of an earlier run, number for number, and "
                     "counts as no rerun; if it was measured anew: 'rondo eval-run set %.*s "
                     "--is-rerun yes'",
                     TEXT_FMT(copy->name), TEXT_FMT(more), TEXT_FMT(id)));
}

static void note_runs(struct notes *notes, const struct surface_input *input, struct week_runs week)
{
    const struct surface_runs *surface = input->surface;
    size_t left_out = 0;
    if (week.count > 1 && week_is_mixed(notes->call, surface, week))
        note(notes, "mixed_models",
             call_format(notes->call, "%zu runs of several models or agents stand in this week",
                         week.count));
    for (size_t i = 0; week.count && i < surface->left_out_count; i++)
        left_out += surface->left_out[i] == week.week;
    if (left_out)
        note(notes, "left_out",
             call_format(notes->call,
                         "%zu partial, cancelled or failed run%s of this week %s left out",
                         left_out, left_out == 1 ? "" : "s", left_out == 1 ? "is" : "are"));
    if (input->now.run && value_as_int(input->now.run->row->value[EVAL_RUN_CONTENT]) > 1)
        note(notes, "restated",
             call_format(notes->call, "run '%.*s' was restated: its earlier contents are kept",
                         TEXT_FMT(input->now.run->name)));
    note_status(notes, &input->now);
    if (input->has_baseline)
        note_status(notes, &input->baseline);
}

bool surface_notes(struct call *call, const struct surface_input *input, struct week_runs week,
                   struct surface_review *review)
{
    struct notes notes = { .call = call, .note = call_array(call, NOTES_MAX, sizeof *notes.note) };
    if (!notes.note)
        return false;
    note_runs(&notes, input, week);
    note_reruns(&notes, input->surface, week);
    note_unknown_parts(&notes, input);
    note_rates(&notes, review);
    note_copies(&notes, input);
    review->note = notes.note;
    review->note_count = notes.count;
    return call->fail.kind == FAIL_NONE;
}

/* --- over all surfaces --- */

static bool too_much_missing(const struct surface_review *review)
{
    int64_t without = review->tally.cases - review->tally.evaluated;
    return without * 20 > review->tally.cases ||
           (int64_t)(review->missing_count + review->renamed_count) * 20 > review->baseline_cases;
}

static enum review_verdict verdict_of_surface(const struct surface_review *review)
{
    if (review->not_comparable_count && !review->compared_anyway.at)
        return REVIEW_NOT_COMPARABLE;
    if (too_much_missing(review))
        return REVIEW_COULD_NOT_MEASURE;
    if (!review->has_baseline || review->paired.n < PAIRS_MIN)
        return REVIEW_INSUFFICIENT;
    if (review->p_adjusted <= ALPHA && review->pass_to_fail != review->fail_to_pass)
        return review->pass_to_fail > review->fail_to_pass ? REVIEW_REGRESSED : REVIEW_IMPROVED;
    return REVIEW_NO_EVIDENCE;
}

/* Where a family's p values stand: gathered, corrected together, put back. */
struct family {
    double *p, *adjusted, **target;
    struct sorted_real *sorting;
    size_t count;
};

static bool family_init(struct call *call, struct family *family, size_t room)
{
    family->count = 0;
    family->p = call_array(call, room + 1, sizeof *family->p);
    family->adjusted = call_array(call, room + 1, sizeof *family->adjusted);
    family->target = call_array(call, room + 1, sizeof *family->target);
    family->sorting = call_array(call, 2 * room + 1, sizeof *family->sorting);
    return family->p && family->adjusted && family->target && family->sorting;
}

static void family_add(struct family *family, double p, double *target)
{
    family->p[family->count] = p;
    family->target[family->count++] = target;
}

static void family_correct(const struct family *family)
{
    benjamini_hochberg(family->p, family->count, family->adjusted, family->sorting);
    for (size_t i = 0; i < family->count; i++)
        *family->target[i] = family->adjusted[i];
}

static bool correct_headlines(struct call *call, struct surface_review *review, size_t count)
{
    struct family family;
    if (!family_init(call, &family, count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (review[i].has_baseline && review[i].paired.n > 0)
            family_add(&family, review[i].mcnemar.p_exact, &review[i].p_adjusted);
    family_correct(&family);
    return true;
}

static bool correct_slices(struct call *call, struct surface_review *review, size_t count)
{
    struct family family;
    size_t room = 0;
    for (size_t i = 0; i < count; i++)
        room += review[i].slice_count;
    if (!family_init(call, &family, room))
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < review[i].slice_count; at++) {
            struct review_slice *slice = &review[i].slice[at];
            if (slice->has_p)
                family_add(&family, slice->p_exact, &slice->p_adjusted);
        }
    family_correct(&family);
    return true;
}

static bool correct_flips(struct call *call, struct surface_review *review, size_t count)
{
    struct family family;
    size_t room = 0;
    for (size_t i = 0; i < count; i++)
        room += review[i].flip_count;
    if (!family_init(call, &family, room))
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < review[i].flip_count; at++) {
            struct review_flip *flip = &review[i].flip[at];
            if (flip->has_p)
                family_add(&family, flip->p_worse, &flip->p_adjusted);
        }
    family_correct(&family);
    return true;
}

/*
 * Confirmed: run three times now and surely worse; flaky: failed twice
 * before and passed once; else a candidate.
 */
static void classify(struct review_flip *flip)
{
    int64_t passed = 0, n = 0;
    for (size_t i = 0; i < flip->history_count; i++) {
        passed += flip->history[i].passed;
        n += flip->history[i].n;
    }
    if (!flip->has_p)
        flip->class = FLIP_NO_CLASS;
    else if (flip->now_n >= FLIP_RUNS_MIN && flip->p_adjusted <= ALPHA)
        flip->class = FLIP_CONFIRMED;
    else if (n - passed >= 2 && passed >= 1)
        flip->class = FLIP_FLAKY;
    else
        flip->class = FLIP_CANDIDATE;
}

static void settle(struct surface_review *review)
{
    struct review_tail *tail = &review->tail;
    review->verdict = verdict_of_surface(review);
    for (size_t i = 0; i < review->flip_count; i++)
        classify(&review->flip[i]);
    tail->has_stealth = tail->case_count >= TAIL_MIN && tail->has_p;
    tail->is_stealth =
        tail->has_stealth && review->verdict != REVIEW_REGRESSED && tail->p_worse <= ALPHA;
}

bool surfaces_settle(struct call *call, struct surface_review *review, size_t count)
{
    if (!correct_headlines(call, review, count) || !correct_slices(call, review, count) ||
        !correct_flips(call, review, count))
        return false;
    for (size_t i = 0; i < count; i++)
        settle(&review[i]);
    surfaces_repeats(review, count);
    surfaces_sensitivity(review, count);
    return true;
}

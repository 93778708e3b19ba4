/*
 * See evals_surface.h: the slices and tags of the run that stands
 * for the week, each against the baseline.
 */
#include "engine/bits.h"
#include "engine/lexicon.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_surface.h"

enum { SLICE_MIN = 10, SLICES_MAX = 1000 };

/* The cases of each slice, as bitsets in the order of the lexicon. */
struct slices {
    struct lexicon name;
    uint64_t **cases;
    uint32_t case_count;
};

static bool add_case(struct call *call, struct slices *slices, text name, uint32_t number)
{
    if (name.size == 0 ||
        (slices->name.count >= SLICES_MAX && lexicon_find(&slices->name, name) == LEXICON_NONE))
        return true;
    uint32_t known = slices->name.count, at = lexicon_add(call, &slices->name, name);
    if (at == LEXICON_NONE)
        return false;
    if (at == known)
        slices->cases[at] = bits_new(call, slices->case_count);
    if (!slices->cases[at])
        return false;
    bits_set(slices->cases[at], number);
    return true;
}

static bool add_tags(struct call *call, struct slices *slices, text tags, uint32_t number)
{
    while (tags.at) {
        text tag = text_cut(tags, '\n', &tags);
        if (!add_case(call, slices, tag, number))
            return false;
    }
    return true;
}

static bool gather(struct call *call, const struct row *run, struct slices *slices)
{
    int64_t count = value_as_int(run->value[EVAL_RUN_RESULTS]);
    struct verdicts verdicts;
    const uint32_t *case_number;
    const text *slice, *tags;
    slices->cases = call_array(call, SLICES_MAX + 1, sizeof *slices->cases);
    if (!slices->cases ||
        !columns_read_words(call, run_place(run), RESULTS_SLICE, (uint32_t)count, &slice) ||
        !columns_read_words(call, run_place(run), RESULTS_TAGS, (uint32_t)count, &tags))
        return false;
    if (!slice && !tags)
        return true;
    if (!columns_read_verdicts(call, run_place(run), &verdicts) ||
        !columns_read_cases(call, run_place(run), &verdicts, count, &case_number))
        return false;
    for (int64_t i = 0; i < count; i++) {
        if (case_number[i] >= slices->case_count)
            continue;
        if ((slice && !add_case(call, slices, slice[i], case_number[i])) ||
            (tags && !add_tags(call, slices, tags[i], case_number[i])))
            return false;
    }
    return true;
}

static void fill_slice(const struct surface_input *input, const uint64_t *cases,
                       uint32_t case_count, struct review_slice *slice)
{
    const struct verdicts *now = &input->now.verdicts;
    const struct comparison *pairs = &input->comparison;
    const uint64_t *counted = input->surface->nulls == NULLS_FAIL ? now->held : now->evaluated;
    slice->n = bits_and_count(cases, counted, case_count);
    slice->passed = bits_and_count(cases, now->passed, case_count);
    slice->interval = wilson(slice->passed, slice->n, 0.95);
    if (!input->has_baseline)
        return;
    uint32_t shared = case_count < pairs->case_count ? case_count : pairs->case_count;
    int64_t worse = bits_and_count(cases, pairs->pass_to_fail, shared);
    int64_t better = bits_and_count(cases, pairs->fail_to_pass, shared);
    slice->paired = bits_and_count(cases, pairs->paired, shared);
    slice->has_delta = slice->paired > 0;
    slice->delta = slice->paired ? (double)(better - worse) / (double)slice->paired : 0;
    slice->has_p = slice->paired >= SLICE_MIN;
    slice->p_exact = slice->p_adjusted = mcnemar(worse, better).p_exact;
}

static int compare_slices(const void *left, const void *right)
{
    const struct review_slice *a = left, *b = right;
    return text_compare(a->slice, b->slice);
}

bool surface_slices(struct call *call, const struct surface_input *input,
                    struct surface_review *review)
{
    struct slices slices = { .case_count = input->now.verdicts.case_count };
    const struct row *run = (input->now.run ? input->now.run : input->now.latest)->row;
    bool done = gather(call, run, &slices);
    struct review_slice *list =
        done ? call_array(call, (size_t)slices.name.count + 1, sizeof *list) : NULL;
    for (uint32_t i = 0; list && i < slices.name.count; i++) {
        list[i].slice = slices.name.word[i];
        fill_slice(input, slices.cases[i], slices.case_count, &list[i]);
    }
    review->slice = list;
    review->slice_count = list ? slices.name.count : 0;
    if (list)
        qsort(list, slices.name.count, sizeof *list, compare_slices);
    lexicon_release(&slices.name);
    return list != NULL;
}

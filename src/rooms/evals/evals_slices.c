/*
 * See evals_surface.h: the slices and tags of the run that stands for the week, or of all of them
 * where it is their majority, each against the baseline by the verdicts of the headline. Cases are
 * counted as they come, so that any number of slices costs what the results do.
 */
#include "engine/bits.h"
#include "engine/lexicon.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_surface.h"

enum { SLICE_MIN = 10 };

#define CONFIDENCE 0.95

/*
 * A slice while its cases are counted. They come in their order: one that came twice came just now.
 */
struct slice_count {
    int64_t n, passed, paired, worse, better;
    uint32_t next_case; /* those below are counted */
};

struct slices {
    struct lexicon name;
    struct slice_count *count;
    size_t room;
};

static bool add_case(struct call *call, const struct surface_input *input, struct slices *slices,
                     text name, uint32_t number)
{
    const struct verdicts *now = &input->now.verdicts;
    const struct comparison *pairs = &input->comparison;
    const uint64_t *counted = input->surface->nulls == NULLS_FAIL ? now->held : now->evaluated;
    if (name.size == 0)
        return true;
    slices->count =
        call_more(call, slices->count, slices->name.count, &slices->room, sizeof *slices->count);
    uint32_t known = slices->name.count;
    uint32_t at = slices->count ? lexicon_add(call, &slices->name, name) : LEXICON_NONE;
    if (at == LEXICON_NONE)
        return false;
    struct slice_count *slice = &slices->count[at];
    if (at == known)
        *slice = (struct slice_count){ .n = 0 };
    if (number < slice->next_case)
        return true;
    slice->next_case = number + 1;
    slice->n += bits_has(counted, number);
    slice->passed += bits_has(now->passed, number);
    slice->paired += bits_has(pairs->paired, number);
    slice->worse += bits_has(pairs->pass_to_fail, number);
    slice->better += bits_has(pairs->fail_to_pass, number);
    return true;
}

static bool add_tags(struct call *call, const struct surface_input *input, struct slices *slices,
                     text tags, uint32_t number)
{
    while (tags.at) {
        text tag = text_cut(tags, '\n', &tags);
        if (!add_case(call, input, slices, tag, number))
            return false;
    }
    return true;
}

/* The slices and tags that a run says of its cases, while they are walked. */
struct run_slices {
    const text *slice, *tags;    /* NULL: it says none */
    const uint32_t *case_number; /* ascending */
    uint32_t count, at;
};

static bool read_run(struct call *call, const struct week_run_row *run, struct run_slices *said)
{
    const struct run_place place = run_place(run->row);
    int64_t count = value_as_int(run->row->value[EVAL_RUN_RESULTS]);
    struct verdicts verdicts;
    *said = (struct run_slices){ .count = 0 };
    if (!columns_read_words(call, place, RESULTS_SLICE, (uint32_t)count, &said->slice) ||
        !columns_read_words(call, place, RESULTS_TAGS, (uint32_t)count, &said->tags))
        return false;
    if (!said->slice && !said->tags)
        return true;
    said->count = (uint32_t)count;
    return select_verdicts(call, run, &verdicts) &&
           columns_read_cases(call, place, &verdicts, count, &said->case_number);
}

/* What the run says of that case. Cases are asked for in their order. */
static bool add_said(struct call *call, const struct surface_input *input, struct slices *slices,
                     struct run_slices *said, uint32_t number)
{
    for (; said->at < said->count && said->case_number[said->at] == number; said->at++)
        if ((said->slice && !add_case(call, input, slices, said->slice[said->at], number)) ||
            (said->tags && !add_tags(call, input, slices, said->tags[said->at], number)))
            return false;
    return true;
}

/* Case by case over all runs that the week stands on: one names a slice that another does not. */
static bool gather(struct call *call, const struct surface_input *input, struct slices *slices)
{
    const struct chosen *now = &input->now;
    if (!(input->words & (1u << RESULTS_SLICE | 1u << RESULTS_TAGS)))
        return true;
    struct run_slices *said = call_array(call, now->run_count + 1, sizeof *said);
    if (!said)
        return false;
    for (size_t i = 0; i < now->run_count; i++)
        if (!read_run(call, &now->runs[i], &said[i]))
            return false;
    for (uint32_t number = 0; number < now->verdicts.case_count; number++)
        for (size_t i = 0; i < now->run_count; i++)
            if (!add_said(call, input, slices, &said[i], number))
                return false;
    return true;
}

static struct review_slice slice_of(const struct surface_input *input, text name,
                                    const struct slice_count *count)
{
    struct review_slice slice = {
        .slice = name, .n = count->n, .passed = count->passed,
        .interval = wilson(count->passed, count->n, CONFIDENCE),
    };
    if (!input->has_baseline)
        return slice;
    slice.paired = count->paired;
    slice.has_delta = count->paired > 0;
    slice.delta =
        count->paired ? (double)(count->better - count->worse) / (double)count->paired : 0;
    slice.has_p = count->paired >= SLICE_MIN;
    slice.p_exact = slice.p_adjusted = mcnemar_exact(count->worse, count->better);
    return slice;
}

static int compare_slices(const void *left, const void *right)
{
    const struct review_slice *a = left, *b = right;
    return text_compare(a->slice, b->slice);
}

static bool list_slices(struct call *call, const struct surface_input *input,
                        const struct slices *slices, struct surface_review *review)
{
    review->slice = call_array(call, (size_t)slices->name.count + 1, sizeof *review->slice);
    if (!review->slice)
        return false;
    review->slice_count = slices->name.count;
    for (uint32_t i = 0; i < slices->name.count; i++)
        review->slice[i] = slice_of(input, slices->name.word[i], &slices->count[i]);
    qsort(review->slice, review->slice_count, sizeof *review->slice, compare_slices);
    return true;
}

bool surface_slices(struct call *call, const struct surface_input *input,
                    struct surface_review *review)
{
    struct slices slices = { .room = 0 };
    bool done =
        gather(call, input, &slices) && list_slices(call, input, &slices, review);
    lexicon_release(&slices.name);
    return done;
}

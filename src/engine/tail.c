/*
 * See tail.h. Only cases near the cut are sorted: rates are first counted in coarse steps, which
 * keep their order, and everything above the step of the cut is left out.
 */
#include "engine/tail.h"

#include "engine/bits.h"

#include <assert.h>
#include <math.h>

enum { STEPS = 1024 };

struct past {
    uint32_t passes, runs, byte_order, case_number;
};

/* Negative, zero or positive as the rate of a is below, at or above that of b; exact. */
static int rate_compare(const struct past *a, const struct past *b)
{
    uint64_t left = (uint64_t)a->passes * b->runs, right = (uint64_t)b->passes * a->runs;
    return (left > right) - (left < right);
}

static int by_rate(const void *left, const void *right)
{
    const struct past *a = left, *b = right;
    int order = rate_compare(a, b);
    return order ? order : (a->byte_order > b->byte_order) - (a->byte_order < b->byte_order);
}

static size_t step_of(const struct past *past)
{
    return (size_t)((uint64_t)past->passes * STEPS / past->runs);
}

/* How often each of 64 cases was in a set: plane k has bit k of every count, so that adding a word
 * is a few steps for all 64 and not one for each. */
struct counts {
    uint64_t plane[32];
    unsigned height;
};

static void counts_add(struct counts *counts, uint64_t word)
{
    for (unsigned k = 0; word; k++) {
        uint64_t carry = counts->plane[k] & word;
        counts->plane[k] ^= word;
        word = carry;
        if (k >= counts->height)
            counts->height = k + 1;
    }
}

static uint32_t counts_of(const struct counts *counts, size_t bit)
{
    uint32_t count = 0;
    for (unsigned k = 0; k < counts->height; k++)
        count |= (uint32_t)(counts->plane[k] >> bit & 1) << k;
    return count;
}

/* What is asked of the past. */
struct question {
    const struct verdicts *history;
    size_t history_count;
    const uint64_t *among;
    uint32_t case_count;
    const uint32_t *byte_order;
    enum nulls nulls;
};

static void count_word(const struct question *question, size_t i, struct counts *passes,
                       struct counts *runs)
{
    for (size_t r = 0; r < question->history_count; r++) {
        const struct verdicts *run = &question->history[r];
        if (i >= bits_words(run->case_count))
            continue;
        counts_add(passes, run->passed[i]);
        counts_add(runs, question->nulls == NULLS_FAIL ? run->held[i] : run->evaluated[i]);
    }
}

/* Writes the past of each case of `among` that has any; gives their number. */
static size_t past_of(const struct question *question, struct past *past)
{
    size_t count = 0;
    for (size_t i = 0; i < bits_words(question->case_count); i++) {
        struct counts passes = { .height = 0 }, runs = { .height = 0 };
        if (question->among[i])
            count_word(question, i, &passes, &runs);
        for (size_t bit = 0; bits_next(&question->among[i], 64, &bit); bit++) {
            uint32_t at = (uint32_t)(i * 64 + bit), held = counts_of(&runs, bit);
            if (held)
                past[count++] = (struct past){ counts_of(&passes, bit), held,
                                               question->byte_order[at], at };
        }
    }
    return count;
}

/* Moves every case that may be at or below the cut to the front, sorted; gives their number. */
static size_t sort_low(struct past *past, size_t count, size_t wanted)
{
    size_t in_step[STEPS + 1] = { 0 }, step = 0, low = 0;
    for (size_t i = 0; i < count; i++)
        in_step[step_of(&past[i])]++;
    for (size_t seen = in_step[0]; seen < wanted; seen += in_step[step])
        step++;
    for (size_t i = 0; i < count; i++)
        if (step_of(&past[i]) <= step)
            past[low++] = past[i];
    qsort(past, low, sizeof *past, by_rate);
    return low;
}

/* ceil(fraction * count) within 1 and count; the step back undoes floating noise (0.07 * 100). */
static size_t wanted_of(double fraction, size_t count)
{
    double wanted = ceil(fraction * (double)count - 1e-9);
    if (wanted < 1)
        return 1;
    return wanted < (double)count ? (size_t)wanted : count;
}

/* Where the answer is written. */
struct answer {
    uint32_t *case_number;
    uint64_t *chosen, *tied;
};

static void cut_tail(struct past *past, size_t count, size_t wanted, const struct answer *to,
                     struct tail *result)
{
    size_t low = sort_low(past, count, wanted);
    const struct past *cut = &past[wanted - 1];
    for (size_t i = 0; i < wanted; i++) {
        to->case_number[i] = past[i].case_number;
        bits_set(to->chosen, past[i].case_number);
    }
    for (size_t i = 0; i < low && rate_compare(&past[i], cut) <= 0; i++) {
        bits_set(to->tied, past[i].case_number);
        result->tied_count++;
    }
    result->count = wanted;
    result->cut_rate = (double)cut->passes / (double)cut->runs;
}

bool tail_pick(struct call *call, const struct verdicts *history, size_t history_count,
               const uint64_t *among, uint32_t case_count, const uint32_t *byte_order,
               double fraction, enum nulls nulls, struct tail *result)
{
    assert(fraction > 0 && fraction <= 1 && history_count <= UINT32_MAX);
    struct question question = { history, history_count, among, case_count, byte_order, nulls };
    size_t present = (size_t)bits_count(among, case_count);
    struct answer to = {
        call_array(call, wanted_of(fraction, present), sizeof *to.case_number),
        bits_new(call, case_count), bits_new(call, case_count),
    };
    struct arena_mark mark = arena_mark(&call->arena);
    struct past *past = call_array(call, present, sizeof *past);
    if (!past || !to.case_number || !to.chosen || !to.tied)
        return false;
    size_t count = past_of(&question, past);
    *result = (struct tail){
        .case_count = case_count, .with_history = count, .case_number = to.case_number,
        .chosen = to.chosen, .tied = to.tied,
    };
    if (count)
        cut_tail(past, count, wanted_of(fraction, count), &to, result);
    arena_rewind(&call->arena, mark);
    return true;
}

void tail_rate(const uint64_t *cases, uint32_t case_count, const struct verdicts *now,
               enum nulls nulls, int64_t *passed, int64_t *n)
{
    uint32_t shared = case_count < now->case_count ? case_count : now->case_count;
    *n = bits_and_count(cases, nulls == NULLS_FAIL ? now->held : now->evaluated, shared);
    *passed = bits_and_count(cases, now->passed, shared);
}

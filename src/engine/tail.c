/*
 * See tail.h. Rates are first counted in coarse steps, which keep their order: everything above the
 * step of the cut is left out, and what is below it is put step by step, so that hardly anything is
 * left to compare.
 */
#include "engine/tail.h"

#include "base/sort.h"
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

/* A quotient is rounded in order, so that a higher rate is never in a lower step. */
static uint16_t step_of(const struct past *past)
{
    return (uint16_t)((double)past->passes * STEPS / past->runs);
}

/*
 * How often each case was in a set: bit c of plane k is bit k of the count of case c, so that a run
 * adds to all of them in a few steps for a word.
 */
struct counts {
    uint64_t *plane, *carry;
    size_t words;
    unsigned height;
};

static bool counts_new(struct call *call, size_t words, size_t most, struct counts *counts)
{
    *counts = (struct counts){ .words = words };
    while (most >> counts->height)
        counts->height++;
    counts->plane = call_array(call, words * counts->height + 1, sizeof *counts->plane);
    counts->carry = call_array(call, words + 1, sizeof *counts->carry);
    return counts->plane && counts->carry;
}

/* 1 << bit is added to the counts of the set. */
BITS_WIDE static void counts_add_at(const struct counts *counts, const uint64_t *set, size_t words,
                                    unsigned bit)
{
    uint64_t *restrict carry = counts->carry;
    memcpy(carry, set, words * sizeof *set);
    for (unsigned k = bit; k < counts->height; k++) {
        uint64_t *restrict plane = counts->plane + k * counts->words;
        for (size_t i = 0; i < words; i++) {
            uint64_t both = plane[i] & carry[i];
            plane[i] ^= carry[i];
            carry[i] = both;
        }
    }
}

/* Each case of the set was there `times` times. */
static void counts_add(const struct counts *counts, const uint64_t *set, uint32_t case_count,
                       size_t times)
{
    size_t words = bits_words(case_count);
    if (words > counts->words)
        words = counts->words;
    for (unsigned bit = 0; times >> bit; bit++)
        if (times >> bit & 1)
            counts_add_at(counts, set, words, bit);
}

/* The counts of the 64 cases of word i. */
BITS_WIDE static void counts_of_word(const struct counts *counts, size_t i, uint32_t count[64])
{
    memset(count, 0, 64 * sizeof *count);
    for (unsigned k = 0; k < counts->height; k++) {
        uint64_t word = counts->plane[k * counts->words + i];
        uint32_t low = (uint32_t)word, high = (uint32_t)(word >> 32);
        for (unsigned bit = 0; bit < 32; bit++) {
            count[bit] |= (low >> bit & 1) << k;
            count[bit + 32] |= (high >> bit & 1) << k;
        }
    }
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

static const uint64_t *counted(const struct question *question, size_t run)
{
    const struct verdicts *verdicts = &question->history[run];
    return question->nulls == NULLS_FAIL ? verdicts->held : verdicts->evaluated;
}

/* Runs that hold all cases share one set: it is added as often as they stand in a row. */
static void count_runs(const struct question *question, const struct counts *passes,
                       const struct counts *runs)
{
    const struct verdicts *history = question->history;
    size_t first = 0;
    for (size_t r = 0; r < question->history_count; r++) {
        counts_add(passes, history[r].passed, history[r].case_count, 1);
        bool goes_on = r + 1 < question->history_count &&
                       counted(question, r + 1) == counted(question, first) &&
                       history[r + 1].case_count == history[first].case_count;
        if (goes_on)
            continue;
        counts_add(runs, counted(question, first), history[first].case_count, r + 1 - first);
        first = r + 1;
    }
}

/* Writes the past of each case of `among` that has any; gives their number. */
static bool past_of(struct call *call, const struct question *question, struct past *past,
                    size_t *count)
{
    struct counts passes, runs;
    size_t words = bits_words(question->case_count);
    if (!counts_new(call, words, question->history_count, &passes) ||
        !counts_new(call, words, question->history_count, &runs))
        return false;
    count_runs(question, &passes, &runs);
    *count = 0;
    for (size_t i = 0; i < words; i++) {
        uint32_t passed[64], held[64];
        counts_of_word(&passes, i, passed);
        counts_of_word(&runs, i, held);
        for (uint64_t rest = question->among[i]; rest; rest &= rest - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(rest);
            uint32_t at = (uint32_t)(64 * i) + bit;
            if (held[bit])
                past[(*count)++] =
                    (struct past){ passed[bit], held[bit], question->byte_order[at], at };
        }
    }
    return true;
}

/* Writes every case that may be at or below the cut into `low`, sorted; gives their number. */
static size_t sort_low(const struct past *past, size_t count, size_t wanted, uint16_t *step,
                       struct past *low)
{
    size_t in_step[STEPS + 1] = { 0 }, end[STEPS + 1], steps = 0, total = 0;
    for (size_t i = 0; i < count; i++)
        in_step[step[i] = step_of(&past[i])]++;
    for (; total < wanted; steps++) {
        end[steps] = total;
        total += in_step[steps];
    }
    for (size_t i = 0; i < count; i++)
        if (step[i] < steps)
            low[end[step[i]]++] = past[i];
    for (size_t at = 0; at < steps; at++)
        sort_items(&low[end[at] - in_step[at]], in_step[at], sizeof *low, by_rate);
    return total;
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

static bool cut_tail(struct call *call, const struct past *past, size_t count, size_t wanted,
                     const struct answer *to, struct tail *result)
{
    uint16_t *step = call_take_unset(call, count * sizeof *step);
    struct past *low = call_take_unset(call, count * sizeof *low);
    if (!step || !low)
        return false;
    size_t low_count = sort_low(past, count, wanted, step, low);
    const struct past *cut = &low[wanted - 1];
    for (size_t i = 0; i < wanted; i++) {
        to->case_number[i] = low[i].case_number;
        bits_set(to->chosen, low[i].case_number);
    }
    for (size_t i = 0; i < low_count && rate_compare(&low[i], cut) <= 0; i++) {
        bits_set(to->tied, low[i].case_number);
        result->tied_count++;
    }
    result->count = wanted;
    result->cut_rate = (double)cut->passes / (double)cut->runs;
    return true;
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
    struct past *past = call_take_unset(call, present * sizeof *past);
    if (!past || !to.case_number || !to.chosen || !to.tied)
        return false;
    size_t count;
    if (!past_of(call, &question, past, &count))
        return false;
    *result = (struct tail){
        .case_count = case_count, .with_history = count, .case_number = to.case_number,
        .chosen = to.chosen, .tied = to.tied,
    };
    bool is_cut = !count || cut_tail(call, past, count, wanted_of(fraction, count), &to, result);
    arena_rewind(&call->arena, mark);
    return is_cut;
}

void tail_rate(const uint64_t *cases, uint32_t case_count, const struct verdicts *now,
               enum nulls nulls, int64_t *passed, int64_t *n)
{
    uint32_t shared = case_count < now->case_count ? case_count : now->case_count;
    *n = bits_and_count(cases, nulls == NULLS_FAIL ? now->held : now->evaluated, shared);
    *passed = bits_and_count(cases, now->passed, shared);
}

/* See verdicts.h. */
#include "engine/verdicts.h"

#include "engine/bits.h"

#include <assert.h>

/* Verdicts in the making. `other` has the cases with any result but skipped. */
struct gathered {
    uint64_t *held, *evaluated, *passed, *error, *other;
};

static bool gathered_new(struct call *call, uint32_t case_count, struct gathered *sets)
{
    *sets = (struct gathered){
        .held = bits_new(call, case_count), .evaluated = bits_new(call, case_count),
        .passed = bits_new(call, case_count), .error = bits_new(call, case_count),
        .other = bits_new(call, case_count),
    };
    return sets->held && sets->evaluated && sets->passed && sets->error && sets->other;
}

/* A verdict beats an error, an error beats the rest, and skipped is what every result says. */
static struct verdicts gathered_settle(struct gathered *sets, uint32_t case_count)
{
    uint64_t *skipped = sets->other;
    for (size_t i = 0; i < bits_words(case_count); i++) {
        sets->error[i] &= ~sets->evaluated[i];
        skipped[i] = sets->held[i] & ~sets->other[i];
    }
    return (struct verdicts){
        .case_count = case_count, .held = sets->held, .evaluated = sets->evaluated,
        .passed = sets->passed, .error = sets->error, .skipped = skipped,
    };
}

bool verdicts_hold(const struct verdicts *run, uint32_t case_number)
{
    return case_number < run->case_count && bits_has(run->held, case_number);
}

enum verdict verdict_of(const struct verdicts *run, uint32_t case_number)
{
    assert(verdicts_hold(run, case_number));
    if (bits_has(run->evaluated, case_number))
        return bits_has(run->passed, case_number) ? VERDICT_PASS : VERDICT_FAIL;
    if (bits_has(run->error, case_number))
        return VERDICT_ERROR;
    return bits_has(run->skipped, case_number) ? VERDICT_SKIPPED : VERDICT_UNSCORED;
}

struct tally verdicts_tally(const struct verdicts *run)
{
    struct tally tally = {
        .cases = bits_count(run->held, run->case_count),
        .evaluated = bits_count(run->evaluated, run->case_count),
        .passed = bits_count(run->passed, run->case_count),
        .errors = bits_count(run->error, run->case_count),
        .skipped = bits_count(run->skipped, run->case_count),
    };
    tally.unscored = tally.cases - tally.evaluated - tally.errors - tally.skipped;
    return tally;
}

static void gather_result(struct gathered *sets, uint32_t case_number, enum verdict verdict)
{
    bits_set(sets->held, case_number);
    if (verdict != VERDICT_SKIPPED)
        bits_set(sets->other, case_number);
    if (verdict == VERDICT_PASS || verdict == VERDICT_FAIL)
        bits_set(sets->evaluated, case_number);
    if (verdict == VERDICT_ERROR)
        bits_set(sets->error, case_number);
}

/*
 * What a result that is no pass takes from a case's lead; a
 * pass gives 1, and a lead above 0 passes.
 */
static const int64_t trial_cost[] = {
    [TRIAL_MAJORITY] = 1,
    [TRIAL_ALL] = (int64_t)1 << 40,
    [TRIAL_ANY] = 0,
};

bool verdicts_build(struct call *call, uint32_t case_count, const uint32_t *case_number,
                    const uint8_t *verdict, size_t count, enum trial_rule rule, enum nulls nulls,
                    struct verdicts *result)
{
    struct gathered sets;
    if (!gathered_new(call, case_count, &sets))
        return false;
    struct arena_mark mark = arena_mark(&call->arena);
    int64_t *lead = call_array(call, case_count, sizeof *lead);
    if (!lead)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (case_number[i] >= case_count || verdict[i] > VERDICT_SKIPPED)
            return fail(call, FAIL_STORE,
                        "result %zu of a run names case '%u' with verdict %u, but the suite has %u "
                        "cases; run 'rondo verify'", i, case_number[i], verdict[i], case_count);
        gather_result(&sets, case_number[i], verdict[i]);
        if (verdict[i] <= VERDICT_PASS || nulls == NULLS_FAIL)
            lead[case_number[i]] += verdict[i] == VERDICT_PASS ? 1 : -trial_cost[rule];
    }
    for (size_t i = 0; i < case_count; i++)
        if (lead[i] > 0)
            bits_set(sets.passed, i);
    arena_rewind(&call->arena, mark);
    *result = gathered_settle(&sets, case_count);
    return true;
}

/*
 * The leads of all cases: the runs that count one and pass less those that count it and do not.
 * They stand in planes: bit c of plane k is bit k of the lead of case c, two's complement.
 */
struct leads {
    uint64_t *plane, *carry;
    size_t words;
    unsigned height; /* planes that hold the number of runs and a sign */
};

static bool leads_new(struct call *call, size_t words, size_t runs, struct leads *leads)
{
    *leads = (struct leads){ .words = words, .height = 2 };
    while (runs >> (leads->height - 1))
        leads->height++;
    leads->plane = call_array(call, words * leads->height + 1, sizeof *leads->plane);
    leads->carry = call_array(call, words + 1, sizeof *leads->carry);
    return leads->plane && leads->carry;
}

/* 1 is one bit, -1 all of them. */
BITS_WIDE static void leads_add(const struct leads *leads, const uint64_t *counted,
                                const uint64_t *passed, size_t words)
{
    uint64_t *restrict carry = leads->carry;
    uint64_t *restrict lowest = leads->plane;
    for (size_t i = 0; i < words; i++) {
        carry[i] = lowest[i] & counted[i];
        lowest[i] ^= counted[i];
    }
    for (unsigned k = 1; k < leads->height; k++) {
        uint64_t *restrict plane = leads->plane + k * leads->words;
        for (size_t i = 0; i < words; i++) {
            uint64_t failed = counted[i] & ~passed[i], either = plane[i] ^ failed;
            uint64_t both = (plane[i] & failed) | (carry[i] & either);
            plane[i] = either ^ carry[i];
            carry[i] = both;
        }
    }
}

/* The cases whose lead is above 0. */
static void leads_above_none(const struct leads *leads, uint64_t *set)
{
    const uint64_t *sign = leads->plane + (leads->height - 1) * leads->words;
    for (unsigned k = 0; k + 1 < leads->height; k++)
        for (size_t i = 0; i < leads->words; i++)
            set[i] |= leads->plane[k * leads->words + i];
    for (size_t i = 0; i < leads->words; i++)
        set[i] &= ~sign[i];
}

BITS_WIDE static void gather_run(const struct verdicts *run, struct gathered *sets)
{
    for (size_t i = 0; i < bits_words(run->case_count); i++) {
        sets->held[i] |= run->held[i];
        sets->evaluated[i] |= run->evaluated[i];
        sets->error[i] |= run->error[i];
        sets->other[i] |= run->held[i] & ~run->skipped[i];
    }
}

bool verdicts_majority(struct call *call, const struct verdicts *run, size_t count,
                       enum nulls nulls, struct verdicts *result)
{
    struct gathered sets;
    struct leads leads;
    uint32_t case_count = 0;
    for (size_t r = 0; r < count; r++)
        case_count = run[r].case_count > case_count ? run[r].case_count : case_count;
    if (!gathered_new(call, case_count, &sets))
        return false;
    struct arena_mark mark = arena_mark(&call->arena);
    if (!leads_new(call, bits_words(case_count), count, &leads))
        return false;
    for (size_t r = 0; r < count; r++) {
        gather_run(&run[r], &sets);
        leads_add(&leads, nulls == NULLS_FAIL ? run[r].held : run[r].evaluated, run[r].passed,
                  bits_words(run[r].case_count));
    }
    leads_above_none(&leads, sets.passed);
    arena_rewind(&call->arena, mark);
    *result = gathered_settle(&sets, case_count);
    return true;
}

static bool sets_equal(const uint64_t *a, size_t a_words, const uint64_t *b, size_t b_words)
{
    for (size_t i = 0; i < a_words || i < b_words; i++)
        if ((i < a_words ? a[i] : 0) != (i < b_words ? b[i] : 0))
            return false;
    return true;
}

bool verdicts_equal(const struct verdicts *a, const struct verdicts *b)
{
    size_t a_words = bits_words(a->case_count), b_words = bits_words(b->case_count);
    return sets_equal(a->held, a_words, b->held, b_words) &&
           sets_equal(a->evaluated, a_words, b->evaluated, b_words) &&
           sets_equal(a->passed, a_words, b->passed, b_words) &&
           sets_equal(a->error, a_words, b->error, b_words) &&
           sets_equal(a->skipped, a_words, b->skipped, b_words);
}

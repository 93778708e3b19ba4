/* See compare.h. One walk over the words of both runs. */
#include "engine/compare.h"

#include "engine/bits.h"

/* Word i of a set that ends after `words` words. */
static uint64_t word_of(const uint64_t *word, size_t words, size_t i)
{
    return i < words ? word[i] : 0;
}

struct sets {
    uint64_t *paired, *pass_to_fail, *fail_to_pass, *missing, *added, *errors_now;
};

static bool sets_new(struct call *call, uint32_t case_count, struct sets *sets)
{
    *sets = (struct sets){
        .paired = bits_new(call, case_count),
        .pass_to_fail = bits_new(call, case_count), .fail_to_pass = bits_new(call, case_count),
        .missing = bits_new(call, case_count), .added = bits_new(call, case_count),
        .errors_now = bits_new(call, case_count),
    };
    return sets->paired && sets->pass_to_fail && sets->fail_to_pass && sets->missing &&
           sets->added && sets->errors_now;
}

static void compare_word(const struct verdicts *baseline, const struct verdicts *now, size_t i,
                         enum nulls nulls, struct sets *sets, struct comparison *result)
{
    size_t words_before = bits_words(baseline->case_count), words_now = bits_words(now->case_count);
    uint64_t held_before = word_of(baseline->held, words_before, i);
    uint64_t held_now = word_of(now->held, words_now, i);
    uint64_t evaluated_before = word_of(baseline->evaluated, words_before, i);
    uint64_t evaluated_now = word_of(now->evaluated, words_now, i);
    uint64_t passed_before = word_of(baseline->passed, words_before, i);
    uint64_t passed_now = word_of(now->passed, words_now, i);
    uint64_t paired = held_before & held_now;
    if (nulls == NULLS_EXCLUDE)
        paired = evaluated_before & evaluated_now;

    sets->paired[i] = paired;
    sets->pass_to_fail[i] = paired & passed_before & ~passed_now;
    sets->fail_to_pass[i] = paired & ~passed_before & passed_now;
    sets->missing[i] = held_before & ~held_now;
    sets->added[i] = held_now & ~held_before;
    sets->errors_now[i] = held_now & ~evaluated_now;

    result->n += bits_of_word(paired);
    result->pass_pass += bits_of_word(paired & passed_before & passed_now);
    result->pass_fail += bits_of_word(sets->pass_to_fail[i]);
    result->fail_pass += bits_of_word(sets->fail_to_pass[i]);
}

bool compare(struct call *call, const struct verdicts *baseline, const struct verdicts *now,
             enum nulls nulls, struct comparison *result)
{
    struct sets sets;
    uint32_t case_count =
        baseline->case_count > now->case_count ? baseline->case_count : now->case_count;
    if (!sets_new(call, case_count, &sets))
        return false;
    *result = (struct comparison){
        .case_count = case_count, .paired = sets.paired, .pass_to_fail = sets.pass_to_fail,
        .fail_to_pass = sets.fail_to_pass, .missing = sets.missing, .added = sets.added,
        .errors_now = sets.errors_now,
    };
    for (size_t i = 0; i < bits_words(case_count); i++)
        compare_word(baseline, now, i, nulls, &sets, result);
    result->fail_fail = result->n - result->pass_pass - result->pass_fail - result->fail_pass;
    return true;
}

BITS_WIDE struct compare_counts compare_count(const struct verdicts *baseline,
                                              const struct verdicts *now, enum nulls nulls)
{
    struct compare_counts counts = {
        .held_before = bits_count(baseline->held, baseline->case_count),
        .held_now = bits_count(now->held, now->case_count),
    };
    uint32_t both =
        baseline->case_count < now->case_count ? baseline->case_count : now->case_count;
    for (size_t i = 0; i < bits_words(both); i++) {
        uint64_t held = baseline->held[i] & now->held[i];
        uint64_t paired =
            nulls == NULLS_FAIL ? held : baseline->evaluated[i] & now->evaluated[i];
        counts.held_both += bits_of_word(held);
        counts.n += bits_of_word(paired);
        counts.pass_fail += bits_of_word(paired & baseline->passed[i] & ~now->passed[i]);
        counts.fail_pass += bits_of_word(paired & ~baseline->passed[i] & now->passed[i]);
    }
    return counts;
}

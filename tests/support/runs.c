/*
 * See runs.h. Deliberately does without engine/verdicts.c and engine/bits.c, which it helps to
 * test.
 */
#include "support/runs.h"

static uint64_t *letters_set(struct call *call, const char *word, const char *wanted)
{
    size_t size = strlen(word);
    uint64_t *set = call_array(call, (size + 63) / 64, sizeof *set);
    assert_non_null(set);
    for (size_t i = 0; i < size; i++)
        if (strchr(wanted, word[i]))
            set[i / 64] |= UINT64_C(1) << (i % 64);
    return set;
}

struct verdicts test_run(struct call *call, const char *word)
{
    return (struct verdicts){
        .case_count = (uint32_t)strlen(word), .held = letters_set(call, word, "PFEUS"),
        .evaluated = letters_set(call, word, "PF"), .passed = letters_set(call, word, "P"),
        .error = letters_set(call, word, "E"), .skipped = letters_set(call, word, "S"),
    };
}

static bool has(const uint64_t *set, size_t at)
{
    return set[at / 64] & UINT64_C(1) << (at % 64);
}

const char *test_word(struct call *call, const struct verdicts *run)
{
    char *word = call_take(call, run->case_count + 1);
    assert_non_null(word);
    for (size_t i = 0; i < run->case_count; i++)
        word[i] = has(run->passed, i)      ? 'P'
                  : has(run->evaluated, i) ? 'F'
                  : has(run->error, i)     ? 'E'
                  : has(run->skipped, i)   ? 'S'
                  : has(run->held, i)      ? 'U'
                                           : '.';
    return word;
}

const char *test_bits(struct call *call, const uint64_t *set, size_t count)
{
    char *word = call_take(call, count + 1);
    assert_non_null(word);
    for (size_t i = 0; i < count; i++)
        word[i] = has(set, i) ? '1' : '0';
    return word;
}

uint32_t test_random(uint64_t *seed, uint32_t limit)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*seed >> 33) % limit);
}

const char *test_random_word(struct call *call, uint64_t *seed, size_t size, char mostly)
{
    char *word = call_take(call, size + 1);
    assert_non_null(word);
    for (size_t i = 0; i < size; i++)
        word[i] = test_random(seed, 2) ? mostly : TEST_RUN_LETTERS[test_random(seed, 6)];
    return word;
}

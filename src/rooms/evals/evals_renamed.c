/*
 * See evals_surface.h: cases that are gone under one key and there under another. What makes them
 * one is their input, and only where it is the input of no further case of the two runs: a guess is
 * no rename. They stay unpaired, for only cases that both runs hold are compared: nobody knows what
 * else was changed with the key.
 */
#include "base/sort.h"
#include "engine/bits.h"
#include "engine/lexicon.h"
#include "rooms/evals/evals_surface.h"

/* The cases of both runs that have one input. */
struct input_cases {
    uint32_t gone, added, kept;
    uint32_t from, to; /* the last that is gone, the last that is new */
};

/* Inputs of the cases that one run alone holds, and who has them. */
struct inputs {
    struct lexicon hash;
    struct input_cases *cases; /* by number in the lexicon */
};

/* The cases of the comparison whose inputs were read. */
static uint32_t case_count(const struct surface_input *input)
{
    uint32_t compared = input->comparison.case_count, read = input->cases->count;
    return compared < read ? compared : read;
}

/* Those that are gone and those that are new: mostly few, and no other input matters. */
static bool gather(struct call *call, const struct surface_input *input, const text *hash,
                   struct inputs *inputs)
{
    const struct comparison *pairs = &input->comparison;
    for (uint32_t i = 0; i < case_count(input); i++) {
        bool is_gone = bits_has(pairs->missing, i), is_added = bits_has(pairs->added, i);
        if (!hash[i].at || !(is_gone || is_added))
            continue;
        uint32_t at = lexicon_add(call, &inputs->hash, hash[i]);
        if (at == LEXICON_NONE)
            return false;
        struct input_cases *cases = &inputs->cases[at];
        cases->gone += is_gone;
        cases->added += is_added;
        *(is_gone ? &cases->from : &cases->to) = i;
    }
    return true;
}

static bool is_rename(const struct input_cases *cases)
{
    return cases->gone == 1 && cases->added == 1 && cases->kept == 0;
}

static size_t count_renames(const struct inputs *inputs)
{
    size_t count = 0;
    for (uint32_t i = 0; i < inputs->hash.count; i++)
        count += is_rename(&inputs->cases[i]);
    return count;
}

static void count_kept(const struct surface_input *input, const text *hash, struct inputs *inputs)
{
    for (uint32_t i = 0; i < case_count(input); i++) {
        bool is_kept = hash[i].at && verdicts_hold(&input->now.verdicts, i) &&
                       !bits_has(input->comparison.added, i);
        uint32_t at = is_kept ? lexicon_find(&inputs->hash, hash[i]) : LEXICON_NONE;
        if (at != LEXICON_NONE)
            inputs->cases[at].kept++;
    }
}

/* The cases that are left of a set when the renamed ones are told by themselves. */
static bool leave_out(struct call *call, const struct surface_input *input, const uint64_t *set,
                      const uint64_t *renamed, const text **key, size_t *count)
{
    uint32_t cases = input->comparison.case_count;
    uint64_t *rest = bits_new(call, cases);
    for (size_t i = 0; rest && i < bits_words(cases); i++)
        rest[i] = set[i] & ~renamed[i];
    return rest && cases_keys(call, input->cases, rest, cases, key, count);
}

static int compare_from(const void *left, const void *right)
{
    const struct review_rename *a = left, *b = right;
    return text_compare(a->from, b->from);
}

static bool list_renames(struct call *call, const struct surface_input *input,
                         const struct inputs *inputs, size_t count, struct surface_review *review)
{
    const struct comparison *pairs = &input->comparison;
    uint64_t *renamed = bits_new(call, pairs->case_count);
    struct review_rename *list = call_array(call, count, sizeof *list);
    if (!renamed || !list)
        return false;
    for (uint32_t i = 0; i < inputs->hash.count; i++) {
        const struct input_cases *cases = &inputs->cases[i];
        if (!is_rename(cases))
            continue;
        bits_set(renamed, cases->from);
        bits_set(renamed, cases->to);
        list[review->renamed_count++] =
            (struct review_rename){ input->cases->key[cases->from], input->cases->key[cases->to] };
    }
    sort_items(list, review->renamed_count, sizeof *list, compare_from);
    review->renamed = list;
    return leave_out(call, input, pairs->missing, renamed, &review->missing,
                     &review->missing_count) &&
           leave_out(call, input, pairs->added, renamed, &review->added, &review->added_count);
}

static bool find_renames(struct call *call, const struct surface_input *input, const text *hash,
                         struct inputs *inputs, struct surface_review *review)
{
    if (!gather(call, input, hash, inputs))
        return false;
    if (count_renames(inputs) == 0)
        return true;
    count_kept(input, hash, inputs);
    size_t count = count_renames(inputs);
    return count == 0 || list_renames(call, input, inputs, count, review);
}

bool surface_renamed(struct call *call, const struct surface_input *input,
                     struct surface_review *review)
{
    if (review->missing_count == 0 || review->added_count == 0)
        return true;
    const text *hash = cases_inputs(call, input->cases);
    struct inputs inputs = { .cases = call_array(call, review->missing_count + review->added_count,
                                                 sizeof *inputs.cases) };
    bool done = hash && inputs.cases && find_renames(call, input, hash, &inputs, review);
    lexicon_release(&inputs.hash);
    return done;
}

/* See evals_cases.h. */
#include "rooms/evals/evals_cases.h"

#include "base/sort.h"
#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "store/find.h"

struct case_inputs {
    text *hash; /* NULL: not read yet */
};

struct numbered_key {
    text key;
    uint32_t number;
};

static int compare_keys(const void *left, const void *right)
{
    const struct numbered_key *a = left, *b = right;
    int order = text_compare(a->key, b->key);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static bool rank_keys(struct call *call, struct suite_cases *cases)
{
    struct numbered_key *sorted = call_array(call, (size_t)cases->count + 1, sizeof *sorted);
    cases->rank = call_array(call, (size_t)cases->count + 1, sizeof *cases->rank);
    cases->by_rank = call_array(call, (size_t)cases->count + 1, sizeof *cases->by_rank);
    if (!sorted || !cases->rank || !cases->by_rank)
        return false;
    for (uint32_t i = 0; i < cases->count; i++)
        sorted[i] = (struct numbered_key){ cases->key[i], i };
    sort_items(sorted, cases->count, sizeof *sorted, compare_keys);
    for (uint32_t i = 0; i < cases->count; i++) {
        cases->by_rank[i] = sorted[i].number;
        cases->rank[sorted[i].number] = i;
    }
    return true;
}

static bool load(struct call *call, rid suite, struct suite_cases *cases)
{
    struct query query;
    struct rows rows;
    *cases = (struct suite_cases){ .suite = suite, .inputs = call_new(call, struct case_inputs) };
    query_init(&query, &eval_case_record);
    query.with_archived = true; /* a dropped case may stand in old runs */
    query.left_out = ~(UINT64_C(1) << EVAL_CASE_NUMBER | UINT64_C(1) << EVAL_CASE_KEY);
    query.is_bare = true;
    if (!cases->inputs || !query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(suite)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        uint32_t number = (uint32_t)value_as_int(rows.row[i].value[EVAL_CASE_NUMBER]);
        cases->count = number >= cases->count ? number + 1 : cases->count;
    }
    cases->key = call_array(call, (size_t)cases->count + 1, sizeof *cases->key);
    for (size_t i = 0; cases->key && i < rows.count; i++)
        cases->key[value_as_int(rows.row[i].value[EVAL_CASE_NUMBER])] =
            value_as_text(rows.row[i].value[EVAL_CASE_KEY]);
    return cases->key && rank_keys(call, cases);
}

const struct suite_cases *cases_of(struct call *call, struct suites_cases *all, rid suite)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->known[i].suite == suite)
            return &all->known[i];
    all->known = call_more(call, all->known, all->count, &all->room, sizeof *all->known);
    if (!all->known)
        return NULL;
    return load(call, suite, &all->known[all->count]) ? &all->known[all->count++] : NULL;
}

/* The set as ranks: going through those gives the keys in order, however the cases are numbered. */
static uint64_t *ranks_of(struct call *call, const struct suite_cases *cases, const uint64_t *set,
                          uint32_t case_count)
{
    uint64_t *ranks = bits_new(call, cases->count);
    for (size_t number = 0; ranks && bits_next(set, case_count, &number); number++)
        if (number < cases->count)
            bits_set(ranks, cases->rank[number]);
    return ranks;
}

bool cases_keys(struct call *call, const struct suite_cases *cases, const uint64_t *set,
                uint32_t case_count, const text **key, size_t *count)
{
    text *list = call_array(call, (size_t)bits_count(set, case_count) + 1, sizeof *list);
    uint64_t *ranks = ranks_of(call, cases, set, case_count);
    *count = 0;
    *key = list;
    for (size_t rank = 0; list && ranks && bits_next(ranks, cases->count, &rank); rank++)
        list[(*count)++] = cases->key[cases->by_rank[rank]];
    return list && ranks;
}

static bool read_inputs(struct call *call, const struct suite_cases *cases)
{
    struct query query;
    struct rows rows;
    query_init(&query, &eval_case_record);
    query.with_archived = true;
    query.left_out = ~(UINT64_C(1) << EVAL_CASE_NUMBER | UINT64_C(1) << EVAL_CASE_INPUT_HASH);
    query.is_bare = true;
    if (!query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(cases->suite)) ||
        !query_add(call, &query, EVAL_CASE_INPUT_HASH, FILTER_IS_NOT, VALUE_NONE) ||
        !find_rows(call, &query, &rows))
        return false;
    text *hash = call_array(call, (size_t)cases->count + 1, sizeof *hash);
    for (size_t i = 0; hash && i < rows.count; i++) {
        int64_t number = value_as_int(rows.row[i].value[EVAL_CASE_NUMBER]);
        if (number < cases->count) /* one that was made since has no part in this review */
            hash[number] = value_as_text(rows.row[i].value[EVAL_CASE_INPUT_HASH]);
    }
    cases->inputs->hash = hash;
    return hash != NULL;
}

const text *cases_inputs(struct call *call, const struct suite_cases *cases)
{
    return cases->inputs->hash || read_inputs(call, cases) ? cases->inputs->hash : NULL;
}

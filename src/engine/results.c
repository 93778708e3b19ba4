/* See results.h. */
#include "engine/results.h"

#include <math.h>

enum { RESULTS_ROOM_FIRST = 256 };

const char *const results_real_names[RESULTS_REALS] = {
    [RESULTS_SCORE] = "score",           [RESULTS_LATENCY_MS] = "latency_ms",
    [RESULTS_COST_USD] = "cost_usd",     [RESULTS_TOKENS_IN] = "tokens_in",
    [RESULTS_TOKENS_OUT] = "tokens_out",
};

const char *const results_word_names[RESULTS_WORDS] = {
    [RESULTS_SLICE] = "slice", [RESULTS_TAGS] = "tags",       [RESULTS_CLUSTER] = "cluster",
    [RESULTS_ERROR] = "error", [RESULTS_FAILURE] = "failure", [RESULTS_ATTRIBUTES] = "attributes",
    [RESULTS_INPUT] = "input", [RESULTS_OUTPUT] = "output",   [RESULTS_EXPECTED] = "expected",
};

void results_release(struct results *results)
{
    free(results->case_number);
    free(results->line);
    free(results->trial);
    free(results->verdict);
    for (int i = 0; i < RESULTS_REALS; i++)
        free(results->real[i]);
    for (int i = 0; i < RESULTS_WORDS; i++)
        free(results->word[i]);
    for (int i = 0; i < RESULTS_TEXTS; i++)
        gathered_texts_release(&results->text[i]);
    *results = (struct results){ .count = 0 };
}

static bool fail_results(struct call *call, const struct results *results)
{
    return fail(call, FAIL_INTERNAL,
                "the machine has no memory for more than %u results of one run", results->count);
}

static bool column_grow(void **column, size_t room, size_t size)
{
    void *grown = realloc(*column, room * size);
    if (grown)
        *column = grown;
    return grown != NULL;
}

static bool results_grow(struct call *call, struct results *results)
{
    uint32_t first = results->room_first ? results->room_first : RESULTS_ROOM_FIRST;
    uint32_t room = results->room ? results->room + results->room / 2 + 1 : first;
    bool is_grown = room > results->room &&
                    column_grow((void **)&results->case_number, room, sizeof(uint32_t)) &&
                    column_grow((void **)&results->line, room, sizeof(uint32_t)) &&
                    column_grow((void **)&results->trial, room, sizeof(uint32_t)) &&
                    column_grow((void **)&results->verdict, room, sizeof(uint8_t));
    for (int i = 0; is_grown && i < RESULTS_REALS; i++)
        is_grown =
            !results->real[i] || column_grow((void **)&results->real[i], room, sizeof(double));
    for (int i = 0; is_grown && i < RESULTS_WORDS; i++)
        is_grown =
            !results->word[i] || column_grow((void **)&results->word[i], room, sizeof(uint32_t));
    if (!is_grown)
        return fail_results(call, results);
    results->room = room;
    return true;
}

/* A column starts with the first row that has it; the rows before get "unknown". */
static bool push_real(struct results *results, int at, double value)
{
    if (!results->real[at]) {
        if (isnan(value))
            return true;
        results->real[at] = malloc(results->room * sizeof(double));
        if (!results->real[at])
            return false;
        for (uint32_t i = 0; i < results->count; i++)
            results->real[at][i] = NAN;
    }
    results->real[at][results->count] = value;
    return true;
}

static bool push_word(struct results *results, int at, uint32_t value)
{
    if (!results->word[at]) {
        if (value == LEXICON_NONE)
            return true;
        results->word[at] = malloc(results->room * sizeof(uint32_t));
        if (!results->word[at])
            return false;
        memset(results->word[at], 0xFF, results->count * sizeof(uint32_t));
    }
    results->word[at][results->count] = value;
    return true;
}

bool results_push(struct call *call, struct results *results, const struct result *result)
{
    if (results->count == results->room && !results_grow(call, results))
        return false;
    results->case_number[results->count] = result->case_number;
    results->line[results->count] = result->line;
    results->trial[results->count] = result->trial;
    results->verdict[results->count] = result->verdict;
    for (int i = 0; i < RESULTS_REALS; i++)
        if (!push_real(results, i, result->real[i]))
            return fail_results(call, results);
    for (int i = 0; i < RESULTS_WORDS; i++)
        if (!push_word(results, i, result->word[i]))
            return fail_results(call, results);
    results->count++;
    return true;
}

void results_get(const struct results *results, uint32_t row, struct result *result)
{
    *result = (struct result){ .case_number = results->case_number[row],
                               .line = results->line[row],
                               .trial = results->trial[row],
                               .verdict = results->verdict[row] };
    for (int i = 0; i < RESULTS_REALS; i++)
        result->real[i] = results->real[i] ? results->real[i][row] : NAN;
    for (int i = 0; i < RESULTS_WORDS; i++)
        result->word[i] = results->word[i] ? results->word[i][row] : LEXICON_NONE;
}

static bool real_equal(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

bool results_equal(const struct results *results, uint32_t a, uint32_t b)
{
    if (results->case_number[a] != results->case_number[b] ||
        results->verdict[a] != results->verdict[b])
        return false;
    for (int i = 0; i < RESULTS_REALS; i++)
        if (results->real[i] && !real_equal(results->real[i][a], results->real[i][b]))
            return false;
    for (int i = 0; i < RESULTS_INPUT; i++)
        if (results->word[i] && results->word[i][a] != results->word[i][b])
            return false;
    for (int i = 0; i < RESULTS_TEXTS; i++) {
        const uint32_t *word = results->word[RESULTS_INPUT + i];
        if (word && !gathered_texts_equal(&results->text[i], word[a], word[b]))
            return false;
    }
    return true;
}

struct order_key {
    uint32_t rank, trial, line, row;
};

static int compare_keys(const void *left, const void *right)
{
    const struct order_key *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->trial != b->trial)
        return a->trial < b->trial ? -1 : 1;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* Most files hold the cases of a run in the order of the run before: then nothing is to be done. */
static void keys_sort(struct order_key *key, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (compare_keys(&key[i - 1], &key[i]) > 0) {
            qsort(key, count, sizeof *key, compare_keys);
            return;
        }
}

/* One case's rows, those without a trial first. Returns whether any trial was given. */
static bool number_trials(struct order_key *key, size_t count)
{
    size_t unnumbered = 0;
    while (unnumbered < count && key[unnumbered].trial == 0)
        unnumbered++;
    if (unnumbered == count) {
        for (size_t i = 0; i < count; i++)
            key[i].trial = 1;
        return false;
    }
    uint32_t next = 1;
    size_t given = unnumbered;
    for (size_t i = 0; i < unnumbered; i++, next++) {
        while (given < count && key[given].trial <= next) {
            next += key[given].trial == next;
            given++;
        }
        key[i].trial = next;
    }
    return unnumbered > 0;
}

static void number_all_trials(struct order_key *key, uint32_t count)
{
    for (uint32_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && key[end].rank == key[first].rank; end++)
            ;
        if (key[first].trial == 0 && number_trials(key + first, end - first))
            keys_sort(key + first, end - first);
    }
}

static struct order_key key_of(const struct results *results, const uint32_t *rank, uint32_t row)
{
    uint32_t number = results->case_number[row];
    return (struct order_key){ .rank = rank ? rank[number] : number,
                               .trial = results->trial[row],
                               .line = results->line[row],
                               .row = row };
}

bool results_order(struct call *call, struct results *results, const uint32_t *rank,
                   uint32_t **order)
{
    struct order_key *key = malloc(((size_t)results->count + 1) * sizeof *key);
    *order = call_array(call, (size_t)results->count + 1, sizeof **order);
    if (!key || !*order) {
        free(key);
        return fail_results(call, results);
    }
    for (uint32_t i = 0; i < results->count; i++)
        key[i] = key_of(results, rank, i);
    keys_sort(key, results->count);
    number_all_trials(key, results->count);
    for (uint32_t i = 0; i < results->count; i++) {
        (*order)[i] = key[i].row;
        results->trial[key[i].row] = key[i].trial;
    }
    free(key);
    return true;
}

bool results_sort(struct call *call, const struct results *results, const uint32_t *rank,
                  uint32_t *order, uint32_t count)
{
    struct order_key *key = malloc(((size_t)count + 1) * sizeof *key);
    if (!key)
        return fail_results(call, results);
    for (uint32_t i = 0; i < count; i++)
        key[i] = key_of(results, rank, order[i]);
    keys_sort(key, count);
    for (uint32_t i = 0; i < count; i++)
        order[i] = key[i].row;
    free(key);
    return true;
}

struct mean_score mean_score_of(const uint32_t *case_number, const double *score,
                                const uint32_t *order, uint32_t count)
{
    struct mean_score result = { .mean = NAN };
    double sum = 0;
    for (uint32_t i = 0; score && i < count;) {
        uint32_t of_case = case_number[order ? order[i] : i];
        double case_sum = 0, trials = 0;
        for (; i < count && case_number[order ? order[i] : i] == of_case; i++) {
            double one = score[order ? order[i] : i];
            case_sum += isfinite(one) ? one : 0;
            trials += isfinite(one) ? 1 : 0;
        }
        sum += trials > 0 ? case_sum / trials : 0;
        result.cases += trials > 0;
    }
    if (result.cases && isfinite(sum))
        result.mean = sum / (double)result.cases;
    return result;
}

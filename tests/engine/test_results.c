/* Results while they are gathered: columns that come late, equality, and the order of trials. */
#include "engine/results.h"

#include "support/runs.h"

#include <math.h>

static struct result plain_result(uint32_t case_number, uint32_t line, uint32_t trial)
{
    struct result result = { .case_number = case_number, .line = line, .trial = trial };
    for (int i = 0; i < RESULTS_REALS; i++)
        result.real[i] = NAN;
    for (int i = 0; i < RESULTS_WORDS; i++)
        result.word[i] = LEXICON_NONE;
    return result;
}

static void a_column_is_there_only_when_a_row_has_it(void **state)
{
    (void)state;
    struct call call;
    struct results results = { .count = 0 };
    struct result result = plain_result(0, 1, 0), read;
    test_call_init(&call);
    assert_true(results_push(&call, &results, &result));
    assert_null(results.real[RESULTS_SCORE]);
    assert_null(results.word[RESULTS_SLICE]);
    result.real[RESULTS_SCORE] = 0.5;
    result.word[RESULTS_SLICE] = 3;
    assert_true(results_push(&call, &results, &result));
    assert_non_null(results.real[RESULTS_SCORE]);
    assert_null(results.real[RESULTS_COST_USD]);
    results_get(&results, 0, &read);
    assert_true(isnan(read.real[RESULTS_SCORE]));
    assert_true(read.word[RESULTS_SLICE] == LEXICON_NONE);
    results_get(&results, 1, &read);
    assert_true(read.real[RESULTS_SCORE] == 0.5);
    assert_int_equal(read.word[RESULTS_SLICE], 3);
    results_release(&results);
    call_release(&call);
}

/* A guess may be too small or too large: the rows are the same. */
static void a_guess_of_how_many_come_changes_nothing(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (uint32_t guess = 0; guess < 300; guess = 3 * guess + 1) {
        struct results results = { .room_first = guess };
        struct result result, read;
        for (uint32_t i = 0; i < 40; i++) {
            result = plain_result(i, 100 - i, 0);
            result.real[RESULTS_SCORE] = i;
            assert_true(results_push(&call, &results, &result));
        }
        for (uint32_t i = 0; i < 40; i++) {
            results_get(&results, i, &read);
            assert_int_equal(read.line, 100 - i);
            assert_true(read.real[RESULTS_SCORE] == i);
        }
        results_release(&results);
    }
    call_release(&call);
}

static struct result random_result(uint64_t *seed)
{
    struct result result = plain_result(test_random(seed, 40), test_random(seed, 5000),
                                        test_random(seed, 2) ? 0 : 1 + test_random(seed, 70000));
    result.verdict = (uint8_t)test_random(seed, 5);
    for (int i = 0; i < RESULTS_REALS; i++) /* the later the column, the rarer */
        if (test_random(seed, 1 + 200 * (uint32_t)i) == 0)
            result.real[i] = test_random(seed, 9);
    for (int i = 0; i < RESULTS_WORDS; i++)
        if (test_random(seed, 1 + 100 * (uint32_t)i) == 0)
            result.word[i] = test_random(seed, 9);
    return result;
}

static bool same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void assert_same_result(const struct result *a, const struct result *b)
{
    assert_int_equal(a->case_number, b->case_number);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->trial, b->trial);
    assert_int_equal(a->verdict, b->verdict);
    for (int i = 0; i < RESULTS_REALS; i++)
        assert_true(same_real(a->real[i], b->real[i]));
    for (int i = 0; i < RESULTS_WORDS; i++)
        assert_int_equal(a->word[i], b->word[i]);
}

static void every_row_is_read_as_it_was_pushed(void **state)
{
    (void)state;
    enum { ROWS = 2000 };
    static struct result pushed[ROWS];
    struct call call;
    struct results results = { .count = 0 };
    uint64_t seed = 11;
    test_call_init(&call);
    for (int i = 0; i < ROWS; i++) {
        pushed[i] = random_result(&seed);
        assert_true(results_push(&call, &results, &pushed[i]));
    }
    for (uint32_t i = 0; i < ROWS; i++) {
        struct result read;
        results_get(&results, i, &read);
        assert_same_result(&read, &pushed[i]);
    }
    results_release(&results);
    call_release(&call);
}

/* Each single difference, and those that do not count. */
static void equality_looks_at_everything_but_line_and_trial(void **state)
{
    (void)state;
    struct call call;
    struct results results = { .count = 0 };
    struct result first = plain_result(4, 1, 1), other;
    test_call_init(&call);
    first.verdict = 1;
    first.real[RESULTS_SCORE] = 1;
    first.word[RESULTS_SLICE] = 2;
    results_push(&call, &results, &first);
    other = first;
    other.line = 9;
    other.trial = 9;
    results_push(&call, &results, &other);
    assert_true(results_equal(&results, 0, 1));
    other = first;
    other.case_number = 5;
    results_push(&call, &results, &other);
    other = first;
    other.verdict = 0;
    results_push(&call, &results, &other);
    for (int i = 0; i < RESULTS_REALS; i++) {
        other = first;
        other.real[i] = i == RESULTS_SCORE ? NAN : 0;
        results_push(&call, &results, &other);
    }
    for (int i = 0; i < RESULTS_WORDS; i++) {
        other = first;
        other.word[i] = i == RESULTS_SLICE ? LEXICON_NONE : 0;
        results_push(&call, &results, &other);
    }
    assert_int_equal(results.count, 4 + RESULTS_REALS + RESULTS_WORDS);
    for (uint32_t i = 2; i < results.count; i++) {
        assert_false(results_equal(&results, 0, i));
        assert_true(results_equal(&results, i, i));
    }
    results_release(&results);
    call_release(&call);
}

/* --- order --- */

struct slow_row {
    uint32_t rank, trial, line, row;
    bool was_given;
};

static bool trial_is_taken(const struct slow_row *row, size_t count, uint32_t rank, uint32_t trial)
{
    for (size_t i = 0; i < count; i++)
        if (row[i].rank == rank && row[i].was_given && row[i].trial == trial)
            return true;
    return false;
}

static bool case_has_numbers(const struct slow_row *row, size_t count, uint32_t rank)
{
    for (size_t i = 0; i < count; i++)
        if (row[i].rank == rank && row[i].was_given)
            return true;
    return false;
}

static bool comes_before(const struct slow_row *a, const struct slow_row *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    if (a->trial != b->trial)
        return a->trial < b->trial;
    return a->line != b->line ? a->line < b->line : a->row < b->row;
}

/*
 * The rows without a trial in line order, each the lowest number that nobody has; then all sorted.
 */
static void order_slowly(struct slow_row *row, size_t count)
{
    for (;;) {
        struct slow_row *next = NULL;
        for (size_t i = 0; i < count; i++)
            if (row[i].trial == 0 && (!next || row[i].line < next->line))
                next = &row[i];
        if (!next)
            break;
        uint32_t trial = 1;
        bool has_numbers = case_has_numbers(row, count, next->rank);
        for (size_t i = 0; has_numbers && i < count; i++)
            if (row[i].rank == next->rank && row[i].trial && row[i].trial == trial) {
                trial++;
                i = SIZE_MAX; /* from the start */
            }
        assert_false(has_numbers && trial_is_taken(row, count, next->rank, trial));
        next->trial = trial;
    }
    for (size_t i = 1; i < count; i++)
        for (size_t at = i; at > 0 && comes_before(&row[at], &row[at - 1]); at--) {
            struct slow_row moved = row[at];
            row[at] = row[at - 1];
            row[at - 1] = moved;
        }
}

static void check_order(struct call *call, uint64_t *seed, bool is_ranked)
{
    enum { CASES = 12, ROWS_MAX = 120 };
    struct results results = { .count = 0 };
    struct slow_row slow[ROWS_MAX];
    uint32_t rank[CASES], *order, count = test_random(seed, ROWS_MAX);
    for (uint32_t i = 0; i < CASES; i++)
        rank[i] = is_ranked ? (i * 5 + 3) % CASES : i;
    for (uint32_t i = 0; i < count; i++) {
        struct result result = plain_result(test_random(seed, CASES), i * 7 % 1009, 0);
        if (test_random(seed, 3) == 0)
            result.trial = 1 + test_random(seed, 5);
        else if (test_random(seed, 20) == 0)
            result.trial = 65536 + test_random(seed, 3);
        assert_true(results_push(call, &results, &result));
        slow[i] = (struct slow_row){ rank[result.case_number], result.trial, result.line, i,
                                     result.trial > 0 };
    }
    assert_done(call, results_order(call, &results, is_ranked ? rank : NULL, &order));
    order_slowly(slow, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(order[i], slow[i].row);
        assert_int_equal(results.trial[order[i]], slow[i].trial);
    }
    results_release(&results);
}

static void the_order_is_that_of_the_slow_loop(void **state)
{
    (void)state;
    struct call call;
    uint64_t seed = 23;
    test_call_init(&call);
    for (int i = 0; i < 300; i++)
        check_order(&call, &seed, i % 2);
    call_release(&call);
}

static void check_trials(const char *given, const char *wanted)
{
    struct call call;
    struct results results = { .count = 0 };
    uint32_t *order;
    test_call_init(&call);
    for (uint32_t i = 0; given[i]; i++) {
        struct result result =
            plain_result(0, i + 1, given[i] == '-' ? 0 : (uint32_t)(given[i] - '0'));
        results_push(&call, &results, &result);
    }
    assert_done(&call, results_order(&call, &results, NULL, &order));
    for (uint32_t i = 0; wanted[i]; i++)
        assert_int_equal(results.trial[i], wanted[i] - '0');
    results_release(&results);
    call_release(&call);
}

static void trials_without_a_number_take_the_lowest_free_ones(void **state)
{
    (void)state;
    check_trials("--", "11"); /* no numbers at all: both are the first */
    check_trials("12", "12");
    check_trials("-1", "21");
    check_trials("2-", "21");
    check_trials("-3-", "132");
    check_trials("1-3--", "12345");
    check_trials("11-", "112"); /* a number that stands twice */
    check_trials("-", "1");
}

static void rows_of_one_line_stay_as_they_were_pushed(void **state)
{
    (void)state;
    struct call call;
    struct results results = { .count = 0 };
    uint32_t *order;
    test_call_init(&call);
    for (int i = 0; i < 500; i++) {
        struct result result = plain_result(0, 1, 1);
        results_push(&call, &results, &result);
    }
    assert_done(&call, results_order(&call, &results, NULL, &order));
    for (uint32_t i = 0; i < 500; i++)
        assert_int_equal(order[i], i);
    results_release(&results);
    call_release(&call);
}

/* Case 4: (.2 + .6) / 2, case 2: .9, case 7: unknown, case 1: .5 and an unknown trial. */
static void the_mean_score_counts_a_case_once_and_leaves_out_what_is_unknown(void **state)
{
    (void)state;
    const uint32_t number[] = { 4, 4, 2, 7, 1, 1 };
    const double score[] = { 0.2, 0.6, 0.9, NAN, 0.5, NAN };
    struct mean_score mean = mean_score_of(number, score, NULL, 6);
    assert_int_equal(mean.cases, 3);
    assert_true(fabs(mean.mean - 0.6) < 1e-15);
    const uint32_t mixed[] = { 2, 1, 4, 7, 4, 1 }, order[] = { 2, 4, 0, 3, 1, 5 };
    const double of_mixed[] = { 0.9, 0.5, 0.2, NAN, 0.6, NAN };
    mean = mean_score_of(mixed, of_mixed, order, 6);
    assert_int_equal(mean.cases, 3);
    assert_true(fabs(mean.mean - 0.6) < 1e-15);
}

static void a_mean_score_of_nothing_or_beyond_a_double_is_unknown(void **state)
{
    (void)state;
    const uint32_t number[] = { 0, 1 };
    const double unknown[] = { NAN, NAN }, huge[] = { 1e308, 1e308 };
    struct mean_score mean = mean_score_of(number, unknown, NULL, 2);
    assert_int_equal(mean.cases, 0);
    assert_true(isnan(mean.mean));
    assert_int_equal(mean_score_of(number, NULL, NULL, 2).cases, 0);
    assert_true(isnan(mean_score_of(number, huge, NULL, 2).mean));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_is_there_only_when_a_row_has_it),
        cmocka_unit_test(a_guess_of_how_many_come_changes_nothing),
        cmocka_unit_test(every_row_is_read_as_it_was_pushed),
        cmocka_unit_test(equality_looks_at_everything_but_line_and_trial),
        cmocka_unit_test(the_order_is_that_of_the_slow_loop),
        cmocka_unit_test(trials_without_a_number_take_the_lowest_free_ones),
        cmocka_unit_test(rows_of_one_line_stay_as_they_were_pushed),
        cmocka_unit_test(the_mean_score_counts_a_case_once_and_leaves_out_what_is_unknown),
        cmocka_unit_test(a_mean_score_of_nothing_or_beyond_a_double_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

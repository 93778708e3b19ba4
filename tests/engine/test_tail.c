/* The hardest cases: order, ties, and a slow choice over letters. */
#include "engine/tail.h"
#include "support/runs.h"

#include <math.h>

static const size_t sizes[] = { 0, 1, 63, 64, 65, 250 };
enum { SIZES = sizeof sizes / sizeof *sizes };

/* 0, 1, 2 and so on: ids that are ordered as their numbers. */
static uint32_t *plain_order(struct call *call, size_t count)
{
    uint32_t *order = call_array(call, count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    return order;
}

static struct tail picked(struct call *call, const char *const *word, size_t count, const char *now,
                          double fraction, enum nulls nulls)
{
    struct verdicts history[16], run = test_run(call, now);
    struct tail tail;
    for (size_t i = 0; i < count; i++)
        history[i] = test_run(call, word[i]);
    assert_done(call, tail_pick(call, history, count, run.held, run.case_count,
                                plain_order(call, run.case_count), fraction, nulls, &tail));
    return tail;
}

static void the_lowest_past_rates_are_chosen_in_order(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const char *const history[] = { "PPFFP", "PFFPP", "PFFFP" }; /* 3, 1, 0, 1, 3 of 3 */
    struct tail tail = picked(&call, history, 3, "FPPPP", 0.4, NULLS_FAIL);
    assert_int_equal(tail.with_history, 5);
    assert_int_equal(tail.count, 2);
    assert_int_equal(tail.case_number[0], 2);
    assert_int_equal(tail.case_number[1], 1);
    assert_string_equal(test_bits(&call, tail.chosen, 5), "01100");
    assert_int_equal(tail.tied_count, 3);
    assert_string_equal(test_bits(&call, tail.tied, 5), "01110");
    assert_true(tail.cut_rate == 1.0 / 3);
    call_release(&call);
}

static void equal_rates_go_by_the_bytes_of_the_id(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct verdicts history = test_run(&call, "FFFF");
    const uint32_t byte_order[] = { 3, 1, 0, 2 };
    struct tail tail;
    assert_done(&call, tail_pick(&call, &history, 1, history.held, 4, byte_order, 0.5, NULLS_FAIL,
                                 &tail));
    assert_int_equal(tail.count, 2);
    assert_int_equal(tail.case_number[0], 2);
    assert_int_equal(tail.case_number[1], 1);
    assert_int_equal(tail.tied_count, 4);
    call_release(&call);
}

/* Runs that hold all cases share one set in memory; a set of its own in between, of fewer cases. */
static void a_set_that_runs_share_counts_for_each_of_them(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const char *const words[] = { "PFFPF", "PFFPP", "PF.P", "FFFPP", "PFPPP" };
    enum { RUNS = sizeof words / sizeof *words };
    struct verdicts apart[RUNS], shared[RUNS], now = test_run(&call, "PPPPP");
    struct tail one, other;
    for (size_t i = 0; i < RUNS; i++)
        shared[i] = apart[i] = test_run(&call, words[i]);
    for (size_t i = 0; i < RUNS; i++)
        if (i != 2)
            shared[i].held = shared[0].held;
    assert_done(&call, tail_pick(&call, apart, RUNS, now.held, 5, plain_order(&call, 5), 0.6,
                                 NULLS_FAIL, &one));
    assert_done(&call, tail_pick(&call, shared, RUNS, now.held, 5, plain_order(&call, 5), 0.6,
                                 NULLS_FAIL, &other));
    assert_int_equal(one.count, 3); /* 0 of 5, 1 of 4, 3 of 4 */
    assert_string_equal(test_bits(&call, one.chosen, 5), "01101");
    assert_string_equal(test_bits(&call, other.chosen, 5), "01101");
    assert_true(other.cut_rate == 3.0 / 4 && one.cut_rate == 3.0 / 4);
    call_release(&call);
}

static void rates_are_equal_as_fractions_not_as_floating_numbers(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    /* 1 of 3, 2 of 6, 1 of 2 */
    const char *const history[] = { "PPP", "FPF", "FF.", ".F.", ".F.", ".F." };
    struct tail tail = picked(&call, history, 6, "PPP", 0.1, NULLS_FAIL);
    assert_int_equal(tail.count, 1);
    assert_int_equal(tail.case_number[0], 0);
    assert_string_equal(test_bits(&call, tail.tied, 3), "110");
    call_release(&call);
}

static void a_case_without_history_or_outside_this_week_is_not_chosen(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const char *const history[] = { "F.PP", "F.PPFF" };
    struct tail tail = picked(&call, history, 2, ".PPPF", 0.1, NULLS_FAIL);
    assert_int_equal(tail.with_history, 3);
    assert_int_equal(tail.count, 1);
    assert_int_equal(tail.case_number[0], 4);
    struct tail none = picked(&call, history, 2, ".P", 0.1, NULLS_FAIL);
    assert_int_equal(none.with_history, 0);
    assert_int_equal(none.count, 0);
    assert_int_equal(none.tied_count, 0);
    struct tail never = picked(&call, NULL, 0, "PPPP", 0.1, NULLS_FAIL);
    assert_int_equal(never.count, 0);
    call_release(&call);
}

static void no_verdict_lowers_the_past_rate_or_does_not_count(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const char *const history[] = { "PFE", "EPE", "EPU" };
    struct tail tail = picked(&call, history, 3, "PPP", 0.4, NULLS_FAIL);
    assert_int_equal(tail.count, 2); /* 0 of 3, then 1 of 3 */
    assert_int_equal(tail.case_number[0], 2);
    assert_int_equal(tail.case_number[1], 0);
    tail = picked(&call, history, 3, "PPP", 0.4, NULLS_EXCLUDE);
    assert_int_equal(tail.with_history, 2); /* 1 of 1 and 2 of 3 */
    assert_int_equal(tail.count, 1);
    assert_int_equal(tail.case_number[0], 1);
    call_release(&call);
}

static size_t count_of(struct call *call, size_t cases, double fraction)
{
    char *word = call_take(call, cases + 1);
    memset(word, 'F', cases);
    const char *const history[] = { word };
    return picked(call, history, 1, word, fraction, NULLS_FAIL).count;
}

static void the_share_is_rounded_up_without_floating_noise(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_int_equal(count_of(&call, 100, 0.07), 7); /* 0.07 * 100 is above 7 in doubles */
    assert_int_equal(count_of(&call, 101, 0.07), 8);
    assert_int_equal(count_of(&call, 15, 0.1), 2);
    assert_int_equal(count_of(&call, 20, 0.1), 2);
    assert_int_equal(count_of(&call, 3, 0.01), 1);
    assert_int_equal(count_of(&call, 3, 1), 3);
    call_release(&call);
}

static void the_tail_is_judged_by_the_run_of_now(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct verdicts now = test_run(&call, "PFE.P"), cases = test_run(&call, "PPPP.PP");
    int64_t passed, n;
    tail_rate(cases.held, cases.case_count, &now, NULLS_FAIL, &passed, &n);
    assert_int_equal(passed, 1);
    assert_int_equal(n, 3);
    tail_rate(cases.held, cases.case_count, &now, NULLS_EXCLUDE, &passed, &n);
    assert_int_equal(passed, 1);
    assert_int_equal(n, 2);
    struct verdicts first = test_run(&call, "P");
    tail_rate(first.held, first.case_count, &now, NULLS_FAIL, &passed, &n);
    assert_int_equal(n, 1);
    call_release(&call);
}

struct slow_case {
    int64_t passes, runs;
};

static struct slow_case slow_past(const char *const *history, size_t count, size_t at,
                                  enum nulls nulls)
{
    struct slow_case past = { 0 };
    for (size_t i = 0; i < count; i++) {
        char letter = at < strlen(history[i]) ? history[i][at] : '.';
        past.passes += letter == 'P';
        past.runs += letter == 'P' || letter == 'F' || (nulls == NULLS_FAIL && letter != '.');
    }
    return past;
}

static bool is_lower(struct slow_case a, struct slow_case b)
{
    return a.passes * b.runs < b.passes * a.runs;
}

/* Takes the lowest case again and again. */
static void assert_slow_choice(const struct tail *tail, struct slow_case *past,
                               const uint32_t *order, size_t size, const char *now)
{
    bool taken[256] = { false };
    size_t last = size, tied = 0;
    for (size_t turn = 0; turn < tail->count; turn++) {
        size_t best = size;
        for (size_t i = 0; i < size; i++) {
            if (taken[i] || now[i] == '.' || past[i].runs == 0)
                continue;
            if (best == size || is_lower(past[i], past[best]) ||
                (!is_lower(past[best], past[i]) && order[i] < order[best]))
                best = i;
        }
        assert_int_equal(tail->case_number[turn], best);
        taken[best] = true;
        last = best;
    }
    for (size_t i = 0; i < size; i++) {
        bool is_tied = last < size && now[i] != '.' && past[i].runs;
        is_tied = is_tied && !is_lower(past[last], past[i]);
        assert_true((tail->tied[i / 64] >> (i % 64) & 1) == is_tied);
        tied += is_tied;
    }
    assert_int_equal(tail->tied_count, tied);
}

static void random_histories_equal_a_slow_choice(void **state)
{
    (void)state;
    struct call call;
    uint64_t seed = 41;
    for (size_t round = 0; round < 150; round++) {
        test_call_init(&call);
        size_t size = sizes[round % SIZES], count = test_random(&seed, 70), with_history = 0;
        enum nulls nulls = round % 2 ? NULLS_EXCLUDE : NULLS_FAIL;
        const char *now = test_random_word(&call, &seed, size, 'P'), *word[70];
        struct verdicts history[70], run = test_run(&call, now);
        for (size_t i = 0; i < count; i++) {
            size_t length = sizes[test_random(&seed, SIZES)];
            word[i] = test_random_word(&call, &seed, length, ".PF"[round % 3]);
            history[i] = test_run(&call, word[i]);
        }
        uint32_t *order = plain_order(&call, size);
        for (size_t i = size; i > 1; i--) {
            size_t other = test_random(&seed, (uint32_t)i);
            uint32_t kept = order[i - 1];
            order[i - 1] = order[other];
            order[other] = kept;
        }
        struct slow_case past[256] = { 0 };
        for (size_t i = 0; i < size; i++) {
            past[i] = slow_past(word, count, i, nulls);
            with_history += now[i] != '.' && past[i].runs;
        }
        struct tail tail;
        assert_done(&call, tail_pick(&call, history, count, run.held, (uint32_t)size, order, 0.1,
                                     nulls, &tail));
        assert_int_equal(tail.with_history, with_history);
        assert_int_equal(tail.count, (with_history + 9) / 10);
        assert_slow_choice(&tail, past, order, size, now);
        call_release(&call);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lowest_past_rates_are_chosen_in_order),
        cmocka_unit_test(equal_rates_go_by_the_bytes_of_the_id),
        cmocka_unit_test(a_set_that_runs_share_counts_for_each_of_them),
        cmocka_unit_test(rates_are_equal_as_fractions_not_as_floating_numbers),
        cmocka_unit_test(a_case_without_history_or_outside_this_week_is_not_chosen),
        cmocka_unit_test(no_verdict_lowers_the_past_rate_or_does_not_count),
        cmocka_unit_test(the_share_is_rounded_up_without_floating_noise),
        cmocka_unit_test(the_tail_is_judged_by_the_run_of_now),
        cmocka_unit_test(random_histories_equal_a_slow_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

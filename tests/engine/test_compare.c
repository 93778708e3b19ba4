/* Comparing two runs: by hand, and against a slow loop over letters. */
#include "engine/compare.h"

#include "engine/bits.h"
#include "support/runs.h"

static const size_t sizes[] = { 0, 1, 63, 64, 65, 300 };
enum { SIZES = sizeof sizes / sizeof *sizes };

static void assert_comparison(const char *baseline, const char *now, enum nulls nulls,
                              const char *pass_to_fail, const char *fail_to_pass)
{
    struct call call;
    test_call_init(&call);
    struct verdicts before = test_run(&call, baseline), after = test_run(&call, now);
    struct comparison seen;
    assert_done(&call, compare(&call, &before, &after, nulls, &seen));
    assert_string_equal(test_bits(&call, seen.pass_to_fail, seen.case_count), pass_to_fail);
    assert_string_equal(test_bits(&call, seen.fail_to_pass, seen.case_count), fail_to_pass);
    call_release(&call);
}

static void no_verdict_counts_as_not_passed_or_not_at_all(void **state)
{
    (void)state;
    assert_comparison("PPPPPFEUSF", "FEUSPPPPPE", NULLS_FAIL, "1111000000", "0000011110");
    assert_comparison("PPPPPFEUSF", "FEUSPPPPPE", NULLS_EXCLUDE, "1000000000", "0000010000");
}

static void a_case_of_one_run_only_is_listed_apart(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct verdicts before = test_run(&call, "P.FPE"), now = test_run(&call, ".PFEEPS");
    struct comparison seen;
    assert_done(&call, compare(&call, &before, &now, NULLS_FAIL, &seen));
    assert_int_equal(seen.case_count, 7);
    assert_int_equal(seen.n, 3);
    assert_string_equal(test_bits(&call, seen.missing, 7), "1000000");
    assert_string_equal(test_bits(&call, seen.added, 7), "0100011");
    assert_string_equal(test_bits(&call, seen.errors_now, 7), "0001101");
    assert_int_equal(seen.pass_fail, 1);
    assert_int_equal(seen.fail_fail, 2);
    assert_int_equal(seen.fail_pass + seen.pass_pass, 0);
    call_release(&call);
}

static void runs_without_a_shared_case_have_no_pairs(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct verdicts before = test_run(&call, "PF"), now = test_run(&call, "..");
    struct verdicts none = test_run(&call, "");
    struct comparison seen;
    assert_done(&call, compare(&call, &before, &now, NULLS_FAIL, &seen));
    assert_int_equal(seen.n, 0);
    assert_string_equal(test_bits(&call, seen.missing, 2), "11");
    assert_done(&call, compare(&call, &none, &before, NULLS_FAIL, &seen));
    assert_int_equal(seen.n, 0);
    assert_string_equal(test_bits(&call, seen.added, 2), "11");
    assert_done(&call, compare(&call, &none, &none, NULLS_EXCLUDE, &seen));
    assert_int_equal(seen.case_count, 0);
    call_release(&call);
}

struct slow {
    int64_t pass_pass, pass_fail, fail_pass, fail_fail;
    char pass_to_fail[301], fail_to_pass[301], missing[301], added[301], errors_now[301];
};

static bool is_verdict(char letter)
{
    return letter == 'P' || letter == 'F';
}

static struct slow slow_compare(const char *baseline, const char *now, enum nulls nulls)
{
    struct slow slow = { 0 };
    size_t before_size = strlen(baseline), now_size = strlen(now);
    for (size_t i = 0; i < before_size || i < now_size; i++) {
        char b = i < before_size ? baseline[i] : '.', n = i < now_size ? now[i] : '.';
        bool paired = b != '.' && n != '.';
        if (nulls == NULLS_EXCLUDE && !(is_verdict(b) && is_verdict(n)))
            paired = false;
        slow.pass_pass += paired && b == 'P' && n == 'P';
        slow.pass_fail += paired && b == 'P' && n != 'P';
        slow.fail_pass += paired && b != 'P' && n == 'P';
        slow.fail_fail += paired && b != 'P' && n != 'P';
        slow.pass_to_fail[i] = paired && b == 'P' && n != 'P' ? '1' : '0';
        slow.fail_to_pass[i] = paired && b != 'P' && n == 'P' ? '1' : '0';
        slow.missing[i] = b != '.' && n == '.' ? '1' : '0';
        slow.added[i] = b == '.' && n != '.' ? '1' : '0';
        slow.errors_now[i] = n != '.' && !is_verdict(n) ? '1' : '0';
    }
    return slow;
}

static void random_runs_equal_a_slow_loop(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    uint64_t seed = 31;
    for (size_t round = 0; round < 2 * SIZES * SIZES * 4; round++) {
        const char *baseline = test_random_word(&call, &seed, sizes[round % SIZES], 'P');
        size_t size = sizes[round / SIZES % SIZES];
        const char *now = test_random_word(&call, &seed, size, "PF"[round % 2]);
        enum nulls nulls = round / SIZES / SIZES % 2 ? NULLS_EXCLUDE : NULLS_FAIL;
        struct verdicts before = test_run(&call, baseline), after = test_run(&call, now);
        struct slow slow = slow_compare(baseline, now, nulls);
        struct comparison seen;
        assert_done(&call, compare(&call, &before, &after, nulls, &seen));
        size_t count = seen.case_count;
        struct compare_counts counts = compare_count(&before, &after, nulls);
        assert_int_equal(counts.n, seen.n);
        assert_int_equal(counts.pass_fail, slow.pass_fail);
        assert_int_equal(counts.fail_pass, slow.fail_pass);
        assert_int_equal(counts.held_before - counts.held_both, bits_count(seen.missing, count));
        assert_int_equal(counts.held_now - counts.held_both, bits_count(seen.added, count));
        assert_int_equal(seen.pass_pass, slow.pass_pass);
        assert_int_equal(seen.pass_fail, slow.pass_fail);
        assert_int_equal(seen.fail_pass, slow.fail_pass);
        assert_int_equal(seen.fail_fail, slow.fail_fail);
        assert_int_equal(seen.n, seen.pass_pass + seen.pass_fail + seen.fail_pass + seen.fail_fail);
        assert_string_equal(test_bits(&call, seen.pass_to_fail, count), slow.pass_to_fail);
        assert_string_equal(test_bits(&call, seen.fail_to_pass, count), slow.fail_to_pass);
        assert_string_equal(test_bits(&call, seen.missing, count), slow.missing);
        assert_string_equal(test_bits(&call, seen.added, count), slow.added);
        assert_string_equal(test_bits(&call, seen.errors_now, count), slow.errors_now);
    }
    call_release(&call);
}

static void a_comparison_too_large_for_the_call_is_refused(void **state)
{
    (void)state;
    struct call call, small;
    test_call_init(&call);
    call_init(&small, 64);
    uint64_t seed = 32;
    struct verdicts run = test_run(&call, test_random_word(&call, &seed, 300, 'P'));
    struct comparison seen;
    assert_false(compare(&small, &run, &run, NULLS_FAIL, &seen));
    assert_refused(&small, FAIL_TOO_LARGE, "one request may use");
    assert_done(&call, compare(&call, &run, &run, NULLS_FAIL, &seen));
    call_release(&small);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_verdict_counts_as_not_passed_or_not_at_all),
        cmocka_unit_test(a_case_of_one_run_only_is_listed_apart),
        cmocka_unit_test(runs_without_a_shared_case_have_no_pairs),
        cmocka_unit_test(random_runs_equal_a_slow_loop),
        cmocka_unit_test(a_comparison_too_large_for_the_call_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

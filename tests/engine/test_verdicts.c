/* Verdicts: trials of a case, majorities of runs, and both against slow loops over letters. */
#include "engine/verdicts.h"
#include "importers/eval_line.h"
#include "support/runs.h"

static const size_t sizes[] = { 0, 1, 63, 64, 65, 200 };
enum { SIZES = sizeof sizes / sizeof *sizes };

static void verdicts_are_numbered_as_the_importers_do(void **state)
{
    (void)state;
    assert_int_equal(VERDICT_FAIL, EVAL_FAIL);
    assert_int_equal(VERDICT_PASS, EVAL_PASS);
    assert_int_equal(VERDICT_ERROR, EVAL_ERROR);
    assert_int_equal(VERDICT_UNSCORED, EVAL_UNSCORED);
    assert_int_equal(VERDICT_SKIPPED, EVAL_SKIPPED);
}

static void a_case_is_read_back_and_one_beyond_is_not_held(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct verdicts run = test_run(&call, "FPEUS.");
    for (uint32_t i = 0; i < 5; i++) {
        assert_true(verdicts_hold(&run, i));
        assert_int_equal(verdict_of(&run, i), i);
    }
    assert_false(verdicts_hold(&run, 5));
    assert_false(verdicts_hold(&run, 6));
    assert_false(verdicts_hold(&run, UINT32_MAX));
    call_release(&call);
}

static void the_tally_counts_every_held_case_once(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct verdicts run = test_run(&call, "PPPFFEUUSSSS...");
    struct tally tally = verdicts_tally(&run);
    assert_int_equal(tally.cases, 12);
    assert_int_equal(tally.evaluated, 5);
    assert_int_equal(tally.passed, 3);
    assert_int_equal(tally.errors, 1);
    assert_int_equal(tally.unscored, 2);
    assert_int_equal(tally.skipped, 4);
    struct verdicts empty = test_run(&call, "");
    assert_int_equal(verdicts_tally(&empty).cases, 0);
    call_release(&call);
}

/* What several letters about one case amount to; '.' says nothing. */
static char slow_verdict(const char *letters, enum nulls nulls)
{
    size_t held = 0, passed = 0, evaluated = 0, errors = 0, skipped = 0;
    for (size_t i = 0; letters[i]; i++) {
        held += letters[i] != '.';
        passed += letters[i] == 'P';
        evaluated += letters[i] == 'P' || letters[i] == 'F';
        errors += letters[i] == 'E';
        skipped += letters[i] == 'S';
    }
    if (held == 0)
        return '.';
    if (evaluated)
        return 2 * passed > (nulls == NULLS_FAIL ? held : evaluated) ? 'P' : 'F';
    return errors ? 'E' : skipped == held ? 'S' : 'U';
}

/* Pushes one letter per case and row into results and builds the run. */
static const char *built(struct call *call, const char *const *row, size_t rows, size_t size,
                         enum nulls nulls)
{
    uint32_t *number = call_array(call, rows * size, sizeof *number);
    uint8_t *verdict = call_array(call, rows * size, 1);
    size_t count = 0;
    for (size_t r = 0; r < rows; r++) {
        for (size_t i = 0; i < size; i++) {
            if (row[r][i] == '.')
                continue;
            number[count] = (uint32_t)i;
            verdict[count++] = (uint8_t)(strchr(TEST_RUN_LETTERS, row[r][i]) - TEST_RUN_LETTERS);
        }
    }
    struct verdicts run;
    assert_done(call, verdicts_build(call, (uint32_t)size, number, verdict, count, TRIAL_MAJORITY,
                                     nulls, &run));
    return test_word(call, &run);
}

static const char *majority(struct call *call, const char *const *row, size_t rows,
                            enum nulls nulls)
{
    struct verdicts run[16], result;
    for (size_t r = 0; r < rows; r++)
        run[r] = test_run(call, row[r]);
    assert_done(call, verdicts_majority(call, run, rows, nulls, &result));
    return test_word(call, &result);
}

static void a_case_passes_when_more_than_half_of_its_trials_pass(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    /*                              one: a tie: 2 of 3: no verdict counts against it */
    const char *const trial[] = { "P" "P" "P" "P" "P", "." "F" "F" "E" "P", "." "." "P" "." "S" };
    assert_string_equal(built(&call, trial, 3, 5, NULLS_FAIL), "PFPFP");
    assert_string_equal(majority(&call, trial, 3, NULLS_FAIL), "PFPFP");
    call_release(&call);
}

/* A pass among two errors; a tie of the two that say something; a failure wins; nobody says. */
static void what_has_no_verdict_does_not_count_where_it_is_excluded(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const char *const trial[] = { "PPFEP", "EFUUP", "ESSSF" };
    assert_string_equal(built(&call, trial, 3, 5, NULLS_EXCLUDE), "PFFEP");
    assert_string_equal(majority(&call, trial, 3, NULLS_EXCLUDE), "PFFEP");
    assert_string_equal(built(&call, trial, 3, 5, NULLS_FAIL), "FFFEP");
    assert_string_equal(majority(&call, trial, 3, NULLS_FAIL), "FFFEP");
    call_release(&call);
}

static void without_pass_or_fail_an_error_wins_and_skipped_must_be_all(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const char *const trial[] = { "ESSU.E", "S.US.F", "U....." };
    assert_string_equal(built(&call, trial, 3, 6, NULLS_FAIL), "ESUU.F");
    assert_string_equal(majority(&call, trial, 3, NULLS_FAIL), "ESUU.F");
    call_release(&call);
}

static void results_beyond_the_suite_are_refused(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct verdicts run;
    const uint32_t number[] = { 64, 65 };
    const uint8_t verdict[] = { VERDICT_PASS, VERDICT_SKIPPED }, wrong[] = { VERDICT_PASS, 5 };
    assert_done(&call,
                verdicts_build(&call, 66, number, verdict, 2, TRIAL_MAJORITY, NULLS_FAIL, &run));
    assert_string_equal(test_word(&call, &run) + 64, "PS");
    assert_false(verdicts_build(&call, 65, number, verdict, 2, TRIAL_MAJORITY, NULLS_FAIL, &run));
    assert_refused(&call, FAIL_STORE, "case '65'");
    assert_false(verdicts_build(&call, 66, number, wrong, 2, TRIAL_MAJORITY, NULLS_FAIL, &run));
    assert_refused(&call, FAIL_STORE, "verdict 5");
    call_release(&call);
}

static void runs_of_a_growing_suite_have_a_majority(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const char *const run[] = { "PF", "PPE", "FPPPS" };
    assert_string_equal(majority(&call, run, 3, NULLS_FAIL), "PPFPS");
    assert_string_equal(majority(&call, run, 1, NULLS_FAIL), "PF");
    assert_string_equal(majority(&call, run, 0, NULLS_FAIL), "");
    call_release(&call);
}

static void random_trials_and_runs_equal_slow_loops(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    uint64_t seed = 21;
    for (size_t round = 0; round < 120; round++) {
        size_t rows = 1 + test_random(&seed, 9), longest = 0, size = sizes[round % SIZES];
        const char *row[9], *shorter[9];
        enum nulls nulls = round % 2 ? NULLS_EXCLUDE : NULLS_FAIL;
        for (size_t r = 0; r < rows; r++) {
            row[r] = test_random_word(&call, &seed, size, ".PS"[round % 3]);
            size_t from = size ? test_random(&seed, (uint32_t)size) : 0;
            shorter[r] = row[r] + from;
            longest = size - from > longest ? size - from : longest;
        }
        char *wanted = call_take(&call, size + 1), *wanted_runs = call_take(&call, size + 1);
        for (size_t i = 0; i < size; i++) {
            char letters[10] = "", letters_runs[10] = "";
            for (size_t r = 0; r < rows; r++) {
                letters[r] = row[r][i];
                letters_runs[r] = i < strlen(shorter[r]) ? shorter[r][i] : '.';
            }
            wanted[i] = slow_verdict(letters, nulls);
            wanted_runs[i] = slow_verdict(letters_runs, nulls);
        }
        wanted_runs[longest] = '\0';
        assert_string_equal(built(&call, row, rows, size, nulls), wanted);
        assert_string_equal(majority(&call, row, rows, nulls), wanted);
        assert_string_equal(majority(&call, shorter, rows, nulls), wanted_runs);
    }
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_numbered_as_the_importers_do),
        cmocka_unit_test(a_case_is_read_back_and_one_beyond_is_not_held),
        cmocka_unit_test(the_tally_counts_every_held_case_once),
        cmocka_unit_test(a_case_passes_when_more_than_half_of_its_trials_pass),
        cmocka_unit_test(what_has_no_verdict_does_not_count_where_it_is_excluded),
        cmocka_unit_test(without_pass_or_fail_an_error_wins_and_skipped_must_be_all),
        cmocka_unit_test(results_beyond_the_suite_are_refused),
        cmocka_unit_test(runs_of_a_growing_suite_have_a_majority),
        cmocka_unit_test(random_trials_and_runs_equal_slow_loops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

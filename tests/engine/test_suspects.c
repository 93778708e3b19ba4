/* Suspects: counts of small sets, shares, and what flips both ways say of them. */
#include "engine/suspects.h"

#include "support/close.h"

#include <math.h>

/* --- small sets --- */

static const uint64_t passed_before[] = { 0xff }, newly_failing[] = { 0x0f }, none[] = { 0 },
                      newly_passing[] = { 0x300 };
static const struct suspect_cases eight = { 10, passed_before, newly_failing, none };
static const struct suspect_cases flickering = { 10, passed_before, newly_failing, newly_passing };
static const double shares[SUSPECT_SHARES] = { [SUSPECT_PROMPT] = .25, [SUSPECT_NOISE] = .3 };

static void counts_are_of_cases_that_can_tell(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const uint64_t touched[] = { 0x307 }; /* two of them failed before: they cannot tell */
    const struct suspect_change change[] = {
        { TEXT("part"), SUSPECT_PROMPT, true, touched },
        { TEXT("all"), SUSPECT_PROMPT, true, NULL },
        { TEXT("noise"), SUSPECT_NOISE, false, NULL },
    };
    struct suspects suspects;
    assert_done(&call, suspects_rank(&call, change, 3, &eight, shares, &suspects));
    const struct suspect *part = &suspects.suspect[0], *all = &suspects.suspect[1];
    assert_int_equal(part->touched_fail, 3);
    assert_int_equal(part->touched_ok, 0);
    assert_int_equal(part->other_fail, 1);
    assert_int_equal(part->other_ok, 4);
    assert_int_equal(all->touched_fail, 4);
    assert_int_equal(all->touched_ok, 4);
    assert_int_equal(all->other_fail + all->other_ok, 0);
    assert_close(suspects.share[0], .125, 1e-15); /* two of one kind share what it has */
    assert_close(suspects.share[2], .3, 0);
    assert_close(part->prior + all->prior + suspects.suspect[2].prior, 1, 1e-12);
    assert_false(suspects.suspect[2].has_counts);
    assert_close(suspect_log_lr(part), log(630 / 120.0), 1e-9);
    assert_close(suspect_log_lr(all), 0, 0);
    call_release(&call);
}

/* Four flips down: evenly 1/16, else (2/5) (1 - 1/32) of the time. */
static void flips_the_other_way_speak_for_noise(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const struct suspect_change change[] = {
        { TEXT("all"), SUSPECT_PROMPT, true, NULL },
        { TEXT("noise"), SUSPECT_NOISE, false, NULL },
    };
    struct suspects down, both;
    assert_done(&call, suspects_rank(&call, change, 2, &eight, shares, &down));
    assert_close(down.suspect[1].prior / down.suspect[0].prior,
                 SUSPECTS_QUIET_WEEKS * .3 / .25 / 16 / (2 / 5.0 * 31 / 32), 1e-9);
    assert_done(&call, suspects_rank(&call, change, 2, &flickering, shares, &both));
    assert_true(both.suspect[1].prior > down.suspect[1].prior);
    call_release(&call);
}

static void a_drop_outside_its_cases_speaks_against_a_change(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const uint64_t failing[] = { 0x0f }, fine[] = { 0xf0 };
    const struct suspect_change change[] = {
        { TEXT("explains"), SUSPECT_PROMPT, true, failing },
        { TEXT("does not"), SUSPECT_PROMPT, true, fine },
        { TEXT("noise"), SUSPECT_NOISE, false, NULL },
    };
    struct suspects suspects;
    assert_done(&call, suspects_rank(&call, change, 3, &eight, shares, &suspects));
    assert_close(suspects.share[0], suspects.share[1], 0);
    assert_true(suspects.suspect[0].prior > suspects.suspect[1].prior);
    assert_close(suspects.ranked[0].posterior + suspects.ranked[1].posterior +
                     suspects.ranked[2].posterior,
                 1, 1e-12);
    call_release(&call);
}

static void without_any_prior_there_is_no_ranking(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const struct suspect_change change[] = { { TEXT("noise"), SUSPECT_NOISE, false, NULL } };
    struct suspects suspects;
    const double no_shares[SUSPECT_SHARES] = { 0 };
    assert_false(suspects_rank(&call, change, 1, &eight, no_shares, &suspects));
    assert_refused(&call, FAIL_INTERNAL, "prior");
    call_release(&call);
}

static void noise_is_what_was_measured_and_little_is_little(void **state)
{
    (void)state;
    assert_close(suspects_noise(.1, 0, 0), .1, 1e-15);
    assert_close(suspects_noise(.1, 0, 90), .01, 1e-15);
    assert_close(suspects_noise(.1, 49, 90), .5, 1e-15);
}

static void shares_are_defaults_until_causes_were_confirmed(void **state)
{
    (void)state;
    double share[SUSPECT_SHARES], sum = 0;
    int64_t confirmed[SUSPECT_SHARES] = { 0 };
    suspects_learn(confirmed, share);
    for (int kind = 0; kind < SUSPECT_SHARES; kind++)
        assert_close(share[kind], suspect_share_defaults[kind], 1e-15);
    confirmed[SUSPECT_PROMPT] = 2;
    confirmed[SUSPECT_NOISE] = 8;
    suspects_learn(confirmed, share);
    assert_close(share[SUSPECT_PROMPT], 4.5 / 20, 1e-15);
    assert_close(share[SUSPECT_NOISE], 9 / 20.0, 1e-15);
    assert_close(share[SUSPECT_MODEL], .1, 1e-15);
    for (int kind = 0; kind < SUSPECT_SHARES; kind++)
        sum += share[kind];
    assert_close(sum, 1, 1e-12);
}

static void reruns_halve_what_remains(void **state)
{
    (void)state;
    static const int wanted[] = { 0, 1, 1, 2, 2, 3, 3, 3, 3, 4 };
    for (size_t m = 0; m < sizeof wanted / sizeof *wanted; m++)
        assert_int_equal(suspects_reruns(m), wanted[m]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_of_cases_that_can_tell),
        cmocka_unit_test(flips_the_other_way_speak_for_noise),
        cmocka_unit_test(a_drop_outside_its_cases_speaks_against_a_change),
        cmocka_unit_test(shares_are_defaults_until_causes_were_confirmed),
        cmocka_unit_test(without_any_prior_there_is_no_ranking),
        cmocka_unit_test(noise_is_what_was_measured_and_little_is_little),
        cmocka_unit_test(reruns_halve_what_remains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

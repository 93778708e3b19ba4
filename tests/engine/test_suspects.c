/*
 * Suspects: counts of small sets, and how often the planted cause of a seeded history comes first.
 * The histories are not those of the demo, and the shares asserted are the targets of the method.
 */
#include "engine/suspects.h"

#include "engine/bits.h"
#include "engine/stats/stats.h"
#include "support/close.h"

#include <math.h>
#include <stdio.h>

/* --- small sets --- */

static const uint64_t passed_before[] = { 0xff }, newly_failing[] = { 0x0f };
static const struct suspect_cases eight = { 10, passed_before, newly_failing };

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
    assert_done(&call, suspects_rank(&call, change, 3, &eight, .3, &suspects));
    const struct suspect *part = &suspects.suspect[0], *all = &suspects.suspect[1];
    assert_int_equal(part->touched_fail, 3);
    assert_int_equal(part->touched_ok, 0);
    assert_int_equal(part->other_fail, 1);
    assert_int_equal(part->other_ok, 4);
    assert_int_equal(all->touched_fail, 4);
    assert_int_equal(all->touched_ok, 4);
    assert_int_equal(all->other_fail + all->other_ok, 0);
    assert_close(part->prior, .125, 1e-15); /* two of one kind share its prior */
    assert_close(suspects.suspect[2].prior, .3, 0);
    assert_false(suspects.suspect[2].has_counts);
    assert_int_equal(suspects.ranked[0].at, 0);
    assert_close(exp(suspects.ranked[0].log_lr), 630 / 120.0, 1e-9);
    assert_int_equal(suspects.ranked[1].at, 2);
    assert_int_equal(suspects_remaining(&suspects), 3);
    call_release(&call);
}

static void without_any_prior_there_is_no_ranking(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    const struct suspect_change change[] = { { TEXT("noise"), SUSPECT_NOISE, false, NULL } };
    struct suspects suspects;
    assert_false(suspects_rank(&call, change, 1, &eight, 0, &suspects));
    assert_refused(&call, FAIL_INTERNAL, "prior");
    call_release(&call);
}

static void noise_is_what_was_measured_and_little_is_little(void **state)
{
    (void)state;
    assert_close(suspects_noise(0, 0), .1, 1e-15);
    assert_close(suspects_noise(0, 90), .01, 1e-15);
    assert_close(suspects_noise(49, 90), .5, 1e-15);
}

static void reruns_halve_what_remains(void **state)
{
    (void)state;
    static const int wanted[] = { 0, 1, 1, 2, 2, 3, 3, 3, 3, 4 };
    for (size_t m = 0; m < sizeof wanted / sizeof *wanted; m++)
        assert_int_equal(suspects_reruns(m), wanted[m]);
}

/* --- seeded histories --- */

enum { CASES = 2000, PAST_RUNS = 6, CHANGES_MAX = 12, SLICES = 15, HISTORIES = 1000, PSEUDO = 3 };

struct history {
    uint64_t dice;
    double passes[CASES]; /* how likely each passes while nothing is broken */
    uint64_t run[PAST_RUNS + 1][CASES / 64 + 1];
    uint64_t touched[CHANGES_MAX][CASES / 64 + 1];
    struct suspect_change change[CHANGES_MAX + PSEUDO];
    size_t change_count, count;
};

static uint64_t draw_bits(struct history *history)
{
    uint64_t z = history->dice += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static double draw(struct history *history, double low, double high)
{
    return low + (high - low) * (double)(draw_bits(history) >> 11) / 9007199254740992.0;
}

static void run_play(struct history *history, size_t run, const uint64_t *touched, double broken)
{
    for (size_t i = 0; i < CASES; i++) {
        double passes = history->passes[i];
        if (touched && bits_has(touched, i))
            passes *= 1 - broken;
        if (draw(history, 0, 1) < passes)
            bits_set(history->run[run], i);
    }
}

/* Three quarters are steady, a part flickers, a tenth hardly ever passes. */
static void cases_draw(struct history *history)
{
    for (size_t i = 0; i < CASES; i++) {
        double kind = draw(history, 0, 1);
        history->passes[i] = kind < .75 ? .995 : kind < .9 ? draw(history, .5, .95) : .05;
    }
}

/* Which of the slices, of very different sizes, holds the case. */
static size_t slice_of(size_t number)
{
    size_t slice = 0;
    for (size_t end = 20; slice + 1 < SLICES && number >= end; end += 20 + slice * 18)
        slice++;
    return slice;
}

/*
 * A change touches some of the slices, so that changes overlap, now and then two touch the same
 * ones, and one of twelve touches all cases: from each other the data cannot tell those.
 */
static void touched_draw(struct history *history, uint64_t *touched)
{
    bool is_all = draw(history, 0, 12) < 1;
    uint64_t slices = 0;
    for (int times = 1 + (int)draw(history, 0, 5); times > 0; times--)
        slices |= UINT64_C(1) << (int)draw(history, 0, SLICES);
    for (size_t at = 0; at < CASES; at++)
        if (is_all || slices >> slice_of(at) & 1)
            bits_set(touched, at);
}

/* Kinds are drawn alike. */
static void changes_draw(struct history *history, char id[][32])
{
    bool has_share[SUSPECT_SHARES] = { false };
    history->change_count = 1 + (size_t)draw(history, 0, CHANGES_MAX);
    for (size_t i = 0; i < history->change_count; i++) {
        enum suspect_share kind = (enum suspect_share)draw(history, 0, SUSPECT_NOISE);
        touched_draw(history, history->touched[i]);
        (void)snprintf(id[i], sizeof id[i], "CHG-%zu", i);
        history->change[i] =
            (struct suspect_change){ text_of(id[i]), kind, true, history->touched[i] };
        has_share[kind] = true;
    }
    history->count = history->change_count;
    history->change[history->count++] =
        (struct suspect_change){ TEXT("noise"), SUSPECT_NOISE, false, NULL };
    if (!has_share[SUSPECT_JUDGE])
        history->change[history->count++] =
            (struct suspect_change){ TEXT("judge"), SUSPECT_JUDGE, false, NULL };
    if (!has_share[SUSPECT_DATASET])
        history->change[history->count++] =
            (struct suspect_change){ TEXT("dataset"), SUSPECT_DATASET, false, NULL };
}

/* Flips of the newly failing cases between runs of one configuration. */
static double noise_of(const struct history *history, const uint64_t *failing)
{
    int64_t flips = 0, pairs = 0;
    for (size_t run = 1; run < PAST_RUNS; run++)
        for (size_t i = 0; bits_next(failing, CASES, &i); i++) {
            flips += bits_has(history->run[run], i) != bits_has(history->run[run - 1], i);
            pairs++;
        }
    return suspects_noise(flips, pairs);
}

/* Where the planted cause stands in the ranking, or noise when nothing is planted, from 0; -1:
 * there is no drop, and the review asks for no suspects. */
static int place_of_cause(uint64_t seed, bool is_planted)
{
    static struct history history;
    char id[CHANGES_MAX][32];
    uint64_t failing[CASES / 64 + 1] = { 0 };
    history = (struct history){ .dice = seed };
    cases_draw(&history);
    changes_draw(&history, id);
    size_t cause =
        is_planted ? (size_t)draw(&history, 0, (double)history.change_count) : history.change_count;
    for (size_t run = 0; run < PAST_RUNS; run++)
        run_play(&history, run, NULL, 0);
    run_play(&history, PAST_RUNS, is_planted ? history.touched[cause] : NULL,
             draw(&history, .1, .7));
    const uint64_t *before = history.run[PAST_RUNS - 1], *now = history.run[PAST_RUNS];
    for (size_t word = 0; word < CASES / 64 + 1; word++)
        failing[word] = before[word] & ~now[word];
    struct mcnemar test =
        mcnemar(bits_and_not_count(before, now, CASES), bits_and_not_count(now, before, CASES));
    if (is_planted && test.p_worse > .025)
        return -1;
    struct call call;
    test_call_init(&call);
    const struct suspect_cases cases = { CASES, before, failing };
    struct suspects suspects;
    assert_done(&call, suspects_rank(&call, history.change, history.count, &cases,
                                     noise_of(&history, failing), &suspects));
    int place = 0;
    while (suspects.ranked[place].at != cause)
        place++;
    call_release(&call);
    return place;
}

struct places {
    int drops, first, third;
};

static struct places places_of(bool is_planted)
{
    struct places places = { 0 };
    for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
        int place = place_of_cause(seed * 7919, is_planted);
        places.drops += place >= 0;
        places.first += place == 0;
        places.third += place >= 0 && place < 3;
    }
    print_message("of %d drops: first %d, first three %d\n", places.drops, places.first,
                  places.third);
    return places;
}

static void the_planted_cause_comes_first(void **state)
{
    (void)state;
    struct places places = places_of(true);
    assert_true(places.drops > HISTORIES / 2);
    assert_true(places.first >= .8 * places.drops);
    assert_true(places.third >= .95 * places.drops);
}

static void noise_comes_first_when_nothing_is_planted(void **state)
{
    (void)state;
    struct places places = places_of(false);
    assert_int_equal(places.drops, HISTORIES);
    assert_true(places.first >= .95 * places.drops);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_of_cases_that_can_tell),
        cmocka_unit_test(without_any_prior_there_is_no_ranking),
        cmocka_unit_test(noise_is_what_was_measured_and_little_is_little),
        cmocka_unit_test(reruns_halve_what_remains),
        cmocka_unit_test(the_planted_cause_comes_first),
        cmocka_unit_test(noise_comes_first_when_nothing_is_planted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * How often the planted cause of a seeded history comes first, and noise where nothing was planted:
 * in suites of several sizes, with repeated runs and without, with noise that is alike everywhere
 * or lives in some slices, in all weeks and in those that the test called a drop by mistake. The
 * histories are not those of the demo; the shares asserted are the targets of the method.
 */
#include "engine/suspects.h"

#include "engine/bits.h"
#include "engine/stats/stats.h"
#include "support/close.h"

#include <stdio.h>
#include <string.h>

enum { CASES_MAX = 2000, REPEATS = 5, CHANGES_MAX = 12, SLICES = 15, HISTORIES = 500, PSEUDO = 3 };
enum { WORDS = CASES_MAX / 64 + 1 };

struct world {
    size_t cases, changes;         /* 0 changes: 1 to 12 */
    double broken_min, broken_max; /* of the cases that the cause touched */
    bool is_uneven;
};

struct history {
    uint64_t dice;
    const struct world *world;
    uint8_t slice[CASES_MAX];
    double passes[CASES_MAX]; /* how likely each passes while nothing is broken */
    uint64_t past[REPEATS][WORDS], before[WORDS], now[WORDS];
    uint64_t touched[CHANGES_MAX][WORDS];
    struct suspect_change change[CHANGES_MAX + PSEUDO];
    char id[CHANGES_MAX][32];
    size_t change_count, count, cause;
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

static void run_play(struct history *history, uint64_t *run, const uint64_t *touched, double broken)
{
    memset(run, 0, WORDS * sizeof *run);
    for (size_t i = 0; i < history->world->cases; i++) {
        double passes = history->passes[i];
        if (touched && bits_has(touched, i))
            passes *= 1 - broken;
        if (draw(history, 0, 1) < passes)
            bits_set(run, i);
    }
}

/* Slices are of very different sizes: the number of the last is the root of its share. */
static void slices_draw(struct history *history)
{
    uint8_t slice = 0;
    for (size_t i = 0; i < history->world->cases; i++) {
        while ((size_t)(slice + 1) * (slice + 1) * history->world->cases <= i * SLICES * SLICES)
            slice++;
        history->slice[i] = slice;
    }
}

/* Most are steady, a part flickers, a tenth hardly ever passes. */
static void cases_draw(struct history *history)
{
    double flickers[SLICES];
    for (size_t slice = 0; slice < SLICES; slice++)
        flickers[slice] = !history->world->is_uneven ? .15
                          : draw(history, 0, 1) < .6 ? draw(history, 0, .08)
                                                     : draw(history, .2, .7);
    for (size_t i = 0; i < history->world->cases; i++) {
        double kind = draw(history, 0, 1);
        bool is_flickering = kind < .1 + flickers[history->slice[i]];
        history->passes[i] = kind < .1 ? .05 : is_flickering ? draw(history, .5, .95) : .995;
    }
}

/*
 * A change touches some of the slices, so that changes overlap, now and then two touch the same
 * ones, and one of twelve touches all cases: from each other the data cannot tell those.
 */
static void touched_draw(struct history *history, uint64_t *touched)
{
    bool is_all = draw(history, 0, 12) < 1;
    uint64_t slices = 0;
    memset(touched, 0, WORDS * sizeof *touched);
    for (int times = 1 + (int)draw(history, 0, 5); times > 0; times--)
        slices |= UINT64_C(1) << (int)draw(history, 0, SLICES);
    for (size_t at = 0; at < history->world->cases; at++)
        if (is_all || slices >> history->slice[at] & 1)
            bits_set(touched, at);
}

static void change_add(struct history *history, const char *id, enum suspect_share share,
                       const uint64_t *touched)
{
    history->change[history->count++] =
        (struct suspect_change){ text_of(id), share, touched != NULL, touched };
}

/* Kinds are drawn alike. */
static void changes_draw(struct history *history)
{
    bool has_share[SUSPECT_SHARES] = { false };
    history->count = 0;
    history->change_count = history->world->changes;
    if (history->change_count == 0)
        history->change_count = 1 + (size_t)draw(history, 0, CHANGES_MAX);
    for (size_t i = 0; i < history->change_count; i++) {
        enum suspect_share kind = (enum suspect_share)draw(history, 0, SUSPECT_NOISE);
        touched_draw(history, history->touched[i]);
        (void)snprintf(history->id[i], sizeof history->id[i], "CHG-%zu", i);
        change_add(history, history->id[i], kind, history->touched[i]);
        has_share[kind] = true;
    }
    change_add(history, "noise", SUSPECT_NOISE, NULL);
    if (!has_share[SUSPECT_JUDGE])
        change_add(history, "judge", SUSPECT_JUDGE, NULL);
    if (!has_share[SUSPECT_DATASET])
        change_add(history, "dataset", SUSPECT_DATASET, NULL);
}

static void history_draw(struct history *history, bool is_planted)
{
    const struct world *world = history->world;
    cases_draw(history);
    changes_draw(history);
    history->cause = history->change_count; /* noise */
    if (is_planted)
        history->cause = (size_t)draw(history, 0, (double)history->change_count);
    run_play(history, history->before, NULL, 0);
    run_play(history, history->now, is_planted ? history->touched[history->cause] : NULL,
             draw(history, world->broken_min, world->broken_max));
}

/* The two-sided test calls it a drop. */
static bool is_called(const struct history *history)
{
    size_t n = history->world->cases;
    return mcnemar(bits_and_not_count(history->before, history->now, n),
                   bits_and_not_count(history->now, history->before, n))
               .p_worse <= .025;
}

/* Flips of the newly failing cases between runs of one configuration, the last one before. */
static double noise_of(struct history *history, const uint64_t *failing)
{
    int64_t flips = 0, pairs = 0;
    const uint64_t *last = history->before;
    for (size_t run = 0; run < REPEATS; run++) {
        run_play(history, history->past[run], NULL, 0);
        for (size_t i = 0; bits_next(failing, history->world->cases, &i); i++) {
            flips += bits_has(history->past[run], i) != bits_has(last, i);
            pairs++;
        }
        last = history->past[run];
    }
    return suspects_noise(suspect_share_defaults[SUSPECT_NOISE], flips, pairs);
}

/* Where the cause stands in the ranking, from 0. */
static int place_of_cause(struct history *history, bool has_repeats)
{
    uint64_t failing[WORDS], passing[WORDS];
    double share[SUSPECT_SHARES];
    struct call call;
    struct suspects suspects;
    for (size_t word = 0; word < WORDS; word++) {
        failing[word] = history->before[word] & ~history->now[word];
        passing[word] = history->now[word] & ~history->before[word];
    }
    const struct suspect_cases cases = { (uint32_t)history->world->cases, history->before, failing,
                                         passing };
    memcpy(share, suspect_share_defaults, sizeof share);
    if (has_repeats)
        share[SUSPECT_NOISE] = noise_of(history, failing);
    test_call_init(&call);
    assert_done(&call,
                suspects_rank(&call, history->change, history->count, &cases, share, &suspects));
    int place = 0;
    while (suspects.ranked[place].at != history->cause)
        place++;
    call_release(&call);
    return place;
}

enum planted { PLANTED, NOTHING, NOTHING_BUT_CALLED };

struct places {
    double first, third;
};

static struct places places_of(const struct world *world, enum planted planted, bool has_repeats)
{
    static struct history history;
    int count = 0, first = 0, third = 0;
    history.dice = 20261116 + world->cases;
    history.world = world;
    slices_draw(&history);
    while (count < HISTORIES) {
        history_draw(&history, planted == PLANTED);
        if (planted != NOTHING && !is_called(&history))
            continue;
        int place = place_of_cause(&history, has_repeats);
        count++;
        first += place == 0;
        third += place < 3;
    }
    print_message(
        "%4zu cases, %2zu changes, %s noise, %s repeats, %s: first %.1f %%, three %.1f %%\n",
        world->cases, world->changes, world->is_uneven ? "uneven" : "even",
        has_repeats ? "with" : "no",
        planted == PLANTED   ? "planted"
        : planted == NOTHING ? "nothing"
                             : "called by mistake",
        100.0 * first / count, 100.0 * third / count);
    return (struct places){ (double)first / count, (double)third / count };
}

static const struct world worlds[] = {
    { 2000, 0, .1, .3, false }, { 2000, 12, .1, .7, false }, { 300, 0, .1, .7, false },
    { 300, 12, .3, .9, false }, { 100, 0, .2, .8, false },   { 300, 0, .1, .7, true },
};
enum { WORLDS = sizeof worlds / sizeof *worlds };

static void the_planted_cause_comes_first(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * (size_t)WORLDS; i++) {
        struct places places = places_of(&worlds[i / 2], PLANTED, i % 2);
        assert_true(places.first >= .8 && places.third >= .95);
    }
}

static void noise_comes_first_when_nothing_is_planted(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * (size_t)WORLDS; i++)
        assert_true(places_of(&worlds[i / 2], NOTHING, i % 2).first >= .95);
}

/* One week in 40 and more. */
static void noise_comes_first_when_it_was_called_a_drop(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * (size_t)WORLDS; i++) {
        const struct world *world = &worlds[i / 2];
        if (world->cases > 300)
            continue;
        assert_true(places_of(world, NOTHING_BUT_CALLED, i % 2).first >= .95);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_planted_cause_comes_first),
        cmocka_unit_test(noise_comes_first_when_nothing_is_planted),
        cmocka_unit_test(noise_comes_first_when_it_was_called_a_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The faults of the demo: their words, and what each does to the last run of its surface. It knows
 * which cases change and what was changed around them, nothing of how anybody would find out.
 */
#include "app/demo_world.h"

#include "importers/eval_line.h"

/* ---- words ---- */

static const struct {
    const char *word;
    unsigned plant;
} plants[] = {
    { "regression", DEMO_REGRESSION }, { "flaky", DEMO_FLAKY },
    { "provider", DEMO_PROVIDER },     { "tail", DEMO_TAIL },
};

enum { PLANT_COUNT = sizeof plants / sizeof *plants };

static bool word_read(struct call *call, text word, unsigned *plant)
{
    for (size_t i = 0; i < PLANT_COUNT; i++)
        if (text_is(word, plants[i].word)) {
            *plant |= plants[i].plant;
            return true;
        }
    if (text_is(word, "none"))
        return fail_at(call, "plant", "'none' stands beside other words; say it alone");
    return fail_at(call, "plant",
                   "'%.*s' is nothing that can be planted; say some of regression, flaky, provider "
                   "and tail with commas between them, or none",
                   TEXT_FMT(text_until_character(word, 100)));
}

bool demo_plant_read(struct call *call, text words, unsigned *plant)
{
    unsigned read = 0;
    if (!words.at)
        read = DEMO_PLANTS_ALL;
    else if (!text_is(text_trim(words), "none"))
        for (text rest = words; rest.at;)
            if (!word_read(call, text_trim(text_cut(rest, ',', &rest)), &read))
                return false;
    *plant = read;
    return true;
}

/* ---- deeds ---- */

/* Breaks the first `count` steady cases that are of the slice, or that are not. */
static void steady_break(struct demo_world *world, struct demo_run *run, size_t slice, bool inside,
                         uint32_t count)
{
    const struct demo_surface *surface = world->surface;
    for (size_t at = world->steady; count && at < surface->case_count; at++) {
        uint32_t number = world->order[at];
        if ((number % surface->slice_count == slice) == inside) {
            run->verdict[number] = EVAL_FAIL;
            count--;
        }
    }
}

static bool plant_regression(struct call *call, struct demo_world *world, struct demo_run *run)
{
    (void)call;
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_PLANT);
    size_t slice = demo_dice_below(&dice, (uint32_t)world->surface->slice_count);
    run->prompt_version++;
    steady_break(world, run, slice, true, 14 + demo_dice_below(&dice, 2));
    steady_break(world, run, slice, false, 2 + demo_dice_below(&dice, 2));
    return true;
}

/* The stretch that breaks begins anywhere: `order` spreads it over the slices. */
static bool plant_provider(struct call *call, struct demo_world *world, struct demo_run *run)
{
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_PLANT);
    uint32_t count = 12 + demo_dice_below(&dice, 4);
    size_t room = world->surface->case_count - world->steady - count;
    size_t at = world->steady + demo_dice_below(&dice, (uint32_t)room);
    for (; count; count--)
        run->verdict[world->order[at++]] = EVAL_FAIL;
    run->latency_percent = 130;
    run->model = demo_world_dated(call, world->surface->model,
                                  week_monday_days(world->last_week) - 5);
    return run->model.at;
}

/* All hard cases but two are off, and all that were off beside them are well again. */
static bool plant_tail(struct call *call, struct demo_world *world, struct demo_run *run)
{
    (void)call;
    const struct demo_surface *surface = world->surface;
    const uint32_t *hard = world->order + surface->never_count;
    const uint32_t *other = hard + surface->group[0].count;
    for (size_t i = 0; i + 2 < surface->group[0].count; i++)
        run->verdict[hard[i]] = EVAL_FAIL;
    for (size_t i = 0; i < surface->group[1].count; i++)
        run->verdict[other[i]] = EVAL_PASS;
    return true;
}

static const struct {
    unsigned plant;
    bool (*into)(struct call *call, struct demo_world *world, struct demo_run *run);
} deeds[] = {
    { DEMO_REGRESSION, plant_regression },
    { DEMO_PROVIDER, plant_provider },
    { DEMO_TAIL, plant_tail },
};

bool demo_plant_into(struct call *call, struct demo_world *world, unsigned plant)
{
    struct demo_run *last = &world->run[world->run_count - 1];
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (deeds[i].plant & plant & world->surface->plant && !deeds[i].into(call, world, last))
            return false;
    return true;
}

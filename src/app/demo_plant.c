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

/* ---- what is told of it ---- */

/* Days before the Monday of the last week, at 15:00: the run of the week before is earlier. */
static struct demo_change *change_add(struct demo_world *world, int days)
{
    struct demo_change *change = &world->change[world->change_count++];
    int64_t day = week_monday_days(world->last_week) - days;
    *change = (struct demo_change){ .effective_at = day * STAMP_DAY + 15 * STAMP_HOUR };
    return change;
}

/* Every surface has some change each week: this one, of one slice, did no harm. */
static bool tell_harmless(struct call *call, struct demo_world *world, size_t slice)
{
    const char *name = world->surface->slice[slice % world->surface->slice_count];
    struct demo_change *change = change_add(world, 4);
    change->kind = "retrieval";
    change->source = "release notes";
    change->title = call_format(call, "Sources of '%s' indexed again", name);
    change->slice = name;
    return change->title.at;
}

static bool tell_prompt(struct call *call, struct demo_world *world, const struct demo_run *run,
                        size_t slice)
{
    const struct demo_surface *surface = world->surface;
    struct demo_change *change = change_add(world, 3);
    change->kind = "prompt_version";
    change->source = "prompt repository";
    change->title = call_format(call, "Prompt '%s' shortened for '%s'", surface->prompt,
                                surface->slice[slice]);
    change->from = call_format(call, "%d", run->prompt_version - 1);
    change->to = call_format(call, "%d", run->prompt_version);
    change->slice = surface->slice[slice];
    return change->title.at && change->from.at && change->to.at;
}

static bool tell_model(struct call *call, struct demo_world *world, text from, text to)
{
    struct demo_change *change = change_add(world, 5);
    change->kind = "model_served";
    change->source = "provider's release notes";
    change->title = call_format(call, "'%s' is served as a newer snapshot", world->surface->model);
    change->from = from;
    change->to = to;
    return change->title.at;
}

static void tell_hard_cases(struct demo_world *world, const uint32_t *hard, size_t count)
{
    struct demo_change *change = change_add(world, 2);
    change->kind = "config";
    change->source = "configuration";
    change->title = TEXT("Long files are cut to 200 lines");
    change->cases = hard;
    change->case_count = count;
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
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_PLANT);
    size_t slice = demo_dice_below(&dice, (uint32_t)world->surface->slice_count);
    run->prompt_version++;
    steady_break(world, run, slice, true, 14 + demo_dice_below(&dice, 2));
    steady_break(world, run, slice, false, 2 + demo_dice_below(&dice, 2));
    return tell_harmless(call, world, slice + 1) && tell_prompt(call, world, run, slice);
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
    text before = run->model;
    run->model = demo_world_dated(call, world->surface->model,
                                  week_monday_days(world->last_week) - 5);
    return run->model.at && tell_harmless(call, world, 0) &&
           tell_model(call, world, before, run->model);
}

/* All hard cases but two are off, and all that were off beside them are well again. */
static bool plant_tail(struct call *call, struct demo_world *world, struct demo_run *run)
{
    const struct demo_surface *surface = world->surface;
    const uint32_t *hard = world->order + surface->never_count;
    const uint32_t *other = hard + surface->group[0].count;
    for (size_t i = 0; i + 2 < surface->group[0].count; i++)
        run->verdict[hard[i]] = EVAL_FAIL;
    for (size_t i = 0; i < surface->group[1].count; i++)
        run->verdict[other[i]] = EVAL_PASS;
    tell_hard_cases(world, hard, surface->group[0].count);
    return tell_harmless(call, world, 0);
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
    return world->change_count > 0 || tell_harmless(call, world, 0);
}

bool demo_tell_earlier(struct call *call, struct demo_world *world)
{
    const struct demo_surface *surface = world->surface;
    int weeks_ago = DEMO_WEEK_COUNT - 1 - surface->prompt_week;
    struct demo_change *change = change_add(world, 7 * weeks_ago + 4);
    change->kind = "prompt_version";
    change->source = "prompt repository";
    change->title = call_format(call, "Prompt '%s' with new examples", surface->prompt);
    change->from = call_format(call, "%d", surface->prompt_version);
    change->to = call_format(call, "%d", surface->prompt_version + 1);
    return change->title.at && change->from.at && change->to.at;
}

/* See demo_world.h. */
#include "app/demo_world.h"

#include "importers/eval_line.h"

#include <assert.h>

/*
 * The numbers in `off` go up and down without a drift. On the third surface the first group are the
 * hard cases, and the second fails more than the first only in the two weeks at the end: the hard
 * cases keep the lowest past, and there is something to recover.
 */
const struct demo_surface demo_surfaces[DEMO_SURFACE_COUNT] = {
    {
        .name = "support-answers",
        .slice = { "refunds", "billing", "delivery", "account", "warranty" }, .slice_count = 5,
        .case_count = 220, .never_count = 9,
        .off = { 2, 1, 3, 2, 0, 1, 4, 2, 3, 3, 1 },
        .plant = DEMO_REGRESSION, .floor = 90, .owner = 1,
        .model = "larch-large", .prompt = "support-answer", .judge = "support-rubric-3",
        .dataset_version = "support-7", .prompt_version = 12, .prompt_week = 3,
        .failure = { "policy_misquoted", "step_missing", "off_topic" },
        .latency_ms = 1900, .tokens_in = 1350, .tokens_out = 260,
        .price_in = 250, .price_out = 1000,
    },
    {
        .name = "search-summaries",
        .slice = { "en", "de", "es", "ja" }, .slice_count = 4,
        .case_count = 200, .never_count = 18,
        .off = { 2, 3, 4, 1, 2, 3, 3, 2, 1, 4, 1 },
        .off_midweek = { [2] = 2, [5] = 3, [8] = 2 },
        .plant = DEMO_PROVIDER, .floor = 83, .owner = 2,
        .model = "birch-medium", .prompt = "search-summary", .judge = "summary-rubric-2",
        .dataset_version = "search-4", .prompt_version = 5, .prompt_week = 6,
        .failure = { "unsupported_claim", "wrong_language", "source_missing" },
        .latency_ms = 1100, .tokens_in = 2400, .tokens_out = 180,
        .price_in = 60, .price_out = 240,
    },
    {
        .name = "code-suggestions",
        .slice = { "python", "typescript", "go", "sql" }, .slice_count = 4,
        .case_count = 180, .never_count = 1,
        .group = {
            { .count = 18, .step = 1, .early = "x..x.x..x.", .late = ".." },
            { .count = 14, .step = 1, .early = "x...x.....", .late = "xx" },
        },
        .off = { 15, 13, 17, 14, 16, 13, 17, 15, 14, 16, 15 },
        .plant = DEMO_TAIL, .floor = 85, .owner = 3,
        .model = "cedar-code", .prompt = "inline-suggestion", .judge = "unit-tests",
        .dataset_version = "code-9", .prompt_version = 31, .prompt_week = 5,
        .failure = { "tests_failed", "does_not_compile", "wrong_symbol" },
        .latency_ms = 640, .tokens_in = 1900, .tokens_out = 90,
        .price_in = 80, .price_out = 320,
    },
    {
        .name = "document-extraction",
        .slice = { "invoices", "contracts", "receipts", "forms" }, .slice_count = 4,
        .case_count = 150, .never_count = 25,
        .group = {
            { .count = 5, .step = 2, .early = "x..x..x..x", .late = ".x", .needs = DEMO_FLAKY },
        },
        .off = { 3, 2, 4, 3, 2, 4, 3, 5, 2, 4, 1 },
        .plant = DEMO_FLAKY, .floor = 75, .owner = 0,
        .model = "larch-vision", .prompt = "field-extraction", .judge = "exact-fields",
        .dataset_version = "documents-11", .prompt_version = 8, .prompt_week = 2,
        .failure = { "wrong_amount", "field_missing", "wrong_date" },
        .latency_ms = 3200, .tokens_in = 5200, .tokens_out = 340,
        .price_in = 250, .price_out = 1000,
    },
};

struct demo_dice demo_world_dice(const struct demo_world *world, uint64_t stream)
{
    return demo_dice_of(world->seed, world->stream + stream);
}

text demo_world_dated(struct call *call, const char *name, int64_t days)
{
    char date[DATE_TEXT_SIZE];
    date_write(days, date);
    return call_format(call, "%s-%s", name, date);
}

text demo_world_key(struct call *call, const struct demo_surface *surface, uint32_t number)
{
    return call_format(call, "%s-%03u", surface->slice[number % surface->slice_count],
                       (unsigned)(101 + number / surface->slice_count));
}

/* ---- runs, and when they start ---- */

static int64_t run_days(const struct demo_world *world, int week, bool is_midweek)
{
    iso_week at = world->last_week - DEMO_WEEK_COUNT + 1 + week;
    return week_monday_days(at) + (is_midweek ? 3 : 0);
}

/* Between 05:00 and 06:00, one surface after the other. */
static stamp run_start(const struct demo_world *world, int64_t days, struct demo_dice *dice)
{
    int64_t minutes = 5 * 60 + 13 * (world->surface - demo_surfaces) + demo_dice_below(dice, 9);
    return days * STAMP_DAY + minutes * STAMP_MINUTE + demo_dice_below(dice, 60) * STAMP_SECOND;
}

static bool run_add(struct call *call, struct demo_world *world, int week, bool is_midweek,
                    struct demo_dice *dice)
{
    const struct demo_surface *surface = world->surface;
    int64_t days = run_days(world, week, is_midweek);
    int64_t model_days = run_days(world, 0, false) - 40 - 9 * (surface - demo_surfaces);
    struct demo_run *run = &world->run[world->run_count++];
    *run = (struct demo_run){
        .week = week, .started_at = run_start(world, days, dice),
        .name = demo_world_dated(call, surface->name, days),
        .model = demo_world_dated(call, surface->model, model_days),
        .prompt_version = surface->prompt_version + (week >= surface->prompt_week),
        .latency_percent = 100,
        .verdict = call_array(call, surface->case_count, sizeof *run->verdict),
    };
    return run->name.at && run->model.at && run->verdict;
}

static bool runs_add(struct call *call, struct demo_world *world)
{
    const struct demo_surface *surface = world->surface;
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_STARTS);
    for (int week = 0; week < DEMO_WEEK_COUNT; week++) {
        bool is_last = week == DEMO_WEEK_COUNT - 1;
        if ((is_last || surface->off[week]) && !run_add(call, world, week, false, &dice))
            return false;
        if (!is_last && surface->off_midweek[week] && !run_add(call, world, week, true, &dice))
            return false;
    }
    return true;
}

/* ---- cases, and how they do ---- */

static bool order_make(struct call *call, struct demo_world *world)
{
    const struct demo_surface *surface = world->surface;
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_ORDER);
    world->order = call_array(call, surface->case_count, sizeof *world->order);
    if (!world->order)
        return false;
    for (uint32_t i = 0; i < surface->case_count; i++)
        world->order[i] = i;
    for (size_t slice = 0; slice < surface->slice_count; slice++)
        demo_dice_shuffle(&dice, world->order + slice, surface->case_count - slice,
                          surface->slice_count);
    return true;
}

static bool is_off(const struct demo_group *group, size_t i, int week)
{
    if (week >= DEMO_EARLY_WEEKS)
        return group->late[week - DEMO_EARLY_WEEKS] == 'x';
    return group->early[((size_t)week + i * group->step) % DEMO_EARLY_WEEKS] == 'x';
}

/* Gives how many cases of the groups are off in this run. */
static size_t groups_play(struct demo_world *world, struct demo_run *run, unsigned plant)
{
    size_t at = world->surface->never_count, off = 0;
    for (size_t g = 0; g < DEMO_GROUPS_MAX; g++) {
        const struct demo_group *group = &world->surface->group[g];
        bool plays = (group->needs & plant) == group->needs;
        for (size_t i = 0; i < group->count; i++, at++)
            if (plays && is_off(group, i, run->week)) {
                run->verdict[world->order[at]] = EVAL_FAIL;
                off++;
            }
    }
    return off;
}

/* The other ones that are off are so this once; now and then it is no answer at all. The last two
 * weeks hold answers only, so that nothing hides what is planted. */
static void run_fill(struct demo_world *world, struct demo_run *run, size_t count)
{
    for (; count; count--) {
        bool has_no_answer = world->steady % 5 == 0 && run->week < DEMO_EARLY_WEEKS;
        assert(world->steady < world->surface->case_count);
        run->verdict[world->order[world->steady++]] = has_no_answer ? EVAL_ERROR : EVAL_FAIL;
    }
}

static void run_play(struct demo_world *world, struct demo_run *run, unsigned plant)
{
    const struct demo_surface *surface = world->surface;
    for (uint32_t i = 0; i < surface->case_count; i++)
        run->verdict[i] = EVAL_PASS;
    for (size_t i = 0; i < surface->never_count; i++)
        run->verdict[world->order[i]] = EVAL_FAIL;
    size_t off = groups_play(world, run, plant), wanted = off;
    bool is_midweek = run > world->run && run[-1].week == run->week;
    if (run->week < DEMO_WEEK_COUNT - 1)
        wanted = is_midweek ? surface->off_midweek[run->week] : surface->off[run->week];
    assert(off <= wanted);
    run_fill(world, run, wanted - off);
}

bool demo_world_week(struct call *call, const struct demo_options *options, iso_week *week)
{
    return week_of_stamp(call, TEXT("UTC"), options->now - 6 * STAMP_HOUR, week);
}

bool demo_world_make(struct call *call, const struct demo_options *options, size_t surface,
                     struct demo_world *world)
{
    *world = (struct demo_world){
        .surface = &demo_surfaces[surface], .seed = options->seed, .stream = surface * 1000,
    };
    if (!demo_world_week(call, options, &world->last_week) || !order_make(call, world) ||
        !runs_add(call, world))
        return false;
    world->steady = world->surface->never_count;
    for (size_t g = 0; g < DEMO_GROUPS_MAX; g++)
        world->steady += world->surface->group[g].count;
    for (size_t i = 0; i < world->run_count; i++)
        run_play(world, &world->run[i], options->plant);
    return true;
}

/* See eval_world.h. */
#include "support/eval_world.h"

#include "engine/verdicts.h"
#include "support/runs.h"

/* Cases below the one pass before that week and fail from then on, three times a run. */
enum { BREAKING = 4, BROKEN_WEEK = 7 };

int world_suite(int surface)
{
    return surface == 2;
}

const char *world_surface_name(int surface)
{
    static const char *const names[WORLD_SURFACES] = { "zebra", "ant", "mole" };
    return names[surface];
}

const char *world_key(struct call *call, int number)
{
    char *key = call_string(call, call_format(call, "case-%d", number * 37 % 211));
    assert_non_null(key);
    return key;
}

int world_slice(int number)
{
    return number % 7 % WORLD_SLICES;
}

/* How often a case passes is its own; a few are hard. */
static int draw_verdict(uint64_t *seed, int number, int weather)
{
    uint32_t luck = test_random(seed, 100), hard = (uint32_t)(number * 29 % 100);
    if (test_random(seed, 60) == 0)
        return test_random(seed, 2) ? VERDICT_ERROR : VERDICT_UNSCORED;
    return luck + (hard < 12 ? 60 : 8) < 100 - (uint32_t)weather ? VERDICT_PASS : VERDICT_FAIL;
}

static void draw_cases(uint64_t *seed, struct world_run *run)
{
    int weather = test_random(seed, 4) == 0 ? 25 : 0;
    int count = 55 + 6 * run->week + (int)test_random(seed, 4); /* the suite grows */
    bool is_broken = test_random(seed, 9) == 0; /* many errors */
    bool has_trials = test_random(seed, 4) == 0;
    for (int i = 0; i < count && i < WORLD_CASES; i++) {
        struct world_case *at = &run->cases[i];
        if (test_random(seed, 40) == 0)
            continue;
        at->trials = has_trials && test_random(seed, 2) ? 1 + (int)test_random(seed, 3) : 1;
        if (i < BREAKING && run->week >= BROKEN_WEEK)
            at->trials = WORLD_TRIALS_MAX;
        for (int trial = 0; trial < at->trials; trial++)
            at->verdict[trial] =
                i < BREAKING ? (run->week < BROKEN_WEEK ? VERDICT_PASS : VERDICT_FAIL)
                : is_broken && test_random(seed, 6) == 0 ? VERDICT_ERROR
                                                         : draw_verdict(seed, i, weather);
    }
}

static void draw_run(uint64_t *seed, struct world *world, int surface, int week)
{
    struct world_run *run = &world->run[world->run_count];
    assert_true(world->run_count < WORLD_RUNS_MAX);
    *run = (struct world_run){ .surface = surface, .week = week };
    snprintf(run->name, sizeof run->name, "run-%d", world->run_count++);
    snprintf(run->model, sizeof run->model, "m%u", test_random(seed, 6) / 5);
    if (test_random(seed, 12))
        snprintf(run->judge, sizeof run->judge, "j%d", week >= 6 && surface == 1);
    iso_week iso = world->first_week + week;
    run->started_at = week_monday_days(iso) * STAMP_DAY + (stamp)test_random(seed, 6) * STAMP_DAY;
    draw_cases(seed, run);
}

static int compare_runs(const void *left, const void *right)
{
    const struct world_run *a = left, *b = right;
    if (a->surface != b->surface)
        return a->surface - b->surface;
    if (a->started_at != b->started_at)
        return a->started_at < b->started_at ? -1 : 1;
    return strcmp(a->name, b->name);
}

void world_draw(uint64_t seed, struct world *world)
{
    *world = (struct world){ .run_count = 0 };
    assert_true(week_read(TEXT("2026-W35"), &world->first_week));
    for (int surface = 0; surface < WORLD_SURFACES; surface++)
        for (int week = 0; week < WORLD_WEEKS; week++) {
            uint32_t runs = test_random(&seed, 8); /* none, one, two or three */
            runs = runs == 0 ? 0 : runs < 5 ? 1 : runs - 4;
            for (; runs > 0 && world->run_count < WORLD_RUNS_MAX; runs--)
                draw_run(&seed, world, surface, week);
        }
    qsort(world->run, (size_t)world->run_count, sizeof *world->run, compare_runs);
}

static const char *const verdict_members[] = {
    [VERDICT_FAIL] = "\"pass\":false",
    [VERDICT_PASS] = "\"pass\":true",
    [VERDICT_ERROR] = "\"pass\":null,\"error\":\"timeout\"",
    [VERDICT_UNSCORED] = "\"pass\":null",
};

static void write_case(struct call *call, const struct world_run *run, int number, struct out *out)
{
    char start[STAMP_TEXT_SIZE];
    stamp_write(run->started_at, start);
    for (int trial = 0; trial < run->cases[number].trials; trial++) {
        out_format(out,
                   "{\"suite\":\"s%d\",\"surface\":\"%s\",\"run\":\"%s\",\"started_at\":\"%s\",",
                   world_suite(run->surface), world_surface_name(run->surface), run->name, start);
        if (run->judge[0])
            out_format(out, "\"judge\":\"%s\",", run->judge);
        out_format(out, "\"model\":\"%s\",\"case\":\"%s\",\"slice\":\"slice-%d\",%s", run->model,
                   world_key(call, number), world_slice(number),
                   number % 2 ? "" : "\"tags\":[\"even\"],");
        out_format(out, "\"trial\":%d,%s}\n", trial + 1,
                   verdict_members[run->cases[number].verdict[trial]]);
    }
}

const char *world_file(struct call *call, const struct world *world)
{
    struct out out;
    out_init(&out, call);
    for (int i = 0; i < world->run_count; i++)
        for (int number = 0; number < WORLD_CASES; number++) /* another order in each run */
            write_case(call, &world->run[i], (number * 7 + i) % WORLD_CASES, &out);
    char *file = call_string(call, out_view(&out));
    assert_non_null(file);
    return file;
}

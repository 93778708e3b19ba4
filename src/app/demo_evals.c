/*
 * The lines of the demo: what every case measures in every run, beside how it did. Whole numbers
 * are drawn and divided once at the end, so that every machine writes the same bytes.
 */
#include "app/demo_texts.h"

#include "importers/plain_fields.h"

#include <math.h>

/* Runs whose lines have texts, from the last one back. */
enum { RUNS_WITH_TEXTS = 3 };

/* What stays the same about a case. */
struct case_facts {
    text key;
    uint32_t score_passed, score_failed; /* percent */
    uint32_t latency_ms, tokens_in, tokens_out;
    uint32_t failure; /* its place in the surface's list */
    bool has_texts;   /* flipped lately */
};

static uint32_t around(struct demo_dice *dice, uint32_t middle)
{
    return middle * (60 + demo_dice_below(dice, 81)) / 100;
}

/* In the last runs, which are those that somebody looks at. */
static bool has_flipped(const struct demo_world *world, uint32_t number)
{
    const struct demo_run *run = &world->run[world->run_count - RUNS_WITH_TEXTS];
    bool flipped = false;
    for (size_t i = 1; i < RUNS_WITH_TEXTS; i++)
        flipped = flipped || run[i].verdict[number] != run[i - 1].verdict[number];
    return flipped;
}

static struct case_facts *facts_make(struct call *call, const struct demo_world *world)
{
    const struct demo_surface *surface = world->surface;
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_CASES);
    struct case_facts *facts = call_array(call, surface->case_count, sizeof *facts);
    for (uint32_t i = 0; facts && i < surface->case_count; i++) {
        facts[i] = (struct case_facts){
            .key = demo_world_key(call, surface, i),
            .score_passed = 78 + demo_dice_below(&dice, 15),
            .score_failed = 20 + demo_dice_below(&dice, 30),
            .latency_ms = around(&dice, surface->latency_ms),
            .tokens_in = around(&dice, surface->tokens_in),
            .tokens_out = around(&dice, surface->tokens_out),
            .failure = demo_dice_below(&dice, DEMO_FAILURES_MAX),
            .has_texts = has_flipped(world, i),
        };
        if (!facts[i].key.at)
            return NULL;
    }
    return facts;
}

/* From -5 to 5 by case. What one case gains its neighbour in the order loses, so that the mean of
 * a run does not wander. */
static void noise_draw(const struct demo_world *world, size_t run, int *noise)
{
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_RUNS + run);
    for (size_t i = 0; i + 1 < world->surface->case_count; i += 2) {
        int gain = (int)demo_dice_below(&dice, 11) - 5;
        noise[world->order[i]] = gain;
        noise[world->order[i + 1]] = -gain;
    }
}

static struct eval_line line_of_run(const struct demo_world *world, const struct demo_run *run,
                                    text prompt_version)
{
    const struct demo_surface *surface = world->surface;
    return (struct eval_line){
        .suite = DEMO_SUITE, .surface = text_of(surface->name), .run = run->name,
        .is_dated = true, .started_at = run->started_at, .started_zone = TEXT("Z"),
        .model = run->model, .prompt = text_of(surface->prompt), .prompt_version = prompt_version,
        .dataset_version = text_of(surface->dataset_version), .judge = text_of(surface->judge),
    };
}

/* Nothing is known of an answer that never came. */
static void line_without_answer(struct eval_line *line)
{
    line->score = line->latency_ms = line->cost_usd = line->tokens_in = line->tokens_out = NAN;
    line->error = TEXT("no answer within 60 s");
}

static void line_fill(const struct demo_surface *surface, const struct case_facts *facts,
                      uint32_t latency_percent, int noise, struct eval_line *line)
{
    bool passed = line->verdict == EVAL_PASS;
    int score = (int)(passed ? facts->score_passed : facts->score_failed) + noise;
    uint32_t latency_ms = facts->latency_ms * (uint32_t)(100 + 2 * noise) / 100;
    uint32_t tokens_out = facts->tokens_out * (uint32_t)(100 + noise) / 100;
    uint64_t price = (uint64_t)facts->tokens_in * surface->price_in +
                     (uint64_t)tokens_out * surface->price_out;
    line->case_key = facts->key;
    line->score = score / 100.0;
    line->latency_ms = latency_ms * latency_percent / 100;
    line->cost_usd = (double)(price / 100) / 1e6;
    line->tokens_in = facts->tokens_in;
    line->tokens_out = tokens_out;
    line->failure = line->verdict == EVAL_FAIL ? text_of(surface->failure[facts->failure])
                                               : TEXT_NONE;
    line->error = TEXT_NONE;
    if (line->verdict == EVAL_ERROR)
        line_without_answer(line);
}

static bool run_write(struct call *call, const struct demo_world *world,
                      const struct case_facts *facts, size_t at, int *noise, struct out *lines)
{
    const struct demo_surface *surface = world->surface;
    const struct demo_run *run = &world->run[at];
    text prompt_version = call_format(call, "%d", run->prompt_version);
    if (!prompt_version.at)
        return false;
    struct eval_line line = line_of_run(world, run, prompt_version);
    bool has_texts = at + RUNS_WITH_TEXTS >= world->run_count;
    noise_draw(world, at, noise);
    for (uint32_t i = 0; i < surface->case_count; i++) {
        struct json_writer writer;
        line.slice = text_of(surface->slice[i % surface->slice_count]);
        line.verdict = (enum eval_verdict)run->verdict[i];
        line_fill(surface, &facts[i], run->latency_percent, noise[i], &line);
        line.input = line.expected = line.output = line.attributes = TEXT_NONE;
        if (has_texts && facts[i].has_texts &&
            !demo_texts_fill(call, surface, i, facts[i].failure, &line))
            return false;
        json_writer_init(&writer, lines, false);
        plain_write_line(&writer, &line);
        out_char(lines, '\n');
    }
    return !lines->failed;
}

static bool is_of_part(const struct demo_run *run, enum demo_part part)
{
    bool is_last = run->week == DEMO_WEEK_COUNT - 1;
    return part == DEMO_WHOLE || is_last == (part == DEMO_LAST_WEEK);
}

static bool world_write(struct call *call, const struct demo_world *world, enum demo_part part,
                        struct out *lines)
{
    struct case_facts *facts = facts_make(call, world);
    int *noise = call_array(call, world->surface->case_count, sizeof *noise);
    if (!facts || !noise)
        return false;
    for (size_t i = 0; i < world->run_count; i++)
        if (is_of_part(&world->run[i], part) && !run_write(call, world, facts, i, noise, lines))
            return false;
    return true;
}

bool demo_evals(struct call *call, const struct demo_options *options, struct out *lines)
{
    for (size_t i = 0; i < DEMO_SURFACE_COUNT; i++) {
        struct demo_world world;
        if (!demo_world_make(call, options, i, &world) ||
            !demo_plant_into(call, &world, options->plant) ||
            !world_write(call, &world, options->part, lines))
            return false;
    }
    return true;
}

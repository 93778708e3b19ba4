/*
 * The review of an open process: `bench_review STORE` opens the store, and for each line of
 * standard input makes the review of the latest week by the majority of a week's runs ("review"),
 * or of that review the four answers alone: weekly rates, flips, McNemar counts, tail ("answers").
 * It answers with a line of JSON: the seconds and the processor's seconds that it took, and the
 * figures that the bench compares. Memory is kept from one to the next; nothing else is.
 */
#include "app/house_build.h"
#include "app/rooms.h"
#include "rooms/evals/evals_surface.h"
#include "rooms/evals/evals_week.h"
#include "rooms/people/people.h"
#include "store/store.h"

#include <time.h>

enum { MEMORY = 512 * 1024 * 1024, LINE_SIZE = 64 };

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const struct review_options options = { .week_run = WEEK_RUN_MAJORITY, .weeks = 12 };

/* What is compared of one surface. */
struct figures {
    text surface;
    int64_t flips, pass_to_fail, fail_to_pass, tail_passed, tail_baseline_passed;
    double *rate;
    size_t week_count;
};

static void write_figures(struct json_writer *json, const struct figures *figures, size_t count)
{
    json_key(json, "surfaces");
    json_list(json);
    for (size_t i = 0; i < count; i++) {
        const struct figures *surface = &figures[i];
        json_object(json);
        json_put_text(json, "surface", surface->surface);
        json_put_int(json, "flips", surface->flips);
        json_put_int(json, "pass_to_fail", surface->pass_to_fail);
        json_put_int(json, "fail_to_pass", surface->fail_to_pass);
        json_put_int(json, "tail_passed", surface->tail_passed);
        json_put_int(json, "tail_baseline_passed", surface->tail_baseline_passed);
        json_key(json, "rates");
        json_list(json);
        for (size_t at = 0; at < surface->week_count; at++)
            json_real(json, surface->rate[at]);
        json_list_end(json);
        json_object_end(json);
    }
    json_list_end(json);
}

/* --- the whole review --- */

static bool figures_of_review(struct call *call, const struct review *review,
                              struct figures *figures)
{
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        figures[i] = (struct figures){
            .surface = surface->surface,
            .flips = (int64_t)(surface->flip_count + surface->fixed_count),
            .pass_to_fail = surface->pass_to_fail,
            .fail_to_pass = surface->fail_to_pass,
            .tail_passed = surface->tail.passed,
            .tail_baseline_passed = surface->tail.baseline_passed,
            .rate = call_array(call, surface->trend.week_count + 1, sizeof(double)),
            .week_count = surface->trend.week_count,
        };
        if (!figures[i].rate)
            return false;
        for (size_t at = 0; at < figures[i].week_count; at++)
            figures[i].rate[at] = surface->trend.week[at].pass_rate;
    }
    return true;
}

static bool whole_review(struct call *call, struct figures **figures, size_t *count)
{
    struct review review;
    if (!evals_review(call, &options, &review))
        return false;
    *count = review.surface_count;
    *figures = call_array(call, *count + 1, sizeof **figures);
    return *figures && figures_of_review(call, &review, *figures);
}

/* --- the four answers, by the review's own functions --- */

static bool rates_of_weeks(struct call *call, struct surface_input *input, struct figures *figures)
{
    if (!surface_list(call, input))
        return false;
    figures->week_count = input->listed_count;
    figures->rate = call_array(call, input->listed_count + 1, sizeof(double));
    for (size_t i = 0; figures->rate && i < input->listed_count; i++) {
        struct tally tally = verdicts_tally(&input->listed[i].chosen.verdicts);
        figures->rate[i] = (double)tally.passed / (double)tally.cases;
    }
    return figures->rate != NULL;
}

/* The names of the cases that flipped, and how many there are. */
static bool flips_of(struct call *call, const struct surface_input *input, struct figures *figures)
{
    const struct comparison *pairs = &input->comparison;
    const text *lost, *won;
    size_t lost_count, won_count;
    if (!cases_keys(call, input->cases, pairs->pass_to_fail, pairs->case_count, &lost,
                    &lost_count) ||
        !cases_keys(call, input->cases, pairs->fail_to_pass, pairs->case_count, &won, &won_count))
        return false;
    figures->flips = (int64_t)(lost_count + won_count);
    figures->pass_to_fail = pairs->pass_fail;
    figures->fail_to_pass = pairs->fail_pass;
    return true;
}

static bool answers_of(struct call *call, const struct surface_runs *surface, iso_week week,
                       struct suites_cases *suites, struct figures *figures)
{
    struct surface_review review = { .run = TEXT_NONE };
    struct surface_input input = { .surface = surface,
                                   .week = week,
                                   .is_dated = true,
                                   .weeks = options.weeks,
                                   .rule = options.week_run,
                                   .has_baseline = true };
    struct week_runs now = select_week(surface, week), before;
    *figures = (struct figures){ .surface = surface->name };
    input.cases = cases_of(call, suites, surface->suite->id);
    if (!input.cases || !select_week_before(surface, week, &before) ||
        !select_read(call, surface, week - options.weeks + 1, week) ||
        !select_chosen(call, surface, now, input.rule, &input.now) ||
        !select_chosen(call, surface, before, input.rule, &input.baseline) ||
        !surface_history(call, &input) ||
        !compare(call, &input.baseline.verdicts, &input.now.verdicts, surface->nulls,
                 &input.comparison) ||
        !surface_tail(call, &input, &review))
        return false;
    figures->tail_passed = review.tail.passed;
    figures->tail_baseline_passed = review.tail.baseline_passed;
    return flips_of(call, &input, figures) && rates_of_weeks(call, &input, figures);
}

static bool four_answers(struct call *call, struct figures **figures, size_t *count)
{
    struct suites_cases suites = { .count = 0 };
    struct surface_runs *surface;
    bool has_week;
    iso_week week;
    if (!evals_read_ahead(call, &options) || !select_open(call, &options, &surface, count) ||
        !select_latest_week(call, &options, INT32_MAX, surface, *count, &has_week, &week) ||
        !has_week)
        return false;
    const struct run_bounds bounds = run_bounds_of(week, options.weeks, true);
    *figures = call_array(call, *count + 1, sizeof **figures);
    for (size_t i = 0; *figures && i < *count; i++)
        if (!select_runs(call, &options, bounds, &surface[i]) ||
            !answers_of(call, &surface[i], week, &suites, &(*figures)[i]))
            return false;
    return *figures != NULL;
}

static bool answer(struct call *call, bool is_whole)
{
    struct figures *figures;
    size_t count;
    struct json_writer json;
    struct out out;
    double begin = seconds_of(CLOCK_MONOTONIC), used = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    if (!(is_whole ? whole_review : four_answers)(call, &figures, &count))
        return false;
    double took = seconds_of(CLOCK_MONOTONIC) - begin;
    used = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - used;
    out_init_stream(&out, call, stdout);
    json_writer_init(&json, &out, false);
    json_object(&json);
    json_put_real(&json, "seconds", took);
    json_put_real(&json, "processor", used);
    write_figures(&json, figures, count);
    json_object_end(&json);
    out_char(&out, '\n');
    return out_flush(&out);
}

static bool answer_all(struct call *call)
{
    char line[LINE_SIZE];
    if (!people_act_unnamed(call))
        return false;
    struct arena_mark mark = arena_mark(&call->arena);
    while (fgets(line, sizeof line, stdin)) {
        if (!answer(call, strcmp(line, "answers\n") != 0))
            return false;
        call->remembered = NULL; /* what is remembered lies beyond the mark */
        arena_rewind(&call->arena, mark);
    }
    return true;
}

int main(int argc, char **argv)
{
    struct call call;
    struct house house;
    call_init(&call, MEMORY);
    if (argc != 2 || !house_build(&call, rooms, &house)) {
        fprintf(stderr, "usage: bench_review STORE\n");
        return 2;
    }
    /* Of one call: what was made before is not kept for the next. */
    const struct store_options asked = { .where = text_of(argv[1]),
                                         .catalog = &house.catalog,
                                         .is_of_one_call = true };
    struct store *store = store_open(&call, &asked);
    bool done = store && store_attach(&call, store) && answer_all(&call);
    if (!done)
        fprintf(stderr, "bench_review: %s\n", call.fail.sentence);
    store_leave(&call);
    if (store)
        store_close(store);
    call_release(&call);
    return done ? 0 : 1;
}

/*
 * The review of an open process: `bench_review STORE` opens the store, and makes the review of the
 * latest week by the majority of a week's runs once for each line of standard input. It answers
 * with a line of JSON: the seconds and the processor's seconds that it took, and the figures that
 * the bench compares. Memory is kept from one review to the next; nothing else is.
 */
#include "app/house_build.h"
#include "app/rooms.h"
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

static void write_rates(struct json_writer *json, const struct review *review)
{
    json_key(json, "surfaces");
    json_list(json);
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        json_object(json);
        json_put_text(json, "surface", surface->surface);
        json_put_int(json, "flips", (int64_t)(surface->flip_count + surface->fixed_count));
        json_put_int(json, "pass_to_fail", surface->pass_to_fail);
        json_put_int(json, "fail_to_pass", surface->fail_to_pass);
        json_put_int(json, "tail_passed", surface->tail.passed);
        json_put_int(json, "tail_baseline_passed", surface->tail.baseline_passed);
        json_key(json, "rates");
        json_list(json);
        for (size_t at = 0; at < surface->trend.week_count; at++)
            json_real(json, surface->trend.week[at].pass_rate);
        json_list_end(json);
        json_object_end(json);
    }
    json_list_end(json);
}

static bool answer(struct call *call)
{
    static const struct review_options options = { .week_run = WEEK_RUN_MAJORITY, .weeks = 12 };
    struct review review;
    struct json_writer json;
    struct out out;
    double begin = seconds_of(CLOCK_MONOTONIC), used = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    if (!evals_review(call, &options, &review))
        return false;
    double took = seconds_of(CLOCK_MONOTONIC) - begin;
    used = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - used;
    out_init_stream(&out, call, stdout);
    json_writer_init(&json, &out, false);
    json_object(&json);
    json_put_real(&json, "seconds", took);
    json_put_real(&json, "processor", used);
    write_rates(&json, &review);
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
        if (!answer(call))
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
    const struct store_options options = {
        .where = text_of(argv[1]), .catalog = &house.catalog, .is_of_one_call = true
    };
    struct store *store = store_open(&call, &options);
    bool done = store && store_attach(&call, store) && answer_all(&call);
    if (!done)
        fprintf(stderr, "bench_review: %s\n", call.fail.sentence);
    store_leave(&call);
    if (store)
        store_close(store);
    call_release(&call);
    return done ? 0 : 1;
}

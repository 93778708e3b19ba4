/*
 * The ranking of suspects: `bench_suspects CHANGES CASES TURNS` ranks that many changes over that
 * many cases, each change with about half of them touched, once for each turn. It answers with a
 * line of JSON: the seconds of each turn. The same arguments always make the same cases.
 */
#include "engine/bits.h"
#include "engine/suspects.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEMORY = 64 * 1024 * 1024, FAILING_OF = 16 };

/* SplitMix64 (Steele, Lea, Flood 2014): a number for a place, without a state. */
static uint64_t mix(uint64_t place)
{
    place += 0x9e3779b97f4a7c15u;
    place = (place ^ (place >> 30)) * 0xbf58476d1ce4e5b9u;
    place = (place ^ (place >> 27)) * 0x94d049bb133111ebu;
    return place ^ (place >> 31);
}

/* About one case in `one_of`; NULL when there is no memory. */
static uint64_t *some_cases(struct call *call, uint32_t case_count, uint64_t seed, uint64_t one_of)
{
    uint64_t *set = bits_new(call, case_count);
    for (uint32_t i = 0; set && i < case_count; i++)
        if (mix(seed << 32 | i) % one_of == 0)
            bits_set(set, i);
    return set;
}

static bool make(struct call *call, size_t count, struct suspect_change *change,
                 struct suspect_cases *cases)
{
    uint64_t *passed = bits_new(call, cases->case_count);
    for (uint32_t i = 0; passed && i < cases->case_count; i++)
        bits_set(passed, i);
    cases->passed_before = passed;
    cases->newly_passing = bits_new(call, cases->case_count);
    cases->newly_failing = some_cases(call, cases->case_count, 0, FAILING_OF);
    for (size_t i = 0; i < count; i++) {
        change[i] = (struct suspect_change){
            .id = call_format(call, "chg_%zu", i),
            .share = (enum suspect_share)(i % SUSPECT_PROVIDER),
            .has_touched = true,
            .touched = some_cases(call, cases->case_count, i + 1, 2),
        };
        if (!change[i].touched)
            return false;
    }
    return passed && cases->newly_failing && cases->newly_passing;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool answer(struct call *call, size_t count, uint32_t case_count, long turns)
{
    struct suspect_change *change = call_array(call, count, sizeof *change);
    struct suspect_cases cases = { .case_count = case_count };
    const int64_t none_confirmed[SUSPECT_SHARES] = { 0 };
    double share[SUSPECT_SHARES];
    if (!change || !make(call, count, change, &cases))
        return false;
    struct arena_mark mark = arena_mark(&call->arena);
    suspects_learn(none_confirmed, share);
    for (long i = 0; i < turns; i++) {
        struct suspects ranking;
        double begin = seconds();
        if (!suspects_rank(call, change, count, &cases, share, &ranking))
            return false;
        size_t remaining = suspects_remaining(&ranking);
        double took = seconds() - begin;
        printf("%s%.9f", i ? ", " : "{\"seconds\": [", took);
        arena_rewind(&call->arena, mark);
        if (remaining == 0)
            return false;
    }
    printf("]}\n");
    return true;
}

int main(int argc, char **argv)
{
    struct call call;
    long count = argc == 4 ? strtol(argv[1], NULL, 10) : 0,
         case_count = argc == 4 ? strtol(argv[2], NULL, 10) : 0,
         turns = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (count < 1 || case_count < 1 || case_count > INT32_MAX || turns < 1) {
        fprintf(stderr, "usage: bench_suspects CHANGES CASES TURNS\n");
        return 2;
    }
    call_init(&call, MEMORY);
    bool done = answer(&call, (size_t)count, (uint32_t)case_count, turns);
    if (!done)
        fprintf(stderr, "bench_suspects: %s\n", call.fail.sentence);
    call_release(&call);
    return done ? 0 : 1;
}

/*
 * Recurrence rules in memory: `bench_recurrence FILE FROM TO TURNS` expands each line of the file,
 * "YYYY-MM-DD RULE", for the days FROM..TO, and beside it walks those days once for each line. It
 * answers with a line of JSON: the seconds of each turn, those of the walk, and how many days there
 * were.
 */
#include "base/recurrence.h"
#include "base/stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MEMORY = 64 * 1024 * 1024, LINES_MAX = 100000, LINE_BYTES = 1024 };

struct line {
    text rule;
    int64_t first_day;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t lines_read(struct call *call, FILE *file, struct line *line)
{
    char bytes[LINE_BYTES];
    size_t count = 0;
    while (count < LINES_MAX && fgets(bytes, sizeof bytes, file)) {
        text date = text_cut(text_trim(text_of(bytes)), ' ', &line[count].rule);
        line[count].rule = call_text(call, line[count].rule);
        if (!date_read(date, &line[count].first_day) || !line[count].rule.at)
            return 0;
        count++;
    }
    return count;
}

/* The days found, or -1. */
static int64_t expand(struct call *call, const struct line *line, size_t count, int64_t from,
                      int64_t to)
{
    int64_t found = 0;
    for (size_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        struct recurrence_days days;
        if (!recurrence_days(call, line[i].rule, line[i].first_day, from, to, &days) || days.is_cut)
            return -1;
        found += (int64_t)days.count;
        arena_rewind(&call->arena, mark);
    }
    return found;
}

/* One look at each day of each rule. */
static int64_t walk(const struct line *line, size_t count, int64_t from, int64_t to)
{
    int64_t found = 0;
    for (size_t i = 0; i < count; i++)
        for (volatile int64_t day = from; day <= to; day++)
            found += (day - line[i].first_day) % 7 == 0;
    return found;
}

static bool answer(struct call *call, FILE *file, int64_t from, int64_t to, long turns)
{
    struct line *line = call_array(call, LINES_MAX, sizeof *line);
    size_t count = line ? lines_read(call, file, line) : 0;
    double *floors = call_array(call, (size_t)turns, sizeof *floors);
    int64_t found = 0, walked = 0;
    if (count == 0 || !floors)
        return false;
    for (long i = 0; i < turns; i++) {
        double begin = seconds();
        found = expand(call, line, count, from, to);
        double middle = seconds();
        walked += walk(line, count, from, to);
        floors[i] = seconds() - middle;
        printf("%s%.9f", i ? ", " : "{\"seconds\": [", middle - begin);
        if (found < 0)
            return false;
    }
    for (long i = 0; i < turns; i++)
        printf("%s%.9f", i ? ", " : "], \"floor\": [", floors[i]);
    printf("], \"days\": %lld}\n", (long long)found);
    return walked > 0;
}

int main(int argc, char **argv)
{
    struct call call;
    int64_t from, to;
    long turns = argc == 5 ? strtol(argv[4], NULL, 10) : 0;
    if (turns < 1 || !date_read(text_of(argv[2]), &from) || !date_read(text_of(argv[3]), &to)) {
        fprintf(stderr, "usage: bench_recurrence FILE FROM TO TURNS\n");
        return 2;
    }
    FILE *file = fopen(argv[1], "r");
    call_init(&call, MEMORY);
    bool done = file && answer(&call, file, from, to, turns);
    if (!done)
        fprintf(stderr, "bench_recurrence: %s\n", file ? call.fail.sentence : "no such file");
    call_release(&call);
    if (file)
        fclose(file);
    return done ? 0 : 1;
}

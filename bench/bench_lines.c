/*
 * Made-up eval results for the bench, in the plain shape: `bench-lines SURFACES CASES RUNS
 * json|texts|csv|numbers [FIRST]` writes surfaces x cases x runs results to standard output, from
 * surface FIRST on, seven runs a week: lines of 150 to 250 bytes of JSON; the same with the texts
 * of input, output and expected, where the input of a case stays and the output does not; the lines
 * without texts as CSV, for peers that load tables; or surface, week, run, case and pass (0, 1) as
 * numbers alone. The same arguments always give the same lines. It knows nothing of Rondo but the
 * shape.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS_A_WEEK = 7, OUTPUT_BYTES = 1 << 20, DAY_SECONDS = 86400 };

/* 2026-08-24T05:00:00Z, a Monday. */
#define FIRST_RUN ((time_t)1787547600)

/* SplitMix64 (Steele, Lea, Flood 2014): a number for a place, without a state. */
static uint64_t mix(uint64_t place)
{
    place += 0x9e3779b97f4a7c15u;
    place = (place ^ (place >> 30)) * 0xbf58476d1ce4e5b9u;
    place = (place ^ (place >> 27)) * 0x94d049bb133111ebu;
    return place ^ (place >> 31);
}

struct result {
    int surface, run, number;
    char day[32];
    bool is_passed;
    int score, duration_ms, tokens_in, tokens_out; /* the score in thousandths */
};

/* Three cases in ten are hard; a pass falls with hardness and wanders a little from run to run. */
static struct result result_at(int surface, int run, int number, const char *day)
{
    uint64_t case_luck = mix((uint64_t)surface << 32 | (uint64_t)number);
    uint64_t luck = mix(case_luck ^ (uint64_t)run << 7);
    unsigned chance = case_luck % 10 < 3 ? 55 : 94;
    struct result result = { .surface = surface,
                             .run = run,
                             .number = number,
                             .is_passed = luck % 100 < chance,
                             .duration_ms = 400 + (int)(luck >> 20 & 0xffff) % 4000,
                             .tokens_in = 200 + (int)(luck >> 33 & 0xffff) % 900,
                             .tokens_out = 50 + (int)(luck >> 45 & 0xffff) % 400 };
    int points = (int)(luck >> 10 & 0xffff);
    result.score = result.is_passed ? 700 + points % 300 : points % 600;
    snprintf(result.day, sizeof result.day, "%s", day);
    return result;
}

/* Everything but the brace that ends the line. */
static void write_members(const struct result *result)
{
    printf("{\"suite\":\"bench\",\"surface\":\"surface-%03d\",\"run\":\"run-%03d-%03d\","
           "\"started_at\":\"%s\",\"case\":\"case-%05d\",\"pass\":%s,\"score\":0.%03d,\"duration_"
           "s\":%d.%03d,"
           "\"tokens_in\":%d,\"tokens_out\":%d,\"model\":\"larch-large\"",
           result->surface, result->surface, result->run, result->day, result->number,
           result->is_passed ? "true" : "false", result->score, result->duration_ms / 1000,
           result->duration_ms % 1000, result->tokens_in, result->tokens_out);
}

static void write_json(const struct result *result)
{
    write_members(result);
    printf("}\n");
}

/* A text of so many words, drawn by the luck of a place. */
static void write_words(const char *name, uint64_t luck, int count)
{
    enum { WORDS = 20 };
    static const char *const words[WORDS] = { "the",     "refund", "of",       "an",      "order",
                                              "that",    "came",   "late",     "is",      "booked",
                                              "within",  "seven",  "days",     "please",  "send",
                                              "invoice", "number", "customer", "account", "\\n" };
    printf(",\"%s\":\"", name);
    for (int i = 0; i < count; i++)
        printf("%s%s", i ? " " : "", words[mix(luck + (uint64_t)i) % WORDS]);
    printf("\"");
}

static void write_texts(const struct result *result)
{
    uint64_t of_case = mix((uint64_t)result->surface << 32 | (uint64_t)result->number),
             of_run = mix(of_case ^ (uint64_t)result->run << 7);
    write_members(result);
    write_words("input", of_case, 40);
    write_words("output", of_run, 60);
    write_words("expected", mix(of_case), 20);
    printf("}\n");
}

static void write_csv(const struct result *result)
{
    printf("bench,surface-%03d,run-%03d-%03d,%s,case-%05d,%s,0.%03d,%d.%03d,%d,%d,larch-large\n",
           result->surface, result->surface, result->run, result->day, result->number,
           result->is_passed ? "true" : "false", result->score, result->duration_ms / 1000,
           result->duration_ms % 1000, result->tokens_in, result->tokens_out);
}

static void write_numbers(const struct result *result)
{
    printf("%d,%d,%d,%d,%d\n", result->surface, result->run / RUNS_A_WEEK, result->run,
           result->number, result->is_passed);
}

static const struct form {
    const char *name;
    void (*write)(const struct result *);
} forms[] = { { "json", write_json },
              { "texts", write_texts },
              { "csv", write_csv },
              { "numbers", write_numbers } };

static void write_run(int surface, int run, int cases, void (*write)(const struct result *))
{
    time_t at = FIRST_RUN + (time_t)run * DAY_SECONDS + surface;
    struct tm parts;
    char day[32];
    gmtime_r(&at, &parts);
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%SZ", &parts);
    for (int number = 0; number < cases; number++) {
        struct result result = result_at(surface, run, number, day);
        write(&result);
    }
}

static const struct form *form_named(const char *name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    return NULL;
}

int main(int argc, char **argv)
{
    static char room[OUTPUT_BYTES];
    const struct form *form = argc == 5 || argc == 6 ? form_named(argv[4]) : NULL;
    if (!form) {
        fputs("usage: bench-lines SURFACES CASES RUNS json|texts|csv|numbers [FIRST]\n", stderr);
        return 2;
    }
    setvbuf(stdout, room, _IOFBF, sizeof room);
    int first = argc == 6 ? atoi(argv[5]) : 0;
    for (int surface = first; surface < first + atoi(argv[1]); surface++)
        for (int run = 0; run < atoi(argv[3]); run++)
            write_run(surface, run, atoi(argv[2]), form->write);
    return fflush(stdout) == 0 ? 0 : 1;
}

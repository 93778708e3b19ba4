/*
 * A made-up history of evals, drawn from a seed: surfaces of two suites, runs over some
 * weeks, suites that grow, missing cases, errors, trials, several runs a week, judges and
 * models that change, a few cases that break for good. It can be written as a file to
 * import, and says of each result what it drew.
 */
#ifndef RONDO_TEST_EVAL_WORLD_H
#define RONDO_TEST_EVAL_WORLD_H

#include "base/stamp.h"
#include "support/support.h"

enum { WORLD_SURFACES = 3, WORLD_WEEKS = 9, WORLD_RUNS_MAX = 64, WORLD_CASES = 110,
       WORLD_TRIALS_MAX = 3, WORLD_SLICES = 4 };

/* Results of a case in a run: verdicts of its trials by enum verdict; none: not held. */
struct world_case {
    int trials;
    int verdict[WORLD_TRIALS_MAX];
};

struct world_run {
    char name[16], model[16], judge[16];
    int surface, week; /* from 0 */
    stamp started_at;
    struct world_case cases[WORLD_CASES];
};

struct world {
    iso_week first_week;
    struct world_run run[WORLD_RUNS_MAX]; /* by surface, start and name */
    int run_count;
};

/* Which suite ("s0", "s1") a surface is of, and the surface's name. */
int world_suite(int surface);
const char *world_surface_name(int surface);

/* "case-17": not in the order of the numbers. */
const char *world_key(struct call *call, int number);

/* The slice of a case; half of the cases have the tag "even" besides. */
int world_slice(int number);

void world_draw(uint64_t seed, struct world *world);

/* Its results as JSON lines; each run has its own order of cases. */
const char *world_file(struct call *call, const struct world *world);

#endif

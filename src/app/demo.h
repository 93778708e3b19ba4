/*
 * The demo workspace as data: twelve weeks of eval results of one made-up AI product with four
 * surfaces, in the plain shape, and what was changed around them. Results enter through an importer
 * like anybody's. What a review makes of them this part does not know.
 */
#ifndef RONDO_DEMO_H
#define RONDO_DEMO_H

#include "base/stamp.h"

/* Faults that can be planted into the last week; each lives on one surface. */
enum demo_plant {
    DEMO_REGRESSION = 1 << 0, /* a new prompt version breaks one slice */
    DEMO_FLAKY = 1 << 1,      /* a few cases flicker over the weeks, and are off in the last */
    DEMO_PROVIDER = 1 << 2,   /* the provider serves a newer model: worse and slower */
    DEMO_TAIL = 1 << 3,       /* the hardest cases fall while as many others recover */
    DEMO_PLANTS_ALL = DEMO_REGRESSION | DEMO_FLAKY | DEMO_PROVIDER | DEMO_TAIL,
};

enum { DEMO_SEED_DEFAULT = 1 };

struct demo_options {
    uint64_t seed;
    stamp now;
    unsigned plant; /* a set of enum demo_plant */
};

/*
 * Writes the results as JSON lines, the same bytes for the same options. The last week is the ISO
 * week of `now` in UTC, or the one before while it is earlier than Monday 06:00: nothing is dated
 * after `now`.
 */
bool demo_evals(struct call *call, const struct demo_options *options, struct out *lines);

/* Stores the change events of the demo; its results have to be there. */
bool demo_changes(struct call *call, const struct demo_options *options);

/*
 * Reads "regression,tail" or "none"; TEXT_NONE means all. Invalid, naming the words: another word,
 * or `none` beside others.
 */
bool demo_plant_read(struct call *call, text words, unsigned *plant);

#endif

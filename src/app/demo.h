/*
 * The demo workspace as data: a team, twelve weeks of eval results of its made-up AI product with
 * four surfaces, in the plain shape, what was changed around them, and what the team did about
 * them. Results enter through an importer like anybody's. What a review makes of them this part
 * does not know.
 */
#ifndef RONDO_DEMO_H
#define RONDO_DEMO_H

#include "base/stamp.h"
#include "offers/importer.h"

/* Faults that can be planted into the last week; each lives on one surface. */
enum demo_plant {
    DEMO_REGRESSION = 1 << 0, /* a new prompt version breaks one slice */
    DEMO_FLAKY = 1 << 1,      /* a few cases flicker over the weeks, and are off in the last */
    DEMO_PROVIDER = 1 << 2,   /* the provider serves a newer model: worse and slower */
    DEMO_TAIL = 1 << 3,       /* the hardest cases fall while as many others recover */
    DEMO_PLANTS_ALL = DEMO_REGRESSION | DEMO_FLAKY | DEMO_PROVIDER | DEMO_TAIL,
};

enum { DEMO_SEED_DEFAULT = 1 };

/* What was there on the Monday before, when its review was opened, and what came after. */
enum demo_part { DEMO_WHOLE, DEMO_UNTIL_LAST_WEEK, DEMO_LAST_WEEK };

struct demo_options {
    uint64_t seed;
    stamp now;
    unsigned plant; /* a set of enum demo_plant */
    enum demo_part part;
};

/*
 * Writes the results of the part as JSON lines, the same bytes for the same options. The last week
 * is the ISO week of `now` in UTC, or the one before while it is earlier than Monday 06:00: nothing
 * is dated after `now`.
 */
bool demo_evals(struct call *call, const struct demo_options *options, struct out *lines);

/* Sets the call's clock to where the demo begins: the Monday before the last week's. */
bool demo_begin(struct call *call, const struct demo_options *options);

/*
 * Fills a store that has no runs; the call's clock ends at `now`. Whoever acts needs the role
 * owner, and is one of the demo's team.
 */
bool demo_make(struct call *call, const struct importer *const *importers,
               const struct demo_options *options);

/*
 * Reads "regression,tail" or "none"; TEXT_NONE means all. Invalid, naming the words: another word,
 * or `none` beside others.
 */
bool demo_plant_read(struct call *call, text words, unsigned *plant);

#endif

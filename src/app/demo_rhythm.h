/*
 * For the files demo*.c: the weeks of meetings of the demo's team. It took the pack ai-week three
 * weeks before the last week; what is held goes through the same verbs as anybody's.
 */
#ifndef RONDO_DEMO_RHYTHM_H
#define RONDO_DEMO_RHYTHM_H

#include "app/demo_sessions.h"
#include "app/demo_world.h"

enum { DEMO_RHYTHM_WEEKS = 3 };

struct demo_rhythm {
    iso_week last_week;
    unsigned plant;
    rid person[DEMO_PERSON_COUNT];
    struct row ritual[DEMO_DAYS];
};

/* Installs the pack for the team and gives its rituals to the persons; they have to be there. */
bool demo_rhythm_begin(struct call *call, const struct demo_options *options,
                       struct demo_rhythm *rhythm);

/*
 * Holds, or skips, what the team did of the days from..to of that week, as far as it is over by
 * `until`. The call's clock ends at the last of them.
 */
bool demo_rhythm_hold(struct call *call, const struct demo_rhythm *rhythm, int weeks_before,
                      enum demo_day from, enum demo_day to, stamp until);

/* Whether the last week's ritual of that day is over. */
bool demo_rhythm_is_over(struct call *call, const struct demo_rhythm *rhythm, enum demo_day day,
                         stamp now, bool *is_over);

/* What is ready for the rest of the last week: a preparation, and a point somebody brings up. */
bool demo_rhythm_prepare(struct call *call, const struct demo_rhythm *rhythm);

#endif

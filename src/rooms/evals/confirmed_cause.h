/*
 * Room evals: what people found to be the causes of drops, and how often each kind was one: the
 * shares that the next drop's suspects start from.
 */
#ifndef RONDO_CONFIRMED_CAUSE_H
#define RONDO_CONFIRMED_CAUSE_H

#include "rooms/evals/evals_surface.h"

struct confirmed_cause {
    rid surface;
    iso_week week;
    enum suspect_share share;
};

struct confirmed_causes {
    const struct confirmed_cause *cause;
    size_t count;
};

bool confirmed_causes_read(struct call *call, struct confirmed_causes *causes);

/* Of those that the drop can be judged by: how many; `share` is what they and the defaults say. */
int64_t confirmed_causes_shares(const struct confirmed_causes *causes,
                                const struct surface_input *input, double share[SUSPECT_SHARES]);

#endif

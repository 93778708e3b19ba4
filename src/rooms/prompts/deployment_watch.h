/*
 * Room prompts: what was served lately is watched. While a deployment is watched, the last run of
 * each surface is held against the floor of its gate; below it, going back is proposed. Nothing is
 * moved by itself.
 */
#ifndef RONDO_DEPLOYMENT_WATCH_H
#define RONDO_DEPLOYMENT_WATCH_H

#include "offers/agenda.h"
#include "offers/needs.h"
#include "rooms/evals/evals.h"
#include "rooms/prompts/prompts.h"

enum watch_state {
    WATCH_NO_RUN,   /* nothing was measured since: not known */
    WATCH_NO_FLOOR, /* the surface has no gate policy: not known */
    WATCH_HOLDS,
    WATCH_BELOW,    /* the interval of the pass rate has left the floor: go back */
    WATCH_STATES,
};
extern const char *const watch_state_words[WATCH_STATES]; /* of JSON */

/* One surface of a deployment. */
struct watched {
    rid surface;
    enum watch_state state;
    struct run_rate rate; /* of the run; not with WATCH_NO_RUN */
    double floor;         /* not with WATCH_NO_FLOOR */
};

/* How each surface of the prompt does since the deployment. */
bool deployment_watch(struct call *call, const struct row *deployment, struct watched **watched,
                      size_t *count);

/*
 * {"watch_until", "surfaces": [{"surface", "state", "run", "pass_rate", "low", "high", "floor"}]}.
 */
bool deployment_watch_write_json(struct call *call, const struct row *deployment,
                                 struct json_writer *writer);

bool deployment_watch_compile(struct call *call, const struct agenda_ask *ask,
                              struct agenda *agenda);
bool deployment_watch_collect(struct call *call, rid person, struct needs *needs);

#endif

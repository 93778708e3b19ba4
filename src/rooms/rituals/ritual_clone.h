/*
 * Clones: the rituals of one team held by another, or for one surface of the same. A clone keeps
 * which ritual it came from; what its original changes later is offered to it, part by part, and
 * never changes it by itself. What a clone takes or declines is decided until the next change.
 */
#ifndef RONDO_RITUAL_CLONE_H
#define RONDO_RITUAL_CLONE_H

#include "base/json_write.h"
#include "rooms/rituals/ritual_parts.h"

struct clone_wish {
    const rid *ritual; /* which; none: all active ones of `from_team` */
    size_t count;
    rid from_team;
    rid to_team; /* 0: each stays in its own */
    rid surface; /* 0: of none */
    text suffix; /* after a blank at the end of each name; TEXT_NONE: the surface, in brackets */
};

struct clone_made {
    rid ritual;
    rid original;
    bool is_new;
};

struct clones_made {
    struct clone_made *made;
    size_t count;
};

/*
 * Clones in one change. What was cloned there already stays as it is. People come along only as
 * members of the team; the owner is then its lead, else the actor.
 */
bool ritual_clone(struct call *call, const struct clone_wish *wish, struct clones_made *made);

#endif

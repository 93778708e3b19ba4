/*
 * What a team said it would do by a week that is over, and what came of it: one list over all
 * rooms, in the order of the rooms. Reads only.
 */
#ifndef RONDO_PROMISES_H
#define RONDO_PROMISES_H

#include "base/json_write.h"
#include "offers/agenda.h"

enum promise_kept { PROMISE_UNDECIDED, PROMISE_KEPT, PROMISE_NOT_KEPT };

struct promise {
    text title;
    text state; /* the row's own word: "hit", "open" */
    enum promise_kept kept;
    const struct record *record; /* what it is about */
    rid row;
    rid owner; /* a person; 0: nobody */
};

struct promises {
    struct promise *promise;
    size_t count, room;
};

/* Appends one; its texts must live as long as the call. False: the call has failed. */
bool promises_add(struct call *call, struct promises *promises, struct promise promise);

struct promise_source {
    const char *name; /* "updates.bets": the room, a dot, what was promised */
    /* `ask->week` is the week that looks back; `from` and `until` bound the one before it. */
    bool (*collect)(struct call *call, const struct agenda_ask *ask, struct promises *promises);
};

/* What the team promised by the week before `week`, as it stands now. `team` 0: everybody. */
bool promises_collect(struct call *call, rid team, text zone, iso_week week,
                      struct promises *promises);

/* Writes the list of {"id", "record", "title", "state", "kept", "owner"}; undecided is null. */
void promises_write_json(struct call *call, const struct promises *promises,
                         struct json_writer *writer);

#endif

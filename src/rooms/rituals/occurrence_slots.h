/*
 * The occurrences of a stretch of time, in the order of their beginning: those that the rules give,
 * and those that are stored, each once. A slot that is not stored has a key made of its ritual and
 * day, by which every verb takes it.
 */
#ifndef RONDO_OCCURRENCE_SLOTS_H
#define RONDO_OCCURRENCE_SLOTS_H

#include "rooms/rituals/ritual_days.h"

struct occurrence_slot {
    const struct row *ritual;
    const struct row *stored; /* NULL: nothing has happened to it yet */
    int64_t day;              /* of the rule, or of when it was made */
    stamp at, until;          /* when it is held, after moving */
    text state;               /* as stored, or "scheduled"; "cancelled": condition not met */
    text reason;              /* why it is in that state; TEXT_NONE: no reason is needed */
    bool is_missed; /* scheduled, and its time has passed since there is the ritual */
};

struct occurrence_slots {
    struct occurrence_slot *slot;
    size_t count, room;
};

/*
 * The slots of active rituals, and stored ones of any, that begin in from <= at < until. `team` 0:
 * of all teams; else of that team and of the whole workspace. `calendar` has to reach a day
 * further on both sides.
 */
bool occurrence_slots_read(struct call *call, const struct ritual_calendar *calendar, rid team,
                           stamp from, stamp until, struct occurrence_slots *slots);

/* The slots of one ritual, whatever its state. */
bool occurrence_slots_of(struct call *call, const struct ritual_calendar *calendar,
                         const struct row *ritual, stamp from, stamp until,
                         struct occurrence_slots *slots);

/* "OCC-3", or "RIT-2@2026-11-23" when it is not stored. */
text occurrence_slot_key(struct call *call, const struct occurrence_slot *slot);

#endif

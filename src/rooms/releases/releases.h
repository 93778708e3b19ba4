/*
 * Room releases: what may go out, and the only way past a gate that says no. It is small yet: the
 * waiver, which every gate of the house asks for.
 */
#ifndef RONDO_RELEASES_H
#define RONDO_RELEASES_H

#include "catalog/row.h"
#include "offers/room.h"
#include "offers/update_source.h"

enum waiver_field {
    WAIVER_REASON,
    WAIVER_GATE,
    WAIVER_STATE,
    WAIVER_REQUESTER,
    WAIVER_APPROVER,
    WAIVER_EXPIRY,
    WAIVER_COMPENSATING_CONTROL,
    WAIVER_RENEWS,
    WAIVER_RENEWALS,
    WAIVER_APPROVED_AT,
    WAIVER_TEAM,
    WAIVER_FIELDS,
};

extern const struct record waiver_record;
extern const struct update_source releases_update[]; /* releases_update.c */
extern const struct room releases_room;

/* Approved, and its expiry is still to come. */
bool waiver_is_live(const struct row *waiver, stamp now);

/*
 * The live waiver of the gate of a row, the one that lasts longest. `*has` is false when there is
 * none: then the gate decides.
 */
bool waiver_of(struct call *call, const struct record *record, rid id, bool *has,
               struct row *waiver);

#endif

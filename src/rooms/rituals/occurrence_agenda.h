/*
 * The agenda of an occurrence: before it starts what the sources bring now, what was left
 * unfinished the last time and what people added; from its start on the rows that were stored then.
 */
#ifndef RONDO_OCCURRENCE_AGENDA_H
#define RONDO_OCCURRENCE_AGENDA_H

#include "offers/agenda.h"
#include "rooms/rituals/occurrence_slots.h"

/*
 * The agenda items as rows. Those that are not stored have id 0. `last` is the occurrence that was
 * held before, or 0.
 */
bool occurrence_agenda_read(struct call *call, const struct occurrence_slot *slot,
                            const struct agenda_ask *ask, rid last, struct rows *items);

/*
 * Stores the agenda and the steps of a slot that starts, inside its change. Unfinished items of the
 * last occurrence are marked as carried.
 */
bool occurrence_agenda_freeze(struct call *call, const struct occurrence_slot *slot,
                              const struct agenda_ask *ask, rid last);

/* The rows of a record that the occurrence owns, by id. */
bool occurrence_owned_read(struct call *call, const struct record *record, rid occurrence,
                           struct rows *rows);

#endif

/*
 * The minutes of an occurrence: one Markdown text made of what was stored while it was open, kept
 * as a row of its own that nobody changes.
 */
#ifndef RONDO_MINUTES_H
#define RONDO_MINUTES_H

#include "rooms/rituals/occurrence_slots.h"

/* Stores the minutes of a slot that was just closed, inside its change. */
bool minutes_write(struct call *call, const struct occurrence_slot *slot);

/* The minutes of a stored occurrence; false without failure when it has none. */
bool minutes_find(struct call *call, rid occurrence, struct row *minutes);

#endif

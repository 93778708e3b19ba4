/*
 * What happens to an occurrence. States:
 *
 *   scheduled -> open -> closed | held_incomplete
 *   scheduled -> skipped | cancelled     (with a reason)
 *
 * `missed` is no state: it is a scheduled one whose time has passed. Each verb finds its occurrence
 * inside its change, so that of two people who close at once the second is told who was first.
 * A key is OCC-3, RIT-2@2026-11-23, or a ritual by id or name: its open occurrence, else that of
 * today, else the next of this week, else the last of this week, else the next, else the last that
 * was missed.
 */
#ifndef RONDO_OCCURRENCE_RULES_H
#define RONDO_OCCURRENCE_RULES_H

#include "offers/agenda.h"
#include "rooms/rituals/occurrence_outputs.h"

/* The slot that the key means. FAIL_NOT_FOUND when there is none. */
bool occurrence_find(struct call *call, text key, struct occurrence_slot *slot);

/* What the agenda of the slot is compiled for: from the last time it was held up to now. */
bool occurrence_ask(struct call *call, const struct occurrence_slot *slot, struct agenda_ask *ask);

/* The last occurrence of the slot's ritual before it that was held, if there is one. */
bool occurrence_last_held(struct call *call, const struct occurrence_slot *slot, struct row *last,
                          bool *is_found);

/* Starts it: agenda and steps are frozen, unfinished items of the last time come along. */
bool occurrence_open(struct call *call, text key, struct row *occurrence);

/*
 * Ends it and writes its minutes. Refused while something is missing, naming all of it; held
 * incomplete with a reason instead, unless there is more of something than may be.
 */
bool occurrence_close(struct call *call, text key, bool incomplete, text reason,
                      struct row *occurrence);

/* It is not held, by decision, for this reason. */
bool occurrence_skip(struct call *call, text key, text reason, struct row *occurrence);
bool occurrence_cancel(struct call *call, text key, text reason, struct row *occurrence);

/* It is held then instead: at most RITUAL_MOVE_DAYS_MAX days away. */
bool occurrence_move(struct call *call, text key, stamp to, struct row *occurrence);

/* A piece of preparation is done, or not after all. */
bool occurrence_prepare(struct call *call, text key, rid preparation, bool is_done,
                        struct row *occurrence);

/* A person is there, or is not; whoever runs it says so of others. Twice changes nothing. */
bool occurrence_attend(struct call *call, text key, rid person, bool is_there,
                       struct row *occurrence);

/* Something is said; the actor is its author. */
bool occurrence_note_add(struct call *call, text key, text words, struct row *note);

/*
 * Something to talk about, added by a person, until the ritual is over; the item has its title.
 */
bool occurrence_item_add(struct call *call, text key, struct row *item, struct row *occurrence);

#endif

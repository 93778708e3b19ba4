/*
 * Drafts: the update of a week as the house would begin it. Every part starts with what the rooms
 * bring; what only people know stays empty.
 */
#ifndef RONDO_UPDATE_DRAFT_H
#define RONDO_UPDATE_DRAFT_H

#include "offers/agenda.h"
#include "rooms/updates/updates.h"

/* The week that is asked for, by a word or as this week; as text. Fails at "week". */
bool update_week(struct call *call, rid team, text word, text *week);

/* The stored update of the week and team; false without failure when there is none. */
bool update_find(struct call *call, rid team, text week, struct row *update);

/* Fills the parts of a row from what the rooms bring for that stretch of time. */
bool update_draft_fill(struct call *call, const struct agenda_ask *ask, struct row *update);

/* The stored one, else one that is not stored (id 0), filled from what the rooms bring. */
bool update_draft_make(struct call *call, rid team, text week, struct row *update);

/* The same, stored. `*is_new` says whether it was not there before. */
bool update_draft_store(struct call *call, rid team, text week, struct row *update, bool *is_new);

#endif

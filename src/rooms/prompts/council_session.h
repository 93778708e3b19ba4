/* Room prompts: what the council says comes out of its session, while that is open. */
#ifndef RONDO_COUNCIL_SESSION_H
#define RONDO_COUNCIL_SESSION_H

#include "catalog/row.h"

/*
 * Links what was said of a change to each open ritual that has the council's queue on its agenda,
 * and is of the change's team or of none: it stands in the minutes with name and note, and what
 * was decided counts as a decision. Nothing happens while there is none.
 */
bool council_session_keep(struct call *call, const struct row *review);

#endif

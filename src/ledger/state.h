/* States of rows and roles of persons, as words and as rules. */
#ifndef RONDO_STATE_H
#define RONDO_STATE_H

#include "catalog/row.h"

/* The word in the row's state field. */
text state_of(const struct row *row);

/*
 * Sets the state in `row` by a transition's verb. A refusal names the verbs that are possible now.
 * ledger_update checks role and guard of every change of state, whoever set it.
 */
bool state_move(struct call *call, struct row *row, const char *verb);

/* The transition between two states, or NULL. */
const struct transition *state_transition(const struct record *record, text from, text to);

/*
 * A change of state must be a transition whose role and guard
 * are satisfied. Records without states pass.
 */
bool state_check(struct call *call, const struct row *before, const struct row *after);

/*
 * The state that a new row begins with: the field's fallback, or what leads there from any state.
 */
bool state_check_new(struct call *call, const struct row *row);

/*
 * The actor's roles where the row belongs: in its team and in the workspace. What belongs to no
 * team may be written by members of any; the other roles must then be held for the workspace.
 */
unsigned role_held(const struct call *call, const struct row *row);

/* The first of a set of roles as a word; "none" for none. */
const char *role_words(unsigned roles);
bool role_read(text word, unsigned *role);

#endif

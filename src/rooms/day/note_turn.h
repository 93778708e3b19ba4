/*
 * A note becomes a row of another record: the row, a link back and the note's end, in one change.
 */
#ifndef RONDO_NOTE_TURN_H
#define RONDO_NOTE_TURN_H

#include "catalog/row.h"

struct note_turn {
    text into;  /* "action": the name of a record */
    text owner; /* a person, as people write it; TEXT_NONE: nobody is named */
    text due;   /* a day; TEXT_NONE: none */
};

/* Refuses records that cannot be made of a title, naming those that can. Makes its change. */
bool note_turn(struct call *call, const struct row *note, const struct note_turn *turn,
               struct row *made);

#endif

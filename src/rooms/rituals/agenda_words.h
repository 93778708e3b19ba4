/* The agenda of one day of a ritual as Markdown: what it will be, or was when it began. */
#ifndef RONDO_AGENDA_WORDS_H
#define RONDO_AGENDA_WORDS_H

#include "rooms/rituals/occurrence_slots.h"

/* When, who leads it, what there is to talk about, and what has to come out of it. */
bool agenda_words_write(struct call *call, const struct occurrence_slot *slot, struct out *out);

#endif

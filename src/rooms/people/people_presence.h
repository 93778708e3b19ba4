/* What is said of a person's presence under the person's name; the rest is in people.h. */
#ifndef RONDO_PEOPLE_PRESENCE_H
#define RONDO_PEOPLE_PRESENCE_H

#include "rooms/people/people.h"

/* The remark of a person's row: "away until 2026-12-04", or nothing. */
bool people_remark(struct call *call, const struct row *person, text *words);

#endif

/*
 * Time to prepare: before each ritual that a person owns and that has something to prepare, half an
 * hour in this person's calendar, as late as no time that the person keeps is touched.
 */
#ifndef RONDO_PREPARATION_BLOCK_H
#define RONDO_PREPARATION_BLOCK_H

#include "offers/calendar.h"

/* Adds those of the ask's person, behind what is there; none for a calendar of nobody. */
bool preparation_blocks_add(struct call *call, const struct calendar_ask *ask,
                            struct calendar *calendar);

#endif

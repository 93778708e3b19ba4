/*
 * Room updates: the one-pager with which a team goes into a meeting: what is open, what is to be
 * decided, what is in the way, and what was promised. Every line is a row of some room.
 */
#ifndef RONDO_TALKING_POINTS_H
#define RONDO_TALKING_POINTS_H

#include "offers/agenda.h"

/* As Markdown; `team` 0: the whole workspace. */
bool talking_points(struct call *call, rid team, text *markdown);

#endif

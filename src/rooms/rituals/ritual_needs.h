/*
 * What the rituals need of a person: the owner is asked about what was not held, names another for
 * a role whose person left, and looks again at what rests; who leads one prepares what comes in the
 * next two working days, and closes it. Two
 * silent misses in a row go to the team's lead, too, or without one to the owners of the workspace.
 */
#ifndef RONDO_RITUAL_NEEDS_H
#define RONDO_RITUAL_NEEDS_H

#include "offers/needs.h"

extern const struct need_source ritual_needs[];

#endif

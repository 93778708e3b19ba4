/* All rooms of the house, one line each. */
#ifndef RONDO_ROOMS_H
#define RONDO_ROOMS_H

#include "offers/room.h"

extern const struct room *const rooms[]; /* ended by NULL */

#endif

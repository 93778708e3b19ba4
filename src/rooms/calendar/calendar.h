/*
 * Room calendar: the rhythm where people live. Calendars of others are read, recurrence rules are
 * expanded; what rooms bring goes out as feeds.
 */
#ifndef RONDO_CALENDAR_ROOM_H
#define RONDO_CALENDAR_ROOM_H

#include "offers/room.h"

extern const struct room calendar_room;

#endif

/*
 * What room rituals brings to calendars: each ritual once, with its rule, the days on which it is
 * not held, and those that were moved or called off; holidays.
 */
#ifndef RONDO_RITUAL_EVENTS_H
#define RONDO_RITUAL_EVENTS_H

#include "offers/calendar.h"

extern const struct calendar_source ritual_events[];

#endif

/* What room actions brings to calendars: the days on which open actions are due. */
#ifndef RONDO_ACTIONS_CALENDAR_H
#define RONDO_ACTIONS_CALENDAR_H

#include "offers/calendar.h"

extern const struct calendar_source actions_calendar[];

#endif

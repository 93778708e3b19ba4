/* What room releases brings to calendars: the days on which waivers end. */
#ifndef RONDO_WAIVER_CALENDAR_H
#define RONDO_WAIVER_CALENDAR_H

#include "offers/calendar.h"

extern const struct calendar_source waiver_calendar[];

#endif

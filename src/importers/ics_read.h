/*
 * Reading iCalendar (RFC 5545) as others write it: any line ends, a BOM, folds inside characters,
 * small letters, zones of Windows or missing ones, several calendars in one file. What is broken is
 * left out with its line; the rest is read. Nothing that it names is fetched. Knows no rows.
 */
#ifndef RONDO_ICS_READ_H
#define RONDO_ICS_READ_H

#include "importers/ics_calendar.h"

/* `bytes` are read and not kept. FAIL_INVALID when it is no calendar, FAIL_TOO_LARGE over a cap. */
bool ics_read(struct call *call, text bytes, struct ics_calendar *calendar);

#endif

/*
 * Names of zones in other people's calendars as IANA names: those of Windows (CLDR's table, the
 * zone of each territory "001"), and IANA names behind a prefix ("/mozilla.org/.../Europe/Berlin").
 */
#ifndef RONDO_ICS_ZONE_NAMES_H
#define RONDO_ICS_ZONE_NAMES_H

#include "base/call.h"

/* TEXT_NONE: nobody knows it. The result is a view of `name`, or lives as long as the program. */
text ics_zone_name(text name);

#endif

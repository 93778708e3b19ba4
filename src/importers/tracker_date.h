/*
 * Dates as Pivotal Tracker writes them, a day without zone: "Nov 22, 2014" or 11/22/2014, the month
 * first in both.
 */
#ifndef RONDO_TRACKER_DATE_H
#define RONDO_TRACKER_DATE_H

#include "base/text.h"

/* Days since 1970-01-01. False: no date; an empty text is none either. */
bool tracker_date_read(text source, int64_t *days);

/* The form with the month's name only, which comments end with. */
bool tracker_date_read_named(text source, int64_t *days);

#endif

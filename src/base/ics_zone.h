/*
 * A time zone as a VTIMEZONE (RFC 5545, 3.6.5). Where the clock is changed by a yearly rule, that
 * rule is written from 1970 on, as the readers that know nothing else want it (Outlook passes over
 * lists of dates); where it is not, each change of the coming years is written by itself. The rule
 * is the one of these years: of the past it says what it would have been.
 */
#ifndef RONDO_ICS_ZONE_H
#define RONDO_ICS_ZONE_H

#include "base/stamp.h"

/* The zone for a calendar in which nothing begins before `from`. False: the call has failed. */
bool ics_zone_write(struct call *call, text zone, stamp from, struct out *out);

#endif

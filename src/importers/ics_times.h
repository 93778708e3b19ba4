/*
 * What a property of an event says of time: an instant or a day, or how long something is. For
 * ics_read.c and ics_rdates.c.
 */
#ifndef RONDO_ICS_TIMES_H
#define RONDO_ICS_TIMES_H

#include "importers/ics_raw.h"

/*
 * One value as an instant or a day. `*name` becomes the zone's name, where it has one. `*is_good`
 * false: the event is left out, and that is told.
 */
bool ics_times_read(struct ics_raw *raw, const struct ics_line *line, text word,
                    struct ics_time *time, text *name, bool *is_good);

/* "P1DT2H30M", "-PT15M", "P2W" in microseconds. False: it is no duration. */
bool ics_times_length(text word, stamp *length);

#endif

/*
 * Further dates of an event (RDATE): occurrences beside those of its rule, as instants, days or
 * periods. For ics_read.c.
 */
#ifndef RONDO_ICS_RDATES_H
#define RONDO_ICS_RDATES_H

#include "importers/ics_raw.h"

struct ics_span {
    struct ics_time start, end;
};

/* In rising order, each start once; without the event's own and without those left out. */
struct ics_rdates {
    struct ics_span *span;
    size_t count;
};

/* The lines of one event: those with further dates, and the one with its start. */
struct ics_rdate_lines {
    const struct ics_line **line;
    size_t count, room;
    const struct ics_line *start;
};

/*
 * What they say of the event, whose start, end and days without are known. What is no date is
 * passed over and told; FAIL_TOO_LARGE over the cap. `*is_good` false: the event is left out.
 */
bool ics_rdates_read(struct ics_raw *raw, const struct ics_rdate_lines *lines,
                     const struct ics_event *event, struct ics_rdates *rdates, bool *is_good);

/*
 * The event's occurrences that are otherwise, with its further dates among them: each stands for
 * itself, unless one of those there is of its instant.
 */
bool ics_rdates_join(struct call *call, const struct ics_rdates *rdates, struct ics_event *event);

#endif

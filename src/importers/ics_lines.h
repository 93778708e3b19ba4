/*
 * The lines of an iCalendar file, one pass over a copy: unfolded in place, with the number of the
 * line each begins at; and a content line as name, parameters and value.
 */
#ifndef RONDO_ICS_LINES_H
#define RONDO_ICS_LINES_H

#include "base/call.h"

struct ics_lines {
    char *at;          /* a copy that is unfolded as it is read */
    size_t size, next; /* `next`: what is not read yet */
    size_t number;     /* of the last line that was read */
    size_t line_feed, carriage_return; /* the first of each at or behind `next`, or the size */
};

bool ics_lines_open(struct call *call, text bytes, struct ics_lines *lines);

/* The next line that is not empty. `*began` is its number. False at the end. */
bool ics_lines_next(struct ics_lines *lines, text *line, size_t *began);

struct ics_property {
    text name;       /* as written */
    text parameters; /* "TZID=Europe/Berlin;VALUE=DATE", or empty */
    text value;
};

/* False: it is no content line. */
bool ics_property_read(text line, struct ics_property *property);

/* The value of a parameter, without its quotes; TEXT_NONE: it is not there. */
text ics_parameter(const struct ics_property *property, const char *name);

#endif

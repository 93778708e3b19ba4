/*
 * Public holidays out of an iCalendar file, into a holiday calendar. A day that the calendar has
 * already stays; what a file no longer has stays, too: rituals of the past were held around it.
 */
#ifndef RONDO_HOLIDAY_IMPORT_H
#define RONDO_HOLIDAY_IMPORT_H

#include "base/out.h"
#include "importers/ics_calendar.h"
#include "store/find.h"

/* One file on its way into a calendar, and what came of it. */
struct holiday_import {
    rid calendar;
    struct rows known;     /* what the calendar holds */
    int64_t fresh, before; /* days that are new, and that it had */
    struct out notes;      /* a line for each event that is no holiday, and why */
    size_t note_count;
};

/*
 * Takes what was read into that calendar; `calendar` 0: into the one of that name, which is made
 * when there is none. All of it, or nothing. Fails when there is no holiday in it, and where the
 * actor may not write.
 */
bool holiday_import(struct call *call, rid calendar, text name, const struct ics_calendar *read,
                    struct holiday_import *import);

#endif

/*
 * Texts of iCalendar (RFC 5545): escaping of TEXT values, and folding of content lines. Knows no
 * components and no properties; the same rules write and read.
 */
#ifndef RONDO_ICS_TEXT_H
#define RONDO_ICS_TEXT_H

#include "base/call.h"

/* Octets of a line, the leading blank of a continuation included. */
enum { ICS_LINE_OCTETS = 75 };

/* \ ; , get a backslash, a line end (LF, CR or CR LF) becomes \n. `at` is NULL: the call failed. */
text ics_text_escape(struct call *call, text plain);

/* And back: \n and \N are a line end; a backslash before anything else stands for itself. */
text ics_text_unescape(struct call *call, text raw);

/*
 * Takes the next folded line off a content line without line ends: as many octets as there may be,
 * never part of a UTF-8 character. The continuations lack their blank: `is_first` says whether one
 * has to be counted.
 */
text ics_text_fold(text *rest, bool is_first);

#endif

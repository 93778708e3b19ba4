/*
 * Foreign text on a terminal: how wide it is, where to cut it, and what to show for characters that
 * would move the cursor, turn the direction of writing or are no characters at all. They are shown
 * as escapes, as in "\x1b" or "\u202e", so that a hostile name can be seen and does nothing. Knows
 * nothing of tables, colours or lines.
 */
#ifndef RONDO_VISIBLE_H
#define RONDO_VISIBLE_H

#include "base/out.h"

enum { VISIBLE_ROOM = 12 };

/*
 * Takes one character off the front of `rest`, which must not be empty. `room` receives the bytes
 * to show (an escape, or the character itself), `*width` the columns they take: 0 for combining
 * marks, 2 for wide East Asian characters and emoji. Returns the number of bytes.
 */
size_t visible_next(text *rest, char room[VISIBLE_ROOM], int *width);

/* The columns that the text takes once it is shown. */
int visible_width(text whole);

/* The text as it may be shown: itself when there is nothing to escape, else a copy. `at` is NULL
 * when the call failed. */
text visible_text(struct call *call, text whole);

/* Writes the text as it may be shown. */
void visible_write(struct out *out, text whole);

/* The longest start of the text, cut between characters, that takes at most `width` columns. */
text visible_until(text whole, int width);

#endif

/*
 * What a stream is for the person who reads it: a terminal or not, how wide, with colours or
 * without. Knows nothing of what is written. Off a terminal there are no colours and nothing is
 * cut, so that pipes get the whole text.
 */
#ifndef RONDO_TERMINAL_H
#define RONDO_TERMINAL_H

#include "base/out.h"

struct terminal {
    bool is_terminal;
    bool has_colours;
    int width; /* in columns */
};

enum { TERMINAL_WIDTH_DEFAULT = 80 };

enum paint {
    PAINT_NONE,
    PAINT_BOLD,
    PAINT_DIM,
    PAINT_GREEN,
    PAINT_RED,
    PAINT_YELLOW,
    PAINT_BLUE,
    PAINT_COUNT,
};

/* The descriptor is a terminal that can be drawn on: TERM is neither missing, empty nor "dumb". */
bool terminal_is(int descriptor);

/* Columns: what the kernel says of the terminal, else COLUMNS, else 80. */
int terminal_width(int descriptor);

/* All of it. Colours: on a terminal, unless NO_COLOR is set and not empty, or `no_colour` was asked
 * for. */
struct terminal terminal_of(int descriptor, bool no_colour);

/* Writes the text in that paint; plain without colours. The text is written as it is: see visible.h
 * for foreign text. */
void paint(struct out *out, const struct terminal *terminal, enum paint paint, text words);

#endif

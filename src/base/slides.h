/*
 * A deck in Marp's Markdown cut into its slides. Front matter says how all of them look; a rule
 * (`---`) begins the next slide, and so does a heading where `headingDivider` says it; comments are
 * either directives (`_class: lead` for one slide, `class: lead` from there on) or what the speaker
 * says. Reads only what it knows; what is in code is never a cut.
 */
#ifndef RONDO_SLIDES_H
#define RONDO_SLIDES_H

#include "base/out.h"

enum { SLIDES_MAX = 400, SLIDES_DIVIDER_MAX = 6 };

struct slide {
    text markdown;   /* comments are still in it: they are not shown */
    size_t at;       /* where it begins in the source */
    text classes;    /* "lead", "lead invert": letters, digits, `-`; empty: none */
    text header, footer;
    bool has_number; /* shows its number */
    text notes;      /* of the speaker; empty: none */
};

struct slides {
    text theme;          /* default, gaia or uncover */
    bool is_narrow;      /* 4:3; else 16:9 */
    int heading_divider; /* headings up to this level begin a slide; 0: none do */
    struct slide *slide; /* at least one */
    size_t count, room;
};

extern const char *const slides_themes[]; /* ended by NULL; the first where none is known */

/* FAIL_TOO_LARGE above MARKDOWN_BYTES_MAX or SLIDES_MAX. */
bool slides_read(struct call *call, text source, struct slides *slides);

/* The number, from 1, of the slide that holds the byte. */
size_t slides_at(const struct slides *slides, size_t at);

/*
 * All slides as one file that needs no other: arrow keys turn the slides, each prints as one page.
 * Nothing in it is loaded from elsewhere, no raw HTML of the deck gets in, and its own policy
 * forbids every script but the one it comes with.
 */
bool slides_write_html(struct call *call, const struct slides *slides, text title,
                       struct out *out);

/* The text with `&`, `<`, `>` and quotes as HTML writes them. */
void slides_write_escaped(struct out *out, text words);

#endif

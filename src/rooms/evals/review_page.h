/*
 * What a page of the review says, in which order, whatever it is written on: a pen draws titles,
 * facts and tables for the terminal or as Markdown. The words that reach a pen hold foreign text as
 * it came; making it harmless is the pen's work.
 */
#ifndef RONDO_REVIEW_PAGE_H
#define RONDO_REVIEW_PAGE_H

#include "offers/grid.h"
#include "rooms/evals/evals_review.h"

struct review_pen {
    struct call *call;
    struct out *out;
    struct terminal terminal; /* for a pen that draws on one */
    void (*title)(const struct review_pen *pen, text words);
    void (*paragraph)(const struct review_pen *pen, text words);
    void (*surface)(const struct review_pen *pen, text name, enum paint paint, const char *verdict);
    void (*sentence)(const struct review_pen *pen, text words);
    void (*fact)(const struct review_pen *pen, const char *label, enum paint paint, text words);
    /* Columns as in grid.h; cells row by row. */
    void (*table)(const struct review_pen *pen, const struct grid_column *column, const text *cell,
                  size_t cell_count);
    void (*after_table)(const struct review_pen *pen, text words);
};

void review_page(const struct review_pen *pen, const struct review *review);
void review_page_comparison(const struct review_pen *pen, const struct surface_review *surface);

/* The flips to fail and to no verdict as a table; nothing without flips. */
void review_page_flips(const struct review_pen *pen, const struct surface_review *surface);

/* Who is suspected of a drop, what is said of it, and the reruns that would tell. */
void review_page_suspects(const struct review_pen *pen, const struct surface_review *surface);

#endif

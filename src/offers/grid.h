/*
 * Rows and columns for a person's eye: cells are pushed row by row and written once, aligned by the
 * columns that characters take. Foreign text may be pushed as it is; what would move the cursor is
 * shown as an escape. On a terminal too narrow for a row the widest left-aligned columns are cut
 * with an ellipsis; elsewhere nothing is ever cut. Knows nothing of what the cells mean.
 */
#ifndef RONDO_GRID_H
#define RONDO_GRID_H

#include "offers/terminal.h"

enum grid_align { GRID_LEFT, GRID_RIGHT };

struct grid_column {
    const char *heading;
    enum grid_align align;
};

enum { GRID_COLUMNS_MAX = 32 };

struct grid_cell {
    text text;
    enum paint paint;
    int width; /* columns it takes */
};

struct grid {
    struct call *call;
    const struct grid_column *column;
    size_t column_count;
    struct grid_cell *cell; /* rows one after another */
    size_t cell_count;
    size_t room;
    bool failed;
};

/* Columns end with one without a heading ("" is a heading) and stay the caller's. At most
 * GRID_COLUMNS_MAX. */
void grid_init(struct grid *grid, struct call *call, const struct grid_column *column);

/* Pushes the next cell. The text must live until the grid is written. */
void grid_push(struct grid *grid, text words);
void grid_push_painted(struct grid *grid, enum paint paint, text words);
/* A short cell: numbers, a date; at most 255 bytes. */
void grid_format(struct grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes headings and rows, a line each; the last row must be whole. False: the call has failed,
 * now or while pushing. */
bool grid_write(const struct grid *grid, struct out *out, const struct terminal *terminal);

#endif

/* See grid.h. */
#include "offers/grid.h"

#include "base/visible.h"

#include <assert.h>
#include <stdarg.h>

enum { GRID_GAP = 2, GRID_NARROWEST = 8, GRID_CELLS_FIRST = 64 };

void grid_init(struct grid *grid, struct call *call, const struct grid_column *column)
{
    *grid = (struct grid){ .call = call, .column = column };
    while (column[grid->column_count].heading)
        grid->column_count++;
    assert(grid->column_count > 0 && grid->column_count <= GRID_COLUMNS_MAX);
}

static bool grid_reserve(struct grid *grid)
{
    if (grid->failed || grid->cell_count < grid->room)
        return !grid->failed;
    size_t room = grid->room ? grid->room * 2 : GRID_CELLS_FIRST;
    struct grid_cell *grown =
        call_grow(grid->call, grid->cell, grid->room * sizeof *grown, room * sizeof *grown);
    if (!grown) {
        grid->failed = true;
        return false;
    }
    grid->cell = grown;
    grid->room = room;
    return true;
}

void grid_push_painted(struct grid *grid, enum paint paint, text words)
{
    if (!grid_reserve(grid))
        return;
    struct grid_cell *cell = &grid->cell[grid->cell_count];
    cell->text = visible_text(grid->call, words);
    if (!cell->text.at) {
        grid->failed = true;
        return;
    }
    cell->paint = paint;
    cell->width = visible_width(cell->text);
    grid->cell_count++;
}

void grid_push(struct grid *grid, text words)
{
    grid_push_painted(grid, PAINT_NONE, words);
}

void grid_format(struct grid *grid, const char *format, ...)
{
    char room[256];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(room, sizeof room, format, arguments);
    va_end(arguments);
    assert(size >= 0 && (size_t)size < sizeof room); /* longer text is pushed */
    text copy = call_text(grid->call, (text){ room, (size_t)size });
    if (copy.at)
        grid_push(grid, copy);
    else
        grid->failed = true;
}

static void grid_measure(const struct grid *grid, int width[GRID_COLUMNS_MAX])
{
    for (size_t i = 0; i < grid->column_count; i++)
        width[i] = visible_width(text_of(grid->column[i].heading));
    for (size_t i = 0; i < grid->cell_count; i++)
        if (grid->cell[i].width > width[i % grid->column_count])
            width[i % grid->column_count] = grid->cell[i].width;
}

/* The widest left-aligned column that may still lose a character, or column_count. */
static size_t grid_widest(const struct grid *grid, const int width[GRID_COLUMNS_MAX])
{
    size_t widest = grid->column_count;
    for (size_t i = 0; i < grid->column_count; i++)
        if (grid->column[i].align == GRID_LEFT && width[i] > GRID_NARROWEST &&
            (widest == grid->column_count || width[i] > width[widest]))
            widest = i;
    return widest;
}

static void grid_narrow(const struct grid *grid, int width[GRID_COLUMNS_MAX], int limit)
{
    int sum = GRID_GAP * ((int)grid->column_count - 1);
    for (size_t i = 0; i < grid->column_count; i++)
        sum += width[i];
    for (; sum > limit; sum--) {
        size_t widest = grid_widest(grid, width);
        if (widest == grid->column_count)
            return;
        width[widest]--;
    }
}

static struct grid_cell cell_cut(struct call *call, struct grid_cell cell, int width)
{
    if (cell.width <= width)
        return cell;
    text start = visible_until(cell.text, width - 1);
    cell.text = call_format(call, "%.*s\u2026", TEXT_FMT(start));
    cell.width = visible_width(start) + 1;
    return cell;
}

static void grid_write_row(const struct grid *grid, const struct grid_cell *row,
                           const int width[GRID_COLUMNS_MAX], struct out *out,
                           const struct terminal *terminal)
{
    size_t gap = 0; /* blanks owed; what nothing follows is never written */
    for (size_t i = 0; i < grid->column_count; i++) {
        struct grid_cell cell = cell_cut(grid->call, row[i], width[i]);
        size_t blanks = (size_t)(width[i] - cell.width);
        bool is_right = grid->column[i].align == GRID_RIGHT;
        if (cell.text.size) {
            out_repeat(out, ' ', gap + (is_right ? blanks : 0));
            paint(out, terminal, cell.paint, cell.text);
            gap = is_right ? 0 : blanks;
        } else {
            gap += blanks;
        }
        gap += GRID_GAP;
    }
    out_char(out, '\n');
}

static void grid_write_headings(const struct grid *grid, const int width[GRID_COLUMNS_MAX],
                                struct out *out, const struct terminal *terminal)
{
    struct grid_cell heading[GRID_COLUMNS_MAX];
    for (size_t i = 0; i < grid->column_count; i++) {
        text words = text_of(grid->column[i].heading);
        heading[i] =
            (struct grid_cell){ .text = words, .paint = PAINT_BOLD, .width = visible_width(words) };
    }
    grid_write_row(grid, heading, width, out, terminal);
}

bool grid_write(const struct grid *grid, struct out *out, const struct terminal *terminal)
{
    if (grid->failed)
        return false;
    assert(grid->cell_count % grid->column_count == 0);
    int width[GRID_COLUMNS_MAX];
    grid_measure(grid, width);
    if (terminal->is_terminal)
        grid_narrow(grid, width, terminal->width);
    grid_write_headings(grid, width, out, terminal);
    for (size_t i = 0; i < grid->cell_count; i += grid->column_count)
        grid_write_row(grid, grid->cell + i, width, out, terminal);
    return !out->failed && grid->call->fail.kind == FAIL_NONE;
}

/* See portfolio.h: the grid as JSON, as CSV and on a terminal. */
#include "base/formula_guard.h"
#include "offers/grid.h"
#include "rooms/rituals/portfolio.h"

/* The numbers of a cell, in the order in which they are told. */
enum { NUMBERS = 6 };
static const char *const number_names[NUMBERS] = { "expected", "held",   "incomplete",
                                                   "skipped",  "missed", "cancelled" };

static void numbers_of(const struct portfolio_cell *cell, int64_t number[NUMBERS])
{
    number[0] = portfolio_expected(cell);
    number[1] = cell->held;
    number[2] = cell->incomplete;
    number[3] = cell->skipped;
    number[4] = cell->missed;
    number[5] = cell->cancelled;
}

static bool has_something(const struct portfolio_cell *cell)
{
    return portfolio_expected(cell) || cell->cancelled;
}

static const struct portfolio_cell *cell_at(const struct portfolio *portfolio, size_t row,
                                            size_t column)
{
    return &portfolio->cell[row * portfolio->column_count + column];
}

/* --- JSON --- */

static void write_cell(const struct portfolio_cell *cell, struct json_writer *writer)
{
    int64_t number[NUMBERS];
    if (!has_something(cell)) {
        json_null(writer);
        return;
    }
    numbers_of(cell, number);
    json_object(writer);
    for (int i = 0; i < NUMBERS; i++)
        json_put_int(writer, number_names[i], number[i]);
    json_object_end(writer);
}

static void open_line(const struct portfolio_line *line, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "id", line->id);
    json_put_text(writer, "name", line->name);
    json_key(writer, "total");
    write_cell(&line->total, writer);
}

static void write_row(const struct portfolio *portfolio, size_t row, struct json_writer *writer)
{
    open_line(&portfolio->row[row], writer);
    json_key(writer, "cells");
    json_list(writer);
    for (size_t i = 0; i < portfolio->column_count; i++)
        write_cell(cell_at(portfolio, row, i), writer);
    json_list_end(writer);
    json_object_end(writer);
}

void portfolio_write_json(const struct portfolio *portfolio, struct json_writer *writer)
{
    json_object(writer);
    json_put_int(writer, "weeks", portfolio->wish.weeks);
    json_put_string(writer, "rows_by", portfolio->wish.by_surface ? "surface" : "team");
    json_put_string(writer, "columns_by", portfolio->wish.by_ritual ? "ritual" : "week");
    json_key(writer, "columns");
    json_list(writer);
    for (size_t i = 0; i < portfolio->column_count; i++) {
        open_line(&portfolio->column[i], writer);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_key(writer, "rows");
    json_list(writer);
    for (size_t i = 0; i < portfolio->row_count; i++)
        write_row(portfolio, i, writer);
    json_list_end(writer);
    json_key(writer, "total");
    write_cell(&portfolio->total, writer);
    json_object_end(writer);
}

/* --- CSV --- */

/* A name that a spreadsheet would run as a formula is a text. */
static void put_name(text name, struct out *out)
{
    out_char(out, '"');
    if (formula_guard_needed(name))
        out_char(out, '\'');
    for (size_t i = 0; i < name.size; i++) {
        if (name.at[i] == '"')
            out_char(out, '"');
        out_char(out, name.at[i]);
    }
    out_char(out, '"');
}

static void put_csv_line(text row, text column, const struct portfolio_cell *cell,
                         struct out *out)
{
    int64_t number[NUMBERS];
    if (!has_something(cell))
        return;
    numbers_of(cell, number);
    put_name(row, out);
    out_char(out, ',');
    put_name(column, out);
    for (int i = 0; i < NUMBERS; i++)
        out_format(out, ",%lld", (long long)number[i]);
    out_string(out, "\r\n");
}

void portfolio_write_csv(const struct portfolio *portfolio, struct out *out)
{
    out_string(out, portfolio->wish.by_surface ? "surface" : "team");
    out_string(out, portfolio->wish.by_ritual ? ",ritual" : ",week");
    for (int i = 0; i < NUMBERS; i++)
        out_format(out, ",%s", number_names[i]);
    out_string(out, "\r\n");
    for (size_t row = 0; row < portfolio->row_count; row++)
        for (size_t column = 0; column < portfolio->column_count; column++)
            put_csv_line(portfolio->row[row].name, portfolio->column[column].name,
                         cell_at(portfolio, row, column), out);
}

/* --- terminal --- */

/* "3 of 4, 1 incomplete": complete ones of the expected, then what else there was. */
static text words_of(struct call *call, const struct portfolio_cell *cell)
{
    static const char *const others[] = { "incomplete", "skipped", "missed", "cancelled" };
    const int64_t number[] = { cell->incomplete, cell->skipped, cell->missed, cell->cancelled };
    struct out words;
    out_init(&words, call);
    if (!has_something(cell))
        return TEXT("-");
    out_format(&words, "%lld of %lld", (long long)cell->held,
               (long long)portfolio_expected(cell));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (number[i])
            out_format(&words, ", %lld %s", (long long)number[i], others[i]);
    return out_view(&words);
}

/* A line for each row and column would be long: rows stand below one another, a block each. */
bool portfolio_write_terminal(struct call *call, const struct portfolio *portfolio,
                              const struct terminal *terminal, struct out *out)
{
    static const struct grid_column columns[] = { { "", GRID_LEFT },
                                                  { "Held", GRID_LEFT },
                                                  { NULL, GRID_LEFT } };
    if (!portfolio->row_count)
        out_string(out, "There is no ritual: 'rondo ritual install ai-week' makes a week.\n");
    for (size_t row = 0; row < portfolio->row_count; row++) {
        struct grid grid;
        out_format(out, "%s%.*s: %.*s\n", row ? "\n" : "", TEXT_FMT(portfolio->row[row].name),
                   TEXT_FMT(words_of(call, &portfolio->row[row].total)));
        grid_init(&grid, call, columns);
        for (size_t column = 0; column < portfolio->column_count; column++) {
            const struct portfolio_cell *cell = cell_at(portfolio, row, column);
            if (!has_something(cell))
                continue;
            grid_push(&grid, portfolio->column[column].name);
            grid_push(&grid, words_of(call, cell));
        }
        if (grid.cell_count && !grid_write(&grid, out, terminal))
            return false;
    }
    return !out->failed && call->fail.kind == FAIL_NONE;
}

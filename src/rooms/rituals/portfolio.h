/*
 * The portfolio: how often the rituals of each team or surface were held, week by week or ritual by
 * ritual, rolled up both ways. A clone counts in the column of the ritual that it came from first.
 * About rituals, never about people. Where nothing was expected stands nothing, not 0.
 */
#ifndef RONDO_PORTFOLIO_H
#define RONDO_PORTFOLIO_H

#include "base/json_write.h"
#include "base/stamp.h"
#include "offers/terminal.h"
#include "rooms/rituals/occurrence_slots.h"

enum { PORTFOLIO_WEEKS_DEFAULT = 8, PORTFOLIO_WEEKS_MAX = 104 };

struct portfolio_wish {
    int64_t weeks;    /* the last ones, this one included */
    bool by_surface;  /* rows are surfaces, else teams */
    bool by_ritual;   /* columns are rituals, else weeks */
};

struct portfolio_cell {
    int64_t held, incomplete, skipped, missed; /* together what was expected */
    int64_t cancelled;
};

struct portfolio_line {
    rid key;   /* team or surface, 0: none; a ritual; the number of a week */
    text name; /* "2026-W47"; "The whole workspace" */
    text id;   /* public id; TEXT_NONE: none */
    struct portfolio_cell total;
};

struct portfolio {
    struct portfolio_wish wish;
    struct portfolio_line *row, *column; /* rows by name, columns by week or by name */
    size_t row_count, column_count;
    struct portfolio_cell *cell; /* row after row */
    struct portfolio_cell total;
};

bool portfolio_read(struct call *call, const struct portfolio_wish *wish,
                    struct portfolio *portfolio);

/* How many were expected there, called off ones left out. */
int64_t portfolio_expected(const struct portfolio_cell *cell);

/*
 * {"weeks","rows_by","columns_by","columns":[{"id","name","total"}],"rows":[{"id","name","cells":
 * [cell or null],"total"}],"total"}; a cell: {"expected","held","incomplete","skipped","missed",
 * "cancelled"}.
 */
void portfolio_write_json(const struct portfolio *portfolio, struct json_writer *writer);

/* A line for each cell that has something: row, column and the six numbers. RFC 4180. */
void portfolio_write_csv(const struct portfolio *portfolio, struct out *out);

bool portfolio_write_terminal(struct call *call, const struct portfolio *portfolio,
                              const struct terminal *terminal, struct out *out);

#endif

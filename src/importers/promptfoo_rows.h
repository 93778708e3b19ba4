/*
 * Rows of promptfoo, whichever version wrote them, and what one of them says about its case. Knows
 * neither files nor sinks.
 */
#ifndef RONDO_PROMPTFOO_ROWS_H
#define RONDO_PROMPTFOO_ROWS_H

#include "importers/eval_push.h"

/* One cell of the table of tests and prompts. */
struct promptfoo_row {
    int64_t number;           /* in the file, from 1 */
    int64_t test, prompt;     /* testIdx, promptIdx */
    const struct json *json;  /* the row, or the output of version 2 */
    const struct json *given; /* the test: vars, description, assertions, metadata */
    struct json vars;
    text prompt_label, prompt_id;
    text model, provider_id; /* the provider's label or id, and its id */
};

struct promptfoo_rows {
    struct promptfoo_row *row;
    size_t count, room;
    bool has_stripped;            /* a case is known by its position only */
    bool has_models, has_prompts; /* several; known once all are settled */
    bool has_shared_models, has_shared_prompts; /* one name stands for several ids */
};

/* A row of version 3, or of version 2's list of results. Invalid: it is no row. */
bool promptfoo_rows_add(struct call *call, struct promptfoo_rows *rows, const struct json *row,
                        int64_t number);

/* All cells of version 2's table. */
bool promptfoo_rows_add_table(struct call *call, struct promptfoo_rows *rows,
                              const struct json *table);

/*
 * Rows of version 2's list do not say their test; its table does. A row is of the first test with
 * its variables.
 */
bool promptfoo_rows_lend_tests(struct call *call, struct promptfoo_rows *rows,
                               const struct json *table);

/* All rows are there: in the order of tests, for they are written in the order in which they were
 * done. */
bool promptfoo_rows_settle(struct call *call, struct promptfoo_rows *rows);

/* How many say that they passed. */
size_t promptfoo_rows_passed(const struct promptfoo_rows *rows);

/*
 * The column's name: the model, and the prompt where there are several; with their ids where one
 * name stands for several of them, for a column is (promptId, provider.id, provider.label). Rows
 * are settled.
 */
bool promptfoo_row_surface(struct call *call, const struct promptfoo_rows *rows,
                           const struct promptfoo_row *row, text *surface);

/* Case, verdict and measures. Invalid: a row without a verdict that can be read. */
bool promptfoo_row_fill(struct call *call, struct promptfoo_rows *rows,
                        const struct promptfoo_row *row, struct eval_line *line);

#endif

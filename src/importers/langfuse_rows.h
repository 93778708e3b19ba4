/*
 * The rows of an export: items and scores, each once, scores found by what they belong to. Private
 * to langfuse.c.
 */
#ifndef RONDO_LANGFUSE_ROWS_H
#define RONDO_LANGFUSE_ROWS_H

#include "importers/eval_push.h"

struct langfuse_row {
    const struct json *json;
    text id;
    text owner; /* of a score: the observation or trace it is about */
    text at;    /* updatedAt, as written: such times sort as texts */
    int64_t number;
};

struct langfuse_list {
    struct langfuse_row *row;
    size_t count, room;
};

struct langfuse_rows {
    struct langfuse_list items;
    struct langfuse_list scores; /* in the order of their owners */
    int64_t repeated;
};

/* Takes one row. Invalid: it is neither an item nor a score. */
bool langfuse_rows_add(struct call *call, struct langfuse_rows *rows, const struct json *row,
                       int64_t number);

/*
 * The lists of rows inside an answer of the API, {"data": [...]} or {"datasetRunItems": [...]}, by
 * `which` below LANGFUSE_LISTS; NULL where it has none of that kind.
 */
enum { LANGFUSE_LISTS = 4 };
const struct json *langfuse_rows_inside(const struct json *answer, size_t which);

/* All rows are in: of those with the same id the newest stays. */
void langfuse_rows_settle(struct langfuse_rows *rows);

/* The scores of that owner: the first of them, and how many; they lie together. */
const struct langfuse_row *langfuse_rows_scores(const struct langfuse_rows *rows, text owner,
                                                size_t *count);

#endif

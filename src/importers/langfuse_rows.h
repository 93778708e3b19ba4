/*
 * The rows of an export: items, scores, traces and observations, each once, found by what they
 * belong to. Private to the readers of Langfuse.
 */
#ifndef RONDO_LANGFUSE_ROWS_H
#define RONDO_LANGFUSE_ROWS_H

#include "importers/eval_push.h"

struct langfuse_row {
    const struct json *json;
    text id;
    /* Of a score the observation or trace it is about, of a part its trace, else its own id. */
    text owner;
    text at;    /* updatedAt, as written: such times sort as texts */
    int64_t number;
};

struct langfuse_list {
    struct langfuse_row *row;
    size_t count, room;
};

struct langfuse_rows {
    struct langfuse_list items;
    struct langfuse_list scores; /* these four in the order of their owners */
    struct langfuse_list traces, observations;
    struct langfuse_list parts; /* observations once more, by their traces */
    int64_t repeated;
};

/* Takes one row. Invalid: it is neither an item nor a score, trace or observation. */
bool langfuse_rows_add(struct call *call, struct langfuse_rows *rows, const struct json *row,
                       int64_t number);

/*
 * The lists of rows inside an answer of the API, {"data": [...]} or {"datasetRunItems": [...]}, by
 * `which` below LANGFUSE_LISTS; NULL where it has none of that kind.
 */
enum { LANGFUSE_LISTS = 6 };
const struct json *langfuse_rows_inside(const struct json *answer, size_t which);

/* All rows are in: of those with the same id the newest stays. */
void langfuse_rows_settle(struct langfuse_rows *rows);

/* A trace or an observation, which may hold lists of its own. */
bool langfuse_rows_is_trace(const struct json *row);

/* The rows of that owner: the first of them, and how many; they lie together. */
const struct langfuse_row *langfuse_rows_of(const struct langfuse_list *list, text owner,
                                            size_t *count);

#endif

/*
 * What a list of rows is asked for: filters, order and page. Knows neither tables nor readers; what
 * it means in SQL is find's, on rows at hand filter's and page_mark's.
 */
#ifndef RONDO_QUERY_H
#define RONDO_QUERY_H

#include "catalog/row.h"

enum filter_op {
    FILTER_IS,
    FILTER_IS_NOT,
    FILTER_LESS,
    FILTER_AT_MOST,
    FILTER_MORE,
    FILTER_AT_LEAST,
    FILTER_HAS,
};

struct filter {
    int field; /* index in the record, or one of the built-in fields below */
    enum filter_op op;
    struct value value; /* VALUE_NULL with FILTER_IS / FILTER_IS_NOT asks for null */
};

/* Built-in fields, for filters and sorting. */
enum { FIND_ID = -1, FIND_CREATED = -2, FIND_CHANGED = -3, FIND_DIMENSIONS = -4, FIND_CHANGE = -5 };

enum { FIND_FILTERS_MAX = 16, FIND_LIMIT_DEFAULT = 50, FIND_LIMIT_MAX = 1000 };

struct query {
    const struct record *record;
    struct filter filter[FIND_FILTERS_MAX];
    int filter_count;
    int sort; /* field index or built-in */
    bool is_descending;
    bool with_archived;
    int limit;   /* 0 = all rows (inside the program only) */
    uint64_t left_out; /* fields that are not needed, bit i for field i: they come as unknown */
    bool is_bare;      /* of what every row has only the id is needed: the rest comes as 0 */
    text after;  /* the `next` of the page before, or TEXT_NONE */
};

#endif

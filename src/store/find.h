/*
 * Reading rows: by id, or as a filtered, sorted, paged list. The reader clause is added here and
 * nowhere else, so that no door can forget it: a row that the actor may not read does not exist.
 */
#ifndef RONDO_FIND_H
#define RONDO_FIND_H

#include "catalog/row.h"
#include "store/store.h"

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
    text after;  /* the `next` of the page before, or TEXT_NONE */
};

struct rows {
    struct row *row;
    size_t count, room;
    text next; /* TEXT_NONE on the last page */
};

void query_init(struct query *query, const struct record *record); /* all live rows by id */
bool query_add(struct call *call, struct query *query, int field, enum filter_op op,
               struct value value);

/*
 * FAIL_NOT_FOUND names the record and the id, the same for
 * "not there" and "not yours". Archived rows are found.
 */
bool find_row(struct call *call, const struct record *record, rid id, struct row *row);

bool find_rows(struct call *call, const struct query *query, struct rows *rows);

/* Refuses to sort by a field that is hidden or has no order, as find_rows does. */
bool find_check_sort(struct call *call, const struct query *query);

/* The first row of the query, or false without failure when there is none (check call->fail). */
bool find_first(struct call *call, const struct query *query, struct row *row);

bool find_count(struct call *call, const struct query *query, int64_t *count);

/* Whether the actor may read that row; no failure is recorded for "no". */
bool find_may_read(struct call *call, const struct record *record, rid id);

/* The title of a row the actor may read, else TEXT_NONE. */
text find_title(struct call *call, const struct record *record, rid id);

#endif

/*
 * Reading rows: by id, or as a filtered, sorted, paged list. The reader clause is added here and
 * nowhere else, so that no door can forget it: a row that the actor may not read does not exist.
 */
#ifndef RONDO_FIND_H
#define RONDO_FIND_H

#include "store/query.h"
#include "store/store.h"

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

/* Everybody may read all rows of the record: there is nothing to ask for one of them. */
bool find_is_for_everybody(struct call *call, const struct record *record);

/* The title of a row the actor may read, else TEXT_NONE. */
text find_title(struct call *call, const struct record *record, rid id);

#endif

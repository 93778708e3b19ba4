/*
 * The filters of a query on a row at hand, with the meaning that find gives them in SQL: for rows
 * that stand in no table any more. Knows neither tables nor readers.
 */
#ifndef RONDO_FILTER_H
#define RONDO_FILTER_H

#include "store/query.h"

/* Whether all filters of the query hold; what is archived and the page are not asked. */
bool filter_holds(const struct query *query, const struct row *row);

#endif

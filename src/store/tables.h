/*
 * Every table of a store, one after the other: the ground's own, the plain ones of the catalogue,
 * those of records and of their lists. Whoever walks over a whole store (migrations, copies) walks
 * here, so that none can forget a table. Knows no rows.
 */
#ifndef RONDO_TABLES_H
#define RONDO_TABLES_H

#include "catalog/table.h"

/* False ends the walk. The table lives as long as the call. */
typedef bool (*table_visitor)(struct call *call, const struct table *table, void *to);

bool tables_visit(struct call *call, const struct catalog *catalog, table_visitor visit, void *to);

#endif

/* The tables that the ground itself keeps, beside those of the records. */
#ifndef RONDO_GROUND_H
#define RONDO_GROUND_H

#include "catalog/table.h"

/* setting, change, history, tag, reader, word. */
extern const struct table *const ground_tables[];
enum { GROUND_TABLE_COUNT = 6 };

/* How words are cut and counted: with another number a store gets its words anew. */
#define GROUND_WORDS "2"

#endif

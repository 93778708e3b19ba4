/* The plain tables of the offers; part of every catalogue. */
#ifndef RONDO_OFFERS_TABLES_H
#define RONDO_OFFERS_TABLES_H

#include "catalog/table.h"

/* idempotency; ended by NULL. */
extern const struct table *const offers_tables[];

#endif

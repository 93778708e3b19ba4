/* See offers_tables.h. */
#include "offers/offers_tables.h"

#include "offers/idempotency.h"

const struct table *const offers_tables[] = { &idempotency_table, NULL };

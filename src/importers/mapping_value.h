/* The values of one row under a mapping. */
#ifndef RONDO_MAPPING_VALUE_H
#define RONDO_MAPPING_VALUE_H

#include "importers/mapping.h"

/*
 * What the rule takes out of the row; null where the row has nothing for it. `whole` is what was
 * found once for all rows (the earliest time) or for this one (its number among its case's), else
 * NULL. Invalid: a value that the rule cannot be used on.
 */
bool mapping_value(struct call *call, const struct mapping_rule *rule, const struct json *row,
                   const struct json *whole, struct json *value);

#endif

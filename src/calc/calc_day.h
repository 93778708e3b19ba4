/*
 * Inputs of functions that are days, written YYYY-MM-DD, or instants: read here, as days since
 * 1970-01-01, so that every function refuses the same texts with the same sentence.
 */
#ifndef RONDO_CALC_DAY_H
#define RONDO_CALC_DAY_H

#include "base/stamp.h"
#include "calc/calc.h"

/* A text that must be a date. False: it is refused. */
bool calc_day(struct call *call, const struct calc_values *in, const char *name, int64_t *day);

/* A list of such, or NULL: one is refused. */
int64_t *calc_days(struct call *call, const struct calc_values *in, const char *name);

/* A text that must be an instant in UTC, YYYY-MM-DDTHH:MM:SSZ. */
bool calc_instant(struct call *call, const struct calc_values *in, const char *name, stamp *at);

void calc_put_days(struct json_writer *out, const char *key, const int64_t *day, size_t count);

#endif

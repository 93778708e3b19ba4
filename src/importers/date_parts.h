/*
 * Pieces that dates of ticket exports are made of, taken off the front of a text one by one; each
 * step says false and leaves the rest alone when it is not there. Knows no format.
 */
#ifndef RONDO_DATE_PARTS_H
#define RONDO_DATE_PARTS_H

#include "base/text.h"

/* A number of least to most digits. */
bool date_parts_number(text *rest, size_t least, size_t most, int *value);

/* One of these characters. */
bool date_parts_mark(text *rest, const char *marks);

/* "Jan" to "Dec" in any case, as 1 to 12. */
bool date_parts_month(text *rest, int *month);

/* Blanks, the narrow one that newer Java writes before AM and PM too; at least one. */
bool date_parts_blanks(text *rest);

/* Days since 1970-01-01. False: there is no such day. */
bool date_parts_day(int year, int month, int day, int64_t *days);

#endif

/*
 * Values in the binary form that PostgreSQL sends and takes: numbers in network order, texts and
 * bytes as they are. Knows nothing of connections.
 */
#ifndef RONDO_POSTGRESQL_VALUE_H
#define RONDO_POSTGRESQL_VALUE_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* Object identifiers of the types that statements give and take (pg_type.dat). */
enum postgresql_type {
    POSTGRESQL_BOOL = 16,
    POSTGRESQL_BYTEA = 17,
    POSTGRESQL_INT8 = 20,
    POSTGRESQL_INT2 = 21,
    POSTGRESQL_INT4 = 23,
    POSTGRESQL_TEXT = 25,
    POSTGRESQL_FLOAT4 = 700,
    POSTGRESQL_FLOAT8 = 701,
    POSTGRESQL_NUMERIC = 1700, /* sums of integers */
};

enum { POSTGRESQL_NUMBER_SIZE = 8 };

/* Whether values of the type are numbers or truth values, and not bytes. */
bool postgresql_type_is_number(unsigned type);

/* Writes a number as that type; the size, or 0 when it does not fit. */
int postgresql_write_int(unsigned type, int64_t value, char bytes[POSTGRESQL_NUMBER_SIZE]);
int postgresql_write_real(unsigned type, double value, char bytes[POSTGRESQL_NUMBER_SIZE]);

/* Reads a number; what is none reads as 0. Reals are cut, too large numbers become the largest. */
int64_t postgresql_read_int(unsigned type, text bytes);
double postgresql_read_real(unsigned type, text bytes);

#endif

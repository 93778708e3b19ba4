/*
 * Prepared statements of PostgreSQL behind the face of the driver: values in binary form, the whole
 * answer in memory, so that one statement may be stepped while another runs.
 */
#ifndef RONDO_POSTGRESQL_STATEMENT_H
#define RONDO_POSTGRESQL_STATEMENT_H

#include "store/driver.h"

enum driver_result postgresql_prepare(struct connection *connection, text words,
                                      struct statement **prepared);
void postgresql_finish(struct statement *prepared);
void postgresql_reset(struct statement *prepared);
enum driver_result postgresql_step(struct statement *prepared);

void postgresql_bind_int(struct statement *prepared, int at, int64_t value);
void postgresql_bind_real(struct statement *prepared, int at, double value);
void postgresql_bind_text(struct statement *prepared, int at, text value);
void postgresql_bind_blob(struct statement *prepared, int at, text value);
void postgresql_bind_null(struct statement *prepared, int at);

bool postgresql_column_is_null(struct statement *prepared, int column);
int64_t postgresql_column_int(struct statement *prepared, int column);
double postgresql_column_real(struct statement *prepared, int column);
text postgresql_column_text(struct statement *prepared, int column);
text postgresql_column_blob(struct statement *prepared, int column);

#endif

/*
 * The OpenAPI 3.1 schema objects of a record: the row as it is answered, the input that creates
 * one, the input that updates one. Each writes one JSON value; false: the call has failed.
 */
#ifndef RONDO_OPENAPI_SCHEMA_H
#define RONDO_OPENAPI_SCHEMA_H

#include "catalog/row.h"

struct json_writer;

/* As row_write_json writes it: every key is always there, secrets never. */
bool openapi_schema_row(struct call *call, const struct record *record, struct json_writer *writer);

/* As row_read_json takes it when creating: what is needed and has no fallback is required. */
bool openapi_schema_creation(struct call *call, const struct record *record,
                             struct json_writer *writer);

/* As row_read_json takes it when updating: nothing is required, what is fixed cannot be set. */
bool openapi_schema_update(struct call *call, const struct record *record,
                           struct json_writer *writer);

#endif

/*
 * The OpenAPI 3.1 document, made at run time from the routes and records there are, so that it
 * cannot say what is not so. Schemas of rows come from catalog/openapi_schema.h; of a record
 * `gadget` they are called gadget, gadget_creation, gadget_update and gadget_list.
 */
#ifndef RONDO_OPENAPI_H
#define RONDO_OPENAPI_H

#include "catalog/record.h"
#include "http/route.h"

bool openapi_write(struct call *call, const struct catalog *catalog,
                   const struct route *const *route, size_t count, struct json_writer *writer);

#endif

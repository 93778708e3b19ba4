/*
 * The catalogue as JSON: for every record its fields, choices, flags, states and sentences, and
 * what the caller may do with it; all that a form, a table or a menu needs, so that pages know
 * kinds of fields and no records.
 */
#ifndef RONDO_CATALOG_PAGE_H
#define RONDO_CATALOG_PAGE_H

#include "catalog/record.h"
#include "http/route.h"

bool catalog_page_write(struct call *call, const struct catalog *catalog,
                        struct json_writer *writer);

/* A route's handler. */
bool catalog_page_show(struct call *call, const struct request *request, struct reply *reply);

#endif

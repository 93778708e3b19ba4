/*
 * Lists of a record, asked for by name=value pairs: the same words for an address and a command
 * line. Every field is a filter: `field=value`, `field.not=`, `field.min=`, `field.max=`; of tags
 * and refs `field=value` means that the list has it; an empty value asks for rows without one.
 * Besides: dimension, sort (`-field` backwards), limit, after, archived.
 */
#ifndef RONDO_LISTING_H
#define RONDO_LISTING_H

#include "http/route.h"
#include "store/find.h"

/*
 * Fails with the name of the pair that is unknown, and the
 * nearest one, or whose value does not fit.
 */
bool listing_read(struct call *call, const struct record *record, const struct pair *pair,
                  size_t count, struct query *query);

/* What listing_read takes, with help, ended by one without a name. NULL: the call has failed. */
const struct query_parameter *listing_parameters(struct call *call, const struct record *record);

/* Writes {"items":[rows],"next":null|text}. */
bool listing_write_json(struct call *call, const struct rows *rows, struct json_writer *writer);

#endif

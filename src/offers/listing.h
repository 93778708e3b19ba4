/*
 * Lists of a record, asked for by name=value pairs: the same words for an address and a command
 * line. Every field is a filter: `field=value`, `field.not=`, `field.min=`, `field.max=`; of tags
 * and refs `field=value` means that the list has it; an empty value asks for rows without one.
 * Besides: dimension, sort (`-field` backwards), limit, after, archived, as_of.
 */
#ifndef RONDO_LISTING_H
#define RONDO_LISTING_H

#include "http/route.h"
#include "store/find.h"

/* What `as_of` means, for help. */
#define LISTING_AS_OF_HELP \
    "As it was at this instant; a day, such as 2026-11-16, is its first instant in UTC."

#define LISTING_NOW INT64_MAX /* no instant was given */

struct listing {
    struct query query;
    stamp as_of; /* the list as it was then, or LISTING_NOW */
};

/*
 * Fails with the name of the pair that is unknown, and the
 * nearest one, or whose value does not fit.
 */
bool listing_read(struct call *call, const struct record *record, const struct pair *pair,
                  size_t count, struct listing *listing);

/* The rows that are asked for. */
bool listing_rows(struct call *call, const struct listing *listing, struct rows *rows);

/*
 * Reads what `as_of` was given: an instant, or a day, which stands for its first instant in
 * UTC. TEXT_NONE is LISTING_NOW.
 */
bool listing_read_as_of(struct call *call, text word, stamp *as_of);

/* What listing_read takes, with help, ended by one without a name. NULL: the call has failed. */
const struct query_parameter *listing_parameters(struct call *call, const struct record *record);

/* Writes {"items":[rows],"next":null|text}. */
bool listing_write_json(struct call *call, const struct rows *rows, struct json_writer *writer);

#endif

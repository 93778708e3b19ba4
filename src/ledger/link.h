/*
 * Evidence links: typed edges between any two rows, whatever their records. A link is itself a
 * record, so that it has history, undo and an audit line like everything else.
 */
#ifndef RONDO_LINK_H
#define RONDO_LINK_H

#include "catalog/row.h"

enum link_field {
    LINK_KIND,
    LINK_FROM, /* public ids, as people give them */
    LINK_TO,
    LINK_NOTE,
    LINK_FROM_RECORD, /* what they lead to: found by the record's check */
    LINK_FROM_ROW,
    LINK_TO_RECORD,
    LINK_TO_ROW,
    LINK_FIELDS,
};

/* Read by whoever may read both ends. Part of every catalogue. */
extern const struct record link_record;

/* One link as seen from one of its ends. */
struct link {
    struct row row;
    bool is_from; /* this end is `from` */
    const struct record *record; /* the other end */
    rid id;
};

/* The live links of a row in both directions that the actor may read, oldest first. */
bool link_list(struct call *call, const struct record *record, rid id, struct link **list,
               size_t *count);

/* The same as a JSON list of {"id", "kind", "direction", "record", "row", "title", "note"}. */
bool link_write_json(struct call *call, const struct record *record, rid id,
                     struct json_writer *writer);

#endif

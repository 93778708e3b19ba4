/*
 * A whole store, row by row and version by version, as an archive takes it out and brings it back:
 * every row, dropped ones too, whoever may read it. Writing here asks nothing, checks nothing and
 * leaves no audit line, so it is for a store that is filled as a whole, in one transaction.
 */
#ifndef RONDO_WHOLE_H
#define RONDO_WHOLE_H

#include "catalog/row.h"

/* Memory that a visitor takes from the call is given back after it. False ends the walk. */
typedef bool (*whole_row_visitor)(struct call *call, const struct row *row, void *to);

/* In the order of their ids; as they were at that instant, or 0: as they are. */
bool whole_rows(struct call *call, const struct record *record, stamp at, whole_row_visitor visit,
                void *to);

struct whole_version {
    rid row;
    int64_t version;
    rid change;
    stamp at;
    bool has_before; /* false: this version made the row */
    struct row before;
};

typedef bool (*whole_version_visitor)(struct call *call, const struct whole_version *version,
                                      void *to);

/* By row and version; those written until that instant, or 0: all. */
bool whole_versions(struct call *call, const struct record *record, stamp at,
                    whole_version_visitor visit, void *to);

/* Inside a transaction, as given: ids, versions and instants are kept. */
bool whole_put_row(struct call *call, struct row *row);
bool whole_put_version(struct call *call, const struct record *record,
                       const struct whole_version *version);

/* The change that made that version of a row; 0 when history does not know it. */
bool whole_change_of(struct call *call, const struct record *record, rid row, int64_t version,
                     rid *change);

#endif

/* What a mapping finds out over all rows before the first is read. */
#ifndef RONDO_MAPPING_ROWS_H
#define RONDO_MAPPING_ROWS_H

#include "importers/mapping.h"

struct mapping_rows {
    const struct json *row;
    uint32_t count;
    struct json earliest; /* null: no row has a time */
    int *nth;             /* by row; NULL: no rule asks for it */
    int64_t passed;       /* rows whose 'pass' is true */
};

bool mapping_rows_init(struct call *call, const struct mapping *mapping, const struct json *list,
                       struct mapping_rows *rows);

/* What of it this rule takes for this row; NULL: nothing, the row's own value counts. */
const struct json *mapping_rows_value(const struct mapping_rows *rows,
                                      const struct mapping_rule *rule, uint32_t row,
                                      struct json *room);

#endif

/* What is about to be read, so that the database may fetch it before it is asked for row by row. */
#ifndef RONDO_AHEAD_H
#define RONDO_AHEAD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A table or index of which most rows are about to be read: of each first key those whose second is
 * `from` or more; with one key, or of an index, the first. `keys_only`: its primary keys alone,
 * where they stand apart.
 */
struct ahead_wish {
    const char *table; /* a literal: it is remembered */
    bool keys_only;
    int64_t from;
};

#endif

/*
 * What one value of the plain shape means: JSON of a line or a cell of CSV, by the kind of its
 * field. Knows nothing of the other values of its line.
 */
#ifndef RONDO_PLAIN_VALUE_H
#define RONDO_PLAIN_VALUE_H

#include "importers/plain_keys.h"

struct plain_started {
    bool is_dated;
    stamp at;
    text zone;
};

enum { PLAIN_STARTED_MAX = 64 };

/* What the last line with a time of its own said; the zone is a view of `source`. */
struct plain_last_started {
    char source[PLAIN_STARTED_MAX];
    size_t size; /* 0: there is none */
    struct plain_started started;
};

/* What holds for every line of a file, and what was odd about the last one. */
struct plain_rules {
    const struct eval_read_options *options;
    struct plain_keys keys;
    bool is_table; /* values are cells: words and digits stand for verdicts and numbers */
    text run;      /* for lines that do not say; TEXT_NONE: the line is refused */
    struct plain_started started;

    stamp zone_local, zone_utc; /* the last local time that options->zone turned into UTC */
    bool has_zone_memory;
    struct plain_last_started last_started;

    struct json_notes notes;
    bool has_pass_with_error;
};

/*
 * Puts the value into its member of the line; null and no number leave it as it is. Invalid, naming
 * the key: a value of another type. Cells and mapped values may be words and digits where JSON has
 * verdicts and numbers.
 */
bool plain_value_read(struct call *call, struct plain_rules *rules, size_t field,
                      const struct json *value, struct eval_line *line);

/* A date or a time with zone; without one it is in the zone of the options, else invalid. */
bool plain_value_started(struct call *call, struct plain_rules *rules, text source,
                         struct plain_started *started);

#endif

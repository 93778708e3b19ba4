/*
 * What the values of one line mean: the rules of the plain shape, the same for JSON and for cells
 * of CSV. Knows nothing of files and sinks.
 */
#ifndef RONDO_PLAIN_LINE_H
#define RONDO_PLAIN_LINE_H

#include "importers/plain_fields.h"

/* What one line says, by field. */
struct plain_values {
    const struct json *value[PLAIN_FIELD_COUNT]; /* NULL: the line does not say */
    struct json_member
        *other; /* keys that are no fields; the room holds one more than the line has keys */
    size_t other_count;
};

struct plain_started {
    bool is_dated;
    stamp at;
    text zone;
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

    struct json_notes notes;
    bool has_pass_with_error;
};

/* Refuses options that cannot hold for any line: an unknown zone, an unreadable start, a wrong map.
 */
bool plain_rules_init(struct call *call, struct plain_rules *rules,
                      const struct eval_read_options *options, text run, bool is_table);

/* Adds a key that is no field, under another name where the map has left a field's own name without
 * its field. */
bool plain_other_add(struct call *call, const struct plain_rules *rules,
                     struct plain_values *values, text key, struct json value);

/*
 * Fills `line` but for its number. Invalid, naming the key: a value that breaks the rules. The
 * line's texts are views of the values, of the options and of the call's memory.
 */
bool plain_line_fill(struct call *call, struct plain_rules *rules, struct plain_values *values,
                     struct eval_line *line);

#endif

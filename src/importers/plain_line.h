/*
 * What the values of one line mean: the rules of the plain shape, the same for JSON and for cells
 * of CSV. Knows nothing of files and sinks.
 */
#ifndef RONDO_PLAIN_LINE_H
#define RONDO_PLAIN_LINE_H

#include "importers/plain_value.h"

/* What one line says, by field. */
struct plain_values {
    const struct json *value[PLAIN_FIELD_COUNT]; /* NULL: the line does not say */
    struct json_member *other; /* keys that are no fields; there is room for one more than keys */
    size_t other_count;
};

/* Refuses options that can hold for no line: an unknown zone, an unreadable start, a wrong map. */
bool plain_line_prepare(struct call *call, struct plain_rules *rules,
                        const struct eval_read_options *options, text run, bool is_table);

/* Adds a key that is no field, under another name where the map has left a field's own name without
 * its field. */
bool plain_line_other(struct call *call, const struct plain_rules *rules,
                      struct plain_values *values, text key, struct json value);

/*
 * Fills `line` but for its number. Invalid, naming the key: a value that breaks the rules. The
 * line's texts are views of the values, of the rules, of the options and of the call's memory.
 */
bool plain_line_fill(struct call *call, struct plain_rules *rules, struct plain_values *values,
                     struct eval_line *line);

#endif

/*
 * What the two readers of values share (row_read.c: words, row_read_json.c: JSON); nobody else
 * includes it.
 */
#ifndef RONDO_READING_H
#define RONDO_READING_H

#include "catalog/row.h"

/* One value being read: for which call and field, and who resolves refs. */
struct reading {
    struct call *call;
    const struct field *field;
    ref_resolver resolve;
};

/* Fails with "'field' must be WANTED, not 'WORD'"; long words are shown by their start. */
bool reading_fail(const struct reading *reading, text word, const char *wanted);

/* The row that a word means. Without a resolver only the store's own numbers are known. */
bool reading_id(const struct reading *reading, text word, rid *id);

/* Adds a tag, trimmed and in small letters, to `texts`, unless it is there already; refuses one
 * above TAGS_MAX. */
bool reading_tag(const struct reading *reading, text tag, text *texts, uint32_t *count);

/* Any JSON as the text that is kept: one form, so that white space is no change. */
bool reading_json(const struct reading *reading, const struct json *json, struct value *value);

#endif

/* Which keys of a source feed which fields of the plain shape: the fields' own names, or those of a
 * column map. */
#ifndef RONDO_PLAIN_KEYS_H
#define RONDO_PLAIN_KEYS_H

#include "importers/plain_fields.h"

/* One source key and the field it feeds; a key may feed several. */
struct plain_key {
    text name;
    enum plain_field field;
    const struct plain_key *next; /* the same key, another field */
};

enum { PLAIN_SLOT_COUNT = 128, PLAIN_PLACE_COUNT = 32 };

/*
 * Which source keys feed which fields: the fields' own names, but for those that the column map
 * names otherwise. Built once per file, so that a lookup per key of a line costs one hash and one
 * comparison.
 */
struct plain_keys {
    struct plain_key key[PLAIN_FIELD_COUNT];
    size_t count;
    const struct plain_key *slot[PLAIN_SLOT_COUNT];
    const struct plain_key *last[PLAIN_PLACE_COUNT]; /* which stood at that place of a line */
    bool has_map;
    bool is_mapped[PLAIN_FIELD_COUNT];
    text pointer[PLAIN_FIELD_COUNT]; /* JSON pointers that reach deeper than one key */
    const struct json *constant[PLAIN_FIELD_COUNT];
};

/*
 * `map` may be NULL; it must outlive `keys`. With `has_pointers` a name that begins with "/" is a
 * JSON pointer, else it is a name like any other. Invalid: a map that names an unknown field or
 * says neither a name nor {"value": constant}.
 */
bool plain_keys_init(struct call *call, struct plain_keys *keys, const struct json *map,
                     bool has_pointers);

/* The first field that this key feeds (follow `next`), or NULL: the key is none of ours. */
const struct plain_key *plain_keys_find(const struct plain_keys *keys, text name);

/* The same for the key at a place of a line: mostly the one that stood there in the last line. */
const struct plain_key *plain_keys_at(struct plain_keys *keys, size_t place, text name);

#endif

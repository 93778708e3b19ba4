/*
 * What a mapping file says: which JSON pointer feeds which field of the plain shape, and how. Only
 * the file is understood here; the values of rows are mapping_value.h.
 *
 *   {"rows": "/results", "threshold": 0.5, "passed": "/n_resolved",
 *    "suite": {"value": "x"}, "case": "/task_id",
 *    "failure": {"from": "/mode", "unless": "unset"},
 *    "duration_s": {"from": "/began", "until": "/ended"},
 *    "trial": {"from": "/name", "as": "nth"},
 *    "attributes": {"checks": {"from": "/tests", "as": "count"}}}
 */
#ifndef RONDO_MAPPING_H
#define RONDO_MAPPING_H

#include "base/json.h"
#include "importers/plain_fields.h"

enum mapping_as {
    MAPPING_AS_IT_IS,
    MAPPING_AS_COUNT,    /* the size of a list or an object */
    MAPPING_AS_CONTENT,  /* a hash of the value: the case is known by its content */
    MAPPING_AS_EARLIEST, /* the earliest time among all rows */
    MAPPING_AS_NTH,      /* which one it is among the values that the case has */
    MAPPING_AS_COUNT_OF_WAYS,
};

struct mapping_rule {
    text name;   /* of the field or the attribute */
    int field;   /* enum plain_field; -1: an attribute */
    text from;   /* pointer */
    text until;  /* pointer to a second time: the seconds between them */
    text before; /* only what stands before it */
    text share;  /* which part of a list's or object's members are this text, from 0 to 1 */
    const struct json *constant;
    const struct json *unless; /* this value is none */
    double plus;
    enum mapping_as as;
};

struct mapping {
    text rows;   /* pointer to the list of rows; TEXT_NONE: the document is the list, or lines */
    text passed; /* pointer to the file's own count of passed rows */
    bool has_threshold;
    double threshold;
    struct mapping_rule *rule;
    size_t count;
    bool names_attributes; /* else every key that feeds nothing is one */
};

/* The map must outlive the mapping. Invalid, naming the key: a map that says what is not known. */
bool mapping_read(struct call *call, const struct json *map, struct mapping *mapping);

/* The rule of a field, or NULL. */
const struct mapping_rule *mapping_rule_of(const struct mapping *mapping, enum plain_field field);

/* A rule reads from this key of a row. */
bool mapping_uses(const struct mapping *mapping, text key);

#endif

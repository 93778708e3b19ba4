/*
 * One line of the audit as it is stored, shared by audit.c
 * (writing, the page) and audit_chain.c (seals).
 */
#ifndef RONDO_AUDIT_LINE_H
#define RONDO_AUDIT_LINE_H

#include "base/hash.h"
#include "store/sql.h"

/* Views last until the statement steps on. */
struct audit_line {
    rid id, change, actor, row;
    stamp at;
    text door, record, verb, what;
    /*
     * JSON: [{"field", "salt", "hash", "before", "after"}];
     * a hidden value has its field's name alone
     */
    text fields;
};

#define AUDIT_COLUMNS "id, change, at, actor, door, record, \"row\", verb, what, fields"

/* Reads the statement's present row, whose columns are AUDIT_COLUMNS. */
void audit_line_read(struct sql *sql, struct audit_line *line);

/* Whether the actor may read lines about that row, as of now; those about no row everybody may. */
bool audit_line_is_readable(struct call *call, text record, rid row);

/* The salted hash of one value; TEXT_NONE is an unknown value, which differs from an empty one. */
struct hash audit_value_hash(text salt, text before, text after);

#endif

/*
 * Which records something is made of: noted while it is made, so that what has changed since can be
 * held against them. Every question that is drafted of a record notes it, also one that finds
 * nothing.
 *
 * What is made asks the store through find and match alone, or by SQL of its own for what changes
 * with rows that it also finds, or under lines of the audit that name no record. It knows no lines.
 */
#ifndef RONDO_SOURCES_H
#define RONDO_SOURCES_H

#include "catalog/record.h"

enum { SOURCES_MAX = 24 };

struct sources {
    const struct record *record[SOURCES_MAX];
    size_t count;
    bool is_all; /* whatever changes may change it: too many records, or rows of some readers */
};

/* The call has read rows of the record; nothing to do where nobody notes. */
void sources_note(struct call *call, const struct record *record);

/* It has read what any change may change. */
void sources_note_all(struct call *call);

/* It was given something that is made of these. */
void sources_note_made(struct call *call, const struct sources *sources);

/* Whether what is made of `sources` may be another one when rows of the record change. */
bool sources_have(const struct sources *sources, text record);

#endif

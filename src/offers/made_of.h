/*
 * What can be made of a row in one step: rooms offer it in tables, the catalogue says it of each
 * record that it is for, and pages have a button for it without knowing any record by name.
 */
#ifndef RONDO_MADE_OF_H
#define RONDO_MADE_OF_H

#include "catalog/record.h"

struct made_of {
    const char *label;   /* a verb and its object: "Make a page" */
    const char *address; /* takes {"id"} by POST, and answers with the row that was made */
    const struct record *made;
    bool (*is_for)(const struct record *record);
};

#endif

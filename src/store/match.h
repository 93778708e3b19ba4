/*
 * Search: rows of all records by the words in them, the best first. Only what the actor may read
 * has any part in it: what is hidden is neither found nor counted, and moves nothing in the order.
 */
#ifndef RONDO_MATCH_H
#define RONDO_MATCH_H

#include "store/match_question.h"

struct match {
    struct row row;  /* private fields are empty for all but their author */
    int field;       /* where it was found; -1: by its id, tag, person or date */
    size_t at, size; /* the first word found, in the field's text (match_index_text) */
};

struct matches {
    struct match *match;
    size_t count;
    bool has_more; /* of what was weighed: of a common word that is its newest rows */
};

bool match_find(struct call *call, const struct match_question *question, struct matches *matches);

#endif

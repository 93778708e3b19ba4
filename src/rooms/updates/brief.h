/*
 * Room updates: half a page for senior management, from the same rows as the week's update: the
 * headline, three figures, the risks, and what is asked of the reader.
 */
#ifndef RONDO_BRIEF_H
#define RONDO_BRIEF_H

#include "offers/figure_text.h"
#include "rooms/updates/deck_scope.h"

struct brief {
    text markdown;
    struct figure_text filled;
    size_t words; /* UPDATE_BRIEF_WORDS_MAX fit half a page */
};

bool brief_make(struct call *call, const struct deck_scope *scope, struct brief *brief);

/* {"week", "as_of", "markdown", "html", "text", "figures", "words", "words_max", "warnings"}. */
bool brief_write_json(struct call *call, const struct deck_scope *scope, const struct brief *brief,
                      struct json_writer *writer);

/* The warning of a brief that is too long, or TEXT_NONE. */
text brief_warning(struct call *call, const struct brief *brief);

#endif

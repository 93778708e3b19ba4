/*
 * An update as a whole: the row with everything that belongs to it, and the Markdown that one
 * audience reads. Reads only; the same for a draft that is not stored yet.
 */
#ifndef RONDO_UPDATE_DOCUMENT_H
#define RONDO_UPDATE_DOCUMENT_H

#include "offers/figure_text.h"
#include "offers/update_source.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

struct update_document {
    struct row update; /* id 0: not stored yet */
    struct agenda_ask ask;
    struct figure_scope scope;
    struct rows bets;
    struct row last;        /* the update before it; id 0: none */
    struct rows last_bets;  /* to be scored in this one */
    struct update_lines exceptions;
    struct rows explanations;
};

/* The stretch of time and the scope of an update's week. */
bool update_ask(struct call *call, const struct row *update, struct agenda_ask *ask);

bool update_document_read(struct call *call, const struct row *update,
                          struct update_document *document);

/* The words that explain an exception, or TEXT_NONE. */
text update_explained(struct call *call, const struct update_document *document,
                      const struct update_line *exception);

/*
 * The Markdown for an audience with its figures filled in; figures that cannot be told are errors
 * of `filled`. `correction` stands at the top; TEXT_NONE: none.
 */
bool update_document_write(struct call *call, const struct update_document *document,
                           enum audience audience, text correction, struct figure_text *filled);

/* Half a page for senior management: longer is warned of with the count. */
enum { UPDATE_BRIEF_WORDS_MAX = 200 };
size_t update_words(text markdown);

#endif

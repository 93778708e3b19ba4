/* Room updates: a deck: a template's slides, filled, in Marp's Markdown, and as one HTML file. */
#ifndef RONDO_DECK_H
#define RONDO_DECK_H

#include "rooms/updates/deck_fill.h"

struct deck {
    text title;
    text markdown; /* with front matter, and with the figures' queries as notes of the speaker */
    struct deck_template template;
    struct deck_scope scope;
    struct deck_filled filled;
};

/* Fails with every mistake of the template, each with the number of its slide. */
bool deck_make(struct call *call, const struct deck_ask *ask, struct deck *deck);

/* The self-contained file. */
bool deck_write_html(struct call *call, const struct deck *deck, struct out *out);

/*
 * {"title", "template", "week", "as_of", "audience", "theme", "size", "markdown", "slides":
 * [{"number", "classes", "header", "footer", "html", "notes"}], "figures": [...], "unknown": N}.
 */
bool deck_write_json(struct call *call, const struct deck *deck, struct json_writer *writer);

#endif

/*
 * Room updates: for whom and for when a deck is. As of a past instant its figures are what they
 * were, the update and its bets are in the version that held then, and what no row keeps is
 * unknown.
 */
#ifndef RONDO_DECK_SCOPE_H
#define RONDO_DECK_SCOPE_H

#include "offers/figure.h"
#include "offers/update_source.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

/* As people asked for it; TEXT_NONE: not said. */
struct deck_ask {
    text template, week, team, as_of, audience;
    text address; /* "https://rondo.example": what links in the deck begin with */
};

struct deck_scope {
    struct figure_scope figures;
    struct agenda_ask ask;
    enum audience audience;
    text zone;
    text address; /* TEXT_NONE: links stay without one */
    struct row update; /* id 0: none was stored then; filled from what the rooms bring */
    struct rows bets, last_bets;
};

bool deck_scope_read(struct call *call, const struct deck_ask *ask, struct deck_scope *scope);

/* Whether a past instant was asked for. */
bool deck_scope_is_past(const struct deck_scope *scope);

/* The live rows of a record as they were then. */
bool deck_scope_rows(struct call *call, const struct deck_scope *scope, const struct query *query,
                     struct rows *rows);

#endif

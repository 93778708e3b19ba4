/*
 * The rules of the weekly update (methods page, planning, 7): what a week's text has to say, not
 * whether it is true; and how its topics are balanced.
 */
#ifndef RONDO_WEEKLY_UPDATE_H
#define RONDO_WEEKLY_UPDATE_H

#include "base/call.h"

enum { UPDATE_SENTENCES_MAX = 2, UPDATE_BETS_MIN = 3, UPDATE_BETS_MAX = 5 };

struct update_bet {
    text title, owner, outcome;
};

/* Blank texts say nothing. */
struct weekly_update {
    const text *changed;
    size_t changed_count;
    text eval, user, cost_latency; /* what was learned */
    text world;
    const struct update_bet *next;
    size_t next_count;
};

/* What is wrong, as texts, in the order of the rules. */
struct update_errors {
    text *error;
    size_t count;
};
bool weekly_update_errors(struct call *call, const struct weekly_update *update,
                          struct update_errors *errors);

/*
 * How many sentences: they end at . ! ? before a blank or the end, but not after an abbreviation
 * such as "e.g." or a single letter.
 */
size_t weekly_update_sentences(text words);

#endif

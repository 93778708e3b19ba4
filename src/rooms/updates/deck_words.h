/* Room updates: the words of the week that a deck can hold, such as `{{changed}}`. */
#ifndef RONDO_DECK_WORDS_H
#define RONDO_DECK_WORDS_H

#include "base/json_write.h"
#include "rooms/updates/deck_scope.h"

/* A word of the week as Markdown in which figures are not filled in yet. */
struct deck_word {
    const char *word;
    const char *help;
    bool (*write)(struct call *call, const struct deck_scope *scope, struct out *out);
};
extern const struct deck_word deck_words[]; /* ended by one without a word */

/* "words": [{"word", "help"}], within an object. */
void deck_words_write_json(struct json_writer *writer);

/* A title as Markdown that is nothing but its words. */
void deck_write_plain(struct out *out, text words);

#endif

/*
 * What keeps an update from being sent: the rules of its four parts, lines without evidence,
 * figures that cannot be told, links to what is gone or not for everybody, bets that nobody scored,
 * a reviewer who has not agreed. Sentences, all of them, in the order of the parts.
 */
#ifndef RONDO_UPDATE_CHECK_H
#define RONDO_UPDATE_CHECK_H

#include "rooms/updates/update_document.h"

struct update_problems {
    text *problem;
    size_t count, room;
};

bool update_check_all(struct call *call, const struct update_document *document,
                      struct update_problems *problems);

/* What the reviewer agrees to: the hash of every word that people wrote. */
bool update_words_hash(struct call *call, const struct update_document *document, text *hash);

#endif

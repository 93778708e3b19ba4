/*
 * Sending: every audience gets its edition, frozen with its figures, in one change; a correction is
 * one more edition of each, and the ones before stay. Refused as long as something is missing.
 */
#ifndef RONDO_UPDATE_SEND_H
#define RONDO_UPDATE_SEND_H

#include "rooms/updates/updates.h"

/* Fails with what is missing where the update cannot be sent, or was sent. */
bool update_send(struct call *call, const struct row *update);

/*
 * Sends once more what `after` says, with the note of what was wrong. `after` is the update as it
 * was found with other words in it; the same words are refused.
 */
bool update_correct(struct call *call, const struct row *before, struct row *after, text note);

/* The reviewer agrees to the words as they are now; another person's is refused. */
bool update_review(struct call *call, const struct row *update);

/* The editions of an update for an audience, the newest first. */
struct rows;
bool update_editions(struct call *call, rid update, enum audience audience, struct rows *editions);

/* What the audience read last; of what was not sent, what it would read now. */
bool update_text(struct call *call, const struct row *update, enum audience audience,
                 text *markdown);

#endif

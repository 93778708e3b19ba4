/*
 * Sending digests: to each person once a day of the person's own zone, at the time that the person
 * chose and outside the quiet hours (rooms/messages/messages.h). A digest is read as its
 * person, who alone reads what is sent. Nothing is sent when there is nothing to tell.
 *
 * Invariant: that a day was told is written in the change that queues its messages, and only by
 * whoever finds that it was not told before: so nothing is sent twice, however many servers look
 * and whenever one of them ends. A day that no server saw is not made up for: what waited, waits in
 * the next digest, and decisions are told from where the last digest ended.
 */
#ifndef RONDO_DIGEST_SEND_H
#define RONDO_DIGEST_SEND_H

#include "rooms/day/digest.h"

extern const struct table digest_told_table;

/* Queues what is due at the instant; `*queued` messages, of as many channels as were chosen. */
bool digests_send(struct call *call, stamp by, int *queued);

/* What is sent of a digest by one channel, as Markdown. */
struct digest_part {
    struct row channel;
    struct needs needs;
    struct rows decided, learned;
};

text digest_part_markdown(struct call *call, const struct digest_part *part);

#endif

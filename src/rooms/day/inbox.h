/*
 * The inbox: what waits for a person (offers/needs.h) without what the person has put aside. What
 * was put aside until a time comes back by itself: that is seen when the list is read. What is done
 * for good is done for the time that it was due: next week's preparation of the same ritual waits.
 */
#ifndef RONDO_INBOX_H
#define RONDO_INBOX_H

#include "base/json_write.h"
#include "offers/needs.h"

struct inbox {
    struct needs needs;
    int64_t snoozed; /* waiting things that are put aside for now */
};

/* Of the actor. */
bool inbox_read(struct call *call, struct inbox *inbox);
/* {"person","items":[{"kind","id","record","title","why","link","due","late"}],"snoozed":n} */
bool inbox_write_json(struct call *call, const struct inbox *inbox, struct json_writer *writer);
bool inbox_write_words(struct call *call, const struct inbox *inbox, struct out *out);

/*
 * Puts aside all that waits for the actor about the row that the public id names: until that
 * instant, or for good (`until` 0). Refuses a time that has passed, and a row that nothing waits
 * with; delegating gives the row to somebody else: its owner, or what the need says instead.
 */
bool inbox_put_aside(struct call *call, text public_id, stamp until);
bool inbox_delegate(struct call *call, text public_id, text person);

#endif

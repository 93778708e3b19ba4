/*
 * A place in the stream of events, as clients keep it: an opaque word from which the stream goes on
 * exactly there. What it says is hidden by a key of the workspace, and is different words each
 * time: the numbers in it count what others do.
 */
#ifndef RONDO_EVENT_MARK_H
#define RONDO_EVENT_MARK_H

#include "base/hash.h"
#include "catalog/record.h"

struct event_mark {
    rid line;    /* of the audit: the last one that was looked at */
    int64_t job; /* likewise the version of jobs */
};

enum { EVENT_MARK_SIZE = HASH_TEXT_SIZE };

/* Makes the workspace's key when it has none; its own transaction. */
bool event_mark_make_key(struct call *call);
bool event_mark_key(struct call *call, struct hash *key);

void event_mark_write(const struct hash *key, const struct event_mark *mark,
                      char room[EVENT_MARK_SIZE]);

/* False, without a failure: not a word that was written with this key. */
bool event_mark_read(const struct hash *key, text word, struct event_mark *mark);

#endif

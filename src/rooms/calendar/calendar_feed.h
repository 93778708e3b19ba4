/*
 * Feeds: a secret address each, shown once, of which a digest is kept. Whoever has the address
 * reads as the feed's person, and nothing else; dropping the feed revokes it. The table keeps, of
 * each feed, when it was last asked, and since when what it says has been so.
 */
#ifndef RONDO_CALENDAR_FEED_H
#define RONDO_CALENDAR_FEED_H

#include "rooms/calendar/calendar.h"

extern const struct table calendar_feed_key_table;

struct calendar_feed_wish {
    text name;  /* TEXT_NONE: made of what it is of */
    rid team;   /* of one team; or */
    rid ritual; /* of one ritual; or */
    text pack;  /* of what came from a pack, of the team or of all; else the actor's own */
};

/* A new one of who acts; `secret` is the part of its address that nobody can guess. */
bool calendar_feed_make(struct call *call, const struct calendar_feed_wish *wish, struct row *feed,
                        text *secret);

struct calendar_feed_key {
    text digest;
    rid feed, person;
    stamp asked_at; /* 0: never */
    text hash;      /* of what it said; TEXT_NONE: nothing yet */
    stamp since;    /* when it began to say that */
};

/*
 * Acts as the feed's person and finds the feed. FAIL_NOT_FOUND, in the same words and after the
 * same question, for a secret that was never one and for one that was revoked.
 */
bool calendar_feed_open(struct call *call, text secret, struct calendar_feed_key *key,
                        struct row *feed);

/*
 * Writes down that it was asked and what it said: `key->since` is then when that began. A store
 * that is busy is told the next time.
 */
bool calendar_feed_said(struct call *call, struct calendar_feed_key *key, text hash);

/* When the feed was last asked; 0: never. */
bool calendar_feed_asked(struct call *call, rid feed, stamp *asked_at);

#endif

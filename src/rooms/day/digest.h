/*
 * The digest of a person's day: what waits in the inbox, of the kinds that the person wants to be
 * told of, and what was decided and learned since the last one. A digest is of a day of the
 * person's zone. What is told weekly is told on Mondays, over the seven days before; what is told
 * daily, over the day before: who reads one each morning reads of each decision once, unless it was
 * given a day that has passed. One that follows another begins where that one ended. It sends
 * nothing: that is digest_send.h.
 */
#ifndef RONDO_DIGEST_H
#define RONDO_DIGEST_H

#include "base/json_write.h"
#include "rooms/day/inbox.h"
#include "store/find.h"

struct digest {
    int64_t day;
    int64_t decided_from, decided_until; /* decisions of from <= day < until are told */
    struct needs needs;
    struct rows decided;
    struct rows learned; /* insight cards of the same days */
    int64_t until_monday; /* waiting things that are told weekly, and not today */
    int64_t unwanted;     /* waiting things whose kind is never told */
    int64_t told_until;   /* decisions up to here are told, or are not wanted */
    struct rows choices;  /* of the person */
};

/* The digest that a person got last. */
struct digest_told {
    bool is_known; /* there was one */
    int64_t day, decided_until;
};

/* Of the actor. */
bool digest_read(struct call *call, struct digest *digest);
bool digest_read_after(struct call *call, const struct digest_told *last, struct digest *digest);

/* The channel that its person chose for that kind of thing ("decided" is one); 0: none. */
rid digest_channel(const struct digest *digest, const char *kind);

bool digest_write_json(struct call *call, const struct digest *digest, struct json_writer *writer);
bool digest_write_words(struct call *call, const struct digest *digest, struct out *out);

#endif

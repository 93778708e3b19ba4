/*
 * Replies that are given again: what a route with `is_kept` answered to a token is answered to it
 * again, without asking the store, while nothing has changed there. One shelf per server.
 *
 * Invariants: a reply is kept under a digest of who asked for what (no secret lies here) and of the
 * moment before its first question to the store; it is given at that same moment only, and never
 * longer than a second, within which a token that ran out by the clock is refused. It knows no
 * store: what a moment is, the server's options say.
 */
#ifndef RONDO_KEPT_H
#define RONDO_KEPT_H

#include "base/hash.h"
#include "http/server_options.h"

enum {
    KEPT_REPLIES = 1024,          /* places; two that meet in one take turns */
    KEPT_BYTES_MAX = 30 * 1024,   /* of one body */
    KEPT_AGE_US = 1000 * 1000,
};

struct kept_replies;

/* What a request is kept under. */
struct kept_name {
    bool is_kept; /* false: this request is answered anew each time */
    struct hash digest;
    uint64_t moment;
};

/* In the call's memory; NULL: the call has failed. Release gives back what lies on it. */
struct kept_replies *kept_replies_new(struct call *call);
void kept_replies_release(struct kept_replies *kept);

/* To be asked before anything is read for the request. */
void kept_name_of(const struct server_options *options, const struct request *request,
                  struct kept_name *name);

/* True: the reply is the kept one. */
bool kept_give(struct kept_replies *kept, const struct kept_name *name, struct reply *reply);

/* Keeps a reply that has just been made, if it is one of 200 with nothing but JSON and an ETag. */
void kept_put(struct kept_replies *kept, const struct kept_name *name, const struct reply *reply);

#endif

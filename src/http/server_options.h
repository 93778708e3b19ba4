/*
 * What a server is told by app: where it listens, its routes, and how a call is given a store and
 * an actor. Apart from server.h, so that the parts of the server do not include what is built of
 * them.
 */
#ifndef RONDO_SERVER_OPTIONS_H
#define RONDO_SERVER_OPTIONS_H

#include "http/route.h"

struct router;
struct kept_replies;

struct server_options {
    const char *host; /* "127.0.0.1" */
    int port;         /* 0 = any free one */
    int threads;
    const struct route *const *route; /* all of them */
    size_t route_count;
    const struct router *router; /* of these routes; NULL: it is made for each request */
    const struct route *page; /* one of them: answers GET of a path that none has; NULL: nobody */
    struct kept_replies *kept; /* the server's own; NULL: no reply is given again */
    size_t call_memory;

    void *context;
    /*
     * Before the handler: attach to the store, set clock
     * and actor. Fails to refuse (sign-in needed).
     */
    bool (*begin)(void *context, struct call *call, const struct request *request);
    /*
     * A number that is another one as soon as anything may be answered otherwise than before; 0
     * while nobody can tell. NULL: nobody ever can.
     */
    uint64_t (*moment)(void *context);
    /* After the reply is made, always when `begin` ran: give everything back. */
    void (*end)(void *context, struct call *call);
};

#endif

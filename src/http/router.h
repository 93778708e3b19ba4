/*
 * From method and path to a route. A literal segment is preferred to one in brackets, from left to
 * right, among the routes of the request's method; HEAD is served by GET. It knows no handlers and
 * writes no replies.
 */
#ifndef RONDO_ROUTER_H
#define RONDO_ROUTER_H

#include "http/route.h"

/* Routes in the order of what their addresses begin with, so that few are looked at. */
struct router {
    struct router_entry *entry;
    size_t count;
};

/* Lives as long as the call. False: memory. */
bool router_init(struct call *call, const struct route *const *route, size_t route_count,
                 struct router *router);

/*
 * Fills the request's route and parts. False: no such page, or the page is there and the method is
 * not; only then `*allowed` is the value for the Allow header, else TEXT_NONE.
 */
bool router_find(struct call *call, const struct router *router, struct request *request,
                 text *allowed);

#endif

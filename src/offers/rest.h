/*
 * The addresses that every record has for nothing: list, create, show, change, drop,
 * undo, history, links and the verbs of its states; and those of the ledger: undo of a
 * change, the audit, the catalogue, the OpenAPI page. A room's own routes stand beside
 * them and win where their path is more literal.
 */
#ifndef RONDO_REST_H
#define RONDO_REST_H

#include "catalog/record.h"
#include "http/route.h"

/* All routes of the program, for the OpenAPI page: filled by app when it has joined the tables. */
struct route_list {
    const struct route *const *route;
    size_t count;
};

/*
 * Builds the routes in the call's memory; `all` may still
 * be empty and must live as long as they do.
 */
bool rest_routes(struct call *call, const struct catalog *catalog, const struct route_list *all,
                 const struct route **route, size_t *count);

#endif

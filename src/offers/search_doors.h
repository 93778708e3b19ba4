/* `rondo search WORDS...` and GET /api/v1/search. */
#ifndef RONDO_SEARCH_DOORS_H
#define RONDO_SEARCH_DOORS_H

#include "http/route.h"
#include "offers/command.h"

bool rest_search(struct call *call, const struct request *request, struct reply *reply);
extern const struct query_parameter search_query[];

/* Ended by a command without a name. */
extern const struct command search_commands[];

#endif

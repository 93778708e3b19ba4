/*
 * One edit of several rows of a record over HTTP, or all of them dropped: one change, all of them
 * or none.
 */
#ifndef RONDO_REST_BULK_H
#define RONDO_REST_BULK_H

#include "http/route.h"

enum { REST_BULK_MAX = 1000 };

/*
 * {"ids":[...],"set":{fields}} or {"ids":[...],"drop":true}: answers
 * {"change":n|null,"items":[rows]} in the order of the ids,
 * the change being null when every row was like that already. What a change of one row would
 * refuse is refused here with the id before it.
 */
bool rest_bulk_update(struct call *call, const struct request *request, struct reply *reply);

#endif

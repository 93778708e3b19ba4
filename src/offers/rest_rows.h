/*
 * Handlers of the routes in rest.c that are about rows. The context of their route is the record.
 */
#ifndef RONDO_REST_ROWS_H
#define RONDO_REST_ROWS_H

#include "http/route.h"

bool rest_list(struct call *call, const struct request *request, struct reply *reply);
bool rest_create(struct call *call, const struct request *request, struct reply *reply);
bool rest_refuse_create(struct call *call, const struct request *request, struct reply *reply);
bool rest_show(struct call *call, const struct request *request, struct reply *reply);
bool rest_update(struct call *call, const struct request *request, struct reply *reply);
bool rest_archive(struct call *call, const struct request *request, struct reply *reply);
bool rest_undo(struct call *call, const struct request *request, struct reply *reply);
bool rest_move(struct call *call, const struct request *request, struct reply *reply);
bool rest_history(struct call *call, const struct request *request, struct reply *reply);
bool rest_links(struct call *call, const struct request *request, struct reply *reply);

#endif

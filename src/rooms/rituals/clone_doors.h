/* The doors of clones: cloning, and what an original offers them. */
#ifndef RONDO_CLONE_DOORS_H
#define RONDO_CLONE_DOORS_H

#include "offers/command.h"
#include "offers/room.h"

struct request;
struct reply;

/* POST /api/v1/rituals/clone; `rondo ritual clone RITUAL... --to-team T`. */
bool clone_post(struct call *call, const struct request *request, struct reply *reply);
bool clone_run(struct call *call, struct invocation *invocation);

/* GET /api/v1/rituals/{id}/offers, GET /api/v1/ritual-offers; `rondo ritual offers [RITUAL]`. */
bool clone_get_offers(struct call *call, const struct request *request, struct reply *reply);
bool clone_get_all_offers(struct call *call, const struct request *request, struct reply *reply);
bool clone_run_offers(struct call *call, struct invocation *invocation);

/* POST /api/v1/rituals/{id}/offers/take, .../decline; `rondo ritual take|decline RITUAL PART...` */
bool clone_post_take(struct call *call, const struct request *request, struct reply *reply);
bool clone_post_decline(struct call *call, const struct request *request, struct reply *reply);
bool clone_run_take(struct call *call, struct invocation *invocation);
bool clone_run_decline(struct call *call, struct invocation *invocation);

#endif

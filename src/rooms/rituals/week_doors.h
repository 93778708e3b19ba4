/* The doors of the week, of the health of rituals, of packs and of agenda sources. */
#ifndef RONDO_WEEK_DOORS_H
#define RONDO_WEEK_DOORS_H

#include "offers/command.h"
#include "offers/reply_schema.h"
#include "offers/room.h"

struct request;
struct reply;

/* GET /api/v1/week; `rondo week`. */
bool week_doors_get_week(struct call *call, const struct request *request, struct reply *reply);
bool week_doors_run_week(struct call *call, struct invocation *invocation);

/* GET /api/v1/rhythm; `rondo ritual health`. */
bool week_doors_get_rhythm(struct call *call, const struct request *request, struct reply *reply);
bool week_doors_run_health(struct call *call, struct invocation *invocation);

/* GET /api/v1/ritual-packs, POST /api/v1/rituals/install; `rondo ritual install PACK`. */
bool week_doors_get_packs(struct call *call, const struct request *request, struct reply *reply);
bool week_doors_post_install(struct call *call, const struct request *request,
                             struct reply *reply);
bool week_doors_run_install(struct call *call, struct invocation *invocation);

/* GET /api/v1/agenda-sources; `rondo ritual sources`. */
bool week_doors_get_sources(struct call *call, const struct request *request,
                            struct reply *reply);
bool week_doors_run_sources(struct call *call, struct invocation *invocation);

extern const struct reply_schema rituals_replies[]; /* of the room's routes (rituals_replies.c) */

#endif

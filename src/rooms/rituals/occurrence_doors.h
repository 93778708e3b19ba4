/* The doors of one occurrence: its routes, and the verbs of `rondo ritual` that are about it. */
#ifndef RONDO_OCCURRENCE_DOORS_H
#define RONDO_OCCURRENCE_DOORS_H

#include "offers/command.h"
#include "offers/room.h"

struct request;
struct reply;

/* The bodies of these and of an installation (rituals_bodies.c). */
extern const struct room_schema rituals_schemas[];

/* Handlers of GET /api/v1/occurrences/{id}/run and of POST .../open, close and the other verbs. */
bool occurrence_get_run(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_open(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_close(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_skip(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_cancel(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_move(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_item(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_prepare(struct call *call, const struct request *request,
                             struct reply *reply);
bool occurrence_post_attend(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_note(struct call *call, const struct request *request, struct reply *reply);
bool occurrence_post_output(struct call *call, const struct request *request, struct reply *reply);

/* GET /api/v1/minutes/{id}/markdown. */
bool occurrence_get_minutes(struct call *call, const struct request *request, struct reply *reply);

/*
 * `rondo ritual agenda|open|close|skip|cancel|move|minutes KEY`; `made KEY ROW`, `prepare KEY
 * TASK`, `attend KEY [PERSON]`, `say KEY WORDS`.
 */
bool occurrence_run_agenda(struct call *call, struct invocation *invocation);
bool occurrence_run_open(struct call *call, struct invocation *invocation);
bool occurrence_run_close(struct call *call, struct invocation *invocation);
bool occurrence_run_skip(struct call *call, struct invocation *invocation);
bool occurrence_run_cancel(struct call *call, struct invocation *invocation);
bool occurrence_run_made(struct call *call, struct invocation *invocation);
bool occurrence_run_move(struct call *call, struct invocation *invocation);
bool occurrence_run_prepare(struct call *call, struct invocation *invocation);
bool occurrence_run_attend(struct call *call, struct invocation *invocation);
bool occurrence_run_say(struct call *call, struct invocation *invocation);
bool occurrence_run_minutes(struct call *call, struct invocation *invocation);

#endif

/* Room updates: the doors of decks, for the tables of updates_doors.c. */
#ifndef RONDO_DECK_DOORS_H
#define RONDO_DECK_DOORS_H

#include "offers/command.h"

struct reply;
struct request;

extern const struct option deck_options[];
bool deck_run(struct call *call, struct invocation *invocation);

bool deck_post(struct call *call, const struct request *request, struct reply *reply);
bool deck_get_templates(struct call *call, const struct request *request, struct reply *reply);

#endif

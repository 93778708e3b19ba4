/* Notes at the command line and over HTTP; used by day_doors.c. */
#ifndef RONDO_NOTE_DOORS_H
#define RONDO_NOTE_DOORS_H

#include "offers/command.h"

struct request;
struct reply;

bool note_doors_capture(struct call *call, struct invocation *invocation);
bool note_doors_turn(struct call *call, struct invocation *invocation);
bool note_doors_balance(struct call *call, struct invocation *invocation);
bool note_doors_by_dimension(struct call *call, struct invocation *invocation);

bool note_doors_post_turn(struct call *call, const struct request *request, struct reply *reply);
bool note_doors_get_balance(struct call *call, const struct request *request, struct reply *reply);
bool note_doors_get_by_dimension(struct call *call, const struct request *request,
                                 struct reply *reply);

#endif

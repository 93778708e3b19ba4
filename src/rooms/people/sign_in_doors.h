/* Room people: the doors of signing in and out, and of invitations; people_doors.c lists them. */
#ifndef RONDO_SIGN_IN_DOORS_H
#define RONDO_SIGN_IN_DOORS_H

#include "offers/room.h"

bool sign_in_post(struct call *call, const struct request *request, struct reply *reply);
bool sign_out_post(struct call *call, const struct request *request, struct reply *reply);
bool own_password_post(struct call *call, const struct request *request, struct reply *reply);
bool invitation_post(struct call *call, const struct request *request, struct reply *reply);
bool invitation_accept_post(struct call *call, const struct request *request, struct reply *reply);

/* rondo person invite NAME */
extern const struct option invite_options[];
bool invite_run(struct call *call, struct invocation *invocation);

#endif

/* Room people: the door that says who the caller is, as a page asks when it opens. */
#ifndef RONDO_ME_DOORS_H
#define RONDO_ME_DOORS_H

#include "offers/room.h"

/* A route's handler. */
bool me_show(struct call *call, const struct request *request, struct reply *reply);

#endif

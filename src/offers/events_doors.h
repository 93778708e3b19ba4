/* The door of events: GET /api/v1/events. */
#ifndef RONDO_EVENTS_DOORS_H
#define RONDO_EVENTS_DOORS_H

#include "http/route.h"

/* Ended by a row without a method. */
extern const struct route events_routes[];

#endif

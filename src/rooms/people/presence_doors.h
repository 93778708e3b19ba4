/* Room people: whether somebody is there, asked from outside; absences in calendars. */
#ifndef RONDO_PRESENCE_DOORS_H
#define RONDO_PRESENCE_DOORS_H

#include "offers/room.h"
#include "offers/calendar.h"

extern const struct query_parameter presence_query[], away_query[];
extern const struct option away_options[];
bool away_get(struct call *call, const struct request *request, struct reply *reply);
bool away_run(struct call *call, struct invocation *invocation);
bool presence_get(struct call *call, const struct request *request, struct reply *reply);

extern const struct calendar_source absence_events[];

#endif

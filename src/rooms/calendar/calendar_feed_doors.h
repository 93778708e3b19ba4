/* Room calendar: the doors of feeds and of the calendar page. */
#ifndef RONDO_CALENDAR_FEED_DOORS_H
#define RONDO_CALENDAR_FEED_DOORS_H

#include "offers/command.h"

struct reply;
struct request;

bool calendar_feed_get(struct call *call, const struct request *request, struct reply *reply);
bool calendar_feed_post(struct call *call, const struct request *request, struct reply *reply);
bool calendar_feed_list(struct call *call, const struct request *request, struct reply *reply);
bool calendar_get(struct call *call, const struct request *request, struct reply *reply);
bool calendar_get_file(struct call *call, const struct request *request, struct reply *reply);

extern const struct option calendar_feed_options[], calendar_show_options[];
bool calendar_feed_run_add(struct call *call, struct invocation *invocation);
bool calendar_feed_run_write(struct call *call, struct invocation *invocation);
bool calendar_run_show(struct call *call, struct invocation *invocation);

#endif

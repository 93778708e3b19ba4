/* Room prompts: the doors of drills, of reports from applications, and of hit rates. */
#ifndef RONDO_DRILL_DOORS_H
#define RONDO_DRILL_DOORS_H

#include "offers/room.h"

extern const struct option drill_options[], drill_postpone_options[], prompt_report_options[];
bool drill_run(struct call *call, struct invocation *invocation);
bool drill_postpone_run(struct call *call, struct invocation *invocation);
bool prompt_report_run(struct call *call, struct invocation *invocation);
bool impact_rates_run(struct call *call, struct invocation *invocation);

bool drill_post(struct call *call, const struct request *request, struct reply *reply);
bool drill_postpone_post(struct call *call, const struct request *request, struct reply *reply);
bool prompt_report_post(struct call *call, const struct request *request, struct reply *reply);
bool impact_rates_get(struct call *call, const struct request *request, struct reply *reply);

#endif

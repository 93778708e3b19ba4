/* Room evals: the doors of a case's page. */
#ifndef RONDO_CASE_DOORS_H
#define RONDO_CASE_DOORS_H

#include "offers/room.h"

bool case_doors_show(struct call *call, struct invocation *invocation);
bool case_doors_get(struct call *call, const struct request *request, struct reply *reply);

extern const struct option case_doors_options[];
extern const struct query_parameter case_doors_parameters[];

#endif

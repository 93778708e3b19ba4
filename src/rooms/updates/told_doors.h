/*
 * Room updates: the doors of what is told beside the written update: briefs, talking points and
 * reports; for the tables of updates_doors.c.
 */
#ifndef RONDO_TOLD_DOORS_H
#define RONDO_TOLD_DOORS_H

#include "offers/command.h"
#include "offers/listing.h"

extern const struct option brief_options[], talking_points_options[], report_options[];
extern const struct option board_brief_options[];
bool brief_run(struct call *call, struct invocation *invocation);
bool board_brief_run_read(struct call *call, struct invocation *invocation);
bool talking_points_run(struct call *call, struct invocation *invocation);
bool report_read_run(struct call *call, struct invocation *invocation);
bool report_snapshot_run(struct call *call, struct invocation *invocation);

extern const struct query_parameter brief_parameters[], talking_points_parameters[];
extern const struct query_parameter report_parameters[];
bool brief_get(struct call *call, const struct request *request, struct reply *reply);
bool board_brief_get_read(struct call *call, const struct request *request, struct reply *reply);
bool talking_points_get(struct call *call, const struct request *request, struct reply *reply);
bool report_read_get(struct call *call, const struct request *request, struct reply *reply);
bool report_snapshot_post(struct call *call, const struct request *request, struct reply *reply);

#endif

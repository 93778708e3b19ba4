/* Verbs of updates as routes and commands; the room's tables are in updates_doors.c. */
#ifndef RONDO_UPDATE_DOORS_H
#define RONDO_UPDATE_DOORS_H

#include "offers/room.h"

struct reply;
struct request;

/* --- routes (update_routes_doors.c) --- */

extern const struct query_parameter update_week_parameters[], update_audience_parameters[];
extern const struct query_parameter update_figure_parameters[];

bool update_get_week(struct call *call, const struct request *request, struct reply *reply);
bool update_get_page(struct call *call, const struct request *request, struct reply *reply);
bool update_get_bets(struct call *call, const struct request *request, struct reply *reply);
bool update_get_diff(struct call *call, const struct request *request, struct reply *reply);
bool update_get_figures(struct call *call, const struct request *request, struct reply *reply);
bool update_get_figure(struct call *call, const struct request *request, struct reply *reply);
bool update_get_html(struct call *call, const struct request *request, struct reply *reply);
bool update_get_text(struct call *call, const struct request *request, struct reply *reply);
bool update_post_draft(struct call *call, const struct request *request, struct reply *reply);
bool update_post_send(struct call *call, const struct request *request, struct reply *reply);
bool update_post_correct(struct call *call, const struct request *request, struct reply *reply);
bool update_post_review(struct call *call, const struct request *request, struct reply *reply);
bool update_post_explain(struct call *call, const struct request *request, struct reply *reply);

/* --- commands (update_command_doors.c) --- */

extern const struct option update_options[], update_check_options[], update_correct_options[];

bool update_run_draft(struct call *call, struct invocation *invocation);
bool update_run_check(struct call *call, struct invocation *invocation);
bool update_run_send(struct call *call, struct invocation *invocation);
bool update_run_correct(struct call *call, struct invocation *invocation);
bool update_run_review(struct call *call, struct invocation *invocation);
bool update_run_explain(struct call *call, struct invocation *invocation);
bool update_run_figures(struct call *call, struct invocation *invocation);

/* Keeps the words that explain an exception of a draft. */
bool update_explain(struct call *call, rid update, text about, text explanation);

#endif

/* Room prompts: the doors of change requests and of labels. */
#ifndef RONDO_COUNCIL_DOORS_H
#define RONDO_COUNCIL_DOORS_H

#include "offers/command.h"

struct reply;
struct request;

extern const struct option prompt_move_options[], prompt_rollback_options[], change_word_options[];

bool prompt_move_run(struct call *call, struct invocation *invocation);
bool prompt_rollback_run(struct call *call, struct invocation *invocation);
bool change_word_run(struct call *call, struct invocation *invocation);
bool change_page_run(struct call *call, struct invocation *invocation);

bool prompt_move_post(struct call *call, const struct request *request, struct reply *reply);
bool prompt_rollback_post(struct call *call, const struct request *request, struct reply *reply);
bool change_word_post(struct call *call, const struct request *request, struct reply *reply);
bool change_page_get(struct call *call, const struct request *request, struct reply *reply);
bool council_get(struct call *call, const struct request *request, struct reply *reply);

#endif

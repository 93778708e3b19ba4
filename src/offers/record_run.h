/* What the commands of record_commands.c do. The context of each is a struct record_context. */
#ifndef RONDO_RECORD_RUN_H
#define RONDO_RECORD_RUN_H

#include "catalog/record.h"
#include "http/route.h"
#include "offers/command.h"

struct record_context {
    const struct record *record;
    const char *verb;                      /* of its states; NULL for the generic commands */
    /* of `list`: what its n-th option is called in listing.h */
    const struct query_parameter *filter;
};

bool record_run_list(struct call *call, struct invocation *invocation);
bool record_run_show(struct call *call, struct invocation *invocation);
bool record_run_add(struct call *call, struct invocation *invocation);
bool record_run_set(struct call *call, struct invocation *invocation);
bool record_run_move(struct call *call, struct invocation *invocation);
bool record_run_drop(struct call *call, struct invocation *invocation);
bool record_run_undo(struct call *call, struct invocation *invocation);

#endif

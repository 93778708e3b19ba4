/* How often something came before: repeats of the same content are trials of one case. */
#ifndef RONDO_EVAL_SEEN_H
#define RONDO_EVAL_SEEN_H

#include "base/call.h"

struct eval_seen {
    struct arena memory; /* its own: readers take the call's back after each line */
    struct seen_slot *slot;
    size_t room, used;
};

void eval_seen_init(struct eval_seen *seen, const struct call *call);
void eval_seen_release(struct eval_seen *seen);

/* How manieth time these bytes come, from 1; 0: the call has failed. */
int eval_seen_add(struct call *call, struct eval_seen *seen, text bytes);

#endif

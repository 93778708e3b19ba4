/*
 * What happens in the workspace, told while it happens (server-sent events): one event `change` per
 * line of the audit that the listener may read, without any value, and one event `job` per new
 * state of a job of his. Rights are those of the moment in which it is told. It knows no threads:
 * who looks for news is in app/event_watch.h.
 *
 *   change   {"record":"suite","id":"SUITE-3","verb":"create","change":12}
 *   job      {"id":"7","kind":"import","state":"running","progress":40,"sentence":"..."}
 *   reset    {}   the mark that was sent is not one of this store's past: read again what is shown
 *
 * Of a job that changes faster than is looked, the latest state alone is told; changes are told one
 * and all, in their order.
 */
#ifndef RONDO_EVENTS_H
#define RONDO_EVENTS_H

#include "http/reply.h"
#include "offers/event_mark.h"

/* One who listens. */
struct events {
    struct hash key;
    struct event_mark mark; /* up to where he has heard */
    text record;            /* changes to rows of this record only; TEXT_NONE: all */
    rid row;                /* of this row only; 0: all */
    rid job;                /* of this job only; 0: all */
    bool without_changes, without_jobs;
    bool ends; /* when all that is there is told */

    bool has_begun;
    bool has_gap;    /* tells `reset` first */
    int64_t told_us; /* when something was sent last */
};

/* He hears what comes after now, or, with a word that he was sent, what came after that. */
bool events_begin(struct call *call, struct events *events, text last_word);

/* For struct reply_stream; `of` is a struct events. */
enum stream_state events_read(void *of, struct call *call, struct out *out);

/* Where the workspace is; when it moves there may be something to tell. */
bool events_now(struct call *call, struct event_mark *mark);

#endif

/*
 * Posting JSON to a webhook. Its address is a secret: no sentence holds it. Where it may lead is
 * outward.h's; the own network is refused unless the owner of the channel said that it is meant.
 */
#ifndef RONDO_POST_H
#define RONDO_POST_H

#include "links/link.h"

struct post {
    text url, json;
    bool may_be_inside; /* http and the own network are allowed */
};

/* What the other side said; `status` 0: nothing, and `answer` says how it ended. */
struct posted {
    int status;
    text body;
    int64_t retry_after; /* seconds; 0: not said */
};

/* Fails at `field` for what is no address of a webhook. */
bool post_check_url(struct call *call, const char *field, text url, bool may_be_inside);

/* False: the call has failed (memory, no libcurl). */
bool post_json(struct call *call, const struct post *post, struct posted *posted,
               struct link_answer *answer);

#endif

/*
 * Taking a document from an address that somebody gave, once. Its address is a secret: no sentence
 * holds it. Where it may lead is outward.h's. By what the other side said of the document the last
 * time (ETag, Last-Modified), it may answer that nothing has changed since.
 */
#ifndef RONDO_PULL_H
#define RONDO_PULL_H

#include "base/call.h"

struct pull {
    text url;
    text accept;         /* which type is wished for: "text/calendar" */
    text etag, modified; /* as it was said the last time; TEXT_NONE: nothing was */
    size_t size_max;     /* of the document, after decompression */
    bool may_be_inside;  /* http and the own network are allowed */
};

struct pulled {
    text failure;        /* why nothing came, as a sentence; TEXT_NONE: something did */
    bool is_same;        /* it has not changed, and did not come */
    text body;
    text etag, modified; /* to be given the next time; TEXT_NONE: not said */
    int64_t retry_after; /* seconds, as the other side asks; 0: it does not say */
};

/* False: the call has failed (memory). */
bool pull_document(struct call *call, const struct pull *pull, struct pulled *pulled);

#endif

/*
 * Sending something to the outside, and how it went. One way per file: mail, Slack, Teams. None
 * knows rows or who is written to why; none tries twice.
 */
#ifndef RONDO_LINK_H
#define RONDO_LINK_H

#include "base/call.h"

enum link_outcome {
    LINK_SENT,
    LINK_AGAIN,   /* it did not arrive, and may later */
    LINK_REFUSED, /* it did not arrive, and never will like this */
    LINK_UNSURE,  /* the connection broke when it was on its way */
};

struct link_answer {
    enum link_outcome outcome;
    int64_t after_seconds; /* LINK_AGAIN: as the other side asks; 0: it does not say */
    text sentence;         /* why, without its end and without any secret */
};

/* What is said in a chat: short Markdown under a subject, and where there is more. */
struct link_message {
    text subject, markdown;
    text link;  /* in full; TEXT_NONE: nowhere */
    text pages; /* put before links that begin with '/'; TEXT_NONE: they are left as words */
};

/* An answer of that kind; true, so that a sender can end with it. */
bool link_answered(struct link_answer *answer, enum link_outcome outcome, text sentence);

#endif

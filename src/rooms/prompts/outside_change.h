/*
 * Room prompts: an application served another content than the released one.
 * Applications report the hash of what they use; what does not fit stays on the
 * council's agenda until somebody resolves it.
 */
#ifndef RONDO_OUTSIDE_CHANGE_H
#define RONDO_OUTSIDE_CHANGE_H

#include "offers/agenda.h"
#include "offers/needs.h"
#include "rooms/prompts/prompts.h"

struct prompt_report {
    text prompt, label, content_hash, application;
};

/* What became of a report. */
struct prompt_reported {
    bool matches; /* it is released, or was a moment ago */
    text released_hash; /* TEXT_NONE: the label carries nothing */
    rid outside_change; /* 0 when it matches */
};

/* How long after a move of its label the content before is none from outside: it has to arrive. */
enum { REPORT_GRACE_MINUTES = 5 };

/*
 * Holds the report against what the label carries; the first of its kind makes a row, others are
 * counted in it. A resolved one that is reported again is open again.
 */
bool prompt_report(struct call *call, const struct prompt_report *report,
                   struct prompt_reported *reported);

bool outside_change_compile(struct call *call, const struct agenda_ask *ask,
                            struct agenda *agenda);
bool outside_change_collect(struct call *call, rid person, struct needs *needs);

#endif

/*
 * Room evals: all that is stored of a run. A restated run keeps the results of its earlier
 * contents; what the run said of itself then stands in its history.
 */
#ifndef RONDO_EVALS_CONTENTS_H
#define RONDO_EVALS_CONTENTS_H

#include "catalog/row.h"

struct verify_report;

struct run_contents {
    struct row *row; /* the run as it was with each content that is stored, the oldest first */
    size_t count;
};

bool run_contents(struct call *call, const struct row *run, struct run_contents *contents);

/* Whether all results can be read and are as many as their run says; for `rondo verify`. */
bool evals_verify(struct call *call, struct verify_report *report);

#endif

/* Room evals, the inside of an import: what reading a file and replaying lines have in common. */
#ifndef RONDO_EVALS_IMPORT_H
#define RONDO_EVALS_IMPORT_H

#include "rooms/evals/evals_store.h"

/* What a format needs to know of the options, and of the suites as they are stored. */
struct eval_read_options import_reading(struct drafts *drafts);

/* All lines are in: settles and stores them. */
bool import_settle(struct call *call, struct drafts *drafts, const struct draft_evidence *evidence);

/* See `replay` of struct importer (evals_replay.c). */
bool evals_replay(struct call *call, const struct importer *importer,
                  const struct import_replay *replay, const struct import_options *options,
                  struct import_report *report);

#endif

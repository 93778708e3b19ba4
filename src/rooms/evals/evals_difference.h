/*
 * Room evals, the inside of an import: what makes a run that came again another one, in words.
 */
#ifndef RONDO_EVALS_DIFFERENCE_H
#define RONDO_EVALS_DIFFERENCE_H

#include "engine/verdicts.h"
#include "rooms/evals/evals_draft.h"

/*
 * The first difference between the stored run and a draft of it, whose cases are all known to the
 * suite: its header, then its cases by number, then the rest. TEXT_NONE: the call has failed.
 */
text run_difference(struct call *call, const struct row *run, const struct run_draft *draft,
                    const struct verdicts *now, uint32_t result_count);

/* "case 'x' is new". */
text run_difference_case(struct call *call, text key, const char *what);

#endif

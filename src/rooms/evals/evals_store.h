/*
 * Room evals: settled drafts become suites, surfaces, cases, runs
 * and columns; or are refused, one by one.
 */
#ifndef RONDO_EVALS_STORE_H
#define RONDO_EVALS_STORE_H

#include "rooms/evals/evals_draft.h"

/*
 * Stores every draft that has results and is not refused, inside
 * the open change, and adds to the report.
 */
bool drafts_store(struct call *call, struct drafts *drafts, uint32_t *const *order,
                  const uint32_t *row_count, const struct draft_evidence *evidence);

/* The live suite, surface or run of that name; false without failure when there is none. */
bool find_suite(struct call *call, text name, struct row *suite);
bool find_surface(struct call *call, rid suite, text name, struct row *surface);
bool find_run(struct call *call, rid surface, text name, struct row *run);

#endif

/* For verify_ledger.c: the walk over history. */
#ifndef RONDO_VERIFY_HISTORY_H
#define RONDO_VERIFY_HISTORY_H

#include "ledger/verify.h"

/* The versions of every row lead from 1 to what the row is, without a gap, each by a change. */
bool verify_history(struct call *call, struct verify_report *report);

#endif

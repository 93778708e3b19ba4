/*
 * Whether a store holds together: what refers to a row finds it, every row's history leads from its
 * making to what it is now, and the audit is what was written. Reads everything, whoever acts, and
 * changes nothing.
 */
#ifndef RONDO_VERIFY_LEDGER_H
#define RONDO_VERIFY_LEDGER_H

#include "ledger/verify.h"

bool verify_ledger(struct call *call, struct verify_report *report);

#endif

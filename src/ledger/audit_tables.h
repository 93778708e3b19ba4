/* The tables of the audit; part of every catalogue. */
#ifndef RONDO_AUDIT_TABLES_H
#define RONDO_AUDIT_TABLES_H

#include "catalog/table.h"

/* audit, audit_seal; ended by NULL. */
extern const struct table *const ledger_tables[];

#endif

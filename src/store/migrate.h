/* Brings a store's schema to the catalogue of this program, or refuses it. */
#ifndef RONDO_MIGRATE_H
#define RONDO_MIGRATE_H

#include "base/call.h"

/*
 * Called by store_open with only the writer open. The shape that was applied last is kept in the
 * setting `shape`, a line "table column KIND" for each column. What is new is added, after a copy
 * of the store was made beside it; a store with more than this program knows was written by a newer
 * one; anything else asks for a numbered step.
 */
bool migrate(struct call *call, struct store *store);

#endif

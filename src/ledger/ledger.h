/*
 * The only way rows change: check, write, history and audit in one transaction.
 *
 * A `change` groups what one call did. Each function below opens one when none is open and commits
 * it; several of them between change_open and change_commit are one change. A failure inside a
 * change that the caller opened leaves it open for change_rollback.
 */
#ifndef RONDO_LEDGER_H
#define RONDO_LEDGER_H

#include "ledger/change.h"

/*
 * Stores a new row; sets id, version, created, changed. An id that is set already is kept (import).
 * The actor becomes a reader of a named or private row; others are added with ledger_share.
 */
bool ledger_create(struct call *call, struct row *row);

/*
 * Stores `after` over `before` (as found). FAIL_STALE when somebody else changed it since,
 * FAIL_CONFLICT when it was dropped. No difference: no change.
 */
bool ledger_update(struct call *call, const struct row *before, struct row *after);

/* Takes a row out of lists, with the rows it owns; kept for 30 days and undoable. */
bool ledger_archive(struct call *call, const struct record *record, rid id);

/* Lets a person read a named row, which only its readers can; cannot be taken back by undo. */
bool ledger_share(struct call *call, const struct record *record, rid id, rid person);

/* Undoes a whole change, or a row's latest change. FAIL_CONFLICT names who changed what later. */
bool ledger_undo(struct call *call, rid change);
bool ledger_undo_row(struct call *call, const struct record *record, rid id);

/* The row as it was at an instant; FAIL_NOT_FOUND when it did not exist then or may not be read. */
bool ledger_row_at(struct call *call, const struct record *record, rid id, stamp at,
                   struct row *row);

/*
 * Whether the actor may write rows of the record (for the
 * row's team where it has one); names the role needed.
 */
bool ledger_may_write(struct call *call, const struct record *record, const struct row *row);

/*
 * Whether the actor may bring in what other tools produced, before any of it is read: lines that
 * make no row are kept, too. Needs the door to be DOOR_IMPORT.
 */
bool ledger_may_import(struct call *call);

#endif

/*
 * A change groups what one call did to rows.
 *
 * States of call->change: closed -> open without id (nothing written yet) -> open with id ->
 * closed; open <-> paused. The id and the instant are taken when the first row is written, and
 * instants of changes only grow: `as_of` and history need an order, also when the clock is fixed or
 * goes back.
 */
#ifndef RONDO_CHANGE_H
#define RONDO_CHANGE_H

#include "catalog/row.h"
#include "store/store.h"

/*
 * `what` says in a few words what is being done: "import results.jsonl". The
 * change row is written with the first row.
 */
bool change_open(struct call *call, text what);
bool change_commit(struct call *call);
void change_rollback(struct call *call);

/*
 * Commits what is done so far and goes on with the same change: long imports. What others did in
 * between is earlier than what follows.
 */
bool change_checkpoint(struct call *call);

/*
 * Long work that only reads lets others write meanwhile: between the two the change stays open and
 * its transaction is not. Pausing does nothing once something is written that is not committed;
 * resuming does nothing when it is not paused, and has to come before the first write, also after a
 * failure that is to be forgiven.
 */
void change_pause(struct call *call);
bool change_resume(struct call *call);

/*
 * The next change_open goes on with that change, which an earlier call began and could not finish,
 * so that both are undone as one; a change that was undone meanwhile is left, and a new one begins.
 */
void change_go_on(struct call *call, rid change);

/* The open change, or the one just committed by this call; 0 when there is none. */
rid change_id(const struct call *call);

/* Makes sure that the open change has its row, id and instant: for facts that name it. */
bool change_require(struct call *call);

/* What follows is for the files of this folder only. */

/* Opens a change of its own when none is open; `*own` tells change_finish to close it. */
bool change_enter(struct call *call, const char *verb, const struct record *record, bool *own);

/* Commits or rolls back an own change; passes `done` on. */
bool change_finish(struct call *call, bool own, bool done);

/* Who made a change, for sentences: "somebody" when it was nobody or may not be read. */
text change_actor_name(struct call *call, rid change);

/* One version of a row goes to history: `before` is NULL at creation. */
bool history_write(struct call *call, const struct row *before, const struct row *after);

/* Refuses a second live row with the same unique values. */
bool unique_check(struct call *call, const struct row *row);

/* Writes `after` over `before`, both complete: version, history, row, audit line. No checks. */
bool version_write(struct call *call, const char *verb, const struct row *before,
                   struct row *after);

/* A row lives only as long as the row that owns it: refuses one whose owner was dropped. */
bool owner_check(struct call *call, const struct row *row);

/* Archives the live rows that the row owns, and theirs. */
bool owned_archive(struct call *call, const struct row *row);

/*
 * Passes `done` on. Writing that stopped half way dooms the
 * transaction, also when the caller forgives the failure.
 */
bool written(struct call *call, bool done);

/* Same values, dimensions and archived state; versions and times do not count. */
bool row_is_equal(const struct row *a, const struct row *b);

#endif

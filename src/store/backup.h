/*
 * A store as one file, and a file as the store: backup while others write, and restore while others
 * read. A backup is an SQLite store, whatever it was taken from. Asks nobody who may: that is for
 * whoever holds the machine.
 */
#ifndef RONDO_BACKUP_H
#define RONDO_BACKUP_H

#include "store/copy.h"

struct store;

/* Writes the call's store as it is at one moment to a new file; refuses one that is there. */
bool backup_write(struct call *call, text path);

/*
 * Opens another store for reading and attaches `from`, a call of its own, to it: the file must be
 * whole and have this program's schema. A failure is told on `call`. Close with backup_close, also
 * after a failure.
 */
bool backup_open(struct call *call, text where, const struct catalog *catalog, struct call *from,
                 struct store **store);
void backup_close(struct call *from, struct store *store);

/* Says whether the database beneath the call's store is whole; FAIL_STORE with what is not. */
bool backup_check(struct call *call);

/* True when both places are one and the same store. */
bool backup_is_same(const char *a, const char *b);

#endif

/* Bringing an archive back, into a store that holds nothing but its founding. */
#ifndef RONDO_ARCHIVE_IMPORT_H
#define RONDO_ARCHIVE_IMPORT_H

#include "offers/archive.h"
#include "offers/room.h"

/*
 * One transaction: afterwards the store exports the same bytes, or it is as it was. What comes in
 * has to hold together as `rondo verify` sees it. The audit begins anew, with a line that names the
 * archive by its digest.
 */
bool archive_import(struct archive_reader *reader, const struct room *const *rooms, int64_t *rows);

#endif

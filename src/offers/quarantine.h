/*
 * Lines that could not be taken in: kept with file, line and
 * reason, to be looked at, repaired and replayed.
 */
#ifndef RONDO_QUARANTINE_H
#define RONDO_QUARANTINE_H

#include "offers/importer.h"

extern const struct table quarantine_table;

/*
 * Keeps the report's bad lines from `first` on, but for those that wait already: the same file may
 * be imported twice. Inside the import's change.
 */
bool quarantine_add(struct call *call, const struct import_report *report, size_t first);

/* {"items","next"}: what is still open, newest first; `before` 0 starts there. */
bool quarantine_write_json(struct call *call, rid before, int limit, struct json_writer *writer);

/* The same for people, a line each. */
bool quarantine_write_words(struct call *call, rid before, int limit, struct out *out);

/* Fails when that line does not wait there. */
bool quarantine_holds(struct call *call, rid id);

/*
 * Reads lines again: one (`id`), or all that are open (0); `repaired` replaces the bytes of one
 * line. Lines that are still no good stay where they are. Its own change.
 */
bool quarantine_replay(struct call *call, const struct importer *const *importers, rid id,
                       text repaired, const struct import_options *options,
                       struct import_report *report);

#endif

/*
 * The doors of every import: `rondo import`, `rondo quarantine`, POST /api/v1/imports. Which
 * formats there are is what the rooms offer.
 */
#ifndef RONDO_IMPORT_DOORS_H
#define RONDO_IMPORT_DOORS_H

#include "http/route.h"
#include "offers/command.h"
#include "offers/importer.h"
#include "offers/room.h"

/*
 * Tables in the call's memory, each ended by a zero row; `importers` and `rooms` (each ended by
 * NULL) must live as long. NULL: failed.
 */
const struct command *import_commands(struct call *call, const struct importer *const *importers,
                                      const struct room *const *rooms);
const struct route *import_routes(struct call *call, const struct importer *const *importers);

#endif

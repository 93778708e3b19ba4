/* `rondo export`; the way back is `rondo import` (import_doors.h). */
#ifndef RONDO_ARCHIVE_COMMANDS_H
#define RONDO_ARCHIVE_COMMANDS_H

#include "offers/command.h"
#include "offers/room.h"

/* Ended by one without a name; `rooms` must live as long. NULL: the call has failed. */
const struct command *archive_commands(struct call *call, const struct room *const *rooms);

#endif

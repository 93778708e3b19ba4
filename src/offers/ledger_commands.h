/* The commands of the ledger: `rondo undo CHANGE`, `rondo audit verify`, `rondo audit list`. */
#ifndef RONDO_LEDGER_COMMANDS_H
#define RONDO_LEDGER_COMMANDS_H

#include "offers/command.h"

/* Ended by a command without a name. */
extern const struct command ledger_commands[];

#endif

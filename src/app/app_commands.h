/*
 * Commands of the house as a whole: making a workspace, serving it, the demo, help for shells.
 */
#ifndef RONDO_APP_COMMANDS_H
#define RONDO_APP_COMMANDS_H

#include "app/house.h"

/*
 * Each command knows the house through its context. Ended by a row
 * without a name; NULL: the call has failed.
 */
const struct command *app_command_table(struct call *call, const struct house *house);

#endif

/*
 * Commands about a store as a whole, for whoever holds the machine: move, backup, restore, verify.
 * They read and write everything, whoever acts.
 */
#ifndef RONDO_STORE_COMMANDS_H
#define RONDO_STORE_COMMANDS_H

#include "app/house.h"

/* Ended by one without a name; the house is their context. NULL: the call has failed. */
const struct command *store_command_table(struct call *call, const struct house *house);

#endif

/*
 * The commands that every record has for nothing: `rondo <record> list|show|add|set|drop|undo` and
 * one for each verb of its states. Options are its fields. Names are written with hyphens.
 */
#ifndef RONDO_RECORD_COMMANDS_H
#define RONDO_RECORD_COMMANDS_H

#include "catalog/record.h"
#include "offers/command.h"

/*
 * Builds the commands in the call's memory. A room's command of
 * the same name and verb is to be preferred.
 */
bool record_commands(struct call *call, const struct catalog *catalog,
                     const struct command **command, size_t *count);

#endif

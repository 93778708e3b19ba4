/*
 * From the words of a command line to an invocation. Walks the tables of all commands and knows no
 * command itself but `help`. Forms: `--name value`, `--name=value`; `--` ends the options; a single
 * `-` and negative numbers are arguments. Names may be typed with underscores. command_everywhere
 * may stand anywhere, also before the command.
 */
#ifndef RONDO_COMMAND_PARSE_H
#define RONDO_COMMAND_PARSE_H

#include "offers/command.h"

/*
 * Fills the invocation anew (its sinks and terminal are the caller's to set afterwards); its texts
 * view `argv`. False: a usage failure whose sentence names the word and the nearest one that
 * exists; `as_json` and `no_colour` then still say how the failure is to be shown. Nothing at all,
 * `help` and `--help` set wants_help and ask for no arguments.
 */
bool command_parse(struct call *call, const struct command *const *command, size_t count, int argc,
                   char **argv, struct invocation *invocation);

#endif

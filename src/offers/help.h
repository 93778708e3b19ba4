/*
 * Help for people, made from the tables of commands: the overview and one command's page. Nothing
 * that a table says is said here again. Lines are as wide as the terminal, from 60 to 100 columns.
 */
#ifndef RONDO_HELP_H
#define RONDO_HELP_H

#include "offers/command.h"

/*
 * All commands under their groups' headings. What every record has (COMMAND_GENERIC) stands there
 * once, followed by the records that have it.
 */
void help_overview(struct out *out, const struct terminal *terminal,
                   const struct command *const *command, size_t count);

/* Usage, sentence, options and exit codes of one command. */
void help_command(struct out *out, const struct terminal *terminal, const struct command *command);

/* What an invocation with wants_help asks for: a command, all verbs of a name, or the overview.
 * Written to its `out`. */
void help_write(const struct invocation *invocation, const struct command *const *command,
                size_t count);

#endif

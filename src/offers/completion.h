/*
 * Completion scripts for shells. The tables of commands are written out once, as a script that
 * completes without starting the program; a new command needs the script written anew.
 */
#ifndef RONDO_COMPLETION_H
#define RONDO_COMPLETION_H

#include "offers/command.h"

/* The shells there are, for a command's choices; ended by NULL. */
extern const char *const completion_shells[];

/* Writes the script of one shell. A usage failure names the shells when it is none of them. */
bool completion_write(struct out *out, text shell, const struct command *const *command,
                      size_t count);

#endif

/* Shells that read our completion scripts, for the tests of the completion. */
#ifndef RONDO_TEST_SHELL_H
#define RONDO_TEST_SHELL_H

#include "offers/command.h"

enum { SHELL_PATH_SIZE = 32 };

/* Is it installed? Says so when it is not: such a test does not run. */
bool shell_is_there(const char *shell);

/* Writes the completion script into a new file and its path into `path`; unlink it. */
void shell_script(char path[SHELL_PATH_SIZE], const char *shell,
                  const struct command *const *command, size_t count);

/* The shell reads a script whose sentences hold everything that a shell could take for its own. */
void shell_assert_sound(const char *shell);

/* Runs a command of /bin/sh that must succeed; what it printed, without blanks at both ends. */
text shell_answer(struct call *call, const char *command);

#endif

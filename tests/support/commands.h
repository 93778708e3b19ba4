/* A few made-up commands, for the tests of the parser, the help and the completion. */
#ifndef RONDO_TEST_COMMANDS_H
#define RONDO_TEST_COMMANDS_H

#include "offers/command.h"

enum { TEST_COMMANDS = 11 };

/* review, compare, import, quarantine list|replay, note, and the generic ones of note, eval-run and
 * surface. */
extern const struct command *const test_commands[TEST_COMMANDS];

#endif

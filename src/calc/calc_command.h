/* The command `rondo calc`. */
#ifndef RONDO_CALC_COMMAND_H
#define RONDO_CALC_COMMAND_H

#include "offers/command.h"

extern const struct command calc_commands[];

#endif

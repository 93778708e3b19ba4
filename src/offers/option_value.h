/*
 * Values of options as people type them: what each kind accepts, and the sentence when it is
 * something else. Knows nothing of commands or of the line they stand in.
 */
#ifndef RONDO_OPTION_VALUE_H
#define RONDO_OPTION_VALUE_H

#include "offers/command.h"

/* Checks the value of an option that has one. A usage failure names the option and what it takes,
 * and ends with `see`. */
bool option_value_check(struct call *call, const struct option *option, text value, text see);

/* How people say the limits of a number: "from 1 to 520", "from 1 up", "up to 5", or "". */
text option_limits(struct call *call, const struct option *option);

/* A word of the person's as a sentence may show it: short, and nothing in it acts on a terminal. */
text option_value_shown(struct call *call, text word);

#endif

/* The clock that calls start with: the machine's, or the instant that RONDO_NOW fixes. */
#ifndef RONDO_CLOCK_H
#define RONDO_CLOCK_H

#include "base/stamp.h"

/* Fails, naming the variable, when RONDO_NOW is set and is no instant. */
bool clock_read(struct call *call, stamp *now, bool *is_fixed);

#endif

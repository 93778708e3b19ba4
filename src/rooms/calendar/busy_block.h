/* What busy blocks bring to calendars: to their person what they are, to others that time alone. */
#ifndef RONDO_BUSY_BLOCK_H
#define RONDO_BUSY_BLOCK_H

#include "offers/calendar.h"

bool busy_block_collect(struct call *call, const struct calendar_ask *ask,
                        struct calendar *calendar);

#endif

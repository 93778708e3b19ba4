/* What busy blocks bring to calendars: to their person what they are, to others that time alone. */
#ifndef RONDO_BUSY_BLOCK_H
#define RONDO_BUSY_BLOCK_H

#include "offers/calendar.h"

extern const struct calendar_source busy_blocks[];

#endif

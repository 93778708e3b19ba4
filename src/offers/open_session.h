/*
 * What comes out of a ritual that is open without anybody saying so. Rituals are a room's: they are
 * asked for by the names of their records, and where there are none nothing happens.
 */
#ifndef RONDO_OPEN_SESSION_H
#define RONDO_OPEN_SESSION_H

#include "catalog/row.h"

/* Whether what was made comes out of that ritual. False: the call has failed. */
typedef bool (*session_takes)(struct call *call, const struct row *ritual, const struct row *made,
                              bool *takes);

/* The value of a field by its name; none where the record has no such field. */
struct value session_value(const struct row *row, const char *name);

/*
 * Links a row as `made_in` to each open occurrence whose ritual takes it, inside the change that
 * is open; what is linked already stays. Whoever could make the row needs no right to write
 * minutes.
 */
bool open_session_keep(struct call *call, const struct row *made, session_takes takes);

#endif

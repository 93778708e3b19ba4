/*
 * Parts of a text for some readers only. A block from a line `::: executives` to a line `:::` is
 * read by those alone; several may be named; `::: private` is for nobody but who writes. Blocks do
 * not nest. One source, and no audience ever sees the blocks of another one.
 */
#ifndef RONDO_UPDATE_AUDIENCE_H
#define RONDO_UPDATE_AUDIENCE_H

#include "rooms/updates/updates.h"

/*
 * What the audience reads. AUDIENCES: what anybody of them reads, for checks. A block that does not
 * end, or is for somebody unknown, is for nobody: `*mistake` then says what is wrong, else it is
 * TEXT_NONE.
 */
bool update_audience_text(struct call *call, text prose, enum audience audience, text *read,
                          text *mistake);

#endif

/* An update as its page shows it: the words, what the rooms bring, what is missing, the preview. */
#ifndef RONDO_UPDATE_PAGE_H
#define RONDO_UPDATE_PAGE_H

#include "base/json_write.h"
#include "rooms/updates/updates.h"

/*
 * {"update", "is_stored", "audience", "candidates": {part: [...]}, "bets", "last_bets",
 * "exceptions", "errors", "editions", "figures", "markdown", "html", "words"}.
 */
bool update_page_write_json(struct call *call, const struct row *update, enum audience audience,
                            struct json_writer *writer);

/* The archive: sent updates, and of each what was bet and came true. */
bool bets_write_json(struct call *call, rid team, struct json_writer *writer);

#endif

/*
 * Room updates: a board brief as it reads: a draft with its figures as they are now and what keeps
 * it from being sent, a sent one as it was sent.
 */
#ifndef RONDO_BOARD_BRIEF_READ_H
#define RONDO_BOARD_BRIEF_READ_H

#include "offers/figure_text.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

struct board_brief_reading {
    struct rows risks;
    struct figure_text filled; /* its errors are all that keeps the brief from being sent */
};

bool board_brief_is_sent(const struct row *brief);

/* A draft, as it would be sent now. */
bool board_brief_read(struct call *call, const struct row *brief,
                      struct board_brief_reading *reading);

/* What is read of it: a draft's reading, or the words that were sent. */
text board_brief_markdown(const struct row *brief, const struct board_brief_reading *reading);

/* {"brief", "risks", "missing", "markdown", "html", "text", "figures"}. */
bool board_brief_write_json(struct call *call, const struct row *brief,
                            const struct board_brief_reading *reading, struct json_writer *writer);

#endif

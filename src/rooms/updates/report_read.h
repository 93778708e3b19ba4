/* Room updates: a report as it is read, now or as of an instant, and what is kept of a reading. */
#ifndef RONDO_REPORT_READ_H
#define RONDO_REPORT_READ_H

#include "offers/figure_text.h"
#include "rooms/updates/updates.h"

/* Where a card's figure is among those that were told; where there is none, why not. */
struct report_card {
    struct row row;
    size_t figure; /* of `filled`, or SIZE_MAX */
    text mistake;  /* a sentence without its end */
};

struct report_reading {
    struct row report;
    stamp as_of; /* the instant, also where none was asked for */
    struct figure_text filled;
    struct report_card *card;
    size_t card_count;
};

/* By its id or title; `as_of` TEXT_NONE: now. Cards are those of now, their figures of then. */
bool report_read(struct call *call, text word, text as_of, struct report_reading *reading);

/* {"report", "as_of", "cards", "markdown", "html", "text", "figures"}. */
bool report_write_json(struct call *call, const struct report_reading *reading,
                       struct json_writer *writer);

/* Keeps it as it was read. */
bool report_keep(struct call *call, const struct report_reading *reading, struct row *snapshot);

#endif

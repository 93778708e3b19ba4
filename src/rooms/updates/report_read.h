/* Room updates: a report as it is read, now or as of an instant, and what is kept of a reading. */
#ifndef RONDO_REPORT_READ_H
#define RONDO_REPORT_READ_H

#include "offers/figure_text.h"
#include "rooms/updates/updates.h"

struct report_reading {
    struct row report;
    stamp as_of; /* the instant, also where none was asked for */
    struct figure_text filled;
};

/* By its id or title; `as_of` TEXT_NONE: now. Cards are those of now, their figures of then. */
bool report_read(struct call *call, text word, text as_of, struct report_reading *reading);

/* {"report", "as_of", "markdown", "html", "figures"}. */
bool report_write_json(struct call *call, const struct report_reading *reading,
                       struct json_writer *writer);

/* Keeps it as it was read. */
bool report_keep(struct call *call, const struct report_reading *reading, struct row *snapshot);

#endif

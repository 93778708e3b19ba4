/* Which rituals of a person fall on what stands in outside calendars. Reads only. */
#ifndef RONDO_OUTSIDE_CONFLICTS_H
#define RONDO_OUTSIDE_CONFLICTS_H

#include "base/json_write.h"
#include "offers/calendar.h"
#include "offers/needs.h"

struct outside_conflict {
    const struct calendar_entry *ritual;
    const struct outside_time *with;
};

struct outside_conflicts {
    struct outside_conflict *conflict; /* by the beginning of the ritual */
    size_t count, room;
};

/* Those of the ask's person; what takes no time and what is cancelled meets nothing. */
bool outside_conflicts_read(struct call *call, const struct calendar_ask *ask,
                            struct outside_conflicts *conflicts);

/* {"zone", "conflicts": [{"id", "title", "from", "until", "link", "with": {...}}]} */
bool outside_conflicts_write_json(struct call *call, const struct calendar_ask *ask,
                                  struct json_writer *writer);

/* Of each ritual the first conflict of the coming seven days waits for its person. */
bool outside_conflicts_need(struct call *call, rid person, struct needs *needs);

/* "2026-11-24 13:00  Council meets 'Dentist' (Work, 13:30 to 14:15)", a line for each. */
bool outside_conflicts_write_lines(struct call *call, const struct calendar_ask *ask,
                                   struct out *out);

#endif

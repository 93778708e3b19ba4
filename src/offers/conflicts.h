/*
 * Which rituals fall on time that is taken elsewhere: one list over all rooms. What its reader may
 * not know is left out of the words already. Reads only.
 */
#ifndef RONDO_CONFLICTS_H
#define RONDO_CONFLICTS_H

#include "base/json_write.h"
#include "offers/calendar.h"

/* What a ritual meets. */
struct conflict_with {
    text title, place;  /* without its words: "Ada: busy", and TEXT_NONE */
    text calendar;      /* where it stands */
    stamp from, until;
    bool is_day;
    bool is_hidden;     /* the title is not the one that its owner sees */
};

struct conflict {
    const struct record *record; /* the ritual, and the page of that day */
    rid row;
    text title, link;
    stamp from, until;
    struct conflict_with with;
};

struct conflicts {
    struct conflict *conflict; /* by the beginning of the ritual */
    size_t count, room;
};

/* Appends one; its texts must live as long as the call. False: the call has failed. */
bool conflicts_add(struct call *call, struct conflicts *conflicts, struct conflict conflict);

struct conflict_source {
    const char *name; /* "calendar.outside": the room, a dot, where the time is taken */
    /*
     * Of the ask's person; without one, of who acts, and of whoever owns a ritual of the ask's team
     * (0: of any).
     */
    bool (*collect)(struct call *call, const struct calendar_ask *ask,
                    struct conflicts *conflicts);
};

bool conflicts_collect(struct call *call, const struct calendar_ask *ask,
                       struct conflicts *conflicts);

/* Writes the list of {"id", "title", "from", "until", "link", "with": {"title", "place", ...}}. */
void conflicts_write_json(struct call *call, const struct conflicts *conflicts,
                          struct json_writer *writer);

/* "2026-11-24 13:00", and without its day "13:00", where the zone is. */
bool conflict_write_clock(struct call *call, text zone, stamp at, bool with_day, struct out *out);

/* "2026-11-24 13:00  Council meets 'Dentist' (Work, 13:30 to 14:15)", without a line end. */
bool conflict_write_words(struct call *call, text zone, const struct conflict *conflict,
                          struct out *out);

#endif

/*
 * One week of a team: every ritual with its state, its owner, its preparation and what it has left
 * behind; what waits for the actor; what is late. Reads only.
 */
#ifndef RONDO_RITUAL_WEEK_H
#define RONDO_RITUAL_WEEK_H

#include "base/json_write.h"
#include "offers/agenda.h"
#include "offers/conflicts.h"
#include "offers/needs.h"
#include "offers/promises.h"
#include "offers/terminal.h"
#include "rooms/people/people.h"
#include "rooms/rituals/occurrence_slots.h"

struct ritual_week_line {
    struct occurrence_slot slot;
    text key;
    text owner;  /* a name; TEXT_NONE: nobody */
    text leader; /* who leads it that day: the owner, unless somebody is named */
    const struct people_away *leader_away; /* that day; NULL: the leader is there, or nobody */
    int64_t prepared, preparations;
    int64_t have, need; /* required artifacts that are there, and all of them */
};

struct ritual_week {
    iso_week week;
    rid team; /* 0: all */
    text team_name;
    text zone; /* in which days and times are told */
    struct ritual_week_line *line; /* by their beginning */
    size_t count;
    struct needs needs;    /* what waits for the actor */
    struct agenda overdue; /* what is late, whoever's it is */
    struct promises promises; /* of the week before, kept or not */
    struct people_away *away; /* who of the team is away on a day of it, by the first day */
    size_t away_count;
    struct people_away *away_anywhere; /* of any team */
    size_t away_anywhere_count;
    struct conflicts conflicts; /* of the actor and of whoever owns a ritual */
};

/* `week` NULL: the one that it is now in the team's zone. */
bool ritual_week_read(struct call *call, rid team, const iso_week *week,
                      struct ritual_week *result);

void ritual_week_write_json(struct call *call, const struct ritual_week *week,
                            struct json_writer *writer);
bool ritual_week_write_terminal(struct call *call, const struct ritual_week *week,
                                const struct terminal *terminal, struct out *out);
bool ritual_week_write_markdown(struct call *call, const struct ritual_week *week,
                                struct out *out);

/* The state as it is told: as stored, or "missed". */
text occurrence_slot_state(const struct occurrence_slot *slot);

/* "Mon 23 Nov 10:00" where it is. */
text ritual_clock(struct call *call, text zone, stamp at);

#endif

/*
 * What rooms bring to a ritual. A room offers sources by name; a ritual lists the names of those
 * it wants, as data, and its agenda is compiled by walking them. A source may also do something
 * when the ritual starts, and may keep it from closing. Knows neither rituals nor rooms.
 */
#ifndef RONDO_AGENDA_H
#define RONDO_AGENDA_H

#include "base/stamp.h"
#include "catalog/row.h"

/* For whom and for which stretch of time an agenda is compiled. */
struct agenda_ask {
    rid team;          /* 0: the whole workspace */
    rid surface;       /* 0: all of them */
    iso_week week;     /* of the ritual, in its zone */
    stamp from, until; /* since the last time it was held, up to now */
};

/* One thing to talk about. */
struct agenda_point {
    const char *source; /* the source's name; set by agenda_compile */
    text title;         /* what it is */
    text why;           /* why it is here, with its figures; TEXT_NONE: the title says it */
    const struct record *record; /* the row that it is about; NULL: none */
    rid row;
    rid owner; /* a person; 0: nobody */
};

struct agenda {
    struct agenda_point *point;
    size_t count, room;
};

/* Appends a point; its texts must live as long as the call. False: the call has failed. */
bool agenda_add(struct call *call, struct agenda *agenda, struct agenda_point point);

/*
 * Whether a row belongs on the agenda: its own `team` decides, else that of what its `surface` or
 * `surfaces` lead to. What is no team's is everybody's, and the whole workspace asks for all. Where
 * one surface is asked for, what is about others alone does not belong.
 */
bool agenda_concerns(struct call *call, const struct agenda_ask *ask, const struct row *row,
                     bool *concerns);

struct agenda_source {
    const char *name;  /* "evals.flips": the room, a dot, what it brings */
    const char *label; /* for people: "Cases that broke" */
    const char *help;  /* one sentence */
    /* Adds its points, the most important first. Reads only. */
    bool (*compile)(struct call *call, const struct agenda_ask *ask, struct agenda *agenda);
    /* What happens when a ritual with this source starts, inside its change. May be NULL. */
    bool (*start)(struct call *call, const struct agenda_ask *ask);
    /* Fails with a sentence that names what is undone, or lets the ritual close. May be NULL. */
    bool (*may_close)(struct call *call, const struct agenda_ask *ask);
    /* The first words of the ritual's one paragraph; TEXT_NONE: it has none. May be NULL. */
    bool (*draft)(struct call *call, const struct agenda_ask *ask, text *paragraph);
};

/* The source of that name among all rooms, or NULL. */
const struct agenda_source *agenda_source_find(const struct call *call, text name);

/*
 * Every source of every room, in the order of the rooms; ended by NULL. NULL: the call has failed.
 */
const struct agenda_source *const *agenda_sources(struct call *call);

/*
 * The points of the named sources, in that order. A name that no room offers is left out: rooms
 * may come and go, and what a ritual asks for is checked where it is written.
 */
bool agenda_compile(struct call *call, const struct agenda_ask *ask, const text *name, size_t count,
                    struct agenda *agenda);

#endif

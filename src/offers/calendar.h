/*
 * What rooms bring to a calendar: when something is, where its clock is, and which row it is about.
 * What recurs is told once, with its rule and its exceptions; the days of it are worked out by
 * whoever needs them. Feeds, the calendar page and files walk the same sources. Reads only; knows
 * neither rooms nor iCalendar.
 */
#ifndef RONDO_CALENDAR_H
#define RONDO_CALENDAR_H

#include "base/stamp.h"
#include "catalog/row.h"

enum calendar_kind {
    CALENDAR_RITUAL,
    CALENDAR_PREPARATION,
    CALENDAR_ACTION,
    CALENDAR_DRILL,
    CALENDAR_WAIVER,
    CALENDAR_HOLIDAY,
    CALENDAR_ABSENCE,
    CALENDAR_BUSY,
    CALENDAR_OUTSIDE,
    CALENDAR_FREEZE,
    CALENDAR_LAUNCH,
    CALENDAR_RETIREMENT,
    CALENDAR_KINDS,
};

struct calendar_kind_fact {
    const char *word; /* "ritual" */
    const char *label;
    bool is_free; /* it takes nobody's time: a mark on a day */
};
extern const struct calendar_kind_fact calendar_kind_facts[CALENDAR_KINDS];

/* What is cancelled is told for so long, so that who looks rarely hears of it. */
#define CALENDAR_CANCELLED_KEPT (30 * STAMP_DAY)

/* For whom and for which stretch of time. */
struct calendar_ask {
    rid person; /* what this person takes part in or owes; 0: everybody's */
    rid team;   /* of this team and of the whole workspace; 0: all teams */
    const struct record *record; /* what belongs to these rows of it alone; NULL: everything */
    const rid *rows;
    size_t row_count;
    text zone;         /* in which the days of instants are told */
    stamp from, until; /* what is once is told when it touches this; what recurs always */
    bool goes_out;     /* to a calendar program: what came from one is left out */
};

/* One thing that is on some day, or on the days of a rule. */
struct calendar_event {
    const struct calendar_source *source; /* set by calendar_collect */
    enum calendar_kind kind;
    text title;
    text why;       /* what else is to be known, with its figures; TEXT_NONE: the title says it */
    int64_t day;    /* days since 1970-01-01; of what recurs its first instance */
    int days;       /* of whole days, how many; 0: it has a time */
    int minute;     /* of the day in `zone` */
    int minutes;    /* how long */
    text zone;
    text rule;      /* base/recurrence.h; TEXT_NONE: it is once */
    const int64_t *without; /* days of the rule on which it is not, rising */
    size_t without_count;
    bool is_instead; /* it stands for that day's instance of the same row's event */
    int64_t instead_day;
    int instead_minute;
    bool is_cancelled;
    int64_t sequence; /* how often it was changed */
    stamp changed;
    const struct record *record; /* the row that it is about, by which it is known for ever */
    rid row;
    text link;       /* an address of the pages; filled from record and row where it is left out */
    text day_link[2]; /* before and behind a day, where each day of it has an address of its own */
    rid person;      /* who leads or owes it; 0: nobody */
    bool is_private; /* the title is not the one that its owner sees */
};

struct calendar {
    struct calendar_event *event;
    size_t count, room;
};

/* Whether the ask is of rows, and this is one of them. */
bool calendar_asks_row(const struct calendar_ask *ask, const struct record *record, rid row);

/*
 * Whether a row belongs into what is asked for: it is one of the rows, or its person is the one, or
 * it is the team's as agenda_concerns has it.
 */
bool calendar_concerns(struct call *call, const struct calendar_ask *ask, const struct row *row,
                       rid person, bool *concerns);

/* The whole day in the ask's zone of an instant, as an event without anything else. */
bool calendar_day_of(struct call *call, const struct calendar_ask *ask, stamp at,
                     struct calendar_event *event);

/*
 * The first day of what recurs as people set it up here: the first day from `starts` on that
 * matches the rule. Without a rule `starts` itself; false in `has_one`: it never is.
 */
bool calendar_first_day(struct call *call, text rule, int64_t starts, int64_t *first,
                        bool *has_one);

/* Appends an event; its texts must live as long as the call. False: the call has failed. */
bool calendar_add(struct call *call, struct calendar *calendar, struct calendar_event event);

/* The day, the minute and the zone of an event at an instant. */
bool calendar_at(struct call *call, text zone, stamp at, struct calendar_event *event);

/* The instant at which an event begins when it is on that day. */
bool calendar_instant(struct call *call, const struct calendar_event *event, int64_t day,
                      stamp *at);

struct calendar_source {
    const char *name;  /* "actions.due": the room, a dot, what it brings */
    const char *label; /* for people */
    const char *help;  /* one sentence */
    bool (*collect)(struct call *call, const struct calendar_ask *ask, struct calendar *calendar);
};

/* The events of all rooms, in the order of the rooms. */
bool calendar_collect(struct call *call, const struct calendar_ask *ask,
                      struct calendar *calendar);

/* One day of an event, as it is shown. */
struct calendar_entry {
    const struct calendar_event *event;
    int64_t day;       /* of its rule, or its own */
    stamp from, until; /* of whole days: 00:00 in the ask's zone */
};

struct calendar_entries {
    struct calendar_entry *entry; /* by their beginning */
    size_t count, room;
};

/*
 * The days of the events that touch the ask's stretch of time. What stands instead of an instance
 * takes its place.
 */
bool calendar_expand(struct call *call, const struct calendar_ask *ask,
                     const struct calendar *calendar, struct calendar_entries *entries);

/* The address of the pages of that day. */
text calendar_entry_link(struct call *call, const struct calendar_entry *entry);

#endif

/*
 * For the files demo*.c: what the demo's team did in each meeting of its weeks, as data. Persons
 * and surfaces are places in their tables; 0 of a person is whoever acts.
 */
#ifndef RONDO_DEMO_SESSIONS_H
#define RONDO_DEMO_SESSIONS_H

#include <stddef.h>

enum { DEMO_DAYS = 5, DEMO_MADE_MAX = 5, DEMO_NONE_MAX = 2, DEMO_WORDS_MAX = 3 };

enum demo_day { DEMO_MONDAY, DEMO_TUESDAY, DEMO_WEDNESDAY, DEMO_THURSDAY, DEMO_FRIDAY };

/* Which of the persons are meant: bit n is person n. */
typedef unsigned demo_people_set;

/* Who answers for the ritual of each day, in the order of the pack. */
struct demo_ritual {
    size_t owner, scribe;
    demo_people_set attendees;
};

extern const struct demo_ritual demo_rituals[DEMO_DAYS];

/* What came out of a meeting. `words` by kind; an action's are none. */
enum demo_made_kind {
    DEMO_MADE_NOTHING,
    DEMO_MADE_DOCUMENT, /* kind, text */
    DEMO_MADE_DECISION, /* context, options, decision */
    DEMO_MADE_ACTION,
    DEMO_MADE_INCIDENT,   /* impact */
    DEMO_MADE_EXPERIMENT, /* hypothesis, primary metric */
    DEMO_MADE_CAUSE,      /* of the incident of that title: its cause; it is stable then */
    DEMO_MADE_POSTMORTEM, /* of the incident of that title: text */
    DEMO_MADE_COUNCIL,    /* what is said of each change in the queue: the verdict */
    DEMO_MADE_UPDATE,     /* the week's update */
    DEMO_MADE_ANSWER,     /* what is decided about a planted regression */
    DEMO_MADE_KINDS
};

struct demo_made {
    enum demo_made_kind kind;
    const char *title;
    const char *words[DEMO_WORDS_MAX];
    size_t owner, surface;
    int due_days;
    int is_done; /* an action that was done the same day, an experiment that was started */
};

/* Why there is none of what should come out. */
struct demo_none {
    const char *kind, *reason;
};

enum demo_fate {
    DEMO_CLOSED,
    DEMO_HELD_INCOMPLETE,
    DEMO_SKIPPED,
    DEMO_LEFT_OPEN, /* nobody has closed it yet */
};

/* One that stands in no line was missed, and nobody said why. */
struct demo_session {
    int weeks_before; /* the last week is 0 */
    enum demo_day day;
    enum demo_fate fate;
    const char *reason;    /* of a fate that needs one */
    const char *paragraph; /* NULL: none */
    const char *note;      /* the scribe's; NULL: none */
    const char *parked;    /* what somebody brought up, and was put off; NULL: nothing */
    struct demo_made made[DEMO_MADE_MAX];
    struct demo_none none[DEMO_NONE_MAX];
    int leaves_open; /* what stood on its agenda was not finished */
};

/* What somebody wants to talk about on the last week's Thursday, and why. */
#define DEMO_BROUGHT_UP "Long contexts cost more from next month: which surface pays for it?"
#define DEMO_BROUGHT_UP_WHY "Release notes of two providers; retrieved sources make ours long"

extern const struct demo_session demo_sessions[];
extern const size_t demo_session_count;

#endif

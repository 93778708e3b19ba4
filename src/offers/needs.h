/*
 * What needs a person: one list over all rooms. A room offers sources; each adds what waits for
 * that person, with the row that it is about. What a person has put aside (snoozed, done) is kept
 * apart by whoever shows the list. Reads only.
 */
#ifndef RONDO_NEEDS_H
#define RONDO_NEEDS_H

#include "base/json_write.h"
#include "catalog/row.h"

/* One thing that waits for somebody. */
struct need {
    const char *kind; /* one word for its icon and filter: "action", "flip", "ritual", "mention" */
    text title;       /* what it is */
    text why;         /* why it is this person's, in a sentence without its end */
    const struct record *record; /* what it is about */
    rid row;
    text link;    /* the page where it is dealt with; left out, the row's own is filled in */
    const char *hand_on; /* the field of the row by which it becomes another's; NULL: owner */
    stamp due;    /* 0: no time */
    bool is_late; /* its time has passed */
};

struct needs {
    struct need *need;
    size_t count, room;
};

/* Appends one, with its link filled in; its texts must live as long as the call. False: the call
 * has failed. */
bool needs_add(struct call *call, struct needs *needs, struct need need);

struct need_source {
    const char *name; /* "actions.mine": the room, a dot, what waits */
    /* Adds what waits for the person: the call's own actor, or whom the week page is about. */
    bool (*collect)(struct call *call, rid person, struct needs *needs);
};

/* All that waits for the person: late first, then by time, what has none last. */
bool needs_collect(struct call *call, rid person, struct needs *needs);

/* Writes the list of {"kind", "id", "record", "title", "why", "link", "due", "late"}. */
void needs_write_json(struct call *call, const struct needs *needs, struct json_writer *writer);

#endif

/*
 * Room actions: what somebody has to do, by when. Other rooms make them (a flip of Monday's review
 * becomes one); people take, do and drop them. Whoever reads one tells whether it is late.
 */
#ifndef RONDO_ACTIONS_H
#define RONDO_ACTIONS_H

#include "catalog/row.h"
#include "offers/room.h"

enum action_field {
    ACTION_TITLE,
    ACTION_STATE,
    ACTION_OWNER,
    ACTION_DUE,
    ACTION_FIRST_STEP,
    ACTION_WEEK,
    ACTION_SURFACE,
    ACTION_CASE,
    ACTION_CLASS,
    ACTION_SUSPECT,
    ACTION_FIELDS,
};

extern const struct record action_record;
extern const struct room actions_room;

/* Open and past its due instant, whoever's it is: what "late" means in inboxes and weeks, too. */
bool action_is_late(const struct row *action, stamp now);

/* Its due instant where it is open and nobody's, so that nobody took it in time; else 0. */
stamp action_untaken_from(const struct row *action);

#endif

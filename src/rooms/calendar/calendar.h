/*
 * Room calendar: where the rhythm meets people's own calendars. Feeds are secret addresses at which
 * a calendar program fetches what concerns one person, team or ritual; busy blocks keep hours free
 * and tell others no more than that. Calendars of others are read, and recurrence rules expanded.
 * What stands in a calendar, all rooms bring (offers/calendar.h).
 */
#ifndef RONDO_ROOM_CALENDAR_H
#define RONDO_ROOM_CALENDAR_H

#include "catalog/row.h"
#include "offers/reply_schema.h"
#include "offers/room.h"

enum calendar_feed_field {
    CALENDAR_FEED_NAME,
    CALENDAR_FEED_PERSON,
    CALENDAR_FEED_SCOPE,
    CALENDAR_FEED_TEAM,
    CALENDAR_FEED_RITUAL,
    CALENDAR_FEED_PACK,
    CALENDAR_FEED_FIELDS,
};

enum busy_block_field {
    BUSY_BLOCK_TITLE,
    BUSY_BLOCK_WHAT,
    BUSY_BLOCK_PERSON,
    BUSY_BLOCK_STARTS,
    BUSY_BLOCK_AT,
    BUSY_BLOCK_MINUTES,
    BUSY_BLOCK_RULE,
    BUSY_BLOCK_ZONE,
    BUSY_BLOCK_FIELDS,
};

extern const struct record calendar_feed_record, busy_block_record;
extern const struct room calendar_room;
extern const struct reply_schema calendar_replies[]; /* calendar_replies.c */

#endif

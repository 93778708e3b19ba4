/*
 * Room messages: what leaves the house. A channel is a list of mail addresses or a webhook of a
 * chat, for an audience; what is to be sent waits as a delivery until it arrived, was refused, or
 * somebody has to look. Nothing leaves before somebody has set up a channel and switched it on.
 */
#ifndef RONDO_MESSAGES_H
#define RONDO_MESSAGES_H

#include "catalog/row.h"
#include "offers/room.h"

enum mail_server_field {
    MAIL_SERVER_NAME,
    MAIL_SERVER_ADDRESS,
    MAIL_SERVER_USER,
    MAIL_SERVER_PASSWORD,
    MAIL_SERVER_SENDER,
    MAIL_SERVER_FIELDS,
};

enum channel_field {
    CHANNEL_NAME,
    CHANNEL_KIND,
    CHANNEL_RECIPIENTS,
    CHANNEL_WEBHOOK,
    CHANNEL_INSIDE,
    CHANNEL_AUDIENCE,
    CHANNEL_TEAM,
    CHANNEL_PAGES,
    CHANNEL_OWNER,
    CHANNEL_ON,
    CHANNEL_FIELDS,
};

enum delivery_field {
    DELIVERY_SUBJECT,
    DELIVERY_CHANNEL,
    DELIVERY_STATE,
    DELIVERY_ABOUT,
    DELIVERY_KEY,
    DELIVERY_TRIES,
    DELIVERY_NEXT_TRY,
    DELIVERY_SENT_AT,
    DELIVERY_ERROR,
    DELIVERY_MARKDOWN,
    DELIVERY_FIELDS,
};

extern const struct record mail_server_record, channel_record, delivery_record;
extern const struct room messages_room;

/* One thing to say. */
struct message {
    text key;      /* the same message has the same key for ever */
    text subject;
    text markdown; /* of which the mail, its plain text and the chat's text are made */
    const struct record *record; /* what it is about; its page is linked */
    rid row;
};

/*
 * Queues it for the channel, or within the change that is open. What was queued with that key
 * already is left as it is: nothing is said twice.
 */
bool message_queue(struct call *call, const struct row *channel, const struct message *message);

/* Queues it for each channel of the audience that is on: those of the team, and of no team. */
bool message_to_audience(struct call *call, const char *audience, rid team,
                         const struct message *message);

/* Tries once what is due, `most` deliveries; for the job, and for who has no server running. */
bool deliveries_run(struct call *call, int most, int *tried);
bool deliveries_are_due(struct call *call, bool *are_due);

/* Tries again what failed, or what nobody knows of. Fails for what arrived or waits. */
bool delivery_retry(struct call *call, rid delivery);

#endif

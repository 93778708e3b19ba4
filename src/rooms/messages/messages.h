/*
 * Room messages: what leaves the house. A channel is a list of mail addresses or a webhook of a
 * chat, for an audience; what is to be sent waits as a delivery until it arrived, was refused, or
 * somebody has to look. Nothing leaves before somebody has set up a channel and switched it on.
 *
 * A personal channel takes what is said to one person: by mail to each person's own address, or to
 * the chat of its owner. The text of such a delivery is a field that its person alone reads.
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
    CHANNEL_PERSONAL,
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
    DELIVERY_PERSON,
    DELIVERY_PERSONAL_TEXT,
    DELIVERY_PERSONAL_ERROR,
    DELIVERY_FIELDS,
};

enum message_setting_field {
    MESSAGE_SETTING_TITLE,
    MESSAGE_SETTING_PERSON,
    MESSAGE_SETTING_AT,
    MESSAGE_SETTING_QUIET_FROM,
    MESSAGE_SETTING_QUIET_UNTIL,
    MESSAGE_SETTING_DAYS_OFF,
    MESSAGE_SETTING_CHANNEL,
    MESSAGE_SETTING_FIELDS,
};

extern const struct record mail_server_record, channel_record, delivery_record,
    message_setting_record;
extern const struct room messages_room;

/* One thing to say. */
struct message {
    text key;      /* the same message has the same key for ever */
    text subject;
    text markdown; /* of which the mail, its plain text and the chat's text are made */
    const struct record *record; /* what it is about; its page is linked. NULL: no row */
    rid row;
    rid person; /* to whom alone it is said, by a personal channel; 0: to an audience */
};

/*
 * Queues it for the channel, or within the change that is open; what is said to a person, as that
 * person, who then is its author. What was queued with that key
 * already is left as it is: nothing is said twice.
 */
bool message_queue(struct call *call, const struct row *channel, const struct message *message);

/* Queues it for each channel of the audience that is on: those of the team, and of no team. */
bool message_to_audience(struct call *call, const char *audience, rid team,
                         const struct message *message);

/* Tries once what is due, `most` deliveries; for the job, and for who has no server running. */
bool deliveries_run(struct call *call, int most, int *tried);
bool deliveries_are_due(struct call *call, bool *are_due);
/* How many are due now and still wait to be tried, for everybody. */
bool deliveries_left(struct call *call, int64_t *left);
/* "tried 8 deliveries; 3 more are due: 'rondo delivery run' tries them", without a line end. */
void deliveries_write_words(int tried, int64_t left, struct out *out);

/* Tries again what failed, or what nobody knows of. Fails for what arrived or waits. */
bool delivery_retry(struct call *call, rid delivery);

/*
 * How a person is reached (message_setting.c): the time of day at which the digest comes, the quiet
 * hours in which nothing is sent, both in the person's zone, and the channel. Who said nothing is
 * reached by mail at eight in the morning. Settings are read by their person alone; what is asked
 * here is asked by the house, which sends.
 */
struct message_setting {
    text zone;
    int at;                      /* minutes since midnight */
    int quiet_from, quiet_until; /* the same; equal: there are none */
    bool skips_days_off;         /* no digest on a day without work, or away */
    rid channel;                 /* 0: by mail */
};

bool message_setting_read(struct call *call, rid person, struct message_setting *setting);

/* When the quiet hours end that the instant lies in; the instant itself when it lies in none. */
bool message_quiet_ends(struct call *call, const struct message_setting *setting, stamp at,
                        stamp *ends);

/*
 * The instant of that day at which the person is told. A time within quiet hours is where they end;
 * one that does not exist when the clock is changed moves forward, one that is there twice is the
 * first.
 */
bool message_morning(struct call *call, const struct message_setting *setting, int64_t day,
                     stamp *at);

/* Whether what is said to that person alone may go there: personal mail, or the person's chat. */
bool message_is_channel_of(const struct row *channel, rid person);

/*
 * The channel that the person is reached by: that one while it is the person's and on, else mail,
 * else a chat of the person's. `*has` false: there is none.
 */
bool message_channel_of(struct call *call, rid person, rid wish, bool *has, struct row *channel);

/* Whether anybody can be told anything: some personal channel is on. */
bool message_has_personal(struct call *call, bool *has);

/* Fails at the field unless it is empty or names a channel of that person's. */
bool message_check_channel(struct call *call, const char *field, rid channel, rid person);

#endif

/*
 * Room messages: one message on its way to one channel.
 *
 *   queued   waits for its next try
 *   sending  somebody tries now; found like that later, nobody knows whether it arrived
 *   sent, failed, unsure, cancelled
 *
 * Transitions: queued -> sending -> sent | queued (again later) | failed | unsure; failed, unsure
 * -> queued when a person says so; queued -> cancelled. `sending` is stored before anything
 * leaves: what is found so was begun by a server that ended, and is not sent again by itself.
 */
#include "ledger/state.h"
#include "rooms/messages/messages.h"
#include "store/find.h"

static const char *const state_words[] = { "queued", "sending", "sent",   "failed",
                                           "unsure", "cancelled", NULL };

static const struct field delivery_fields[] = {
    [DELIVERY_SUBJECT] = { .name = "subject",
                           .label = "Subject",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_COUNTED,
                           .help = "What it is called." },
    [DELIVERY_CHANNEL] = { .name = "channel",
                           .label = "Channel",
                           .kind = FIELD_REF,
                           .refers = "channel",
                           .flags = FIELD_COUNTED | FIELD_INDEXED | FIELD_BY_NAME,
                           .help = "Where it goes." },
    [DELIVERY_STATE] = { .name = "state",
                         .label = "State",
                         .kind = FIELD_CHOICE,
                         .choices = state_words,
                         .flags = FIELD_NEEDED | FIELD_INDEXED,
                         .fallback = "queued",
                         .help = "Where it stands." },
    [DELIVERY_ABOUT] = { .name = "about",
                         .label = "About",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_COUNTED | FIELD_INDEXED,
                         .max = 60,
                         .help = "What it tells of, by its id, such as UED-3." },
    [DELIVERY_KEY] = { .name = "key",
                       .label = "Key",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_COUNTED,
                       .max = 200,
                       .help = "The same message has the same key: it is said once." },
    [DELIVERY_TRIES] = { .name = "tries",
                         .label = "Tries",
                         .kind = FIELD_INT,
                         .flags = FIELD_COUNTED,
                         .help = "How often it was tried." },
    [DELIVERY_NEXT_TRY] = { .name = "next_try",
                            .label = "Next try",
                            .kind = FIELD_STAMP,
                            .flags = FIELD_COUNTED | FIELD_INDEXED,
                            .help = "Not before." },
    [DELIVERY_SENT_AT] = { .name = "sent_at",
                           .label = "Sent",
                           .kind = FIELD_STAMP,
                           .flags = FIELD_COUNTED,
                           .help = "When it arrived." },
    [DELIVERY_ERROR] = { .name = "error",
                         .label = "Error",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_COUNTED,
                         .help = "Why it did not arrive the last time." },
    [DELIVERY_MARKDOWN] = { .name = "markdown",
                            .label = "Text",
                            .kind = FIELD_PROSE,
                            .flags = FIELD_COUNTED,
                            .help = "What is said to an audience." },
    [DELIVERY_PERSON] = { .name = "person",
                          .label = "Person",
                          .kind = FIELD_REF,
                          .refers = "person",
                          .flags = FIELD_COUNTED | FIELD_INDEXED | FIELD_BY_NAME,
                          .help = "To whom alone it is said; empty: to an audience." },
    [DELIVERY_PERSONAL_TEXT] = { .name = "personal_text",
                                 .label = "Text to the person",
                                 .kind = FIELD_PROSE,
                                 .flags = FIELD_COUNTED | FIELD_PRIVATE,
                                 .help = "What is said to its person, who alone reads it." },
    [DELIVERY_PERSONAL_ERROR] = { .name = "personal_error",
                                  .label = "Error, to the person",
                                  .kind = FIELD_TEXT,
                                  .flags = FIELD_COUNTED | FIELD_PRIVATE,
                                  .help = "What the other side answered, which may repeat the "
                                          "text; its person alone reads it." },
};

/* That something was sent to a person is known to that person and to who runs the workspace. */
static bool delivery_readable(struct call *call, const struct row *delivery)
{
    rid person = value_as_int(delivery->value[DELIVERY_PERSON]);
    return person == 0 || person == call->actor.person ||
           (role_held(call, delivery) & ROLE_OWNER) != 0;
}

/* How a try went is written by whoever tried. */
static bool by_the_house(struct call *call, const struct row *delivery)
{
    (void)delivery;
    return call->all_rows ||
           fail(call, FAIL_CONFLICT, "how a delivery went is not said by hand: retry or cancel it");
}

static const struct transition delivery_states[] = {
    { "queued", "sending", "begin", 0, by_the_house, UNDO_NO },
    { "sending", "sent", "arrive", 0, by_the_house, UNDO_NO },
    { "sending", "queued", "put-off", 0, by_the_house, UNDO_NO },
    { "sending", "failed", "fail", 0, by_the_house, UNDO_NO },
    { "sending", "unsure", "lose", 0, by_the_house, UNDO_NO },
    { "failed", "queued", "retry", 0, NULL, UNDO_NO },
    { "unsure", "queued", "retry-unsure", 0, NULL, UNDO_NO },
    { "queued", "cancelled", "cancel", 0, NULL, UNDO_NO },
    { 0 },
};

static const char *const delivery_listed[] = { "channel", "state",    "about", "tries",
                                               "error",   "next_try", NULL };

const struct record delivery_record = {
    .name = "delivery",
    .plural = "deliveries",
    .prefix = "DLV",
    .label = "delivery",
    .help = "A message on its way; sending an update makes them.",
    .field = delivery_fields,
    .field_count = sizeof delivery_fields / sizeof delivery_fields[0],
    .title = DELIVERY_SUBJECT,
    .state = DELIVERY_STATE,
    .states = delivery_states,
    .listed = delivery_listed,
    .sought = { "state", "next_try" },
    .unique = { { "channel", "key" } },
    .readable = delivery_readable,
    .made_by_program = true,
    .writers = ROLE_OWNER | ROLE_MEMBER,
};

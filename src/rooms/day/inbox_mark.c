/* The record `inbox_mark`: what its author has put aside in the inbox. */
#include "rooms/day/day.h"

static const char *const state_words[] = { "snoozed", "done", NULL };

static const struct field inbox_mark_fields[] = {
    [INBOX_MARK_ITEM] = { .name = "item",
                          .label = "Item",
                          .kind = FIELD_TEXT,
                          .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
                          .max = 100,
                          .help = "The public id of the row that was put aside." },
    [INBOX_MARK_KIND] = { .name = "kind",
                          .label = "Kind",
                          .kind = FIELD_TEXT,
                          .flags = FIELD_NEEDED | FIELD_FIXED,
                          .max = 40,
                          .help = "Why it waited: action, mention, due." },
    [INBOX_MARK_STATE] = { .name = "state",
                           .label = "State",
                           .kind = FIELD_CHOICE,
                           .flags = FIELD_NEEDED,
                           .choices = state_words,
                           .fallback = "done",
                           .help = "Put aside until a time, or for good." },
    [INBOX_MARK_UNTIL] = { .name = "until",
                           .label = "Until",
                           .kind = FIELD_STAMP,
                           .help = "When it comes back." },
    [INBOX_MARK_DUE] = { .name = "due",
                         .label = "Due then",
                         .kind = FIELD_STAMP,
                         .help = "When it was due as it was put aside: with another time it "
                                 "waits anew." },
};

const struct record inbox_mark_record = {
    .name = "inbox_mark",
    .plural = "inbox_marks",
    .prefix = "IBX",
    .label = "inbox mark",
    .help = "What was put aside in one's inbox: 'rondo inbox done ID'.",
    .field = inbox_mark_fields,
    .field_count = sizeof inbox_mark_fields / sizeof inbox_mark_fields[0],
    .title = INBOX_MARK_ITEM,
    .state = INBOX_MARK_STATE,
    .made_by_program = true,
    .privacy = PRIVACY_PRIVATE,
};

/*
 * The record `digest_choice`: how often its author is told of one kind of thing, and where. A kind
 * that nobody chose for is told daily, and one that is added later as well, where the person's
 * message setting says.
 */
#include "rooms/day/day.h"
#include "rooms/messages/messages.h"

/* Those of needs (offers/needs.h), and "decided" for decisions that were made and insights. */
static const char *const kind_words[] = {
    "decided",   "action",     "bet",           "change",       "conflict", "decision",
    "delivery",  "drill",      "flip",          "impact",       "incident", "mention",
    "note",      "experiment", "rollback",      "ritual",       "update",   "outside_change",
    "knowledge", "calendar",   "human_verdict", "model_review", NULL
};

static const char *const frequency_words[] = { "daily", "weekly", "never", NULL };

static const struct field digest_choice_fields[] = {
    [DIGEST_CHOICE_TITLE] = { .name = "title",
                              .label = "Title",
                              .kind = FIELD_TEXT,
                              .flags = FIELD_COUNTED,
                              .help = "The kind and how often: action, weekly." },
    [DIGEST_CHOICE_PERSON] = { .name = "person",
                               .label = "Person",
                               .kind = FIELD_REF,
                               .refers = "person",
                               .flags = FIELD_COUNTED | FIELD_BY_NAME | FIELD_INDEXED,
                               .help = "Who is told: the author." },
    [DIGEST_CHOICE_KIND] = { .name = "kind",
                             .label = "Kind",
                             .kind = FIELD_CHOICE,
                             .flags = FIELD_NEEDED | FIELD_FIXED,
                             .choices = kind_words,
                             .help = "What it is about: decided stands for decisions that were "
                                     "made, the others for what waits in the inbox." },
    [DIGEST_CHOICE_FREQUENCY] = { .name = "frequency",
                                  .label = "Frequency",
                                  .kind = FIELD_CHOICE,
                                  .flags = FIELD_NEEDED,
                                  .choices = frequency_words,
                                  .help = "Daily, weekly on Mondays, or never." },
    [DIGEST_CHOICE_CHANNEL] = { .name = "channel",
                                .label = "Channel",
                                .kind = FIELD_REF,
                                .refers = "channel",
                                .flags = FIELD_BY_NAME,
                                .help = "Personal mail or your own chat; empty: as your message "
                                        "setting says." },
};

static bool digest_choice_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before)
        after->value[DIGEST_CHOICE_PERSON] = value_ref(call->actor.person);
    after->value[DIGEST_CHOICE_TITLE] = value_text(
        call_format(call, "%.*s, %.*s", TEXT_FMT(value_as_text(after->value[DIGEST_CHOICE_KIND])),
                    TEXT_FMT(value_as_text(after->value[DIGEST_CHOICE_FREQUENCY]))));
    return call->fail.kind == FAIL_NONE;
}

/* Others wait for the approvals that one owes: of a change, and of an update before it is sent. */
static bool check_owed(struct call *call, const struct row *choice)
{
    text kind = value_as_text(choice->value[DIGEST_CHOICE_KIND]);
    if (!text_is(value_as_text(choice->value[DIGEST_CHOICE_FREQUENCY]), "never") ||
        (!text_is(kind, "change") && !text_is(kind, "update")))
        return true;
    return fail_at(call, "frequency", "of %.*ss that wait for your approval you are told: choose "
                   "daily or weekly", TEXT_FMT(kind));
}

static bool digest_choice_check(struct call *call, const struct row *before,
                                const struct row *after)
{
    (void)before;
    return check_owed(call, after) &&
           message_check_channel(call, "channel",
                                 value_as_int(after->value[DIGEST_CHOICE_CHANNEL]),
                                 value_as_int(after->value[DIGEST_CHOICE_PERSON]));
}

static const char *const digest_choice_listed[] = { "kind", "frequency", "channel", NULL };

const struct record digest_choice_record = {
    .name = "digest_choice",
    .plural = "digest_choices",
    .prefix = "DGC",
    .label = "digest choice",
    .help = "How often you are told of a kind of thing: 'rondo digest-choice add --kind action "
            "--frequency weekly'.",
    .field = digest_choice_fields,
    .field_count = sizeof digest_choice_fields / sizeof digest_choice_fields[0],
    .title = DIGEST_CHOICE_TITLE,
    .listed = digest_choice_listed,
    .unique = { { "person", "kind" } },
    .settle = digest_choice_settle,
    .check = digest_choice_check,
    .privacy = PRIVACY_PRIVATE,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};

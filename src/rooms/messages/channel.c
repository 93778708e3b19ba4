/* Room messages: where messages go, and the server that takes mail. */
#include "links/mail.h"
#include "links/post.h"
#include "rooms/messages/messages.h"

static const char *const kind_words[] = { "mail", "slack", "teams", NULL };
static const char *const audience_choices[] = { "engineering", "design", "executives", NULL };

static const struct field mail_server_fields[] = {
    [MAIL_SERVER_NAME] = { .name = "name",
                           .label = "Name",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_NEEDED | FIELD_UNIQUE,
                           .max = 100,
                           .help = "What it is called here." },
    [MAIL_SERVER_ADDRESS] = { .name = "address",
                              .label = "Address",
                              .kind = FIELD_TEXT,
                              .flags = FIELD_NEEDED,
                              .help = "smtp://mail.example.org:587, or smtps:// for a connection "
                                      "that is encrypted from the start." },
    [MAIL_SERVER_USER] = { .name = "user",
                           .label = "User",
                           .kind = FIELD_TEXT,
                           .help = "Who signs in there; none: nobody does." },
    [MAIL_SERVER_PASSWORD] = { .name = "password",
                               .label = "Password",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_SECRET,
                               .help = "It is never shown again, and goes over encrypted lines "
                                       "only." },
    [MAIL_SERVER_SENDER] = { .name = "sender",
                             .label = "Sender",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED,
                             .help = "Who mails come from: Rondo <rondo@example.org>." },
};

static bool mail_server_check(struct call *call, const struct row *before, const struct row *after)
{
    text address;
    (void)before;
    if (!mail_check_server(call, "address", value_as_text(after->value[MAIL_SERVER_ADDRESS])))
        return false;
    return mail_address(value_as_text(after->value[MAIL_SERVER_SENDER]), &address) ||
           fail_at(call, "sender", "'%.*s' is no sender: write it like Rondo <rondo@example.org>",
                   TEXT_FMT(value_as_text(after->value[MAIL_SERVER_SENDER])));
}

static const char *const mail_server_listed[] = { "address", "user", "sender", NULL };

const struct record mail_server_record = {
    .name = "mail_server",
    .plural = "mail_servers",
    .prefix = "MSV",
    .label = "mail server",
    .help = "What takes the mails: 'rondo mail-server add --name N --address smtp://HOST:PORT "
            "--sender ADDRESS'; the newest counts.",
    .field = mail_server_fields,
    .field_count = sizeof mail_server_fields / sizeof mail_server_fields[0],
    .title = MAIL_SERVER_NAME,
    .listed = mail_server_listed,
    .check = mail_server_check,
    .writers = ROLE_OWNER,
};

static const struct field channel_fields[] = {
    [CHANNEL_NAME] = { .name = "name",
                       .label = "Name",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                       .max = 100,
                       .help = "What it is called here." },
    [CHANNEL_KIND] = { .name = "kind",
                       .label = "Kind",
                       .kind = FIELD_CHOICE,
                       .choices = kind_words,
                       .flags = FIELD_NEEDED | FIELD_FIXED,
                       .help = "How it is reached: by mail, or by a webhook of Slack or Teams." },
    [CHANNEL_RECIPIENTS] = { .name = "recipients",
                             .label = "Recipients",
                             .kind = FIELD_TEXT,
                             .help = "Of mail: the addresses, with commas." },
    [CHANNEL_WEBHOOK] = { .name = "webhook",
                          .label = "Webhook",
                          .kind = FIELD_TEXT,
                          .flags = FIELD_SECRET,
                          .help = "Of a chat: the address that it gave; it is never shown again." },
    [CHANNEL_INSIDE] = { .name = "inside",
                         .label = "Inside",
                         .kind = FIELD_BOOL,
                         .help = "The webhook lies in the own network, and that is meant." },
    [CHANNEL_PERSONAL] = { .name = "personal",
                           .label = "Personal",
                           .kind = FIELD_BOOL,
                           .flags = FIELD_FIXED,
                           .fallback = "no",
                           .help = "It takes the digests of persons: by mail to each person's own "
                                   "address, of a chat those of its owner alone." },
    [CHANNEL_AUDIENCE] = { .name = "audience",
                           .label = "Audience",
                           .kind = FIELD_CHOICE,
                           .choices = audience_choices,
                           .flags = FIELD_INDEXED,
                           .help = "Whose updates it gets; none: no updates." },
    [CHANNEL_TEAM] = { .name = "team",
                       .label = "Team",
                       .kind = FIELD_REF,
                       .refers = "team",
                       .flags = FIELD_BY_NAME,
                       .help = "Whose updates; none: those of every team and of the workspace." },
    [CHANNEL_PAGES] = { .name = "pages",
                        .label = "Pages",
                        .kind = FIELD_TEXT,
                        .help = "Where its readers find Rondo's pages, such as "
                                "https://rondo.example; without it links are words." },
    [CHANNEL_OWNER] = { .name = "owner",
                        .label = "Owner",
                        .kind = FIELD_REF,
                        .refers = "person",
                        .flags = FIELD_BY_NAME,
                        .help = "Who is told of what does not arrive; of a personal chat, whose "
                                "it is." },
    [CHANNEL_ON] = { .name = "on",
                     .label = "On",
                     .kind = FIELD_BOOL,
                     .flags = FIELD_NEEDED,
                     .help = "Whether anything is sent there." },
};

static bool check_pages(struct call *call, text pages)
{
    bool is_address = text_starts(pages, TEXT("https://")) || text_starts(pages, TEXT("http://"));
    return !pages.at || (is_address && !text_ends(pages, TEXT("/"))) ||
           fail_at(call, "pages", "'%.*s' is no address of pages: write it like "
                   "https://rondo.example, without a '/' at its end", TEXT_FMT(pages));
}

/* Whoever has an audience, or addresses of its own, is more than one person. */
static bool check_personal(struct call *call, const struct row *channel, bool is_mail)
{
    if (!value_is_null(channel->value[CHANNEL_AUDIENCE]) ||
        !value_is_null(channel->value[CHANNEL_TEAM]))
        return fail_at(call, "audience", "a personal channel is for one person at a time: it has "
                       "no audience and no team");
    if (is_mail && !value_is_null(channel->value[CHANNEL_RECIPIENTS]))
        return fail_at(call, "recipients", "personal mail goes to each person's own address: it "
                       "has no recipients");
    return is_mail || value_as_int(channel->value[CHANNEL_OWNER]) != 0 ||
           fail_at(call, "owner", "a personal chat is somebody's: name its owner");
}

static bool channel_check(struct call *call, const struct row *before, const struct row *after)
{
    bool is_mail = text_is(value_as_text(after->value[CHANNEL_KIND]), "mail");
    bool is_personal = value_as_bool(after->value[CHANNEL_PERSONAL]);
    text webhook = value_as_text(after->value[CHANNEL_WEBHOOK]);
    text recipients = value_as_text(after->value[CHANNEL_RECIPIENTS]);
    (void)before;
    if (!check_pages(call, value_as_text(after->value[CHANNEL_PAGES])) ||
        (is_personal && !check_personal(call, after, is_mail)))
        return false;
    if (is_mail && is_personal)
        return !webhook.at ||
               fail_at(call, "webhook", "a channel of mail goes to addresses, it has no webhook");
    if (is_mail)
        return webhook.at ? fail_at(call, "webhook", "a channel of mail has recipients, no webhook")
                          : mail_check_addresses(call, "recipients", recipients);
    if (recipients.at)
        return fail_at(call, "recipients", "a chat has a webhook, no recipients");
    return post_check_url(call, "webhook", webhook,
                          value_as_bool(after->value[CHANNEL_INSIDE]));
}

static const char *const channel_listed[] = { "kind", "audience", "team", "on", "owner", NULL };

const struct record channel_record = {
    .name = "channel",
    .plural = "channels",
    .prefix = "CHN",
    .label = "channel",
    .help = "Where messages go: 'rondo channel add --name N --kind mail --recipients ADDRESSES "
            "--audience executives --on yes'.",
    .field = channel_fields,
    .field_count = sizeof channel_fields / sizeof channel_fields[0],
    .title = CHANNEL_NAME,
    .listed = channel_listed,
    .check = channel_check,
    .writers = ROLE_OWNER,
};

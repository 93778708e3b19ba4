/* See messages.h: trying what is due, once each. */
#include "base/hash.h"
#include "base/markdown.h"
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "links/chat.h"
#include "links/mail.h"
#include "rooms/messages/messages.h"
#include "rooms/people/people.h"
#include "store/find.h"

#include <inttypes.h>

/* A run of `most` tries, each at most a minute, ends before what it began counts as lost. */
enum { TRIES_MAX = 8, COLUMNS = 72, LOST_MINUTES = 10 };

static const stamp first_wait = STAMP_MINUTE, longest_wait = 6 * STAMP_HOUR;

/* --- what is due --- */

static bool query_due(struct call *call, struct query *query)
{
    query_init(query, &delivery_record);
    query->sort = DELIVERY_NEXT_TRY;
    return query_add(call, query, DELIVERY_STATE, FILTER_IS, value_choice("queued")) &&
           query_add(call, query, DELIVERY_NEXT_TRY, FILTER_AT_MOST, value_stamp(call->now));
}

static bool find_due(struct call *call, int most, struct rows *due)
{
    struct query query;
    if (!query_due(call, &query))
        return false;
    query.limit = most;
    return find_rows(call, &query, due);
}

/* Begun so long ago that whoever began it is gone. */
static bool find_lost(struct call *call, struct rows *lost)
{
    struct query query;
    query_init(&query, &delivery_record);
    return query_add(call, &query, DELIVERY_STATE, FILTER_IS, value_choice("sending")) &&
           query_add(call, &query, DELIVERY_NEXT_TRY, FILTER_LESS,
                     value_stamp(call->now - LOST_MINUTES * STAMP_MINUTE)) &&
           find_rows(call, &query, lost);
}

bool deliveries_are_due(struct call *call, bool *are_due)
{
    struct rows due, lost;
    if (!find_due(call, 1, &due) || !find_lost(call, &lost))
        return false;
    *are_due = due.count + lost.count > 0;
    return true;
}

/* --- what is said --- */

static bool find_server(struct call *call, bool *has, struct row *server)
{
    struct query query;
    query_init(&query, &mail_server_record);
    query.sort = FIND_ID;
    query.is_descending = true;
    query.limit = 1;
    *has = find_first(call, &query, server);
    return call->fail.kind == FAIL_NONE;
}

/* "<update-UED-3.CHN-1@rondo>": of what it is about and where it goes. */
static text message_id(struct call *call, const struct row *delivery)
{
    char room[HASH_TEXT_SIZE];
    const text part[] = { value_as_text(delivery->value[DELIVERY_KEY]),
                          row_public_id(call, &channel_record,
                                        value_as_int(delivery->value[DELIVERY_CHANNEL])) };
    struct hash hash = hash_strong_parts(part, 2);
    hash_write(&hash, room);
    return call_format(call, "%.32s@rondo", room);
}

/* Links that begin with '/' are of our pages. */
static text with_pages(struct call *call, text markdown, text pages)
{
    struct out out;
    if (!pages.at)
        return markdown;
    out_init(&out, call);
    for (;;) {
        size_t at = text_find(markdown, TEXT("](/"));
        if (at == SIZE_MAX)
            break;
        out_text(&out, text_until(markdown, at + 2));
        out_text(&out, pages);
        markdown = text_from(markdown, at + 2);
        out_char(&out, '/');
        markdown = text_from(markdown, 1);
    }
    out_text(&out, markdown);
    return out_view(&out);
}

static rid person_of(const struct row *delivery)
{
    return value_as_int(delivery->value[DELIVERY_PERSON]);
}

static text words_of(const struct row *delivery)
{
    return value_as_text(
        delivery->value[person_of(delivery) ? DELIVERY_PERSONAL_TEXT : DELIVERY_MARKDOWN]);
}

/* Of a person the one address: a list would be read by others. TEXT_NONE: there is none. */
static bool find_recipients(struct call *call, const struct row *delivery,
                            const struct row *channel, text *to)
{
    struct row person;
    *to = value_as_text(channel->value[CHANNEL_RECIPIENTS]);
    if (!person_of(delivery))
        return true;
    if (!find_row(call, &person_record, person_of(delivery), &person))
        return false;
    if (!mail_address(value_as_text(person.value[PERSON_EMAIL]), to))
        *to = TEXT_NONE;
    return true;
}

static bool send_mail(struct call *call, const struct row *delivery, const struct row *channel,
                      struct link_answer *answer)
{
    struct row server;
    struct mail mail = { .subject = value_as_text(delivery->value[DELIVERY_SUBJECT]),
                         .message_id = message_id(call, delivery),
                         .date = call->now };
    text markdown =
        with_pages(call, words_of(delivery), value_as_text(channel->value[CHANNEL_PAGES]));
    bool has;
    if (!find_recipients(call, delivery, channel, &mail.to) || !find_server(call, &has, &server))
        return false;
    if (!mail.to.at)
        return link_answered(answer, LINK_REFUSED,
                             TEXT("its person has no mail address: 'rondo person set' names one"));
    if (!has)
        return link_answered(answer, LINK_AGAIN,
                             TEXT("there is no mail server: 'rondo mail-server add' names one"));
    mail.from = value_as_text(server.value[MAIL_SERVER_SENDER]);
    const struct mail_server at = { .address = value_as_text(server.value[MAIL_SERVER_ADDRESS]),
                                    .user = value_as_text(server.value[MAIL_SERVER_USER]),
                                    .password =
                                        value_as_text(server.value[MAIL_SERVER_PASSWORD]) };
    return markdown_plain(call, markdown, COLUMNS, TEXT_NONE, &mail.plain) &&
           markdown_html(call, markdown, &mail.html) && mail_send(call, &at, &mail, answer);
}

static text link_of(struct call *call, const struct row *delivery, text pages)
{
    const struct record *record;
    rid id;
    if (!pages.at || !catalog_id_read(call->catalog,
                                      value_as_text(delivery->value[DELIVERY_ABOUT]), &record, &id))
        return TEXT_NONE;
    return call_format(call, "%.*s/%.*s/%.*s", TEXT_FMT(pages),
                       TEXT_FMT(record_address(call, record)),
                       TEXT_FMT(value_as_text(delivery->value[DELIVERY_ABOUT])));
}

static bool send_chat(struct call *call, const struct row *delivery, const struct row *channel,
                      struct link_answer *answer)
{
    bool is_slack = text_is(value_as_text(channel->value[CHANNEL_KIND]), "slack");
    text pages = value_as_text(channel->value[CHANNEL_PAGES]);
    const struct link_message message = {
        .subject = value_as_text(delivery->value[DELIVERY_SUBJECT]),
        .markdown = words_of(delivery),
        .link = link_of(call, delivery, pages),
        .pages = pages,
    };
    struct post post = { .url = value_as_text(channel->value[CHANNEL_WEBHOOK]),
                         .json = is_slack ? chat_slack_json(call, &message)
                                          : chat_teams_json(call, &message),
                         .may_be_inside = value_as_bool(channel->value[CHANNEL_INSIDE]) };
    struct posted posted;
    if (!post.url.size)
        return link_answered(answer, LINK_REFUSED,
                             TEXT("its channel has no webhook, since archives leave secrets out: "
                                  "set it again"));
    if (!post.json.at || !post_json(call, &post, &posted, answer))
        return false;
    if (posted.status && is_slack)
        chat_slack_answer(call, &posted, answer);
    else if (posted.status)
        chat_teams_answer(call, &posted, answer);
    return call->fail.kind == FAIL_NONE;
}

/* What is said to one person goes through a channel of that person's, whoever it belonged to. */
static bool is_for(const struct row *delivery, const struct row *channel)
{
    rid person = person_of(delivery);
    return person ? message_is_channel_of(channel, person)
                  : !value_as_bool(channel->value[CHANNEL_PERSONAL]);
}

static bool send(struct call *call, const struct row *delivery, struct link_answer *answer)
{
    struct row channel;
    *answer = (struct link_answer){ .outcome = LINK_REFUSED };
    if (!find_row(call, &channel_record, value_as_int(delivery->value[DELIVERY_CHANNEL]), &channel))
        return false;
    if (channel.archived || !value_as_bool(channel.value[CHANNEL_ON]))
        return link_answered(answer, LINK_REFUSED, TEXT("its channel is switched off"));
    if (!is_for(delivery, &channel))
        return link_answered(answer, LINK_REFUSED, TEXT("its channel is its person's no longer"));
    return text_is(value_as_text(channel.value[CHANNEL_KIND]), "mail")
               ? send_mail(call, delivery, &channel, answer)
               : send_chat(call, delivery, &channel, answer);
}

/* --- one try --- */

/* From when it was begun, so that nobody takes it for one that was left long ago. */
static bool begin(struct call *call, struct row *delivery)
{
    struct row after;
    if (!row_copy(call, delivery, &after))
        return false;
    after.value[DELIVERY_STATE] = value_choice("sending");
    after.value[DELIVERY_NEXT_TRY] = value_stamp(call->now);
    if (!ledger_update(call, delivery, &after))
        return false;
    *delivery = after;
    return true;
}

/* Each wait is twice the one before, up to six hours; the other side may ask for more. */
static stamp wait_of(int64_t tries, int64_t asked_seconds)
{
    stamp wait = first_wait;
    for (int64_t i = 1; i < tries && wait < longest_wait; i++)
        wait *= 2;
    if (wait > longest_wait)
        wait = longest_wait;
    stamp asked = asked_seconds * STAMP_SECOND;
    return asked > wait ? asked : wait;
}

static const char *state_after(const struct link_answer *answer, int64_t tries)
{
    switch (answer->outcome) {
    case LINK_SENT:
        return "sent";
    case LINK_AGAIN:
        return tries < TRIES_MAX ? "queued" : "failed";
    case LINK_REFUSED:
        return "failed";
    case LINK_UNSURE:
        break;
    }
    return "unsure";
}

/* The other side's words may repeat the text: of what is said to a person, that person has them. */
static void note_error(struct row *after, const struct link_answer *answer)
{
    static const char *const words[] = {
        [LINK_SENT] = NULL,
        [LINK_AGAIN] = "it did not arrive; its person can read why",
        [LINK_REFUSED] = "it was refused; its person can read why",
        [LINK_UNSURE] = "nobody knows whether it arrived; its person can read why",
    };
    struct value error =
        value_text(answer->sentence.at ? text_until_character(answer->sentence, 900) : TEXT_NONE);
    after->value[DELIVERY_ERROR] = error;
    if (!person_of(after))
        return;
    after->value[DELIVERY_PERSONAL_ERROR] = error;
    after->value[DELIVERY_ERROR] =
        value_text(words[answer->outcome] ? text_of(words[answer->outcome]) : TEXT_NONE);
}

static bool note(struct call *call, const struct row *delivery, const struct link_answer *answer)
{
    struct row after;
    int64_t tries = value_as_int(delivery->value[DELIVERY_TRIES]) + 1;
    if (!row_copy(call, delivery, &after))
        return false;
    after.value[DELIVERY_STATE] = value_choice(state_after(answer, tries));
    after.value[DELIVERY_TRIES] = value_int(tries);
    note_error(&after, answer);
    after.value[DELIVERY_NEXT_TRY] = value_stamp(call->now + wait_of(tries, answer->after_seconds));
    if (answer->outcome == LINK_SENT) {
        after.value[DELIVERY_SENT_AT] = value_stamp(call->now);
        after.value[DELIVERY_NEXT_TRY] = VALUE_NONE;
    }
    return ledger_update(call, delivery, &after);
}

/* In the quiet hours of its person it waits until they end; that is no try. */
static bool hold(struct call *call, const struct row *delivery, bool *is_held)
{
    struct message_setting setting;
    struct row after;
    stamp ends;
    *is_held = false;
    if (!person_of(delivery))
        return true;
    if (!message_setting_read(call, person_of(delivery), &setting) ||
        !message_quiet_ends(call, &setting, call->now, &ends))
        return false;
    *is_held = ends > call->now;
    if (!*is_held)
        return true;
    if (!row_copy(call, delivery, &after))
        return false;
    after.value[DELIVERY_NEXT_TRY] = value_stamp(ends);
    return ledger_update(call, delivery, &after);
}

/* What another one took meanwhile is its own. */
static bool was_taken(struct call *call)
{
    bool is_taken = call->fail.kind == FAIL_STALE || call->fail.kind == FAIL_CONFLICT;
    if (is_taken)
        fail_clear(call);
    return is_taken;
}

static bool try_one(struct call *call, struct row *delivery, int *tried)
{
    struct link_answer answer;
    bool is_held;
    if (!hold(call, delivery, &is_held) || (!is_held && !begin(call, delivery)))
        return was_taken(call);
    if (is_held)
        return true;
    ++*tried;
    if (send(call, delivery, &answer))
        return note(call, delivery, &answer);
    /* Ours, not the other side's: it is told of, and tried again. */
    text why = call_text(call, text_of(call->fail.sentence));
    fail_clear(call);
    answer = (struct link_answer){ .outcome = LINK_AGAIN, .sentence = why };
    return note(call, delivery, &answer);
}

static bool give_up_lost(struct call *call)
{
    const struct link_answer unsure = {
        .outcome = LINK_UNSURE,
        .sentence = TEXT("the server ended while it was sent: look whether it arrived, then 'rondo "
                         "delivery retry' or leave it")
    };
    struct rows lost;
    if (!find_lost(call, &lost))
        return false;
    for (size_t i = 0; i < lost.count; i++)
        if (!note(call, &lost.row[i], &unsure))
            return false;
    return true;
}

bool deliveries_run(struct call *call, int most, int *tried)
{
    bool all_rows = call->all_rows;
    struct rows due;
    *tried = 0;
    call->all_rows = true;
    bool is_done = give_up_lost(call) && find_due(call, most, &due);
    for (size_t i = 0; is_done && i < due.count; i++)
        is_done = try_one(call, &due.row[i], tried);
    call->all_rows = all_rows;
    return is_done;
}

bool deliveries_left(struct call *call, int64_t *left)
{
    bool all_rows = call->all_rows;
    struct query query;
    call->all_rows = true;
    bool is_counted = query_due(call, &query) && find_count(call, &query, left);
    call->all_rows = all_rows;
    return is_counted;
}

void deliveries_write_words(int tried, int64_t left, struct out *out)
{
    out_format(out, "tried %d deliver%s", tried, tried == 1 ? "y" : "ies");
    if (left)
        out_format(out, "; %" PRId64 " more %s due: 'rondo delivery run' tries %s", left,
                   left == 1 ? "is" : "are", left == 1 ? "it" : "them");
}

bool delivery_retry(struct call *call, rid id)
{
    struct row delivery, after;
    if (!find_row(call, &delivery_record, id, &delivery) || !row_copy(call, &delivery, &after))
        return false;
    text state = value_as_text(delivery.value[DELIVERY_STATE]);
    if (!text_is(state, "failed") && !text_is(state, "unsure"))
        return fail(call, FAIL_CONFLICT, "'%.*s' is %.*s: only what failed is tried again",
                    TEXT_FMT(row_public_id(call, &delivery_record, id)), TEXT_FMT(state));
    after.value[DELIVERY_STATE] = value_choice("queued");
    after.value[DELIVERY_TRIES] = value_int(0);
    after.value[DELIVERY_NEXT_TRY] = value_stamp(call->now);
    return ledger_update(call, &delivery, &after);
}

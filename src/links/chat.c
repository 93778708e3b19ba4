/* See chat.h. */
#include "links/chat.h"

#include "base/json_write.h"
#include "links/chat_text.h"

enum {
    SLACK_SECTION_MAX = 3000, /* characters of a section's text */
    SLACK_HEADER_MAX = 150,
    SLACK_BYTES_MAX = 9000, /* all blocks: at about 13,000 it refuses */
    SLACK_BLOCKS_MAX = 50,
    TEAMS_BYTES_MAX = 18000, /* of the text: 28 KB in all is the end, 21 KB made trouble */
    BODY_SHOWN = 100,
};

/* --- Slack --- */

static void put_section(struct json_writer *writer, text words)
{
    json_object(writer);
    json_put_string(writer, "type", "section");
    json_key(writer, "text");
    json_object(writer);
    json_put_string(writer, "type", "mrkdwn");
    json_put_text(writer, "text", words);
    json_object_end(writer);
    json_object_end(writer);
}

static void put_header(struct json_writer *writer, text subject)
{
    json_object(writer);
    json_put_string(writer, "type", "header");
    json_key(writer, "text");
    json_object(writer);
    json_put_string(writer, "type", "plain_text");
    json_put_text(writer, "text", text_until_character(subject, SLACK_HEADER_MAX));
    json_object_end(writer);
    json_object_end(writer);
}

/* As many whole lines as a section holds. */
static text take_section(text *rest)
{
    size_t size = 0;
    if (rest->size <= SLACK_SECTION_MAX) {
        text all = *rest;
        *rest = TEXT_NONE;
        return all;
    }
    for (size_t i = 0; i < SLACK_SECTION_MAX; i++)
        if (rest->at[i] == '\n')
            size = i;
    text section = size ? text_until(*rest, size)
                        : text_until_character(*rest, SLACK_SECTION_MAX);
    *rest = text_from(*rest, section.size + (size > 0));
    return section;
}

text chat_slack_json(struct call *call, const struct link_message *message)
{
    struct json_writer writer;
    struct out out;
    text words = chat_text_slack(call, message->markdown, message->pages);
    text rest = chat_text_cut(call, words, SLACK_BYTES_MAX, message->link);
    if (!rest.at)
        return TEXT_NONE;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    json_put_text(&writer, "text", chat_text_slack(call, message->subject, message->pages));
    json_key(&writer, "blocks");
    json_list(&writer);
    put_header(&writer, message->subject);
    for (int i = 1; i < SLACK_BLOCKS_MAX && rest.size; i++) {
        text section = take_section(&rest);
        if (text_trim(section).size)
            put_section(&writer, section);
    }
    json_list_end(&writer);
    json_object_end(&writer);
    return out_view(&out);
}

static text shown(struct call *call, const struct posted *posted)
{
    text body = text_trim(posted->body);
    return call_format(call, "it answers %d: %.*s", posted->status,
                       TEXT_FMT(text_until_character(body, BODY_SHOWN)));
}

/* Too many at once, or trouble over there: later. A redirect is not followed. */
static bool answer_of_status(struct call *call, const struct posted *posted,
                             struct link_answer *answer)
{
    if (posted->status == 429 || posted->status >= 500) {
        answer->after_seconds = posted->retry_after;
        return link_answered(answer, LINK_AGAIN, shown(call, posted));
    }
    if (posted->status >= 300 && posted->status < 400)
        return link_answered(answer, LINK_REFUSED,
                             TEXT("it answers with a redirect, which is not followed: set the "
                                  "address that it leads to"));
    if (posted->status >= 400)
        return link_answered(answer, LINK_REFUSED, shown(call, posted));
    return false;
}

void chat_slack_answer(struct call *call, const struct posted *posted, struct link_answer *answer)
{
    if (answer_of_status(call, posted, answer))
        return;
    bool is_ok = posted->status == 200 && text_is(text_trim(posted->body), "ok");
    link_answered(answer, is_ok ? LINK_SENT : LINK_REFUSED,
                  is_ok ? TEXT_NONE : shown(call, posted));
}

/* --- Teams --- */

static void put_text_block(struct json_writer *writer, text words, bool is_heading)
{
    json_object(writer);
    json_put_string(writer, "type", "TextBlock");
    json_put_text(writer, "text", words);
    json_put_bool(writer, "wrap", true);
    if (is_heading) {
        json_put_string(writer, "weight", "Bolder");
        json_put_string(writer, "size", "Medium");
    }
    json_object_end(writer);
}

static void put_card(struct json_writer *writer, const struct link_message *message, text words)
{
    json_object(writer);
    json_put_string(writer, "$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    json_put_string(writer, "type", "AdaptiveCard");
    json_put_string(writer, "version", "1.4");
    json_key(writer, "body");
    json_list(writer);
    put_text_block(writer, message->subject, true);
    put_text_block(writer, words, false);
    json_list_end(writer);
    if (message->link.at) {
        json_key(writer, "actions");
        json_list(writer);
        json_object(writer);
        json_put_string(writer, "type", "Action.OpenUrl");
        json_put_string(writer, "title", "Open");
        json_put_text(writer, "url", message->link);
        json_object_end(writer);
        json_list_end(writer);
    }
    json_object_end(writer);
}

text chat_teams_json(struct call *call, const struct link_message *message)
{
    struct json_writer writer;
    struct out out;
    text words = chat_text_cut(call, chat_text_teams(call, message->markdown, message->pages),
                               TEAMS_BYTES_MAX, message->link);
    if (!words.at)
        return TEXT_NONE;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    json_put_string(&writer, "type", "message");
    json_key(&writer, "attachments");
    json_list(&writer);
    json_object(&writer);
    json_put_string(&writer, "contentType", "application/vnd.microsoft.card.adaptive");
    json_put_null(&writer, "contentUrl");
    json_key(&writer, "content");
    put_card(&writer, message, words);
    json_object_end(&writer);
    json_list_end(&writer);
    json_object_end(&writer);
    return out_view(&out);
}

void chat_teams_answer(struct call *call, const struct posted *posted, struct link_answer *answer)
{
    if (answer_of_status(call, posted, answer))
        return;
    link_answered(answer, LINK_SENT, TEXT_NONE);
}

/* See deck_doors.h. */
#include "rooms/updates/deck_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/body_words.h"
#include "rooms/updates/deck.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const struct option deck_options[] = {
    { .name = "template", .kind = OPTION_TEXT, .placeholder = "TEMPLATE",
      .help = "Its name or id; without one, 'weekly'." },
    { .name = "week", .kind = OPTION_TEXT, .placeholder = "WEEK",
      .help = "The week, such as 2026-W47; without one, that of the instant." },
    { .name = "team", .kind = OPTION_TEXT, .placeholder = "TEAM",
      .help = "Whose; without one, the whole workspace's." },
    { .name = "as-of", .kind = OPTION_TEXT, .placeholder = "INSTANT",
      .help = "Figures as they were at this instant or on this day; without one, now." },
    { .name = "audience", .kind = OPTION_CHOICE, .placeholder = "WHO",
      .choices = audience_words,
      .help = "Whose parts of the update are on it; without one, executives'." },
    { .name = "address", .kind = OPTION_TEXT, .placeholder = "URL",
      .help = "Where Rondo is reached, so that links lead there: https://rondo.example." },
    { .name = "out", .kind = OPTION_FILE, .placeholder = "FILE",
      .help = "Write it there, by its ending: .md or .html; without one, Markdown is printed." },
    { 0 },
};

static bool is_html(struct call *call, text path, bool *html)
{
    *html = text_ends(path, TEXT(".html")) || text_ends(path, TEXT(".htm"));
    return *html || text_ends(path, TEXT(".md")) ||
           fail_at(call, "out",
                   "'%.*s' ends neither in .md nor in .html, which says what is written",
                   TEXT_FMT(path));
}

static bool write_file(struct call *call, text path, text bytes)
{
    char *name = call_string(call, path);
    if (!name || !bytes.at)
        return false;
    FILE *stream = fopen(name, "we");
    bool is_written = stream && fwrite(bytes.at, 1, bytes.size, stream) == bytes.size;
    if (stream && fclose(stream) != 0)
        is_written = false;
    return is_written || fail(call, FAIL_STORE, "cannot write '%s': %s", name, strerror(errno));
}

static void tell_written(struct invocation *invocation, const struct deck *deck, text path)
{
    size_t unknown = 0;
    for (size_t i = 0; i < deck->filled.figure_count; i++)
        unknown += !deck->filled.figure[i].told.answer.is_known;
    out_format(invocation->err, "wrote '%.*s': %zu figures, %zu of them without data\n",
               TEXT_FMT(path), deck->filled.figure_count, unknown);
}

static bool print(struct call *call, struct invocation *invocation, const struct deck *deck)
{
    struct json_writer writer;
    if (!invocation->as_json) {
        out_text(invocation->out, deck->markdown);
        return !invocation->out->failed;
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = deck_write_json(call, deck, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

bool deck_run(struct call *call, struct invocation *invocation)
{
    const struct deck_ask ask = { .template = option_text(invocation, "template"),
                                  .week = option_text(invocation, "week"),
                                  .team = option_text(invocation, "team"),
                                  .as_of = option_text(invocation, "as-of"),
                                  .audience = option_text(invocation, "audience"),
                                  .address = option_text(invocation, "address") };
    text path = option_text(invocation, "out");
    struct deck deck;
    struct out html;
    bool as_html = false;
    if ((path.at && !is_html(call, path, &as_html)) || !deck_make(call, &ask, &deck))
        return false;
    if (!path.at)
        return print(call, invocation, &deck);
    out_init(&html, call);
    if ((as_html && !deck_write_html(call, &deck, &html)) ||
        !write_file(call, path, as_html ? out_view(&html) : deck.markdown))
        return false;
    tell_written(invocation, &deck, path);
    return true;
}

/* --- routes --- */

static bool check_format(struct call *call, text format)
{
    return !format.at || text_is(format, "json") || text_is(format, "md") ||
           text_is(format, "html") ||
           fail_at(call, "format", "'%.*s' is no format: it is json, md or html",
                   TEXT_FMT(format));
}

bool deck_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct deck_ask ask;
    struct deck deck;
    text format;
    const struct body_word known[] = { { "template", &ask.template }, { "week", &ask.week },
                                       { "team", &ask.team },         { "as_of", &ask.as_of },
                                       { "audience", &ask.audience }, { "address", &ask.address },
                                       { "format", &format } };
    if (!body_words_read(call, request, known, sizeof known / sizeof *known) ||
        !check_format(call, format) || !deck_make(call, &ask, &deck))
        return false;
    reply->status = 200;
    if (!format.at || text_is(format, "json"))
        return deck_write_json(call, &deck, &reply->json);
    if (text_is(format, "html")) {
        reply->type = "text/html; charset=utf-8";
        return deck_write_html(call, &deck, &reply->body);
    }
    reply->type = "text/markdown; charset=utf-8";
    out_text(&reply->body, deck.markdown);
    return true;
}

bool deck_get_templates(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return deck_templates_write_json(call, &reply->json);
}

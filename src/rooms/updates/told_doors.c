/* See told_doors.h. */
#include "rooms/updates/told_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/body_words.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/updates/board_brief_read.h"
#include "rooms/updates/brief.h"
#include "rooms/updates/report_read.h"
#include "rooms/updates/talking_points.h"
#include "rooms/updates/told_text.h"

#define AS_MARKDOWN { .name = "md", .kind = OPTION_FLAG, .help = "Print it as Markdown." }
#define AS_OF                                                                                      \
    { .name = "as-of", .kind = OPTION_TEXT, .placeholder = "INSTANT",                              \
      .help = "Figures as they were at this instant or on this day; without one, now." }
#define OF_TEAM                                                                                    \
    { .name = "team", .kind = OPTION_TEXT, .placeholder = "TEAM",                                  \
      .help = "Whose; without one, the whole workspace's." }

const struct option brief_options[] = {
    { .name = "week", .kind = OPTION_TEXT, .placeholder = "WEEK",
      .help = "The week, such as 2026-W47; without one, this." },
    OF_TEAM, AS_OF, AS_MARKDOWN, { 0 },
};
const struct option talking_points_options[] = { OF_TEAM, AS_MARKDOWN, { 0 } };
const struct option report_options[] = { AS_OF, AS_MARKDOWN, { 0 } };
const struct option board_brief_options[] = { AS_MARKDOWN, { 0 } };

const struct query_parameter brief_parameters[] = {
    { "week", "The week, such as 2026-W47; without one, this.", "string" },
    { "team", "Whose; without one, the whole workspace's.", "string" },
    { "as_of", LISTING_AS_OF_HELP, "string" },
    { 0 },
};
const struct query_parameter talking_points_parameters[] = {
    { "team", "Whose; without one, the whole workspace's.", "string" },
    { 0 },
};
const struct query_parameter report_parameters[] = {
    { "as_of", LISTING_AS_OF_HELP, "string" },
    { 0 },
};

static bool print(struct call *call, struct invocation *invocation, text markdown)
{
    text shown = markdown;
    if (!option_flag(invocation, "md") && !told_text_plain(call, markdown, &shown))
        return false;
    out_text(invocation->out, shown);
    return !invocation->out->failed;
}

/* --- the brief --- */

bool brief_run(struct call *call, struct invocation *invocation)
{
    const struct deck_ask ask = { .week = option_text(invocation, "week"),
                                  .team = option_text(invocation, "team"),
                                  .as_of = option_text(invocation, "as-of") };
    struct deck_scope scope;
    struct brief brief;
    struct json_writer writer;
    if (!deck_scope_read(call, &ask, &scope) || !brief_make(call, &scope, &brief))
        return false;
    text warning = brief_warning(call, &brief);
    if (warning.at)
        out_format(invocation->err, "%.*s\n", TEXT_FMT(warning));
    if (!invocation->as_json)
        return print(call, invocation, brief.markdown);
    json_writer_init(&writer, invocation->out, true);
    bool is_written = brief_write_json(call, &scope, &brief, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

bool brief_get(struct call *call, const struct request *request, struct reply *reply)
{
    const struct deck_ask ask = { .week = request_query(request, "week"),
                                  .team = request_query(request, "team"),
                                  .as_of = request_query(request, "as_of") };
    struct deck_scope scope;
    struct brief brief;
    return deck_scope_read(call, &ask, &scope) && brief_make(call, &scope, &brief) &&
           brief_write_json(call, &scope, &brief, &reply->json);
}

/* --- the board's --- */

static bool read_board(struct call *call, text word, struct row *brief,
                       struct board_brief_reading *reading)
{
    rid id;
    return refs_find(call, &board_brief_record, word, &id) &&
           find_row(call, &board_brief_record, id, brief) &&
           board_brief_read(call, brief, reading);
}

bool board_brief_run_read(struct call *call, struct invocation *invocation)
{
    struct board_brief_reading reading;
    struct json_writer writer;
    struct row brief;
    if (!read_board(call, invocation->argument[0], &brief, &reading))
        return false;
    if (!invocation->as_json) {
        for (size_t i = 0; i < reading.filled.error_count && !board_brief_is_sent(&brief); i++)
            out_format(invocation->err, "%.*s\n", TEXT_FMT(reading.filled.error[i]));
        return print(call, invocation, board_brief_markdown(&brief, &reading));
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = board_brief_write_json(call, &brief, &reading, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

bool board_brief_get_read(struct call *call, const struct request *request, struct reply *reply)
{
    struct board_brief_reading reading;
    struct row brief;
    return read_board(call, request->part[0], &brief, &reading) &&
           board_brief_write_json(call, &brief, &reading, &reply->json);
}

/* --- talking points --- */

static bool read_points(struct call *call, text team_word, text *markdown)
{
    rid team = 0;
    return (!team_word.at || refs_find(call, &team_record, team_word, &team)) &&
           talking_points(call, team, markdown);
}

static bool write_points(struct call *call, text markdown, struct json_writer *writer)
{
    json_object(writer);
    bool is_written = told_text_write_json(call, markdown, writer);
    json_object_end(writer);
    return is_written;
}

bool talking_points_run(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    text markdown;
    if (!read_points(call, option_text(invocation, "team"), &markdown))
        return false;
    if (!invocation->as_json)
        return print(call, invocation, markdown);
    json_writer_init(&writer, invocation->out, true);
    bool is_written = write_points(call, markdown, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

bool talking_points_get(struct call *call, const struct request *request, struct reply *reply)
{
    text markdown;
    return read_points(call, request_query(request, "team"), &markdown) &&
           write_points(call, markdown, &reply->json);
}

/* --- reports --- */

bool report_read_run(struct call *call, struct invocation *invocation)
{
    struct report_reading reading;
    struct json_writer writer;
    if (!report_read(call, invocation->argument[0], option_text(invocation, "as-of"), &reading))
        return false;
    if (!invocation->as_json)
        return print(call, invocation, reading.filled.markdown);
    json_writer_init(&writer, invocation->out, true);
    bool is_written = report_write_json(call, &reading, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

bool report_snapshot_run(struct call *call, struct invocation *invocation)
{
    struct report_reading reading;
    struct row snapshot;
    if (!report_read(call, invocation->argument[0], option_text(invocation, "as-of"), &reading) ||
        !report_keep(call, &reading, &snapshot))
        return false;
    out_format(invocation->out, "%.*s  %.*s\n",
               TEXT_FMT(row_public_id(call, &report_snapshot_record, snapshot.id)),
               TEXT_FMT(row_title(call, &snapshot)));
    return !invocation->out->failed;
}

bool report_read_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct report_reading reading;
    return report_read(call, request->part[0], request_query(request, "as_of"), &reading) &&
           report_write_json(call, &reading, &reply->json);
}

bool report_snapshot_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct report_reading reading;
    struct row snapshot;
    text as_of;
    const struct body_word known[] = { { "as_of", &as_of } };
    if (!body_words_read(call, request, known, 1) ||
        !report_read(call, request->part[0], as_of, &reading) ||
        !report_keep(call, &reading, &snapshot))
        return false;
    reply->status = 201;
    return row_show_json(call, &snapshot, refs_name, &reply->json);
}

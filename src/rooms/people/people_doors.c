/*
 * Room people: its doors. Tokens need one of their own, since their secret is shown once, when
 * they are made; who asks is told in me_doors.c.
 */
#include "importers/ics_calendar.h"
#include "offers/refs.h"
#include "rooms/people/holiday_doors.h"
#include "rooms/people/me_doors.h"
#include "rooms/people/people.h"
#include "rooms/people/presence_doors.h"
#include "rooms/people/saved_filter.h"
#include "rooms/people/sign_in.h"
#include "rooms/people/sign_in_doors.h"

static void write_token(struct call *call, const struct row *row, text secret,
                        struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &token_record, row->id));
    json_put_text(writer, "name", value_as_text(row->value[TOKEN_NAME]));
    json_put_text(writer, "token", secret);
    json_object_end(writer);
}

static bool set_from_option(struct call *call, const struct invocation *invocation, int field,
                            struct row *row)
{
    text word = option_text(invocation, token_record.field[field].name);
    return !word.at || value_read_text(call, &token_record.field[field], word, refs_resolve,
                                       &row->value[field]);
}

static bool run_token_add(struct call *call, struct invocation *invocation)
{
    struct row row;
    struct json_writer writer;
    text secret;
    if (!row_init(call, &token_record, &row))
        return false;
    for (int field = 0; field < TOKEN_HASH; field++)
        if (!set_from_option(call, invocation, field, &row))
            return false;
    if (!people_token_create(call, &row, &secret))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_token(call, &row, secret, &writer);
        out_char(invocation->out, '\n');
        return true;
    }
    text id = row_public_id(call, &token_record, row.id);
    out_format(invocation->out, "%.*s\n", TEXT_FMT(secret));
    out_format(
        invocation->err,
        "This is %.*s; it is shown once and not stored. Revoke it with 'rondo token drop %.*s'.\n",
        TEXT_FMT(id), TEXT_FMT(id));
    return true;
}

static const struct option token_add_options[] = {
    { .name = "name",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "What uses the token: 'ci', 'laptop'." },
    { .name = "scopes",
      .kind = OPTION_TEXT,
      .placeholder = "LIST",
      .help = "Any of read, import, write, with commas; write is to read, too." },
    { .name = "person",
      .kind = OPTION_TEXT,
      .placeholder = "PERSON",
      .help = "Who acts with it; else you." },
    { .name = "expires",
      .kind = OPTION_TEXT,
      .placeholder = "T",
      .help = "From then on it is refused; else it never expires." },
    { 0 },
};

static const struct command people_commands[] = {
    { .name = "token",
      .verb = "add",
      .arguments = "",
      .group = "Workspace",
      .option = token_add_options,
      .run = run_token_add,
      .help = "Make a token for the API and print its secret once." },
    { .name = "person",
      .verb = "invite",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Workspace",
      .option = invite_options,
      .run = invite_run,
      .help = "Let somebody choose a password, by a link that works once." },
    { .name = "away",
      .arguments = "",
      .group = "Every week",
      .option = away_options,
      .run = away_run,
      .help = "Say who is away, and until when." },
    { .name = "holiday",
      .verb = "import",
      .arguments = "FILE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Workspace",
      .option = holiday_import_options,
      .run = holiday_import_run,
      .help = "Read public holidays from an iCalendar file; teams and persons follow them." },
    { 0 },
};

static bool post_token(struct call *call, const struct request *request, struct reply *reply)
{
    struct json object;
    struct row row;
    text secret;
    if (!request_object(call, request, &object) || !row_init(call, &token_record, &row) ||
        !row_read_json(call, &object, refs_resolve, true, &row) ||
        !people_token_create(call, &row, &secret))
        return false;
    write_token(call, &row, secret, &reply->json);
    reply->status = 201;
    return true;
}

static const struct route people_routes[] = {
    { .method = "GET",
      .path = "/api/v1/me",
      .handle = me_show,
      .reply_schema = "me",
      .help = "Say who asks, with which roles, through which door, and which server answers." },
    { .method = "POST",
      .path = "/api/v1/sign-in",
      .handle = sign_in_post,
      .is_open = true,
      .body_schema = "sign_in",
      .reply_schema = "me",
      .help = "Sign in by name or e-mail address and password; the session is in a cookie." },
    { .method = "POST",
      .path = "/api/v1/sign-out",
      .handle = sign_out_post,
      .is_open = true,
      .status = 204,
      .help = "End the session of the cookie, and forget the cookie." },
    { .method = "POST",
      .path = "/api/v1/me/password",
      .handle = own_password_post,
      .status = 204,
      .body_schema = "password_change",
      .help = "Change one's own password by the old one; one's other sessions end." },
    { .method = "POST",
      .path = "/api/v1/invitations",
      .handle = invitation_post,
      .status = 201,
      .body_schema = "invitation_wish",
      .reply_schema = "invitation_made",
      .help = "Invite somebody to choose a password; the link is in this answer and nowhere "
              "else." },
    { .method = "POST",
      .path = "/api/v1/invitations/accept",
      .handle = invitation_accept_post,
      .is_open = true,
      .body_schema = "invitation_acceptance",
      .reply_schema = "me",
      .help = "Choose a password by an invitation, which is used up, and sign in." },
    { .method = "POST",
      .path = "/api/v1/tokens",
      .handle = post_token,
      .reply_schema = "token_made",
      .status = 201,
      .body_schema = "token_creation",
      .help = "Make a token; its secret is in this answer and nowhere else." },
    { .method = "GET",
      .path = "/api/v1/persons/{id}/presence",
      .handle = presence_get,
      .reply_schema = "presence",
      .query = presence_query,
      .help = "Whether somebody is at work, by absences, holidays and working hours." },
    { .method = "GET",
      .path = "/api/v1/away",
      .handle = away_get,
      .reply_schema = "away",
      .query = away_query,
      .help = "Who is away on any of these days, and until when." },
    { .method = "POST",
      .path = "/api/v1/holiday-calendars/{id}/file",
      .handle = holiday_file_post,
      .reply_schema = "holidays_read",
      .takes_body = true,
      .body_max = ICS_BYTES_MAX,
      .help = "Read public holidays from a file of iCalendar; what is there already stays." },
    { 0 },
};

static const struct record *const people_records[] = { &person_record,
                                                       &team_record,
                                                       &membership_record,
                                                       &token_record,
                                                       &session_record,
                                                       &invitation_record,
                                                       &saved_filter_record,
                                                       &absence_record,
                                                       &holiday_calendar_record,
                                                       &holiday_record,
                                                       NULL };

static const struct table *const people_tables[] = { &password_table, &session_key_table,
                                                     &invitation_key_table, &sign_in_try_table,
                                                     NULL };

const struct room people_room = {
    .name = "people",
    .label = "People",
    .help = "Who we are, and who may do what.",
    .records = people_records,
    .tables = people_tables,
    .routes = people_routes,
    .replies = people_replies,
    .commands = people_commands,
    .calendar = absence_events,
};

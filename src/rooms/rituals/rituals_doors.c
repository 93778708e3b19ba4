/*
 * Room rituals: its doors and the table of what it offers. What is about one occurrence stands in
 * occurrence_doors.c.
 */
#include "offers/grid.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/rituals/clone_doors.h"
#include "rooms/rituals/occurrence_doors.h"
#include "rooms/rituals/portfolio.h"
#include "rooms/rituals/portfolio_doors.h"
#include "rooms/rituals/rhythm.h"
#include "rooms/rituals/ritual_events.h"
#include "rooms/rituals/ritual_needs.h"
#include "rooms/rituals/ritual_packs.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"

/* --- what was asked --- */

/* The team that the word means; without one the only team there is, else 0: the workspace. */
static bool read_team(struct call *call, text word, rid *team)
{
    struct query query;
    struct rows teams;
    *team = 0;
    if (word.at)
        return refs_find(call, &team_record, word, team);
    query_init(&query, &team_record);
    query.limit = 2;
    if (!find_rows(call, &query, &teams))
        return false;
    if (teams.count == 1)
        *team = teams.row[0].id;
    return true;
}

static bool read_weeks(struct call *call, const struct request *request, int64_t *weeks)
{
    *weeks = RHYTHM_WEEKS_DEFAULT;
    return request_int(call, request, "weeks", 1, RHYTHM_WEEKS_MAX, weeks);
}

/* --- the week --- */

static bool read_week(struct call *call, text week_word, text team_word,
                      struct ritual_week *result)
{
    rid team;
    iso_week week;
    return read_team(call, team_word, &team) && week_check(call, week_word, &week) &&
           ritual_week_read(call, team, week_word.at ? &week : NULL, result);
}

static bool run_week(struct call *call, struct invocation *invocation)
{
    struct ritual_week week;
    struct json_writer writer;
    if (!read_week(call, option_text(invocation, "week"), option_text(invocation, "team"), &week))
        return false;
    if (option_flag(invocation, "md"))
        return ritual_week_write_markdown(call, &week, invocation->out);
    if (!invocation->as_json)
        return ritual_week_write_terminal(call, &week, &invocation->terminal, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    ritual_week_write_json(call, &week, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

static bool get_week(struct call *call, const struct request *request, struct reply *reply)
{
    struct ritual_week week;
    if (!read_week(call, request_query(request, "week"), request_query(request, "team"), &week))
        return false;
    ritual_week_write_json(call, &week, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* --- health --- */

static bool run_health(struct call *call, struct invocation *invocation)
{
    struct rhythm rhythm;
    struct json_writer writer;
    rid team;
    if (!read_team(call, option_text(invocation, "team"), &team) ||
        !rhythm_read(call, team, option_int(invocation, "weeks", RHYTHM_WEEKS_DEFAULT), &rhythm))
        return false;
    if (!invocation->as_json)
        return rhythm_write_terminal(call, &rhythm, &invocation->terminal, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    rhythm_write_json(call, &rhythm, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

static bool get_rhythm(struct call *call, const struct request *request, struct reply *reply)
{
    struct rhythm rhythm;
    rid team;
    int64_t weeks;
    if (!read_team(call, request_query(request, "team"), &team) ||
        !read_weeks(call, request, &weeks) || !rhythm_read(call, team, weeks, &rhythm))
        return false;
    rhythm_write_json(call, &rhythm, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* --- packs --- */

static void write_installed(struct call *call, const struct installed_pack *installed,
                            struct json_writer *writer)
{
    json_object(writer);
    json_put_string(writer, "pack", installed->pack->name);
    json_key(writer, "rituals");
    json_list(writer);
    for (size_t i = 0; i < installed->count; i++) {
        const struct installed_ritual *one = &installed->ritual[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &ritual_record, one->ritual));
        json_put_text(writer, "name", find_title(call, &ritual_record, one->ritual));
        json_put_bool(writer, "new", one->is_new);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}

/* Rules count from the week of that day; without one from this week. */
static bool read_first_day(struct call *call, text word, rid team, int64_t *day)
{
    text zone;
    if (word.at)
        return date_read(word, day) ||
               fail_at(call, "starts", "'%.*s' is not a day: write it like 2026-11-23",
                       TEXT_FMT(word));
    return people_team_zone(call, team, &zone) && ritual_local_day(call, zone, call->now, day);
}

static bool install(struct call *call, text pack, text team_word, text starts,
                    struct installed_pack *installed)
{
    rid team;
    int64_t day;
    return read_team(call, team_word, &team) && read_first_day(call, starts, team, &day) &&
           ritual_pack_install(call, pack, team, day, installed);
}

static bool run_install(struct call *call, struct invocation *invocation)
{
    struct installed_pack installed;
    struct json_writer writer;
    size_t fresh = 0;
    if (!install(call, invocation->argument[0], option_text(invocation, "team"),
                 option_text(invocation, "starts"), &installed))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_installed(call, &installed, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    for (size_t i = 0; i < installed.count; i++)
        fresh += installed.ritual[i].is_new;
    out_format(invocation->out, "%s: %zu of %zu rituals are new%s\n", installed.pack->label, fresh,
               installed.count,
               fresh ? "; 'rondo week' shows them." : ", what was there stays as it is.");
    return call->fail.kind == FAIL_NONE;
}

static bool read_install_body(struct call *call, const struct json *body, text *values)
{
    static const char *const keys[] = { "pack", "team", "starts" };
    size_t known = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct json *json = json_get(body, keys[i]);
        values[i] = json && json->kind == JSON_TEXT ? json->text : TEXT_NONE;
        known += json != NULL;
        if (json && json->kind != JSON_TEXT && json->kind != JSON_NULL)
            return fail_at(call, keys[i], "'%s' is a text", keys[i]);
    }
    if (known != body->count)
        return fail(call, FAIL_INVALID,
                    "the body of an installation is {\"pack\", \"team\", \"starts\"}");
    return values[0].at || fail_at(call, "pack", "name the pack: ai-week, ipm-week");
}

static bool post_install(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct installed_pack installed;
    text values[3];
    if (!request_object(call, request, &body) || !read_install_body(call, &body, values) ||
        !install(call, values[0], values[1], values[2], &installed))
        return false;
    write_installed(call, &installed, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

static bool get_packs(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    json_list(&reply->json);
    for (const struct ritual_pack *pack = ritual_packs; pack->name; pack++) {
        json_object(&reply->json);
        json_put_string(&reply->json, "name", pack->name);
        json_put_string(&reply->json, "label", pack->label);
        json_put_string(&reply->json, "help", pack->help);
        json_key(&reply->json, "rituals");
        json_list(&reply->json);
        for (const struct pack_ritual *ritual = pack->ritual; ritual->name; ritual++)
            json_string(&reply->json, ritual->name);
        json_list_end(&reply->json);
        json_object_end(&reply->json);
    }
    json_list_end(&reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* --- agenda sources --- */

static void write_sources(const struct agenda_source *const *source, struct json_writer *writer)
{
    json_list(writer);
    for (; *source; source++) {
        json_object(writer);
        json_put_string(writer, "name", (*source)->name);
        json_put_string(writer, "label", (*source)->label);
        json_put_string(writer, "help", (*source)->help);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static bool get_sources(struct call *call, const struct request *request, struct reply *reply)
{
    const struct agenda_source *const *sources = agenda_sources(call);
    (void)request;
    if (sources)
        write_sources(sources, &reply->json);
    return sources && call->fail.kind == FAIL_NONE;
}

static bool run_sources(struct call *call, struct invocation *invocation)
{
    static const struct grid_column columns[] = {
        { "Name", GRID_LEFT }, { "What it brings", GRID_LEFT }, { NULL, GRID_LEFT }
    };
    const struct agenda_source *const *sources = agenda_sources(call);
    struct json_writer writer;
    struct grid grid;
    if (!sources)
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_sources(sources, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    grid_init(&grid, call, columns);
    for (; *sources; sources++) {
        grid_push(&grid, text_of((*sources)->name));
        grid_push(&grid, text_of((*sources)->help));
    }
    return grid_write(&grid, invocation->out, &invocation->terminal);
}

/* --- the tables --- */

#define TEAM_OPTION                                                                                \
    {                                                                                              \
        .name = "team", .kind = OPTION_TEXT, .placeholder = "TEAM",                                \
        .help = "Of this team and of the workspace; else of the only team, or of all."             \
    }
#define REASON_OPTION                                                                              \
    {                                                                                              \
        .name = "reason", .kind = OPTION_TEXT, .placeholder = "TEXT",                              \
        .help = "Why; it is recorded with your name."                                              \
    }

static const struct option week_options[] = {
    { .name = "week",
      .kind = OPTION_TEXT,
      .placeholder = "WEEK",
      .help = "An ISO week such as 2026-W48; else this week." },
    TEAM_OPTION,
    { .name = "md", .kind = OPTION_FLAG, .help = "As Markdown, to send or to keep." },
    { 0 },
};

static const struct option install_options[] = {
    { .name = "team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "Whose rituals they are; else the only team's, or the workspace's." },
    { .name = "starts",
      .kind = OPTION_TEXT,
      .placeholder = "DATE",
      .help = "Rules count from the week of this day; else from this week." },
    { 0 },
};

static const struct option health_options[] = {
    { .name = "weeks",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = RHYTHM_WEEKS_MAX,
      .help = "How many weeks back; 12 when not given." },
    TEAM_OPTION,
    { 0 },
};

static const struct option close_options[] = {
    { .name = "incomplete",
      .kind = OPTION_FLAG,
      .help = "Close although something is missing; needs --reason." },
    REASON_OPTION,
    { 0 },
};

static const struct option reason_options[] = { REASON_OPTION, { 0 } };

static const struct option move_options[] = {
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "T",
      .help = "When it is held instead, where the ritual is: 2026-11-24T10:00." },
    { 0 },
};

static const struct option undo_options[] = {
    { .name = "undo", .kind = OPTION_FLAG, .help = "Not after all." },
    { 0 },
};

#define OCCURRENCE_COMMAND(word, its_options, handler, sentence)                                   \
    {                                                                                              \
        .name = "ritual", .verb = word, .arguments = "OCCURRENCE", .arguments_min = 1,             \
        .arguments_max = 1, .group = "Every week", .option = its_options, .run = handler,          \
        .help = sentence                                                                           \
    }

static const struct option portfolio_options[] = {
    { .name = "weeks",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = PORTFOLIO_WEEKS_MAX,
      .help = "How many weeks, this one included; 8 when not given." },
    { .name = "rows",
      .kind = OPTION_CHOICE,
      .placeholder = "WHAT",
      .choices = portfolio_rows_choices,
      .help = "What stands in a row; teams when not given." },
    { .name = "columns",
      .kind = OPTION_CHOICE,
      .placeholder = "WHAT",
      .choices = portfolio_columns_choices,
      .help = "What a row is spread over; weeks when not given. A clone counts as its original." },
    { .name = "csv", .kind = OPTION_FLAG, .help = "As CSV, for a spreadsheet." },
    { 0 },
};

static const struct option clone_options[] = {
    { .name = "from-team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "All rituals of this team that are held, instead of named ones." },
    { .name = "to-team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "Whose the clones are; else the team's that has the original." },
    { .name = "surface",
      .kind = OPTION_TEXT,
      .placeholder = "SURFACE",
      .help = "The surface that the clones are about." },
    { .name = "name-suffix",
      .kind = OPTION_TEXT,
      .placeholder = "TEXT",
      .help = "Stands at the end of each name; else the surface does, in brackets." },
    { 0 },
};

#define DECISION_COMMAND(word, handler, sentence)                                                  \
    {                                                                                              \
        .name = "ritual", .verb = word, .arguments = "RITUAL [PART...]", .arguments_min = 1,       \
        .arguments_max = -1, .group = "Every week", .run = handler,                                \
        .note = "PART is one that 'rondo ritual offers RITUAL' names; without one: all of them.",  \
        .help = sentence                                                                           \
    }

static const struct command rituals_commands[] = {
    { .name = "week",
      .arguments = "",
      .group = "Every week",
      .option = week_options,
      .run = run_week,
      .help = "Show the week: its rituals, what waits for you, and what is late." },
    { .name = "ritual",
      .verb = "install",
      .arguments = "PACK",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .option = install_options,
      .run = run_install,
      .note = "Packs: ai-week, ipm-week, three-week-sprint. What is there already stays as it is.",
      .help = "Set up the rituals of a week that others have found to work." },
    { .name = "portfolio",
      .arguments = "",
      .group = "Every week",
      .option = portfolio_options,
      .run = portfolio_run,
      .help = "Show how often the rituals of each team or surface were held, rolled up." },
    { .name = "ritual",
      .verb = "clone",
      .arguments = "[RITUAL...]",
      .arguments_max = -1,
      .group = "Every week",
      .option = clone_options,
      .run = clone_run,
      .note = "People come along only as members of the team. What is cloned already stays.",
      .help = "Hold rituals for another team or for a surface, too." },
    { .name = "ritual",
      .verb = "offers",
      .arguments = "RITUAL",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .run = clone_run_offers,
      .help = "Show what the original of a clone has changed since, part by part." },
    DECISION_COMMAND("take", clone_run_take, "Bring over what the original of a clone offers."),
    DECISION_COMMAND("decline", clone_run_decline,
                     "Leave a clone as it is until its original changes again."),
    OCCURRENCE_COMMAND("agenda", NULL, occurrence_run_agenda,
                       "Show what there is to talk about, and what has to come out, as Markdown."),
    OCCURRENCE_COMMAND("open", NULL, occurrence_run_open,
                       "Start a ritual: its agenda is frozen, its clock runs."),
    { .name = "ritual",
      .verb = "made",
      .arguments = "OCCURRENCE ROW",
      .arguments_min = 2,
      .arguments_max = 2,
      .group = "Every week",
      .run = occurrence_run_made,
      .note = "ROW is the id of what was made: INC-3. The paragraph is written by 'rondo "
              "occurrence set OCC-1 --paragraph TEXT', a reason for none of a kind by 'rondo "
              "artifact-reason add'.",
      .help = "Say what came out of an open ritual: it counts as its artifact." },
    OCCURRENCE_COMMAND("close", close_options, occurrence_run_close,
                       "End a ritual and write its minutes; refused while an artifact is missing."),
    OCCURRENCE_COMMAND("skip", reason_options, occurrence_run_skip,
                       "Do not hold it this time, by decision."),
    OCCURRENCE_COMMAND("cancel", reason_options, occurrence_run_cancel,
                       "Call it off: it does not count as expected."),
    OCCURRENCE_COMMAND("move", move_options, occurrence_run_move, "Hold it at another time."),
    { .name = "ritual",
      .verb = "prepare",
      .arguments = "OCCURRENCE TASK",
      .arguments_min = 2,
      .arguments_max = 2,
      .group = "Every week",
      .option = undo_options,
      .run = occurrence_run_prepare,
      .note = "TASK is the preparation as it is called, or its id: RPR-1.",
      .help = "Tick off a piece of preparation." },
    { .name = "ritual",
      .verb = "attend",
      .arguments = "OCCURRENCE [PERSON]",
      .arguments_min = 1,
      .arguments_max = 2,
      .group = "Every week",
      .option = undo_options,
      .run = occurrence_run_attend,
      .help = "Say that you are there, or somebody else." },
    { .name = "ritual",
      .verb = "say",
      .arguments = "OCCURRENCE WORDS...",
      .arguments_min = 2,
      .arguments_max = -1,
      .group = "Every week",
      .run = occurrence_run_say,
      .help = "Write down what is said in an open ritual; it stands in the minutes." },
    { .name = "ritual",
      .verb = "minutes",
      .arguments = "MINUTES",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .run = occurrence_run_minutes,
      .note = "MINUTES is MIN-1, or the occurrence that they are of: OCC-1.",
      .help = "Print minutes as Markdown, as they were written when the ritual closed." },
    { .name = "ritual",
      .verb = "health",
      .arguments = "",
      .group = "Every week",
      .option = health_options,
      .run = run_health,
      .help = "Show which rituals are held, what they leave behind, and what they cost." },
    { .name = "ritual",
      .verb = "sources",
      .arguments = "",
      .group = "Every week",
      .run = run_sources,
      .help = "List what can fill the agenda of a ritual." },
    { 0 },
};

static const struct query_parameter week_query[] = {
    { "week", "An ISO week such as 2026-W48; else this week.", "string" },
    { "team", "Of this team and of the workspace; else of the only team, or of all.", "string" },
    { 0 },
};

static const struct query_parameter rhythm_query[] = {
    { "weeks", "How many weeks back; 12 when not given.", "integer" },
    { "team", "Of this team and of the workspace; else of the only team, or of all.", "string" },
    { 0 },
};

static const struct query_parameter portfolio_query[] = {
    { "weeks", "How many weeks, this one included; 8 when not given.", "integer" },
    { "rows", "What stands in a row: team (else) or surface.", "string" },
    { "columns", "What a row is spread over: week (else) or ritual.", "string" },
    { 0 },
};

#define OCCURRENCE_ROUTE(word, handler, body, sentence)                                            \
    {                                                                                              \
        .method = "POST", .path = "/api/v1/occurrences/{id}/" word, .handle = handler,             \
        .body_schema = body, .help = sentence                                                      \
    }

static const struct route rituals_routes[] = {
    { .method = "GET",
      .path = "/api/v1/week",
      .handle = get_week,
      .query = week_query,
      .help = "The week: its rituals, what waits for the one who asks, and what is late." },
    { .method = "GET",
      .path = "/api/v1/rhythm",
      .handle = get_rhythm,
      .query = rhythm_query,
      .help = "How healthy the rituals are, what they cost and what came out." },
    { .method = "GET",
      .path = "/api/v1/portfolio",
      .handle = portfolio_get,
      .query = portfolio_query,
      .help = "How often the rituals of each team or surface were held, rolled up." },
    { .method = "GET",
      .path = "/api/v1/portfolio/csv",
      .handle = portfolio_get_csv,
      .query = portfolio_query,
      .reply_type = "text/csv",
      .help = "The same as CSV: a line for each cell that has something." },
    { .method = "GET",
      .path = "/api/v1/agenda-sources",
      .handle = get_sources,
      .help = "What can fill the agenda of a ritual." },
    { .method = "GET",
      .path = "/api/v1/ritual-packs",
      .handle = get_packs,
      .help = "The packs that can be installed." },
    { .method = "POST",
      .path = "/api/v1/rituals/install",
      .handle = post_install,
      .body_schema = "ritual_installation",
      .help = "Install a pack: {\"pack\", \"team\", \"starts\"}; twice adds nothing." },
    { .method = "POST",
      .path = "/api/v1/rituals/clone",
      .handle = clone_post,
      .body_schema = "ritual_cloning",
      .help = "Clone rituals for another team or a surface; twice adds nothing." },
    { .method = "GET",
      .path = "/api/v1/ritual-offers",
      .handle = clone_get_all_offers,
      .help = "The clones to which something is offered that is not decided on." },
    { .method = "GET",
      .path = "/api/v1/rituals/{id}/offers",
      .handle = clone_get_offers,
      .help = "What the original of a clone has changed since, part by part." },
    { .method = "POST",
      .path = "/api/v1/rituals/{id}/offers/take",
      .handle = clone_post_take,
      .body_schema = "ritual_offer_parts",
      .help = "Bring over what is offered: {\"parts\"}; without them all." },
    { .method = "POST",
      .path = "/api/v1/rituals/{id}/offers/decline",
      .handle = clone_post_decline,
      .body_schema = "ritual_offer_parts",
      .help = "Stay as it is until the original changes again: {\"parts\"}; without them all." },
    { .method = "GET",
      .path = "/api/v1/occurrences/{id}/run",
      .handle = occurrence_get_run,
      .help = "All of one occurrence: OCC-3, RIT-2@2026-11-23, or a ritual." },
    OCCURRENCE_ROUTE("open", occurrence_post_open, "occurrence_opening",
                     "Start it; its agenda is frozen."),
    OCCURRENCE_ROUTE("close", occurrence_post_close, "occurrence_closing",
                     "End it and write its minutes: {\"incomplete\", \"reason\"}."),
    OCCURRENCE_ROUTE("skip", occurrence_post_skip, "occurrence_reason",
                     "Do not hold it: {\"reason\"}."),
    OCCURRENCE_ROUTE("cancel", occurrence_post_cancel, "occurrence_reason",
                     "Call it off: {\"reason\"}."),
    OCCURRENCE_ROUTE("move", occurrence_post_move, "occurrence_moving",
                     "Hold it at another time: {\"to\"}, where the ritual is."),
    OCCURRENCE_ROUTE("items", occurrence_post_item, "occurrence_item",
                     "Add to its agenda: {\"title\"}."),
    OCCURRENCE_ROUTE("prepare", occurrence_post_prepare, "occurrence_preparation",
                     "Tick off a preparation: {\"preparation\", \"done\"}."),
    OCCURRENCE_ROUTE("attend", occurrence_post_attend, "occurrence_attendance",
                     "Be there, or not: {\"person\", \"there\"}; without a person oneself."),
    OCCURRENCE_ROUTE("notes", occurrence_post_note, "occurrence_saying",
                     "Write down what was said: {\"text\"}."),
    { .method = "GET",
      .path = "/api/v1/minutes/{id}/markdown",
      .handle = occurrence_get_minutes,
      .reply_type = "text/markdown",
      .help = "Minutes as Markdown, as they were written when the ritual closed." },
    { .method = "POST",
      .path = "/api/v1/occurrences/{id}/outputs",
      .handle = occurrence_post_output,
      .status = 201,
      .body_schema = "occurrence_outcome",
      .help = "Make what comes out of it: {\"record\", \"values\"}, or {\"row\"} that is there." },
    { 0 },
};

static const struct record *const rituals_records[] = {
    &ritual_record,          &ritual_step_record,     &ritual_artifact_record,
    &ritual_preparation_record, &ritual_role_record,  &holiday_record,
    &occurrence_record,      &occurrence_step_record, &agenda_item_record,
    &occurrence_note_record, &artifact_reason_record, &minutes_record,
    &document_record,        NULL,
};

const struct room rituals_room = {
    .name = "rituals",
    .label = "The week",
    .help = "The meetings of the week, what fills their agenda, and what they have to leave.",
    .records = rituals_records,
    .routes = rituals_routes,
    .schemas = rituals_schemas,
    .commands = rituals_commands,
    .needs = ritual_needs,
    .figures = rituals_figures,
    .update = rituals_update,
    .calendar = ritual_events,
};

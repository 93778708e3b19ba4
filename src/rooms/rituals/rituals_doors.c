/*
 * Room rituals: the tables of what it offers. The handlers stand in occurrence_doors.c (one
 * occurrence), week_doors.c (week, health, packs, sources), clone_doors.c and portfolio_doors.c.
 */
#include "rooms/rituals/clone_doors.h"
#include "rooms/rituals/occurrence_doors.h"
#include "rooms/rituals/portfolio.h"
#include "rooms/rituals/portfolio_doors.h"
#include "rooms/rituals/rhythm.h"
#include "rooms/rituals/ritual_events.h"
#include "rooms/rituals/ritual_needs.h"
#include "rooms/rituals/rituals.h"
#include "rooms/rituals/week_doors.h"

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
      .run = week_doors_run_week,
      .help = "Show the week: its rituals, which of them meet something in your calendars, what "
              "waits for you, and whether what was promised for the week before was kept." },
    { .name = "ritual",
      .verb = "install",
      .arguments = "PACK",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .option = install_options,
      .run = week_doors_run_install,
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
      .run = week_doors_run_health,
      .help = "Show which rituals are held, what they leave behind, and what they cost." },
    { .name = "ritual",
      .verb = "sources",
      .arguments = "",
      .group = "Every week",
      .run = week_doors_run_sources,
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
        .body_schema = body, .reply_schema = "occurrence_run", .help = sentence                    \
    }

static const struct route rituals_routes[] = {
    { .method = "GET",
      .path = "/api/v1/week",
      .handle = week_doors_get_week,
      .reply_schema = "week",
      .query = week_query,
      .help = "The week: its rituals, what waits for the one who asks, and what is late." },
    { .method = "GET",
      .path = "/api/v1/rhythm",
      .handle = week_doors_get_rhythm,
      .reply_schema = "rhythm",
      .query = rhythm_query,
      .help = "How healthy the rituals are, what they cost and what came out." },
    { .method = "GET",
      .path = "/api/v1/portfolio",
      .handle = portfolio_get,
      .reply_schema = "portfolio",
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
      .handle = week_doors_get_sources,
      .reply_schema = "agenda_sources",
      .help = "What can fill the agenda of a ritual." },
    { .method = "GET",
      .path = "/api/v1/ritual-packs",
      .handle = week_doors_get_packs,
      .reply_schema = "ritual_packs",
      .help = "The packs that can be installed." },
    { .method = "POST",
      .path = "/api/v1/rituals/install",
      .handle = week_doors_post_install,
      .reply_schema = "ritual_installed",
      .body_schema = "ritual_installation",
      .help = "Install a pack: {\"pack\", \"team\", \"starts\"}; twice adds nothing." },
    { .method = "POST",
      .path = "/api/v1/rituals/clone",
      .handle = clone_post,
      .reply_schema = "ritual_clones",
      .body_schema = "ritual_cloning",
      .help = "Clone rituals for another team or a surface; twice adds nothing." },
    { .method = "GET",
      .path = "/api/v1/ritual-offers",
      .handle = clone_get_all_offers,
      .reply_schema = "ritual_offers_open",
      .help = "The clones to which something is offered that is not decided on." },
    { .method = "GET",
      .path = "/api/v1/rituals/{id}/offers",
      .handle = clone_get_offers,
      .reply_schema = "ritual_offers",
      .help = "What the original of a clone has changed since, part by part." },
    { .method = "POST",
      .path = "/api/v1/rituals/{id}/offers/take",
      .handle = clone_post_take,
      .reply_schema = "ritual_offers",
      .body_schema = "ritual_offer_parts",
      .help = "Bring over what is offered: {\"parts\"}; without them all." },
    { .method = "POST",
      .path = "/api/v1/rituals/{id}/offers/decline",
      .handle = clone_post_decline,
      .reply_schema = "ritual_offers",
      .body_schema = "ritual_offer_parts",
      .help = "Stay as it is until the original changes again: {\"parts\"}; without them all." },
    { .method = "GET",
      .path = "/api/v1/occurrences/{id}/run",
      .handle = occurrence_get_run,
      .reply_schema = "occurrence_run",
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
      .reply_schema = "occurrence_run",
      .status = 201,
      .body_schema = "occurrence_outcome",
      .help = "Make what comes out of it: {\"record\", \"values\"}, or {\"row\"} that is there." },
    { 0 },
};

static const struct record *const rituals_records[] = {
    &ritual_record,          &ritual_step_record,     &ritual_artifact_record,
    &ritual_preparation_record, &ritual_role_record,  &occurrence_record,
    &occurrence_step_record, &agenda_item_record,     &occurrence_note_record,
    &artifact_reason_record, &minutes_record,         &document_record,
    NULL,
};

const struct room rituals_room = {
    .name = "rituals",
    .label = "The week",
    .help = "The meetings of the week, what fills their agenda, and what they have to leave.",
    .records = rituals_records,
    .routes = rituals_routes,
    .schemas = rituals_schemas,
    .replies = rituals_replies,
    .commands = rituals_commands,
    .needs = ritual_needs,
    .figures = rituals_figures,
    .update = rituals_update,
    .calendar = ritual_events,
};

/* Room calendar: the table of what it offers. Its handlers are in the doors of their subject. */
#include "rooms/calendar/busy_block.h"
#include "rooms/calendar/calendar.h"
#include "rooms/calendar/calendar_feed.h"
#include "rooms/calendar/calendar_feed_doors.h"
#include "rooms/calendar/calendar_file_doors.h"
#include "rooms/calendar/outside_calendar.h"
#include "rooms/calendar/outside_conflicts.h"
#include "rooms/calendar/outside_doors.h"
#include "rooms/calendar/outside_events.h"
#include "rooms/calendar/outside_fetch.h"
#include "rooms/calendar/outside_fetch_doors.h"

#define TEXT_OR_NULL(name, description)                                                            \
    "\"" name "\":{\"type\":[\"string\",\"null\"],\"description\":\"" description "\"}"

static const struct room_schema calendar_schemas[] = {
    { "calendar_feed_wish",
      "{\"type\":\"object\",\"description\":\"A feed of the team, of the ritual, of the pack, or "
      "else of who asks.\",\"properties\":{"
      TEXT_OR_NULL("name", "What the calendar is called where it is shown.") ","
      TEXT_OR_NULL("team", "A name or an id.") ","
      TEXT_OR_NULL("ritual", "A name or an id.") ","
      TEXT_OR_NULL("pack", "Such as ai-week; with a team, that team's.")
      "},\"additionalProperties\":false}" },
    { 0 },
};

static const struct query_parameter calendar_query[] = {
    { "from", "The first day, such as 2026-11-23; else the month that it is.", "string" },
    { "to", "The last day; else that of the month.", "string" },
    { "team", "Of this team and of the whole workspace.", "string" },
    { "person", "What this person takes part in or owes.", "string" },
    { "ritual", "Of this ritual alone.", "string" },
    { "pack", "Of the rituals of this pack, such as ai-week; with a team, that team's.", "string" },
    { 0 },
};

static const struct query_parameter outside_conflicts_query[] = {
    { "from", "The first day, such as 2026-11-23; else the month that it is.", "string" },
    { "to", "The last day; else that of the month.", "string" },
    { "person", "Whose rituals and calendars; else of who asks.", "string" },
    { 0 },
};

static const struct route calendar_routes[] = {
    { .method = "GET",
      .path = "/api/v1/calendar/conflicts",
      .handle = outside_conflicts_get,
      .reply_schema = "conflicts",
      .query = outside_conflicts_query,
      .help = "Which rituals of a person fall on what stands in outside calendars." },
    { .method = "POST",
      .path = "/api/v1/outside-calendars/{id}/file",
      .handle = outside_file_post,
      .reply_schema = "outside_calendar_read",
      .takes_body = true,
      .body_max = ICS_BYTES_MAX,
      .help = "Read a file of iCalendar in the place of what the calendar held." },
    { .method = "POST",
      .path = "/api/v1/outside-calendars/{id}/fetch",
      .handle = outside_fetch_post,
      .reply_schema = "outside_calendar_told",
      .help = "Ask for it at its address now: how it stands then, and why it failed." },
    { .method = "GET",
      .path = "/api/v1/me/outside-calendars",
      .handle = outside_list_get,
      .reply_schema = "outside_calendars",
      .help = "The outside calendars of who asks and of their teams: when each was asked for, and "
              "what fails." },
    { .method = "GET",
      .path = "/calendar/{file}",
      .handle = calendar_feed_get,
      .is_open = true, /* its address is its key */
      .reply_type = "text/calendar",
      .help = "A feed for calendar programs, at its secret address." },
    { .method = "GET",
      .path = "/api/v1/calendar",
      .handle = calendar_get,
      .reply_schema = "calendar",
      .query = calendar_query,
      .help = "What is on which day: rituals, what is due, what ends, time that people keep." },
    { .method = "GET",
      .path = "/api/v1/calendar/ics",
      .handle = calendar_get_file,
      .query = calendar_query,
      .reply_type = "text/calendar",
      .help = "The same as a file for calendar programs." },
    { .method = "GET",
      .path = "/api/v1/me/calendar-feeds",
      .handle = calendar_feed_list,
      .reply_schema = "calendar_feeds",
      .help = "The feeds of who asks, and when each was last asked for." },
    { .method = "POST",
      .path = "/api/v1/me/calendar-feeds",
      .handle = calendar_feed_post,
      .reply_schema = "calendar_feed_made",
      .status = 201,
      .body_schema = "calendar_feed_wish",
      .help = "A new feed: {\"name\", \"team\", \"ritual\" or \"pack\"}; its path is shown once." },
    { 0 },
};

static const struct command calendar_commands[] = {
    { .name = "calendar", .verb = "read", .arguments = "FILE", .arguments_min = 1,
      .arguments_max = 1, .group = "Every week",
      .help = "Show the events of an iCalendar file, and what is wrong with it.",
      .run = calendar_read_run, .flags = COMMAND_WITHOUT_STORE },
    { .name = "calendar", .verb = "expand", .arguments = "", .group = "Every week",
      .help = "List when a recurrence rule falls, in UTC.", .option = calendar_expand_options,
      .run = calendar_expand_run, .flags = COMMAND_WITHOUT_STORE },
    { .name = "calendar",
      .verb = "import",
      .arguments = "FILE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .option = outside_import_options,
      .run = outside_import_run,
      .flags = COMMAND_LONG,
      .help = "Read a calendar of another program, to see which rituals it meets." },
    { .name = "calendar",
      .verb = "fetch",
      .arguments = "[CALENDAR]",
      .arguments_max = 1,
      .group = "Every week",
      .run = outside_fetch_run,
      .flags = COMMAND_LONG,
      .help = "Ask now for an outside calendar that has an address, or for all that are due; a "
              "server does it by itself." },
    { .name = "calendar",
      .verb = "conflicts",
      .arguments = "",
      .group = "Every week",
      .option = outside_conflicts_options,
      .run = outside_conflicts_run,
      .help = "List which rituals fall on what stands in outside calendars." },
    { .name = "calendar",
      .verb = "show",
      .arguments = "",
      .group = "Every week",
      .option = calendar_show_options,
      .run = calendar_run_show,
      .help = "List what is on which day: rituals, what is due, what ends." },
    { .name = "calendar",
      .verb = "feed",
      .arguments = "[FEED]",
      .arguments_max = 1,
      .group = "Every week",
      .option = calendar_feed_options,
      .run = calendar_feed_run_write,
      .help = "Write a calendar as an iCalendar file: one's own, a team's, or that of a feed." },
    { .name = "calendar-feed",
      .verb = "add",
      .arguments = "",
      .group = "Every week",
      .option = calendar_feed_options,
      .run = calendar_feed_run_add,
      .help = "Make a secret address for a calendar program, and print it once." },
    { 0 },
};

static const struct record *const calendar_records[] = { &calendar_feed_record, &busy_block_record,
                                                         &outside_calendar_record, NULL };
static const struct table *const calendar_tables[] = { &calendar_feed_key_table,
                                                       &outside_event_table, &outside_fetch_table,
                                                       NULL };

static const struct need_source calendar_needs[] = {
    { "calendar.conflicts", outside_conflicts_need },
    { "calendar.failed", outside_fetch_need },
    { 0 },
};

static const struct conflict_source calendar_conflicts[] = {
    { "calendar.outside", outside_conflicts_collect },
    { 0 },
};

static const struct calendar_source calendar_sources[] = {
    { "calendar.busy", "Busy", "Time that people keep.", busy_block_collect },
    { "calendar.outside", "Other calendars", "What stands in calendars of other programs.",
      outside_events_collect },
    { 0 },
};

const struct room calendar_room = {
    .name = "calendar",
    .label = "Calendar",
    .help = "What is on which day, and how it reaches people's own calendars.",
    .records = calendar_records,
    .tables = calendar_tables,
    .routes = calendar_routes,
    .schemas = calendar_schemas,
    .replies = calendar_replies,
    .commands = calendar_commands,
    .calendar = calendar_sources,
    .needs = calendar_needs,
    .conflicts = calendar_conflicts,
    .jobs = outside_fetch_jobs,
    .verify = outside_calendar_verify,
};

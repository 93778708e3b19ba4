/* Room day: the tables of its doors, and of what the room offers. */
#include "rooms/day/day.h"
#include "rooms/day/digest_doors.h"
#include "rooms/day/digest_send.h"
#include "rooms/day/draft_doors.h"
#include "rooms/day/inbox_doors.h"
#include "rooms/day/note_doors.h"
#include "rooms/messages/messages.h"

/* Each look reads a little of every person; who chose a minute waits for no more than one. */
enum { DIGEST_SECONDS = 60 };

static const struct option turn_options[] = {
    { .name = "into",
      .kind = OPTION_TEXT,
      .placeholder = "RECORD",
      .help = "What it becomes: action, and whatever else needs but a title." },
    { .name = "owner", .kind = OPTION_TEXT, .placeholder = "PERSON", .help = "Who does it." },
    { .name = "due",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "By when: 2026-12-01, tomorrow, friday; else the note's own day." },
    { 0 },
};

static const struct option balance_options[] = {
    { .name = "week", .kind = OPTION_TEXT, .placeholder = "WEEK", .help = "Else this week." },
    { .name = "person", .kind = OPTION_TEXT, .placeholder = "PERSON", .help = "Else yourself." },
    { .name = "days",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = 365,
      .help = "A dimension without a row for so many days is neglected; else 7." },
    { 0 },
};

static const struct option digest_send_options[] = {
    { .name = "as-of",
      .kind = OPTION_TEXT,
      .placeholder = "INSTANT",
      .help = "What was due by then, such as 2026-11-16T08:00:00Z; else now." },
    { 0 },
};

static const struct option standup_options[] = {
    { .name = "write", .kind = OPTION_FLAG, .help = "Store the draft; it can be changed later." },
    { 0 },
};

static const struct option week_review_options[] = {
    { .name = "week", .kind = OPTION_TEXT, .placeholder = "WEEK", .help = "Else this week." },
    { .name = "write", .kind = OPTION_FLAG, .help = "Store the draft; it can be changed later." },
    { 0 },
};

static const struct option snooze_options[] = {
    { .name = "until",
      .kind = OPTION_TEXT,
      .placeholder = "TIME",
      .help = "When it comes back: 2026-12-01, tomorrow, 2026-12-01T09:00:00Z." },
    { 0 },
};

static const struct option delegate_options[] = {
    { .name = "to", .kind = OPTION_TEXT, .placeholder = "PERSON", .help = "Who does it." },
    { 0 },
};

static const struct command day_commands[] = {
    { .name = "note",
      .arguments = "TEXT...",
      .arguments_min = 1,
      .arguments_max = -1,
      .group = "Every day",
      .run = note_doors_capture,
      .help = "Write a note; @person shares it, #tag sorts it, due:friday dates it, - reads it." },
    { .name = "note",
      .verb = "turn",
      .arguments = "NOTE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every day",
      .option = turn_options,
      .run = note_doors_turn,
      .help = "Make an action or another row of a note, with a link back; the note is done." },
    { .name = "note",
      .verb = "balance",
      .arguments = "",
      .group = "Every day",
      .option = balance_options,
      .run = note_doors_balance,
      .help = "How the week's work is spread over the six dimensions, and what is neglected." },
    { .name = "note",
      .verb = "by-dimension",
      .arguments = "",
      .group = "Every day",
      .run = note_doors_by_dimension,
      .help = "The open notes grouped by dimension, as Markdown." },
    { .name = "inbox",
      .arguments = "",
      .group = "Every day",
      .run = inbox_doors_show,
      .help = "What waits for you, late things first." },
    { .name = "inbox",
      .verb = "snooze",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every day",
      .option = snooze_options,
      .run = inbox_doors_snooze,
      .help = "Put something aside until a time." },
    { .name = "inbox",
      .verb = "done",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every day",
      .run = inbox_doors_done,
      .help = "Put something aside for good; the row itself stays as it is." },
    { .name = "inbox",
      .verb = "delegate",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every day",
      .option = delegate_options,
      .run = inbox_doors_delegate,
      .help = "Make somebody else the owner." },
    { .name = "digest",
      .verb = "show",
      .arguments = "",
      .group = "Every day",
      .run = digest_doors_show,
      .help = "What waits for you of the kinds you chose, and what was decided and learned since "
              "the last." },
    { .name = "digest",
      .verb = "send",
      .arguments = "",
      .group = "Every day",
      .option = digest_send_options,
      .run = digest_doors_send,
      .help = "Send each person's digest of the day that is due, eight deliveries at most, and say "
              "how many are left; a server does it by itself." },
    { .name = "standup",
      .arguments = "",
      .group = "Every day",
      .option = standup_options,
      .run = draft_doors_standup,
      .help = "Today's standup, drafted from what moved since the last one and what is due." },
    { .name = "week-review",
      .arguments = "",
      .group = "Every week",
      .option = week_review_options,
      .run = draft_doors_week_review,
      .help = "The week's review, drafted from what was finished and what is overdue." },
    { 0 },
};

static const struct query_parameter balance_query[] = {
    { "week", "An ISO week, such as 2026-W47; else this one.", "string" },
    { "person", "A person by name or id; else who asks.", "string" },
    { "days", "Neglected after so many days, 1 to 365; else 7.", "integer" },
    { 0 },
};

static const struct query_parameter standup_day_query[] = {
    { "day", "A day, such as 2026-11-16; else today.", "string" },
    { "team", "A team by name or id; else everybody.", "string" },
    { 0 },
};

static const struct query_parameter week_review_query[] = {
    { "week", "An ISO week, such as 2026-W47; else this one.", "string" },
    { 0 },
};

static const struct route day_routes[] = {
    { .method = "POST",
      .path = "/api/v1/notes/{id}/turn",
      .handle = note_doors_post_turn,
      .reply_schema = "note_turned",
      .status = 201,
      .help = "Make a row of another record of a note: {\"into\",\"owner\",\"due\"}." },
    { .method = "GET",
      .path = "/api/v1/notes/by-dimension",
      .handle = note_doors_get_by_dimension,
      .reply_schema = "notes_by_dimension",
      .help = "The open notes grouped by dimension, and the same as Markdown." },
    { .method = "GET",
      .path = "/api/v1/balance",
      .handle = note_doors_get_balance,
      .reply_schema = "balance",
      .query = balance_query,
      .help = "How a person's week and day are spread over the six dimensions." },
    { .method = "GET",
      .path = "/api/v1/inbox",
      .handle = inbox_doors_get,
      .reply_schema = "inbox",
      .help = "What waits for who asks, late things first." },
    { .method = "POST",
      .path = "/api/v1/inbox/{id}/snooze",
      .handle = inbox_doors_post_snooze,
      .reply_schema = "inbox",
      .help = "Put something aside until a time: {\"until\"}; answers what is left." },
    { .method = "POST",
      .path = "/api/v1/inbox/{id}/done",
      .handle = inbox_doors_post_done,
      .reply_schema = "inbox",
      .help = "Put something aside for good; answers what is left." },
    { .method = "POST",
      .path = "/api/v1/inbox/{id}/delegate",
      .handle = inbox_doors_post_delegate,
      .reply_schema = "inbox",
      .help = "Make somebody else the owner: {\"to\"}; answers what is left." },
    { .method = "GET",
      .path = "/api/v1/digest",
      .handle = digest_doors_get,
      .reply_schema = "digest",
      .help = "What waits for who asks, of the kinds they chose, and what was decided." },
    { .method = "GET",
      .path = "/api/v1/standups/draft",
      .handle = draft_doors_get_standup,
      .reply_schema = "standup_draft",
      .help = "Today's standup of who asks, drafted, with what was said the last time." },
    { .method = "GET",
      .path = "/api/v1/standups/day",
      .handle = draft_doors_get_standup_day,
      .reply_schema = "standup_day",
      .query = standup_day_query,
      .help = "Everybody's standups of a day as one page, and who has not written." },
    { .method = "GET",
      .path = "/api/v1/week-reviews/draft",
      .handle = draft_doors_get_week_review,
      .reply_schema = "week_review_draft",
      .query = week_review_query,
      .help = "The week's review of who asks, drafted from finished and overdue actions." },
    { 0 },
};

static const struct record *const day_records[] = { &note_record, &standup_record,
                                                   &week_review_record, &inbox_mark_record,
                                                   &digest_choice_record, NULL };

static const struct table *const day_tables[] = { &digest_told_table, NULL };

static const struct job_kind day_jobs[] = {
    { .name = "digest",
      .label = "Send digests",
      .run = digest_doors_job,
      .is_due = message_has_personal,
      .period_seconds = DIGEST_SECONDS },
    { 0 },
};

const struct room day_room = {
    .name = "day",
    .label = "Day",
    .help = "Notes, and what a person has to do with each day.",
    .records = day_records,
    .routes = day_routes,
    .replies = day_replies,
    .commands = day_commands,
    .needs = day_needs,
    .tables = day_tables,
    .jobs = day_jobs,
};

/* See offers_replies.h. Each in the order in which its file writes it. */
#include "offers/offers_replies.h"

#include "offers/figure.h"
#include "offers/job.h"
#include "offers/reply_keys.h"

#define NEXT TEXT_OR_NULL("next", "'after' of the next page.")

/* --- needs.c, promises.c, conflicts.c --- */

static const struct reply_key need_keys[] = {
    TEXT_ALWAYS("kind", "One word: action, flip, ritual, mention, human_verdict."),
    TEXT_ALWAYS("id", "Of the row that it is about."),
    TEXT_ALWAYS("record", NULL),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("why", "Why it is this person's."),
    TEXT_ALWAYS("link", "The page where it is dealt with."),
    STAMP_OR_NULL("due", NULL),
    REPLY_KEY("late", REPLY_BOOL, 0, "Its time has passed."),
    { 0 },
};

static const struct reply_key promise_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("record", NULL),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("state", NULL),
    REPLY_KEY("kept", REPLY_BOOL, REPLY_NULLABLE, "Null while its time lasts."),
    TEXT_OR_NULL("owner", NULL),
    { 0 },
};

static const struct reply_key conflict_with_keys[] = {
    TEXT_OR_NULL("title", "Null where it is private."),
    TEXT_OR_NULL("place", NULL),
    TEXT_OR_NULL("calendar", NULL),
    STAMP_OR_NULL("from", NULL),
    STAMP_OR_NULL("until", NULL),
    REPLY_KEY("all_day", REPLY_BOOL, 0, NULL),
    REPLY_KEY("private", REPLY_BOOL, 0, NULL),
    { 0 },
};

static const struct reply_key conflict_keys[] = {
    TEXT_ALWAYS("id", "Of what is met."),
    TEXT_OR_NULL("title", NULL),
    STAMP_OR_NULL("from", NULL),
    STAMP_OR_NULL("until", NULL),
    TEXT_OR_NULL("link", NULL),
    REPLY_INSIDE("with", 0, "What it meets.", conflict_with_keys),
    { 0 },
};

/* --- job_doors.c --- */

static const struct reply_key job_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("kind", "import, replay, ..."),
    { "state", REPLY_TEXT, 0, NULL, NULL, NULL, job_state_words, JOB_STATES },
    COUNT("progress", "In percent."),
    TEXT_OR_NULL("sentence", "How it goes, or went."),
    REPLY_KEY("result", REPLY_ANY, 0, "What it made, once it is done: of an import its report."),
    REPLY_KEY("change", REPLY_INT, REPLY_NULLABLE, "What undo takes back."),
    COUNT("attempt", NULL),
    REPLY_KEY("wants_cancel", REPLY_BOOL, 0, NULL),
    STAMP_OR_NULL("created", NULL),
    STAMP_OR_NULL("started", NULL),
    STAMP_OR_NULL("ended", NULL),
    { 0 },
};

static const struct reply_key job_list_keys[] = {
    REPLY_SCHEMA("items", REPLY_LIST, NULL, "job"),
    NEXT,
    { 0 },
};

static const struct reply_key job_begun_keys[] = {
    TEXT_ALWAYS("job", "Its id: GET /api/v1/jobs/{id} says how it goes."),
    { 0 },
};

/* --- import.c, import_doors.c, quarantine.c --- */

static const struct reply_key file_keys[] = {
    TEXT_ALWAYS("file", NULL),
    TEXT_OR_NULL("format", "Null where it was not recognised."),
    COUNT("lines", NULL),
    COUNT("results", NULL),
    { 0 },
};

static const struct reply_key refused_keys[] = {
    TEXT_ALWAYS("run", NULL),
    TEXT_ALWAYS("reason", NULL),
    { 0 },
};

static const struct reply_key runs_keys[] = {
    TEXTS("new", NULL),
    TEXTS("unchanged", "They were here already, with equal content."),
    TEXTS("replaced", NULL),
    REPLY_INSIDE("refused", REPLY_LIST, NULL, refused_keys),
    { 0 },
};

static const struct reply_key places_keys[] = {
    TEXTS("new", NULL),
    TEXTS("known", NULL),
    { 0 },
};

static const struct reply_key bad_line_keys[] = {
    TEXT_ALWAYS("file", NULL),
    COUNT("line", NULL),
    TEXT_ALWAYS("reason", NULL),
    TEXT_OR_NULL("text", "As it came."),
    { 0 },
};

static const struct reply_key import_note_keys[] = {
    TEXT_ALWAYS("code", "file_refused: nothing of that file counts."),
    TEXT_ALWAYS("text", NULL),
    COUNT("count", NULL),
    { 0 },
};

static const struct reply_key report_keys[] = {
    REPLY_INSIDE("files", REPLY_LIST, NULL, file_keys),
    REPLY_INSIDE("runs", 0, "By name.", runs_keys),
    REPLY_INSIDE("suites", 0, NULL, places_keys),
    REPLY_INSIDE("surfaces", 0, NULL, places_keys),
    REPLY_INSIDE("quarantined", REPLY_LIST, "Lines that could not be read.", bad_line_keys),
    REPLY_INSIDE("notes", REPLY_LIST, NULL, import_note_keys),
    REPLY_KEY("dry_run", REPLY_BOOL, 0, "True: nothing was stored."),
    { 0 },
};

static const struct reply_key format_keys[] = {
    TEXT_ALWAYS("name", "As 'format' takes it."),
    TEXT_ALWAYS("label", NULL),
    { 0 },
};

static const struct reply_key formats_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, NULL, format_keys),
    NEXT,
    { 0 },
};

static const struct reply_key quarantined_keys[] = {
    COUNT("id", NULL),
    STAMP_OR_NULL("at", NULL),
    TEXT_OR_NULL("format", NULL),
    TEXT_ALWAYS("file", NULL),
    COUNT("line", NULL),
    TEXT_ALWAYS("reason", NULL),
    TEXT_OR_NULL("text", "As it came."),
    { 0 },
};

static const struct reply_key quarantine_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, NULL, quarantined_keys),
    NEXT,
    { 0 },
};

/* --- figure.c --- */

static const struct reply_key mark_keys[] = {
    REPLY_CHOICE("kind", 0, NULL, figure_mark_words),
    TEXT_ALWAYS("why", NULL),
    { 0 },
};

#define UNIT TEXT_ALWAYS("unit", "count, share, points, usd, milliseconds, number or words.")

static const struct reply_key told_figure_keys[] = {
    TEXT_ALWAYS("figure", "Its name."),
    TEXT_ALWAYS("written", "As it stands in a text."),
    TEXT_ALWAYS("label", NULL),
    TEXT_ALWAYS("help", NULL),
    REPLY_KEY("parameters", REPLY_TEXT, REPLY_MAP, "Those that were given."),
    REPLY_KEY("week", REPLY_WEEK, 0, NULL),
    STAMP_OR_NULL("as_of", "Null: as it is now."),
    UNIT,
    REAL_OR_NULL("value", "Null: it is unknown, or in words."),
    TEXT_OR_NULL("words", "As people read it."),
    TEXT_OR_NULL("why_unknown", "Null: it is known."),
    REAL_OR_NULL("low", "Of its interval, where it has one."),
    REAL_OR_NULL("high", NULL),
    COUNT_OR_NULL("n", NULL),
    STAMP_OR_NULL("measured_at", NULL),
    TEXT_OR_NULL("record", "What it was read from."),
    TEXT_OR_NULL("id", NULL),
    TEXT_OR_NULL("link", NULL),
    TEXT_OR_NULL("working", "How it was worked out."),
    REPLY_INSIDE("marks", REPLY_LIST, "What is to be known of it.", mark_keys),
    { 0 },
};

static const struct reply_key figure_parameter_keys[] = {
    TEXT_ALWAYS("name", NULL),
    TEXT_OR_NULL("record", "Whose rows it takes."),
    FLAG("needed", NULL),
    TEXT_OR_NULL("help", NULL),
    { 0 },
};

static const struct reply_key figure_keys[] = {
    TEXT_ALWAYS("name", NULL),
    TEXT_ALWAYS("label", NULL),
    TEXT_ALWAYS("help", NULL),
    UNIT,
    REPLY_INSIDE("parameters", REPLY_LIST, NULL, figure_parameter_keys),
    { 0 },
};

/* --- search_page.c, audit.c, history_page.c, link.c, audit_page.c, rest_ledger.c --- */

static const struct reply_key match_keys[] = {
    TEXT_ALWAYS("record", NULL),
    TEXT_ALWAYS("id", NULL),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("field", "Null: it was found by its id, tag, person or date."),
    TEXT_OR_NULL("excerpt", "Of that field."),
    STAMP("changed", NULL),
    TEXT_OR_NULL("by", "Who changed it last."),
    { 0 },
};

static const struct reply_key matches_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, "The best first.", match_keys),
    NEXT,
    { 0 },
};

static const struct reply_key side_keys[] = {
    TEXT_ALWAYS("field", NULL),
    REPLY_KEY("before", REPLY_ANY, REPLY_OPTIONAL, "Left out of what nobody is shown."),
    REPLY_KEY("after", REPLY_ANY, REPLY_OPTIONAL, "Likewise."),
    { 0 },
};

static const struct reply_key audit_line_keys[] = {
    COUNT("id", NULL),
    COUNT("change", NULL),
    STAMP("at", NULL),
    TEXT_OR_NULL("actor", "The id of the person."),
    TEXT_ALWAYS("door", NULL),
    TEXT_ALWAYS("verb", NULL),
    TEXT_OR_NULL("record", "Null: it is about no row."),
    TEXT_OR_NULL("row", NULL),
    TEXT_OR_NULL("what", NULL),
    REPLY_INSIDE("fields", REPLY_LIST, NULL, side_keys),
    { 0 },
};

static const struct reply_key audit_list_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, "The latest first.", audit_line_keys),
    TEXT_OR_NULL("next", "'before' of the next page."),
    { 0 },
};

static const struct reply_key version_keys[] = {
    COUNT("version", NULL),
    COUNT("change", NULL),
    STAMP("at", NULL),
    TEXT_OR_NULL("actor", "The id of the person."),
    TEXT_OR_NULL("who", "The name."),
    TEXT_ALWAYS("door", NULL),
    TEXT_OR_NULL("what", NULL),
    REPLY_INSIDE("fields", REPLY_LIST, "Those that changed.", side_keys),
    { 0 },
};

static const struct reply_key versions_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, "The latest first.", version_keys),
    TEXT_OR_NULL("next", "'before' of the next page."),
    { 0 },
};

static const char *const directions[] = { "out", "in" };

static const struct reply_key row_link_keys[] = {
    TEXT_ALWAYS("id", "Of the link."),
    TEXT_ALWAYS("kind", NULL),
    REPLY_CHOICE("direction", 0, "Out: from the row that was asked for.", directions),
    TEXT_ALWAYS("record", "Of the other row."),
    TEXT_ALWAYS("row", "Its id."),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("note", NULL),
    { 0 },
};

static const struct reply_key row_links_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, NULL, row_link_keys),
    TEXT_OR_NULL("next", "Always null: it is one page."),
    { 0 },
};

static const struct reply_key audit_report_keys[] = {
    FLAG("is_intact", NULL),
    COUNT("lines", NULL),
    COUNT("sealed", NULL),
    COUNT("unsealed", NULL),
    COUNT("erased_values", NULL),
    COUNT_OR_NULL("first_bad", "The id of the line; null: there is none."),
    TEXT_ALWAYS("sentence", NULL),
    { 0 },
};

static const struct reply_key undone_keys[] = {
    COUNT("change", "The one that undid: undo takes it back."),
    COUNT("undone", NULL),
    { 0 },
};

/* --- catalog_page.c --- */

#define LIMIT(name) REPLY_KEY(name, REPLY_REAL, REPLY_OPTIONAL, "Only of what has limits.")

static const struct reply_key field_keys[] = {
    TEXT_ALWAYS("name", NULL),
    TEXT_ALWAYS("label", NULL),
    TEXT_OR_NULL("help", NULL),
    TEXT_ALWAYS("kind", NULL),
    TEXTS("flags", NULL),
    REPLY_KEY("choices", REPLY_TEXT, REPLY_LIST | REPLY_OPTIONAL, "Only of a choice."),
    REPLY_KEY("choice_labels", REPLY_TEXT, REPLY_MAP | REPLY_OPTIONAL, "Likewise."),
    REPLY_KEY("refers", REPLY_TEXT, REPLY_OPTIONAL, "The record; only of what refers to one."),
    REPLY_KEY("fallback", REPLY_TEXT, REPLY_OPTIONAL, "What it is where nothing is given."),
    LIMIT("min"),
    LIMIT("max"),
    { 0 },
};

static const struct reply_key can_keys[] = {
    FLAG("create", NULL),
    FLAG("patch", NULL),
    FLAG("delete", NULL),
    { 0 },
};

static const struct reply_key makes_keys[] = {
    TEXT_ALWAYS("label", NULL),
    TEXT_ALWAYS("address", NULL),
    TEXT_ALWAYS("record", NULL),
    FLAG("can", NULL),
    { 0 },
};

static const struct reply_key transition_keys[] = {
    TEXT_ALWAYS("verb", NULL),
    TEXT_OR_NULL("from", "Null: from any."),
    TEXT_ALWAYS("to", NULL),
    TEXTS("roles", "Empty: whoever may write the row."),
    FLAG("can", NULL),
    TEXT_ALWAYS("undo", "yes, counter or no."),
    { 0 },
};

static const struct reply_key record_keys[] = {
    TEXT_ALWAYS("name", NULL),
    TEXT_ALWAYS("plural", NULL),
    TEXT_ALWAYS("prefix", "Of ids."),
    TEXT_ALWAYS("label", NULL),
    TEXT_ALWAYS("plural_label", NULL),
    TEXT_ALWAYS("help", NULL),
    TEXT_ALWAYS("address", NULL),
    TEXT_ALWAYS("privacy", "public, team, named or private."),
    TEXTS("writers", "Roles."),
    FLAG("made_by_program", NULL),
    REPLY_INSIDE("can", 0, "What who asks may do somewhere.", can_keys),
    REPLY_INSIDE("makes", REPLY_LIST, "What can be made of a row.", makes_keys),
    TEXT_ALWAYS("title", "The field that names a row."),
    REPLY_KEY("listed", REPLY_TEXT, REPLY_LIST | REPLY_OPTIONAL,
              "Columns of its lists; without it all short fields."),
    REPLY_KEY("usual_sort", REPLY_TEXT, REPLY_OPTIONAL,
              "The sort of its lists for people who chose none; without it by rank, else by id."),
    REPLY_INSIDE("fields", REPLY_LIST, NULL, field_keys),
    REPLY_KEY("unique", REPLY_ANY, REPLY_LIST, "Lists of fields that are once together."),
    TEXT_OR_NULL("state", "The field of the state; null: it has none."),
    REPLY_INSIDE("transitions", REPLY_LIST, NULL, transition_keys),
    { 0 },
};

static const struct reply_key dimension_keys[] = {
    TEXT_ALWAYS("word", NULL),
    TEXT_ALWAYS("label", NULL),
    { 0 },
};

static const struct reply_key catalog_keys[] = {
    REPLY_INSIDE("records", REPLY_LIST, NULL, record_keys),
    REPLY_INSIDE("dimensions", REPLY_LIST, NULL, dimension_keys),
    { 0 },
};

/* --- app/front.c --- */

static const struct reply_key health_keys[] = {
    TEXT_ALWAYS("status", "ok"),
    TEXT_ALWAYS("version", NULL),
    { 0 },
};

const struct reply_schema offers_replies[] = {
    { .name = "need", .help = "One thing that waits for a person.", .keys = need_keys },
    { .name = "promise", .help = "What was said for a week.", .keys = promise_keys },
    { .name = "conflict", .help = "A ritual that meets something else.", .keys = conflict_keys },
    { .name = "job", .help = "Work in the background.", .keys = job_keys },
    { .name = "job_list", .help = "The latest jobs of who asks.", .keys = job_list_keys },
    { .name = "job_begun", .help = "A job that was begun.", .keys = job_begun_keys },
    { .name = "import_report",
      .help = "What an import did: the 'result' of its job.",
      .keys = report_keys },
    { .name = "import_formats", .help = "The formats that are read.", .keys = formats_keys },
    { .name = "quarantine",
      .help = "Lines that could not be taken in, the latest first.",
      .keys = quarantine_keys },
    { .name = "told_figure", .help = "A figure as it is told.", .keys = told_figure_keys },
    { .name = "figures",
      .help = "The figures that texts can hold.",
      .keys = figure_keys,
      .is_list = true },
    { .name = "search_results", .help = "A page of what was found.", .keys = matches_keys },
    { .name = "audit_list", .help = "A page of the audit.", .keys = audit_list_keys },
    { .name = "row_history", .help = "The versions of a row.", .keys = versions_keys },
    { .name = "row_links", .help = "The links from and to a row.", .keys = row_links_keys },
    { .name = "audit_report",
      .help = "Whether the audit is what was written.",
      .keys = audit_report_keys },
    { .name = "undone", .help = "A change that was undone.", .keys = undone_keys },
    { .name = "catalog", .help = "The records and their fields.", .keys = catalog_keys },
    { .name = "health", .help = "Whether the server answers.", .keys = health_keys },
    { 0 },
};

/* See offers_replies.h. Each in the order in which its file writes it. */
#include "offers/offers_replies.h"

#include "offers/job.h"

#define COUNT(name, help) REPLY_KEY(name, REPLY_INT, 0, help)
#define TEXT_ALWAYS(name, help) REPLY_KEY(name, REPLY_TEXT, 0, help)
#define TEXT_OR_NULL(name, help) REPLY_KEY(name, REPLY_TEXT, REPLY_NULLABLE, help)
#define TEXTS(name, help) REPLY_KEY(name, REPLY_TEXT, REPLY_LIST, help)
#define STAMP_OR_NULL(name, help) REPLY_KEY(name, REPLY_STAMP, REPLY_NULLABLE, help)
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
    { 0 },
};

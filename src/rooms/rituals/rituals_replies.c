/*
 * What the week, an occurrence, clones and the health of rituals answer, for the OpenAPI page. Each
 * in the order in which its file writes it.
 */
#include "offers/reply_keys.h"
#include "rooms/rituals/week_doors.h"

/* --- the week: ritual_week_show.c --- */

static const struct reply_key prepared_keys[] = {
    REPLY_KEY("done", REPLY_INT, 0, NULL),
    REPLY_KEY("of", REPLY_INT, 0, NULL),
    { 0 },
};

static const struct reply_key artifacts_keys[] = {
    REPLY_KEY("have", REPLY_INT, 0, NULL),
    REPLY_KEY("need", REPLY_INT, 0, NULL),
    { 0 },
};

static const struct reply_key line_keys[] = {
    REPLY_KEY("ritual", REPLY_TEXT, 0, NULL),
    REPLY_KEY("ritual_id", REPLY_TEXT, 0, NULL),
    REPLY_KEY("occurrence", REPLY_TEXT, 0, "What its page is asked for by: RIT-1@2026-11-16."),
    REPLY_KEY("at", REPLY_STAMP, 0, NULL),
    REPLY_KEY("until", REPLY_STAMP, REPLY_NULLABLE, NULL),
    REPLY_KEY("state", REPLY_TEXT, 0, "As stored, or missed."),
    REPLY_KEY("reason", REPLY_TEXT, REPLY_NULLABLE, "Why it was not held."),
    REPLY_KEY("owner", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("leader", REPLY_TEXT, REPLY_NULLABLE, "Who leads it that day."),
    REPLY_KEY("leader_is_away", REPLY_BOOL, 0, "On that day, by an absence."),
    REPLY_INSIDE("prep", 0, "Preparations.", prepared_keys),
    REPLY_INSIDE("artifacts", 0, "What has to come out of it.", artifacts_keys),
    REPLY_KEY("dimensions", REPLY_TEXT, REPLY_LIST, NULL),
    { 0 },
};

static const struct reply_key late_keys[] = {
    REPLY_KEY("id", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("record", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("title", REPLY_TEXT, 0, NULL),
    REPLY_KEY("why", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("owner", REPLY_TEXT, REPLY_NULLABLE, NULL),
    { 0 },
};

static const struct reply_key away_keys[] = {
    REPLY_KEY("id", REPLY_TEXT, 0, "Of the person."),
    REPLY_KEY("person", REPLY_TEXT, 0, NULL),
    REPLY_KEY("first_day", REPLY_DATE, 0, NULL),
    REPLY_KEY("last_day", REPLY_DATE, 0, NULL),
    { 0 },
};

static const struct reply_key week_keys[] = {
    REPLY_KEY("week", REPLY_WEEK, 0, NULL),
    REPLY_KEY("team", REPLY_TEXT, REPLY_NULLABLE, "Null: all teams."),
    REPLY_KEY("zone", REPLY_TEXT, 0, "In which days and times are told."),
    REPLY_INSIDE("rituals", REPLY_LIST, "By their beginning.", line_keys),
    REPLY_SCHEMA("needs_me", REPLY_LIST, "What waits for who asks.", "need"),
    REPLY_INSIDE("late", REPLY_LIST, "Whoever's it is.", late_keys),
    REPLY_SCHEMA("promises", REPLY_LIST, "Of the week before.", "promise"),
    REPLY_INSIDE("away", REPLY_LIST, "Who is away on some of its days.", away_keys),
    REPLY_SCHEMA("conflicts", REPLY_LIST, NULL, "conflict"),
    { 0 },
};

/* --- an occurrence: occurrence_page.c --- */

static const struct reply_key run_ritual_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("name", NULL),
    TEXT_OR_NULL("purpose", NULL),
    TEXT_OR_NULL("team", NULL),
    TEXT_OR_NULL("owner", NULL),
    COUNT("minutes", "How long it is planned."),
    TEXTS("expected", "Who is asked to come."),
    { 0 },
};

static const struct reply_key run_role_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("name", NULL),
    TEXT_OR_NULL("person", NULL),
    FLAG("left", "The person is no longer there."),
    FLAG("rotates", NULL),
    TEXT_OR_NULL("advice", "What to do about it."),
    { 0 },
};

static const struct reply_key run_step_keys[] = {
    TEXT_OR_NULL("id", "Null until it is opened."),
    TEXT_ALWAYS("name", NULL),
    COUNT("minutes", NULL),
    STAMP_OR_NULL("started", NULL),
    COUNT_OR_NULL("version", "What a change of the step gives as If-Match."),
    { 0 },
};

static const struct reply_key run_item_keys[] = {
    TEXT_OR_NULL("id", "Null until it is stored."),
    TEXT_ALWAYS("title", NULL),
    TEXT_OR_NULL("why", NULL),
    TEXT_ALWAYS("state", NULL),
    TEXT_OR_NULL("owner", NULL),
    TEXT_OR_NULL("about", "The id of the row that it is about."),
    TEXT_OR_NULL("source", "One of GET /api/v1/agenda-sources; null: somebody added it."),
    TEXT_OR_NULL("source_label", NULL),
    COUNT("carried", "How often it was taken along."),
    COUNT("version", NULL),
    { 0 },
};

static const struct reply_key run_note_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("text", NULL),
    TEXT_OR_NULL("author", NULL),
    STAMP("at", NULL),
    { 0 },
};

static const struct reply_key run_preparation_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("task", NULL),
    FLAG("done", NULL),
    { 0 },
};

static const struct reply_key run_output_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("record", NULL),
    TEXT_OR_NULL("kind", "As 'required' calls it."),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("state", "Null where the record has none."),
    TEXT_OR_NULL("owner", "Likewise."),
    TEXT_OR_NULL("due", "Likewise."),
    STAMP("made", NULL),
    FLAG("dropped", NULL),
    { 0 },
};

static const struct reply_key run_required_keys[] = {
    TEXT_ALWAYS("kind", NULL),
    TEXT_ALWAYS("label", NULL),
    COUNT("least", NULL),
    COUNT_OR_NULL("most", "Null: as many as there are."),
    FLAG("or_reason", "A reason for none of them will do."),
    COUNT("have", NULL),
    TEXT_OR_NULL("reason", NULL),
    FLAG("met", NULL),
    { 0 },
};

static const struct reply_key run_keys[] = {
    TEXT_ALWAYS("occurrence", "What it is asked for by: OCC-3, or RIT-1@2026-11-16."),
    DAY("day", NULL),
    STAMP("at", NULL),
    STAMP_OR_NULL("until", NULL),
    TEXT_ALWAYS("zone", NULL),
    TEXT_ALWAYS("state", "As stored, or missed."),
    TEXT_OR_NULL("reason", "Why it was not held."),
    STAMP("now", "Of the server: what a clock on the page starts from."),
    REPLY_INSIDE("ritual", 0, NULL, run_ritual_keys),
    COUNT_OR_NULL("version", "What a change gives as If-Match; null until it is stored."),
    TEXT_OR_NULL("facilitator", NULL),
    TEXTS("attendees", NULL),
    STAMP_OR_NULL("started", NULL),
    STAMP_OR_NULL("ended", NULL),
    TEXT_OR_NULL("settled_by", "Who closed, skipped or cancelled it."),
    TEXT_OR_NULL("paragraph", NULL),
    TEXT_OR_NULL("leader", "Who leads it that day."),
    REPLY_INSIDE("roles", REPLY_LIST, NULL, run_role_keys),
    REPLY_INSIDE("steps", REPLY_LIST, NULL, run_step_keys),
    FLAG("agenda_is_frozen", "True from when it is opened."),
    REPLY_INSIDE("agenda", REPLY_LIST, NULL, run_item_keys),
    REPLY_INSIDE("notes", REPLY_LIST, NULL, run_note_keys),
    REPLY_INSIDE("preparation", REPLY_LIST, NULL, run_preparation_keys),
    REPLY_INSIDE("outputs", REPLY_LIST, "What came out of it.", run_output_keys),
    REPLY_INSIDE("required", REPLY_LIST, "What has to come out of it.", run_required_keys),
    TEXT_OR_NULL("draft", "First words of the paragraph."),
    TEXT_OR_NULL("minutes", "Their id, once it is closed."),
    { 0 },
};

/* --- health: rhythm.c --- */

static const char *const rhythm_verdicts[] = { "alive", "zombie", "too_few" };

static const struct reply_key came_out_keys[] = {
    COUNT("decisions", NULL),
    COUNT("actions", NULL),
    COUNT("artifacts", NULL),
    { 0 },
};

static const struct reply_key rhythm_line_keys[] = {
    TEXT_ALWAYS("ritual", NULL),
    TEXT_ALWAYS("ritual_id", NULL),
    TEXT_ALWAYS("state", NULL),
    TEXT_OR_NULL("owner", NULL),
    COUNT("expected", NULL),
    COUNT("held", NULL),
    COUNT("held_incomplete", NULL),
    COUNT("skipped", NULL),
    COUNT("missed", NULL),
    COUNT("silent_streak", "The last ones that were missed, one after another."),
    REAL_OR_NULL("adherence", "Held of expected; null: none was expected."),
    REAL_OR_NULL("artifact_completeness", "Null: nothing has to come out of it."),
    REAL_OR_NULL("action_closure", "Null: no action came out of it."),
    REAL_OR_NULL("health", "From 0 to 100; null where nothing can be said."),
    REAL("person_hours", NULL),
    REAL_OR_NULL("cost", "Null: the ritual names no rate of an hour."),
    REPLY_INSIDE("came_out", 0, NULL, came_out_keys),
    COUNT("empty", "Held without artifact, decision or action."),
    COUNT("unattended", "Held by fewer than two people."),
    REPLY_CHOICE("verdict", 0, NULL, rhythm_verdicts),
    TEXT_OR_NULL("advice", NULL),
    { 0 },
};

static const struct reply_key rhythm_keys[] = {
    COUNT("weeks", "How many it is about."),
    REPLY_INSIDE("rituals", REPLY_LIST, NULL, rhythm_line_keys),
    { 0 },
};

/* --- the portfolio: portfolio_show.c --- */

static const char *const portfolio_row_words[] = { "team", "surface" };
static const char *const portfolio_column_words[] = { "week", "ritual" };

static const struct reply_key cell_keys[] = {
    COUNT("expected", NULL),
    COUNT("held", NULL),
    COUNT("incomplete", "Of those held."),
    COUNT("skipped", NULL),
    COUNT("missed", NULL),
    COUNT("cancelled", "They do not count as expected."),
    { 0 },
};

#define PORTFOLIO_LINE                                                                             \
    TEXT_OR_NULL("id", "Null: of no team, of no surface, or a week."), TEXT_ALWAYS("name", NULL),  \
        REPLY_INSIDE("total", REPLY_NULLABLE, NULL, cell_keys)

static const struct reply_key portfolio_column_keys[] = { PORTFOLIO_LINE, { 0 } };

static const struct reply_key portfolio_row_keys[] = {
    PORTFOLIO_LINE,
    REPLY_INSIDE("cells", REPLY_LIST | REPLY_HOLES, "One per column; null: nothing was there.",
                 cell_keys),
    { 0 },
};

static const struct reply_key portfolio_keys[] = {
    COUNT("weeks", NULL),
    REPLY_CHOICE("rows_by", 0, NULL, portfolio_row_words),
    REPLY_CHOICE("columns_by", 0, NULL, portfolio_column_words),
    REPLY_INSIDE("columns", REPLY_LIST, NULL, portfolio_column_keys),
    REPLY_INSIDE("rows", REPLY_LIST, NULL, portfolio_row_keys),
    REPLY_INSIDE("total", REPLY_NULLABLE, NULL, cell_keys),
    { 0 },
};

/* --- what there is to choose from, and what was set up: week_doors.c, clone_doors.c --- */

static const struct reply_key source_keys[] = {
    TEXT_ALWAYS("name", NULL),
    TEXT_ALWAYS("label", NULL),
    TEXT_ALWAYS("help", NULL),
    { 0 },
};

static const struct reply_key pack_keys[] = {
    TEXT_ALWAYS("name", NULL),
    TEXT_ALWAYS("label", NULL),
    TEXT_ALWAYS("help", NULL),
    TEXTS("rituals", "By name."),
    { 0 },
};

#define MADE_RITUAL                                                                                \
    TEXT_ALWAYS("id", NULL), TEXT_ALWAYS("name", NULL), FLAG("new", "False: it was there already.")

static const struct reply_key installed_keys[] = { MADE_RITUAL, { 0 } };

static const struct reply_key installation_keys[] = {
    TEXT_ALWAYS("pack", NULL),
    REPLY_INSIDE("rituals", REPLY_LIST, NULL, installed_keys),
    { 0 },
};

static const struct reply_key cloned_keys[] = {
    MADE_RITUAL,
    TEXT_ALWAYS("clone_of", "The id of its original."),
    { 0 },
};

static const struct reply_key clones_keys[] = {
    REPLY_INSIDE("rituals", REPLY_LIST, NULL, cloned_keys),
    { 0 },
};

/* --- what is offered to clones: ritual_offers.c --- */

static const struct reply_key offer_keys[] = {
    TEXT_ALWAYS("part", "What 'parts' takes."),
    TEXT_ALWAYS("label", NULL),
    TEXT_OR_NULL("was", "In the original, when it was last decided on."),
    TEXT_OR_NULL("now", "In the original."),
    TEXT_OR_NULL("here", "In the clone."),
    FLAG("open", "It was not decided on."),
    { 0 },
};

static const struct reply_key offers_keys[] = {
    TEXT_ALWAYS("ritual", NULL),
    TEXT_ALWAYS("ritual_id", NULL),
    TEXT_OR_NULL("clone_of", "Null: it is no clone."),
    TEXT_OR_NULL("clone_of_id", NULL),
    REPLY_INSIDE("items", REPLY_LIST, NULL, offer_keys),
    { 0 },
};

static const struct reply_key all_offers_keys[] = {
    REPLY_SCHEMA("rituals", REPLY_LIST, NULL, "ritual_offers"),
    { 0 },
};

const struct reply_schema rituals_replies[] = {
    { .name = "week", .help = "A week of rituals, and what waits and is late.", .keys = week_keys },
    { .name = "occurrence_run", .help = "All of one occurrence.", .keys = run_keys },
    { .name = "rhythm", .help = "How healthy rituals are.", .keys = rhythm_keys },
    { .name = "portfolio", .help = "How often rituals were held.", .keys = portfolio_keys },
    { .name = "agenda_sources",
      .help = "What can fill an agenda.",
      .keys = source_keys,
      .is_list = true },
    { .name = "ritual_packs",
      .help = "The packs that can be installed.",
      .keys = pack_keys,
      .is_list = true },
    { .name = "ritual_installed", .help = "What a pack set up.", .keys = installation_keys },
    { .name = "ritual_clones", .help = "What was cloned.", .keys = clones_keys },
    { .name = "ritual_offers", .help = "What is offered to one clone.", .keys = offers_keys },
    { .name = "ritual_offers_open",
      .help = "The clones that have something to decide on.",
      .keys = all_offers_keys },
    { 0 },
};

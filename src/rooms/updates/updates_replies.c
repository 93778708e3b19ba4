/*
 * What updates, decks, briefs and reports answer, for the OpenAPI page. Each in the order in which
 * its file writes it; a told figure is in offers_replies.c.
 */
#include "engine/text_diff.h"
#include "offers/reply_keys.h"
#include "rooms/updates/updates.h"

#define FIGURES REPLY_SCHEMA("figures", REPLY_LIST, "Those in the text.", "told_figure")

/* --- an update: update_page.c, update_routes_doors.c --- */

static const struct reply_key line_keys[] = {
    TEXT_ALWAYS("line", "As it goes into the text."),
    TEXT_ALWAYS("html", "With its figures as they are now."),
    TEXT_ALWAYS("source", NULL),
    TEXT_ALWAYS("label", "Of the source."),
    TEXT_ALWAYS("record", NULL),
    TEXT_ALWAYS("id", "Of the row that it is about."),
    { 0 },
};

#define LINES(part) REPLY_INSIDE(part, REPLY_LIST, NULL, line_keys)

static const struct reply_key candidates_keys[] = {
    LINES("changed"), LINES("eval"), LINES("user"), LINES("cost_latency"),
    LINES("world"),   LINES("next"), { 0 },
};

static const struct reply_key exception_keys[] = {
    TEXT_ALWAYS("line", NULL),
    TEXT_ALWAYS("html", NULL),
    TEXT_ALWAYS("about", "The id of the row."),
    TEXT_ALWAYS("label", NULL),
    TEXT_ALWAYS("record", NULL),
    TEXT_OR_NULL("explanation", "Null: nobody has explained it."),
    { 0 },
};

static const struct reply_key page_keys[] = {
    REPLY_KEY("update", REPLY_OBJECT, 0,
              "The row; 'created' and 'changed' are null while it is not stored."),
    FLAG("is_stored", "False: it is as the house would begin it."),
    REPLY_CHOICE("audience", 0, NULL, audience_words),
    REPLY_INSIDE("candidates", 0, "What rooms bring, by part.", candidates_keys),
    REPLY_SCHEMA("bets", REPLY_LIST, NULL, "bet"),
    REPLY_SCHEMA("last_bets", REPLY_LIST, "Of the update before, to be scored.", "bet"),
    REPLY_INSIDE("exceptions", REPLY_LIST, NULL, exception_keys),
    TEXTS("errors", "What keeps it from being sent."),
    REPLY_SCHEMA("editions", REPLY_LIST, "Sent to the audience, the latest first.",
                 "update_edition"),
    FIGURES,
    TEXT_ALWAYS("markdown", "As the audience reads it."),
    TEXT_ALWAYS("html", NULL),
    COUNT("words", NULL),
    COUNT("brief_words_max", NULL),
    { 0 },
};

static const struct reply_key piece_keys[] = {
    REPLY_CHOICE("op", 0, NULL, diff_op_words),
    TEXT_ALWAYS("text", NULL),
    { 0 },
};

static const struct reply_key diff_keys[] = {
    TEXT_ALWAYS("from", "Empty: there is none before it."),
    TEXT_ALWAYS("to", NULL),
    REPLY_INSIDE("pieces", REPLY_LIST, "By lines.", piece_keys),
    { 0 },
};

static const struct reply_key bet_week_keys[] = {
    TEXT_ALWAYS("id", "Of the update."),
    TEXT_OR_NULL("title", NULL),
    WEEK("week", NULL),
    TEXT_ALWAYS("state", NULL),
    STAMP_OR_NULL("sent_at", NULL),
    COUNT("hit", NULL),
    COUNT("missed", NULL),
    COUNT("dropped", NULL),
    COUNT("open", NULL),
    REAL_OR_NULL("hit_rate", "Of hit, missed and dropped; null: there are none."),
    { 0 },
};

static const struct reply_key bet_weeks_keys[] = {
    REPLY_INSIDE("weeks", REPLY_LIST, "The latest first.", bet_week_keys),
    { 0 },
};

/* --- slides: deck.c, deck_template.c --- */

static const char *const slide_sizes[] = { "16:9", "4:3" };
static const char *const template_sizes[] = { "wide", "narrow" };

static const struct reply_key slide_keys[] = {
    COUNT("number", "From 1."),
    TEXT_OR_NULL("classes", NULL),
    TEXT_OR_NULL("header", NULL),
    TEXT_OR_NULL("footer", NULL),
    TEXT_ALWAYS("html", NULL),
    TEXT_OR_NULL("notes", "For who speaks."),
    { 0 },
};

static const struct reply_key deck_keys[] = {
    TEXT_ALWAYS("title", NULL),
    TEXT_ALWAYS("template", NULL),
    WEEK("week", NULL),
    STAMP_OR_NULL("as_of", "Null: as it is now."),
    REPLY_CHOICE("audience", 0, NULL, audience_words),
    TEXT_OR_NULL("theme", NULL),
    REPLY_CHOICE("size", 0, NULL, slide_sizes),
    TEXT_ALWAYS("markdown", NULL),
    REPLY_INSIDE("slides", REPLY_LIST, NULL, slide_keys),
    FIGURES,
    COUNT("unknown", "How many of the figures are."),
    { 0 },
};

static const struct reply_key template_keys[] = {
    TEXT_OR_NULL("id", "Null: it is built in."),
    TEXT_ALWAYS("name", NULL),
    FLAG("built_in", NULL),
    TEXT_OR_NULL("theme", NULL),
    REPLY_CHOICE("size", 0, NULL, template_sizes),
    COUNT("heading_divider", "The level of headings that begin a slide; 0: none does."),
    FLAG("paginate", NULL),
    TEXT_ALWAYS("body", NULL),
    { 0 },
};

static const struct reply_key word_keys[] = {
    TEXT_ALWAYS("word", NULL),
    TEXT_ALWAYS("help", NULL),
    { 0 },
};

static const struct reply_key templates_keys[] = {
    REPLY_INSIDE("templates", REPLY_LIST, NULL, template_keys),
    REPLY_INSIDE("words", REPLY_LIST, "What slides can hold.", word_keys),
    { 0 },
};

/* --- what is told: told_text.c, brief.c, board_brief_read.c, report_read.c --- */

#define TOLD TEXT_ALWAYS("markdown", NULL), TEXT_ALWAYS("html", NULL), TEXT_ALWAYS("text", NULL)

static const struct reply_key points_keys[] = { TOLD, { 0 } };

static const struct reply_key brief_keys[] = {
    WEEK("week", NULL),
    STAMP_OR_NULL("as_of", "Null: as it is now."),
    TOLD,
    FIGURES,
    COUNT("words", NULL),
    COUNT("words_max", NULL),
    TEXTS("warnings", NULL),
    { 0 },
};

static const struct reply_key board_brief_keys[] = {
    REPLY_SCHEMA("brief", 0, NULL, "board_brief"),
    REPLY_SCHEMA("risks", REPLY_LIST, NULL, "board_risk"),
    TEXTS("missing", "What keeps it from being sent; empty once it is."),
    TOLD,
    FIGURES,
    { 0 },
};

static const struct reply_key card_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("written", "The figure, as it is written."),
    REPLY_SCHEMA("figure", REPLY_NULLABLE, "Null: 'mistake' says why.", "told_figure"),
    TEXT_OR_NULL("mistake", NULL),
    { 0 },
};

static const struct reply_key report_keys[] = {
    REPLY_SCHEMA("report", 0, NULL, "report"),
    STAMP_OR_NULL("as_of", "Null: as it is now."),
    REPLY_INSIDE("cards", REPLY_LIST, NULL, card_keys),
    TOLD,
    FIGURES,
    { 0 },
};

const struct reply_schema updates_replies[] = {
    { .name = "update_page", .help = "An update as it is written and read.", .keys = page_keys },
    { .name = "update_diff", .help = "An update beside the one before it.", .keys = diff_keys },
    { .name = "bet_weeks", .help = "How many bets came true.", .keys = bet_weeks_keys },
    { .name = "deck_made", .help = "Slides from a template.", .keys = deck_keys },
    { .name = "deck_templates", .help = "The templates of decks.", .keys = templates_keys },
    { .name = "brief", .help = "Half a page for senior management.", .keys = brief_keys },
    { .name = "talking_points", .help = "One page for a meeting.", .keys = points_keys },
    { .name = "board_brief_read", .help = "A board brief as it reads.", .keys = board_brief_keys },
    { .name = "report_read", .help = "A report with its figures.", .keys = report_keys },
    { 0 },
};

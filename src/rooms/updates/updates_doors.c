/* Room updates: the tables of what it offers. */
#include "rooms/updates/deck_doors.h"
#include "rooms/updates/told_doors.h"
#include "rooms/updates/update_doors.h"
#include "rooms/updates/updates.h"
#include "rooms/updates/updates_sources.h"

static const struct command updates_commands[] = {
    { .name = "update", .verb = "draft", .arguments = "", .group = "Friday",
      .help = "Begin the week's update, or print it as it is.", .option = update_options,
      .run = update_run_draft },
    { .name = "update", .verb = "check", .arguments = "", .group = "Friday",
      .help = "Say what is missing before the week's update can be sent; exit 1 if anything is.",
      .option = update_check_options, .run = update_run_check },
    { .name = "update", .verb = "send", .arguments = "", .group = "Friday",
      .help = "Send the week's update: it is frozen, and never changes again.",
      .option = update_options, .run = update_run_send },
    { .name = "update", .verb = "correct", .arguments = "", .group = "Friday",
      .help = "Send a corrected edition of the week's update, with a note.",
      .option = update_correct_options, .run = update_run_correct },
    { .name = "update", .verb = "review", .arguments = "", .group = "Friday",
      .help = "Agree to the words of the week's update, as its reviewer.",
      .option = update_check_options, .run = update_run_review },
    { .name = "update", .verb = "explain", .arguments = "ID TEXT", .arguments_min = 2,
      .arguments_max = 2, .group = "Friday",
      .help = "Explain an exception that the week's update cannot leave out.",
      .option = update_check_options, .run = update_run_explain },
    { .name = "update", .verb = "figures", .arguments = "[FIGURE]", .arguments_max = 1,
      .group = "Friday",
      .help = "List the figures that texts can hold, or tell one: 'evals.pass_rate surface=NAME'.",
      .option = update_check_options, .run = update_run_figures },
    { .name = "deck", .arguments = "", .group = "Friday",
      .help = "Make slides whose figures fill themselves, as of now or of a past instant.",
      .option = deck_options,
      .note = "A FILE that ends in .html is one page that needs no other file: arrow keys turn its "
              "slides,\n'n' shows what the speaker says, printing gives one slide a page. Else it "
              "is Marp's Markdown.\n",
      .run = deck_run },
    { .name = "brief", .arguments = "", .group = "Friday",
      .help = "Half a page for senior management, from the same rows as the update.",
      .option = brief_options, .run = brief_run },
    { .name = "talking-points", .arguments = "", .group = "Friday",
      .help = "One page for a meeting: what is open, to be decided, in the way, and promised.",
      .option = talking_points_options, .run = talking_points_run },
    { .name = "board-brief", .verb = "read", .arguments = "ID", .arguments_min = 1,
      .arguments_max = 1, .group = "Friday",
      .help = "A board brief as it reads, and what keeps it from being sent.",
      .option = board_brief_options, .run = board_brief_run_read },
    { .name = "report", .verb = "read", .arguments = "ID", .arguments_min = 1, .arguments_max = 1,
      .group = "Friday", .help = "A report with its figures, as of now or of a past instant.",
      .option = report_options, .run = report_read_run },
    { .name = "report", .verb = "snapshot", .arguments = "ID", .arguments_min = 1,
      .arguments_max = 1, .group = "Friday",
      .help = "Keep a report as it reads now, or as of a past instant.",
      .option = report_options, .run = report_snapshot_run },
    { 0 },
};

static const struct route updates_routes[] = {
    { .method = "GET", .path = "/api/v1/updates/week", .handle = update_get_week,
      .query = update_week_parameters,
      .help = "The update of a week: stored, or as the house would begin it." },
    { .method = "POST", .path = "/api/v1/updates/draft", .handle = update_post_draft,
      .body_schema = "update_week", .help = "Begin the update of a week." },
    { .method = "GET", .path = "/api/v1/updates/{id}/page", .handle = update_get_page,
      .query = update_audience_parameters,
      .help = "An update with its candidates, bets, exceptions, what is missing, and its text." },
    { .method = "GET", .path = "/api/v1/updates/{id}/diff", .handle = update_get_diff,
      .query = update_audience_parameters, .help = "An update beside the one sent before it." },
    { .method = "POST", .path = "/api/v1/updates/{id}/send", .handle = update_post_send,
      .help = "Send an update: an edition for each audience, frozen with its figures." },
    { .method = "POST", .path = "/api/v1/updates/{id}/correct", .handle = update_post_correct,
      .body_schema = "update_correction", .help = "Send one more edition, with a note." },
    { .method = "POST", .path = "/api/v1/updates/{id}/review", .handle = update_post_review,
      .help = "Agree to the words of an update, as its reviewer." },
    { .method = "POST", .path = "/api/v1/updates/{id}/explain", .handle = update_post_explain,
      .body_schema = "update_explaining", .help = "Explain an exception." },
    { .method = "GET", .path = "/api/v1/update-editions/{id}/html", .handle = update_get_html,
      .reply_type = "text/html", .help = "An edition as the HTML of a mail." },
    { .method = "GET", .path = "/api/v1/update-editions/{id}/text", .handle = update_get_text,
      .reply_type = "text/plain", .help = "An edition as plain text, 72 columns." },
    { .method = "GET", .path = "/api/v1/bets/weeks", .handle = update_get_bets,
      .query = update_week_parameters, .help = "Of each week how many bets came true." },
    { .method = "GET", .path = "/api/v1/figures", .handle = update_get_figures,
      .help = "The figures that texts can hold." },
    { .method = "GET", .path = "/api/v1/figures/told", .handle = update_get_figure,
      .query = update_figure_parameters, .help = "One figure as it is now." },
    { .method = "POST", .path = "/api/v1/decks", .handle = deck_post, .body_schema = "deck",
      .help = "Slides from a template: as JSON with each slide, or the file as md or html." },
    { .method = "GET", .path = "/api/v1/decks/templates", .handle = deck_get_templates,
      .help = "The templates there are, built-in ones too, and the words that slides can hold." },
    { .method = "GET", .path = "/api/v1/brief", .handle = brief_get, .query = brief_parameters,
      .help = "Half a page for senior management; a warning above its limit." },
    { .method = "GET", .path = "/api/v1/talking-points", .handle = talking_points_get,
      .query = talking_points_parameters, .help = "One page for a meeting of a team." },
    { .method = "GET", .path = "/api/v1/board-briefs/{id}/read", .handle = board_brief_get_read,
      .help = "A board brief as it reads, its risks, and what keeps it from being sent." },
    { .method = "GET", .path = "/api/v1/reports/{id}/read", .handle = report_read_get,
      .query = report_parameters, .help = "A report with its figures." },
    { .method = "POST", .path = "/api/v1/reports/{id}/snapshot", .handle = report_snapshot_post,
      .body_schema = "report_snapshot_of", .help = "Keep a report as it reads." },
    { 0 },
};

#define TEXT_OF(name) "\"" name "\":{\"type\":\"string\"}"
#define BODY(properties, needed)                                                                   \
    "{\"type\":\"object\",\"properties\":{" properties "},\"required\":[" needed                   \
    "],\"additionalProperties\":false}"

static const struct room_schema updates_schemas[] = {
    { "update_week", BODY(TEXT_OF("week") "," TEXT_OF("team"), "") },
    { "update_correction",
      BODY(TEXT_OF("note") "," TEXT_OF("production") "," TEXT_OF("eval") ","
           TEXT_OF("eval_none") "," TEXT_OF("user") "," TEXT_OF("user_none") ","
           TEXT_OF("cost_latency") ","
           TEXT_OF("cost_latency_none") "," TEXT_OF("world"), "\"note\"") },
    { "deck",
      BODY(TEXT_OF("template") "," TEXT_OF("week") "," TEXT_OF("team") "," TEXT_OF("as_of") ","
           TEXT_OF("audience") "," TEXT_OF("address") "," TEXT_OF("format"), "") },
    { "report_snapshot_of", BODY(TEXT_OF("as_of"), "") },
    { "update_explaining",
      BODY(TEXT_OF("about") "," TEXT_OF("explanation"), "\"about\",\"explanation\"") },
    { 0 },
};

static const struct record *const updates_records[] = {
    &update_record, &bet_record, &update_explanation_record, &update_edition_record,
    &deck_template_record, &board_brief_record, &board_risk_record, &insight_record,
    &report_record, &report_card_record, &report_snapshot_record, NULL
};

const struct room updates_room = {
    .name = "updates",
    .label = "Updates",
    .help = "Friday's written update, its figures, its bets, and who was told.",
    .records = updates_records,
    .routes = updates_routes,
    .schemas = updates_schemas,
    .commands = updates_commands,
    .agenda = updates_agenda,
    .needs = updates_needs,
    .promises = updates_promises,
    .figures = updates_figures,
    .update = updates_update,
};

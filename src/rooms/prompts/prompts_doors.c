/* Room prompts: its doors, and the table of what the room offers. */
#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/council_doors.h"
#include "rooms/prompts/council_sources.h"
#include "rooms/prompts/deployment_watch.h"
#include "rooms/prompts/drill_doors.h"
#include "rooms/prompts/gate_doors.h"
#include "rooms/prompts/impact_review.h"
#include "rooms/prompts/outside_change.h"
#include "rooms/prompts/prompt_diff_doors.h"
#include "rooms/prompts/prompt_files_doors.h"
#include "rooms/prompts/prompt_events_doors.h"
#include "rooms/prompts/prompt_history_doors.h"
#include "rooms/prompts/prompt_serve_doors.h"
#include "rooms/prompts/prompt_version_doors.h"
#include "rooms/prompts/prompts.h"
#include "rooms/prompts/prompts_bodies.h"
#include "rooms/prompts/prompts_update.h"
#include "rooms/prompts/risk_rule.h"
#include "rooms/prompts/rollback_drill.h"
#include "store/find.h"

#define GATE_BODY_MAX ((size_t)256 * 1024 * 1024)

/* What each word of the council is called by, for both doors. */
static const enum council_verdict approve = COUNCIL_APPROVE, reject = COUNCIL_REJECT,
                                  request_changes = COUNCIL_REQUEST_CHANGES,
                                  defer = COUNCIL_DEFER, escalate = COUNCIL_ESCALATE,
                                  roll_back = COUNCIL_ROLL_BACK;

/* --- commands --- */

#define WORD_COMMAND(word, which, sentence)                                                        \
    {                                                                                              \
        .name = "prompt-change", .verb = word, .arguments = "ID", .arguments_min = 1,              \
        .arguments_max = 1, .group = "Prompts", .option = change_word_options,                     \
        .run = change_word_run, .context = &(which), .help = sentence                              \
    }

static const struct command prompts_commands[] = {
    { .name = "gate",
      .arguments = "",
      .group = "Prompts",
      .option = gate_options,
      .run = gate_run,
      .is_elsewhere = gate_is_elsewhere,
      .flags = COMMAND_LONG,
      .help = "Decide whether a candidate may follow a baseline: exit 0 pass, 1 blocked, 3 not "
              "measured." },
    { .name = "prompt",
      .verb = "version",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .option = prompt_version_options,
      .run = prompt_version_run,
      .help = "Store a new version, whose text comes from a file or standard input." },
    { .name = "prompt",
      .verb = "used",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .run = prompt_used_run,
      .help = "Show where a prompt is used: surfaces, runs, models, experiments, incidents." },
    { .name = "prompt",
      .verb = "history",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .option = prompt_history_options,
      .run = prompt_history_run,
      .help = "Show a prompt's versions: labels on each, how they moved, how its runs did." },
    { .name = "prompt",
      .verb = "move",
      .arguments = "NAME LABEL VERSION",
      .arguments_min = 3,
      .arguments_max = 3,
      .group = "Prompts",
      .option = prompt_move_options,
      .run = prompt_move_run,
      .help =
          "Let a label serve a version; production needs an approved change whose gate passes." },
    { .name = "prompt",
      .verb = "rollback",
      .arguments = "NAME [LABEL]",
      .arguments_min = 1,
      .arguments_max = 2,
      .group = "Prompts",
      .option = prompt_rollback_options,
      .run = prompt_rollback_run,
      .help = "Go back to the version that the label carried before; needs a reason and nothing "
              "else." },
    { .name = "prompt",
      .verb = "diff",
      .arguments = "NAME FROM TO",
      .arguments_min = 3,
      .arguments_max = 3,
      .group = "Prompts",
      .option = prompt_diff_options,
      .run = prompt_diff_run,
      .help = "Show what differs between two versions, by words or by lines." },
    { .name = "prompt",
      .verb = "import",
      .arguments = "[FOLDER]",
      .arguments_max = 1,
      .group = "Prompts",
      .option = prompt_import_options,
      .run = prompt_import_run,
      .flags = COMMAND_LONG,
      .help = "Bring in prompts from a folder, or from a git repository at a commit, as one "
              "change." },
    { .name = "prompt",
      .verb = "export",
      .arguments = "",
      .group = "Prompts",
      .option = prompt_export_options,
      .run = prompt_export_run,
      .flags = COMMAND_LONG,
      .help = "Write each prompt with its versions and labels as files into a folder." },
    { .name = "prompt",
      .verb = "serve",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .option = prompt_serve_options,
      .run = prompt_serve_run,
      .help = "Print what an application is given, as JSON." },
    { .name = "prompt",
      .verb = "drill",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .option = drill_options,
      .run = drill_run,
      .help = "Practise the way back on a shadow label, with a stopwatch." },
    { .name = "prompt",
      .verb = "postpone-drill",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .option = drill_postpone_options,
      .run = drill_postpone_run,
      .help = "Put the next rollback drill off, with a reason." },
    { .name = "prompt",
      .verb = "report",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .option = prompt_report_options,
      .run = prompt_report_run,
      .help = "Tell what an application serves; exit 1 when it is not what was released." },
    { .name = "impact-review",
      .verb = "rates",
      .arguments = "",
      .group = "Prompts",
      .run = impact_rates_run,
      .help = "Show how often what was expected of changes came about, and what waits." },
    WORD_COMMAND("approve", approve, "Approve a change as it is now; an edit voids it."),
    WORD_COMMAND("request-changes", request_changes, "Send a change back to its author."),
    WORD_COMMAND("reject", reject, "Decide against a change."),
    WORD_COMMAND("defer", defer, "Decide on a change another day."),
    WORD_COMMAND("escalate", escalate, "Let executives decide on a change."),
    WORD_COMMAND("roll-back", roll_back, "Take a change back that is served."),
    { .name = "prompt-change",
      .verb = "page",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .run = change_page_run,
      .help = "Show a change with its evidence, what it lacks, and who has said what, as JSON." },
    { 0 },
};

/* --- routes --- */

static bool get_risk_rules(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return risk_rules_write_json(call, &reply->json);
}

#define WORD_ROUTE(word, which, sentence)                                                          \
    {                                                                                              \
        .method = "POST", .path = "/api/v1/prompt-changes/{id}/" word, .handle = change_word_post, \
        .context = &(which), .body_schema = "council_word", .reply_schema = "prompt_change_page",  \
        .help = sentence                                                                           \
    }

static const char *const serve_headers[] = { "If-None-Match", NULL };
static const char *const events_headers[] = { "Last-Event-ID", NULL };

static bool get_watch(struct call *call, const struct request *request, struct reply *reply)
{
    struct row deployment;
    rid id;
    return refs_find(call, &deployment_record, request->part[0], &id) &&
           find_row(call, &deployment_record, id, &deployment) &&
           deployment_watch_write_json(call, &deployment, &reply->json);
}

static const struct route prompts_routes[] = {
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/versions",
      .handle = prompt_versions_get,
      .reply_schema = "prompt_version_list",
      .query = prompt_versions_parameters,
      .help = "The versions of a prompt, a page at a time." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/versions",
      .handle = prompt_versions_post,
      .status = 201,
      .body_schema = "prompt_content",
      .reply_schema = "prompt_version",
      .help = "Store a new version of the prompt." },
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/used",
      .handle = prompt_used_get,
      .reply_schema = "prompt_used",
      .help = "Where a prompt is used: surfaces, runs, models, experiments, incidents, changes." },
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/history",
      .handle = prompt_history_get,
      .reply_schema = "prompt_history",
      .query = prompt_history_parameters,
      .help =
          "A prompt's versions with the labels on each, how they moved, and how its runs did." },
    { .method = "GET",
      .path = "/api/v1/risk-rules/in-force",
      .handle = get_risk_rules,
      .reply_schema = "risk_rules",
      .help = "The rules that decide who approves: the stored ones, or the built-in ones." },
    { .method = "POST",
      .path = "/api/v1/gate",
      .handle = gate_post,
      .reply_schema = "gate",
      .body_schema = "gate_question",
      .body_max = GATE_BODY_MAX,
      .is_for_import = true,
      .help = "Decide whether a candidate may follow a baseline; a file is not stored." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/move",
      .handle = prompt_move_post,
      .reply_schema = "deployment",
      .status = 201,
      .body_schema = "label_move",
      .help = "Let a label serve a version; a guarded label needs an approved change." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/rollback",
      .handle = prompt_rollback_post,
      .reply_schema = "deployment",
      .status = 201,
      .body_schema = "label_rollback",
      .help = "Go back to a version that the label carried before." },
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/diff",
      .handle = prompt_diff_get,
      .reply_schema = "prompt_diff",
      .query = prompt_diff_parameters,
      .help = "What differs between two versions, by words or by lines." },
    { .method = "POST",
      .path = "/api/v1/prompts/import",
      .handle = prompt_import_post,
      .reply_schema = "prompt_imported",
      .query = prompt_import_parameters,
      .takes_body = true,
      .is_for_import = true,
      .body_max = PROMPT_FILE_BODY_MAX,
      .help = "Bring in one prompt as a file NAME.md, whose history is kept elsewhere." },
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/serve",
      .handle = prompt_serve_get,
      .reply_schema = "prompt_served",
      .is_kept = true,
      .query = prompt_serve_parameters,
      .headers = serve_headers,
      .help = "What a label carries, for applications; 304 while it is the same." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/serve",
      .handle = prompt_serve_post,
      .reply_schema = "prompt_served",
      .body_schema = "prompt_filling",
      .help = "What a label carries, with its variables filled in." },
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/events",
      .handle = prompt_events_get,
      .query = prompt_serve_parameters,
      .reply_type = "text/event-stream",
      .headers = events_headers,
      .help = "Hear of a label that moved within a second, as server-sent events." },
    { .method = "GET",
      .path = "/api/v1/deployments/{id}/watch",
      .handle = get_watch,
      .reply_schema = "deployment_watch",
      .help = "How each surface does since a label was moved, beside the floor of its gate." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/drills",
      .handle = drill_post,
      .reply_schema = "rollback_drill",
      .status = 201,
      .body_schema = "drill_start",
      .help = "Practise the way back on a shadow label, with a stopwatch." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/postpone-drill",
      .handle = drill_postpone_post,
      .reply_schema = "rollback_drill",
      .status = 201,
      .body_schema = "drill_postponement",
      .help = "Put the next rollback drill off, with a reason." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/report",
      .handle = prompt_report_post,
      .reply_schema = "prompt_reported",
      .body_schema = "prompt_report",
      .help = "Tell what an application serves; another content than the released one is kept." },
    { .method = "GET",
      .path = "/api/v1/impact/hit-rates",
      .handle = impact_rates_get,
      .reply_schema = "impact_rates",
      .help = "How often what was expected of changes came about, by team, and what waits." },
    WORD_ROUTE("approve", approve, "Approve a change as it is now; an edit voids it."),
    WORD_ROUTE("request-changes", request_changes, "Send a change back to its author."),
    WORD_ROUTE("reject", reject, "Decide against a change."),
    WORD_ROUTE("defer", defer, "Decide on a change another day."),
    WORD_ROUTE("escalate", escalate, "Let executives decide on a change."),
    WORD_ROUTE("roll-back", roll_back, "Take a change back that is served."),
    { .method = "GET",
      .path = "/api/v1/prompt-changes/{id}/page",
      .handle = change_page_get,
      .reply_schema = "prompt_change_page",
      .help = "A change with its evidence, what it lacks, and who has said what." },
    { .method = "GET",
      .path = "/api/v1/council",
      .handle = council_get,
      .reply_schema = "council",
      .help = "What waits for the council, the riskiest first." },
    { 0 },
};

/* --- what the room offers --- */

static const struct agenda_source prompts_agenda[] = {
    { .name = "prompts.council",
      .label = "Changes to decide on",
      .help = "Change requests in review, the riskiest first; all are decided on before closing.",
      .compile = council_compile,
      .may_close = council_may_close },
    { .name = "prompts.urgent",
      .label = "Urgent changes",
      .help = "What an executive approved alone since the last time.",
      .compile = council_compile_urgent },
    { .name = "prompts.watch",
      .label = "Served below its floor",
      .help = "Versions served lately whose pass rate has left the floor of the gate.",
      .compile = deployment_watch_compile },
    { .name = "prompts.outside",
      .label = "Changed outside the council",
      .help = "Applications that serve another content than the released one.",
      .compile = outside_change_compile },
    { .name = "prompts.drills",
      .label = "Rollback drills due",
      .help = "Prompts in production without a rollback drill in this quarter.",
      .compile = drill_compile },
    { .name = "prompts.impact",
      .label = "Expected and actual impact",
      .help = "Changes served two weeks ago whose impact nobody has scored.",
      .compile = impact_compile },
    { 0 },
};

static const struct need_source prompts_needs[] = {
    { "prompts.changes", council_collect },
    { "prompts.watch", deployment_watch_collect },
    { "prompts.outside", outside_change_collect },
    { "prompts.drills", drill_collect },
    { "prompts.impact", impact_collect },
    { 0 },
};

static const struct record *const prompts_records[] = {
    &prompt_record,         &prompt_version_record, &prompt_label_record,
    &prompt_change_record,  &eval_delta_record,     &prompt_review_record,
    &deployment_record,     &risk_rule_record,      &rollback_drill_record,
    &outside_change_record, &impact_review_record,  &gate_policy_record,
    &gate_result_record,    NULL,
};

const struct room prompts_room = {
    .name = "prompts",
    .label = "Prompts",
    .help = "Prompts as code: versions, changes that a council approves, and the way back.",
    .records = prompts_records,
    .routes = prompts_routes,
    .schemas = prompts_schemas,
    .replies = prompts_replies,
    .commands = prompts_commands,
    .agenda = prompts_agenda,
    .needs = prompts_needs,
    .figures = prompts_figures,
    .update = prompts_update,
    .calendar = drill_calendar,
};

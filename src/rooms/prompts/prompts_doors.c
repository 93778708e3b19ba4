/* Room prompts: its doors, and the table of what the room offers. */
#include "http/reply.h"
#include "http/request.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/council_doors.h"
#include "rooms/prompts/council_sources.h"
#include "rooms/prompts/prompt_diff_doors.h"
#include "rooms/prompts/prompt_serve_doors.h"
#include "rooms/prompts/prompts.h"
#include "rooms/prompts/risk_rule.h"

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
      .verb = "serve",
      .arguments = "NAME",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Prompts",
      .option = prompt_serve_options,
      .run = prompt_serve_run,
      .help = "Print what an application is given, as JSON." },
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

static const char word_schema[] =
    "{\"type\":\"object\",\"properties\":{\"note\":{\"type\":\"string\"},"
    "\"until\":{\"type\":\"string\",\"format\":\"date\"}},\"additionalProperties\":false}";

#define VERSION_SCHEMA "{\"type\":[\"integer\",\"string\"]}"
static const char move_schema[] =
    "{\"type\":\"object\",\"properties\":{\"label\":{\"type\":\"string\"},"
    "\"version\":" VERSION_SCHEMA ",\"from_version\":" VERSION_SCHEMA ","
    "\"change\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"}},"
    "\"required\":[\"version\"],\"additionalProperties\":false}";

static const char rollback_schema[] =
    "{\"type\":\"object\",\"properties\":{\"label\":{\"type\":\"string\"},"
    "\"version\":" VERSION_SCHEMA ",\"from_version\":" VERSION_SCHEMA ","
    "\"noticed\":{\"type\":\"string\",\"format\":\"date-time\"},"
    "\"reason\":{\"type\":\"string\"}},\"required\":[\"reason\"],"
    "\"additionalProperties\":false}";

#define WORD_ROUTE(word, which, sentence)                                                          \
    {                                                                                              \
        .method = "POST", .path = "/api/v1/prompt-changes/{id}/" word,                             \
        .handle = change_word_post, .context = &(which), .body_schema = word_schema,            \
        .help = sentence                                                                           \
    }

static const char *const serve_headers[] = { "If-None-Match", NULL };

static const struct route prompts_routes[] = {
    { .method = "GET",
      .path = "/api/v1/risk-rules/in-force",
      .handle = get_risk_rules,
      .help = "The rules that decide who approves: the stored ones, or the built-in ones." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/move",
      .handle = prompt_move_post,
      .status = 201,
      .body_schema = move_schema,
      .help = "Let a label serve a version; a guarded label needs an approved change." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/rollback",
      .handle = prompt_rollback_post,
      .status = 201,
      .body_schema = rollback_schema,
      .help = "Go back to a version that the label carried before." },
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/diff",
      .handle = prompt_diff_get,
      .query = prompt_diff_parameters,
      .help = "What differs between two versions, by words or by lines." },
    { .method = "GET",
      .path = "/api/v1/prompts/{id}/serve",
      .handle = prompt_serve_get,
      .query = prompt_serve_parameters,
      .headers = serve_headers,
      .help = "What a label carries, for applications; 304 while it is the same." },
    { .method = "POST",
      .path = "/api/v1/prompts/{id}/serve",
      .handle = prompt_serve_post,
      .body_schema = prompt_serve_schema,
      .help = "What a label carries, with its variables filled in." },
    WORD_ROUTE("approve", approve, "Approve a change as it is now; an edit voids it."),
    WORD_ROUTE("request-changes", request_changes, "Send a change back to its author."),
    WORD_ROUTE("reject", reject, "Decide against a change."),
    WORD_ROUTE("defer", defer, "Decide on a change another day."),
    WORD_ROUTE("escalate", escalate, "Let executives decide on a change."),
    WORD_ROUTE("roll-back", roll_back, "Take a change back that is served."),
    { .method = "GET",
      .path = "/api/v1/prompt-changes/{id}/page",
      .handle = change_page_get,
      .help = "A change with its evidence, what it lacks, and who has said what." },
    { .method = "GET",
      .path = "/api/v1/council",
      .handle = council_get,
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
    { 0 },
};

static const struct need_source prompts_needs[] = {
    { "prompts.changes", council_collect },
    { 0 },
};

static const struct record *const prompts_records[] = {
    &prompt_record,        &prompt_version_record, &prompt_label_record,  &prompt_change_record,
    &eval_delta_record,    &prompt_review_record,  &deployment_record,    &risk_rule_record,
    NULL,
};

const struct room prompts_room = {
    .name = "prompts",
    .label = "Prompts",
    .help = "Prompts as code: versions, changes that a council approves, and the way back.",
    .records = prompts_records,
    .routes = prompts_routes,
    .commands = prompts_commands,
    .agenda = prompts_agenda,
    .needs = prompts_needs,
};

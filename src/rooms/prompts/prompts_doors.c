/* Room prompts: its doors, and the table of what the room offers. */
#include "http/reply.h"
#include "http/request.h"
#include "rooms/prompts/prompts.h"
#include "rooms/prompts/risk_rule.h"

/* --- routes --- */

static bool get_risk_rules(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return risk_rules_write_json(call, &reply->json);
}

static const struct route prompts_routes[] = {
    { .method = "GET",
      .path = "/api/v1/risk-rules/in-force",
      .handle = get_risk_rules,
      .help =
          "The rules that decide who approves a change: the stored ones, or the built-in ones." },
    { 0 },
};

/* --- what the room offers --- */

static const struct record *const prompts_records[] = {
    &prompt_record, &prompt_version_record, &prompt_label_record, &risk_rule_record, NULL,
};

const struct room prompts_room = {
    .name = "prompts",
    .label = "Prompts",
    .help =
        "Prompts as code: versions, changes that a council approves, the gate, and the way back.",
    .records = prompts_records,
    .routes = prompts_routes,
};

/* See case_doors.h. */
#include "rooms/evals/case_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "rooms/evals/case_page.h"

static bool read_week(struct call *call, text word, struct case_page_options *options)
{
    options->has_week = word.at != NULL;
    return week_check(call, word, &options->week);
}

bool case_doors_show(struct call *call, struct invocation *invocation)
{
    struct case_page page;
    struct json_writer writer;
    struct case_page_options options = {
        .word = invocation->argument[0],
        .surface = option_text(invocation, "surface"),
        .run = option_text(invocation, "run"),
        .before = option_text(invocation, "before"),
        .weeks = (int)option_int(invocation, "weeks", REVIEW_WEEKS_DEFAULT),
    };
    if (!read_week(call, option_text(invocation, "week"), &options) ||
        !case_page(call, &options, &page))
        return false;
    if (!invocation->as_json) {
        case_page_write_terminal(call, &page, invocation->terminal.has_colours, invocation->out);
        return call->fail.kind == FAIL_NONE;
    }
    json_writer_init(&writer, invocation->out, true);
    if (!case_page_write_json(call, &page, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}

const struct option case_doors_options[] = {
    { .name = "surface",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "On which surface, where several are measured with the case." },
    { .name = "week",
      .kind = OPTION_TEXT,
      .placeholder = "WEEK",
      .help = "An ISO week such as 2024-W14; else that of the run, or the latest with runs." },
    { .name = "run",
      .kind = OPTION_TEXT,
      .placeholder = "RUN",
      .help = "The run that is shown as now; else the week's last." },
    { .name = "before",
      .kind = OPTION_TEXT,
      .placeholder = "RUN",
      .help = "The run it is held against; else the last of the week before." },
    { .name = "weeks",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = REVIEW_WEEKS_MAX,
      .help = "How many calendar weeks are told; else 12." },
    { 0 },
};

bool case_doors_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct case_page page;
    int64_t weeks = REVIEW_WEEKS_DEFAULT;
    struct case_page_options options = {
        .word = request->part[0],
        .surface = request_query(request, "surface"),
        .run = request_query(request, "run"),
        .before = request_query(request, "before"),
    };
    if (!read_week(call, request_query(request, "week"), &options) ||
        !request_int(call, request, "weeks", 1, REVIEW_WEEKS_MAX, &weeks))
        return false;
    options.weeks = (int)weeks;
    return case_page(call, &options, &page) && case_page_write_json(call, &page, &reply->json);
}

const struct query_parameter case_doors_parameters[] = {
    { "surface", "On which surface, where several are measured with the case.", "string" },
    { "week", "An ISO week such as 2024-W14; else that of the run, or the latest with runs.",
      "string" },
    { "run", "The run that is shown as now: a name or an id.", "string" },
    { "before", "The run it is held against: a name or an id.", "string" },
    { "weeks", "How many calendar weeks are told, 1 to 520.", "integer" },
    { 0 },
};

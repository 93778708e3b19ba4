/*
 * Room evals: its doors. They read what was asked, call the review, and show
 * it; and the table of what the room offers.
 */
#include "offers/terminal.h"
#include "rooms/evals/case_doors.h"
#include "rooms/evals/eval_review.h"
#include "rooms/evals/eval_review_doors.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_archive.h"
#include "rooms/evals/evals_contents.h"
#include "rooms/evals/evals_figures.h"
#include "rooms/evals/evals_replies.h"
#include "rooms/evals/evals_sources.h"
#include "rooms/evals/review_put.h"
#include "rooms/evals/evals_timeline_doors.h"
#include "rooms/evals/evals_week.h"
#include "rooms/evals/judge_agreement.h"
#include "rooms/evals/model_review.h"
#include "rooms/evals/review_marks.h"

static const char *const week_run_choices[] = { "last", "best", "majority", NULL };
static const char *const nulls_choices[] = { "fail", "exclude", NULL };

/* --- what was asked, by whichever door --- */

static int choice_of(const char *const *choices, text word)
{
    for (int i = 0; choices[i]; i++)
        if (text_is(word, choices[i]))
            return i;
    return -1;
}

static bool read_choice(struct call *call, const char *name, const char *const *choices, text word,
                        int *choice)
{
    *choice = word.at ? choice_of(choices, word) : 0;
    if (*choice >= 0)
        return true;
    return fail_at(call, name, "'%.*s' is not one of %s, %s%s%s", TEXT_FMT(word), choices[0],
                   choices[1], choices[2] ? ", " : "", choices[2] ? choices[2] : "");
}

static bool read_week(struct call *call, text word, struct review_options *options)
{
    options->has_week = word.at != NULL;
    return week_check(call, word, &options->week);
}

static bool read_nulls(struct call *call, text word, struct review_options *options)
{
    int nulls;
    options->has_nulls = word.at != NULL;
    if (!read_choice(call, "nulls", nulls_choices, word, &nulls))
        return false;
    options->nulls = (enum nulls)nulls;
    return true;
}

static bool read_week_run(struct call *call, text word, struct review_options *options)
{
    int rule;
    if (!read_choice(call, "week_run", week_run_choices, word, &rule))
        return false;
    options->week_run = (enum week_run)rule;
    return true;
}

/* --- commands --- */

static bool invocation_review(struct call *call, const struct invocation *invocation,
                              struct review_options *options)
{
    *options = (struct review_options){
        .surface = option_text(invocation, "surface"),
        .model = option_text(invocation, "model"),
        .weeks = (int)option_int(invocation, "weeks", REVIEW_WEEKS_DEFAULT),
        .with_partial = option_flag(invocation, "with-partial"),
    };
    return read_week(call, option_text(invocation, "week"), options) &&
           read_week_run(call, option_text(invocation, "week-run"), options) &&
           read_nulls(call, option_text(invocation, "nulls"), options);
}

static bool run_review(struct call *call, struct invocation *invocation)
{
    struct review_options options;
    struct review review;
    struct json_writer writer;
    text reason = option_text(invocation, "compare-anyway");
    if (!invocation_review(call, invocation, &options))
        return false;
    if (option_flag(invocation, "make-actions"))
        return eval_review_doors_make(call, invocation, &options);
    if (reason.at && !eval_review_compare_anyway(call, &options, reason))
        return false;
    if (option_flag(invocation, "open"))
        return eval_review_doors_open(call, invocation, &options);
    if (!evals_review(call, &options, &review))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
        review_write_json(&review, &writer);
        out_char(invocation->out, '\n');
    } else if (option_flag(invocation, "md")) {
        review_write_markdown(call, &review, invocation->out);
    } else {
        review_write_terminal(call, &review, invocation->terminal.width,
                              invocation->terminal.has_colours, invocation->out);
    }
    invocation->exit = (enum exit_code)review_exit(&review, option_flag(invocation, "check"));
    return call->fail.kind == FAIL_NONE;
}

static bool run_compare(struct call *call, struct invocation *invocation)
{
    struct review_options options = { .has_nulls = false };
    struct surface_review surface;
    struct json_writer writer;
    if (!read_nulls(call, option_text(invocation, "nulls"), &options) ||
        !evals_compare(call, invocation->argument[0], invocation->argument[1], options.has_nulls,
                       options.nulls, &surface))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
        surface_review_write_json(&surface, &writer);
        out_char(invocation->out, '\n');
    } else {
        surface_review_write_terminal(call, &surface, invocation->terminal.width,
                                      invocation->terminal.has_colours, invocation->out);
    }
    return call->fail.kind == FAIL_NONE;
}

#define NULLS_OPTION                                                                               \
    {                                                                                              \
        .name = "nulls", .kind = OPTION_CHOICE, .placeholder = "RULE", .choices = nulls_choices,   \
        .help = "Whether a case without a verdict counts as not passed, or not at all; else as "   \
                "its suite says."                                                                  \
    }

static const struct option review_command_options[] = {
    { .name = "week",
      .kind = OPTION_TEXT,
      .placeholder = "WEEK",
      .help = "An ISO week such as 2024-W14; else the latest with runs." },
    { .name = "surface",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "Show this surface only; corrections stay those of the week." },
    { .name = "model",
      .kind = OPTION_TEXT,
      .placeholder = "M",
      .help = "Runs of this model only." },
    { .name = "week-run",
      .kind = OPTION_CHOICE,
      .placeholder = "RULE",
      .choices = week_run_choices,
      .help = "Which run stands for a week with several; else the last." },
    NULLS_OPTION,
    { .name = "weeks",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = REVIEW_WEEKS_MAX,
      .help = "The window of trend and tail in calendar weeks; else 12." },
    { .name = "with-partial",
      .kind = OPTION_FLAG,
      .help = "Let runs that were cut or cancelled stand, too, each with a warning." },
    { .name = "check",
      .kind = OPTION_FLAG,
      .help = "Exit with 1 if a surface regressed, else 3 if one could not be decided." },
    { .name = "md", .kind = OPTION_FLAG, .help = "Write Markdown." },
    { .name = "open",
      .kind = OPTION_FLAG,
      .help = "Freeze the week's default review and make an action of each flip that needs one." },
    { .name = "make-actions",
      .kind = OPTION_FLAG,
      .help = "Make an action of each flip to fail of the surface that has none, flaky ones too." },
    { .name = "compare-anyway",
      .kind = OPTION_TEXT,
      .placeholder = "REASON",
      .help = "Compare although the ruler changed; the reason is recorded for the week." },
    { 0 },
};

static const struct option compare_command_options[] = {
    NULLS_OPTION,
    { 0 },
};

static const struct command evals_commands[] = {
    { .name = "review",
      .arguments = "",
      .group = "Every week",
      .option = review_command_options,
      .run = run_review,
      .help =
          "Show the Monday eval review: what moved on each surface, how surely, and what flipped.",
      .flags = COMMAND_LONG | COMMAND_PARALLEL },
    { .name = "compare",
      .arguments = "RUN_A RUN_B",
      .arguments_min = 2,
      .arguments_max = 2,
      .group = "Every week",
      .option = compare_command_options,
      .run = run_compare,
      .flags = COMMAND_LONG,
      .help = "Compare run B against run A on the cases they share; a run is its name or its id." },
    { .name = "case",
      .arguments = "CASE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .option = case_doors_options,
      .run = case_doors_show,
      .flags = COMMAND_LONG,
      .help =
          "Show one case: its texts, what changed since the run before, and how it did; HUM-1 is "
          "the case of that human verdict, in its run." },
    { .name = "judge-agreement",
      .arguments = "",
      .group = "Every week",
      .option = judge_agreement_options,
      .run = judge_agreement_run,
      .help = "Show how well each judge agrees with people, beyond chance (Cohen's kappa)." },
    { .name = "timeline",
      .arguments = "",
      .group = "Every week",
      .option = evals_timeline_options,
      .run = evals_timeline_run,
      .help = "Show runs, and what changed around them, on one axis of time." },
    { 0 },
};

/* --- routes --- */

enum { FLIPS_MAX = 1000000 };

/*
 * Where there is no run to review, for a page that is shown all the same: the week that was asked
 * for, if any, and no surfaces. Other refusals stay.
 */
static bool put_empty_review(struct call *call, const struct review_options *options,
                             struct json_writer *writer)
{
    if (call->fail.kind != FAIL_NOT_FOUND || options->surface.at || options->model.at)
        return false;
    fail_clear(call);
    json_object(writer);
    review_put_week(writer, "week", options->has_week, options->week);
    json_put_null(writer, "baseline_week");
    json_put_null(writer, "weeks_apart");
    json_put_stamp(writer, "generated_at", call->now);
    json_put_null(writer, "summary");
    review_put_texts(writer, "surfaces", NULL, 0);
    json_object_end(writer);
    return true;
}

static bool get_review(struct call *call, const struct request *request, struct reply *reply)
{
    struct review_options options = { .surface = request_query(request, "surface"),
                                      .model = request_query(request, "model") };
    struct review review;
    struct review_extent extent = { .flips_max = 0 };
    int64_t weeks = REVIEW_WEEKS_DEFAULT;
    bool may_be_empty;
    if (!read_week(call, request_query(request, "week"), &options) ||
        !read_week_run(call, request_query(request, "week_run"), &options) ||
        !read_nulls(call, request_query(request, "nulls"), &options) ||
        !request_int(call, request, "weeks", 1, REVIEW_WEEKS_MAX, &weeks) ||
        !request_int(call, request, "flips", 1, FLIPS_MAX, &extent.flips_max) ||
        !request_flag(call, request, "with_partial", &options.with_partial) ||
        !request_flag(call, request, "brief", &extent.is_brief) ||
        !request_flag(call, request, "or_empty", &may_be_empty))
        return false;
    options.weeks = (int)weeks;
    if (!evals_review(call, &options, &review))
        return may_be_empty && put_empty_review(call, &options, &reply->json);
    return review_write_json_part(call, &review, extent, &reply->json);
}

static bool get_compare(struct call *call, const struct request *request, struct reply *reply)
{
    struct review_options options = { .has_nulls = false };
    struct surface_review surface;
    text a = request_query(request, "a"), b = request_query(request, "b");
    if (!a.at || !b.at)
        return fail(call, FAIL_USAGE, "name both runs: /api/v1/compare?a=RUN&b=RUN");
    if (!read_nulls(call, request_query(request, "nulls"), &options) ||
        !evals_compare(call, a, b, options.has_nulls, options.nulls, &surface))
        return false;
    surface_review_write_json(&surface, &reply->json);
    return true;
}

static const struct query_parameter review_parameters[] = {
    { "week", "An ISO week such as 2024-W14; else the latest with runs.", "string" },
    { "surface", "Show this surface only.", "string" },
    { "model", "Runs of this model only.", "string" },
    { "week_run", "last, best or majority: which run stands for a week with several.", "string" },
    { "nulls", "fail or exclude: how a case without a verdict counts.", "string" },
    { "weeks", "The window of trend and tail in calendar weeks, 1 to 520.", "integer" },
    { "with_partial", "true: runs that were cut or cancelled stand, too, each with a warning.",
      "boolean" },
    { "flips",
      "At most so many flips of each surface, the surest; 'flips_left_out' counts the rest.",
      "integer" },
    { "brief", "true: without the lists of cases, the slices and the suspects.", "boolean" },
    { "or_empty",
      "true: where there is no run to review, one without surfaces instead of a refusal.",
      "boolean" },
    { 0 },
};

static const struct query_parameter compare_parameters[] = {
    { "a", "The run to compare with: a name or an id.", "string" },
    { "b", "The run that is judged: a name or an id.", "string" },
    { "nulls", "fail or exclude: how a case without a verdict counts.", "string" },
    { 0 },
};

static const struct route evals_routes[] = {
    { .method = "GET",
      .path = "/api/v1/review",
      .handle = get_review,
      .query = review_parameters,
      .reply_schema = "review",
      .help = "The eval review of a week." },
    { .method = "POST",
      .path = "/api/v1/eval-reviews",
      .handle = eval_review_doors_post,
      .status = 201,
      .body_schema = "eval_review_opening",
      .reply_schema = "eval_review_opened",
      .help = "Freeze the week's default review, and make an action of each flip that needs one." },
    { .method = "POST",
      .path = "/api/v1/eval-reviews/{id}/actions",
      .handle = eval_review_doors_post_actions,
      .status = 201,
      .body_schema = "eval_review_making",
      .reply_schema = "eval_review_opened",
      .help = "Make an action of each flip to fail of a surface that has none, whatever its class; "
              "all or none." },
    { .method = "GET",
      .path = "/api/v1/compare",
      .handle = get_compare,
      .query = compare_parameters,
      .reply_schema = "review_surface",
      .help = "Run b against run a on the cases they share." },
    { .method = "GET",
      .path = "/api/v1/eval-cases/{id}/page",
      .handle = case_doors_get,
      .query = case_doors_parameters,
      .reply_schema = "eval_case_page",
      .help = "A case on a surface: its texts, what changed since the run before, how it did. Its "
              "key serves as its id, and the id of a human verdict means its case in its run." },
    { .method = "GET",
      .path = "/api/v1/judge-agreement",
      .handle = judge_agreement_get,
      .query = judge_agreement_parameters,
      .reply_schema = "judge_agreements",
      .help = "How well each judge agrees with people, beyond chance (Cohen's kappa)." },
    { .method = "GET",
      .path = "/api/v1/timeline",
      .handle = evals_timeline_get,
      .query = evals_timeline_parameters,
      .reply_schema = "timeline",
      .help = "Runs, and what changed around them, on one axis of time." },
    { 0 },
};

/* --- what the room offers --- */

static const struct record *const evals_records[] = {
    &suite_record,         &surface_record,         &eval_case_record,
    &eval_run_record,      &eval_review_record,     &comparison_override_record,
    &human_verdict_record, &model_review_record,    &change_event_record,
    &model_alias_record,   &confirmed_cause_record, NULL
};
static const struct table *const evals_tables[] = { &eval_column_table, &eval_verdicts_table,
                                                    NULL };

const struct room evals_room = {
    .name = "evals",
    .label = "Evals",
    .help = "See whether quality moved, what flipped, and how the hardest inputs do.",
    .records = evals_records,
    .tables = evals_tables,
    .routes = evals_routes,
    .schemas = evals_schemas,
    .replies = evals_replies,
    .commands = evals_commands,
    .agenda = evals_agenda,
    .needs = evals_needs,
    .figures = evals_figures,
    .update = evals_update,
    .early = evals_early,
    .importers = evals_importers,
    .verify = evals_verify,
    .facts_export = evals_facts_export,
    .facts_import = evals_facts_import,
};

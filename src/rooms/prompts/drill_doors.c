/* See drill_doors.h. */
#include "rooms/prompts/drill_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/body_words.h"
#include "offers/refs.h"
#include "rooms/prompts/impact_rates.h"
#include "rooms/prompts/outside_change.h"
#include "rooms/prompts/rollback_drill.h"

#define DEFAULT_LABEL TEXT("production")

static bool print_row(struct call *call, struct invocation *invocation, const struct row *row)
{
    struct json_writer writer;
    if (!invocation->as_json) {
        out_format(invocation->out, "%.*s %.*s: %.*s\n",
                   TEXT_FMT(row_public_id(call, row->record, row->id)),
                   TEXT_FMT(row_title(call, row)),
                   TEXT_FMT(value_as_text(row->value[row->record->state])));
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = row_show_json(call, row, refs_name, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

/* --- drills --- */

struct drill_words {
    text prompt, label, scenario, plan, target;
};

static bool start(struct call *call, const struct drill_words *words, struct row *row)
{
    struct drill_plan plan = { .label = words->label.at ? words->label : DEFAULT_LABEL,
                               .scenario = words->scenario,
                               .plan = words->plan };
    if (words->target.at && (!text_to_int(words->target, &plan.target_seconds) ||
                             plan.target_seconds < 1))
        return fail_at(call, "target_seconds", "'%.*s' is no number of seconds",
                       TEXT_FMT(words->target));
    return refs_find(call, &prompt_record, words->prompt, &plan.prompt) &&
           drill_start(call, &plan, row);
}

/* What to do now stands in the first line that one sees. */
static void say_what_to_do(struct call *call, const struct row *drill, struct out *out)
{
    text plan = value_as_text(drill->value[ROLLBACK_DRILL_PLAN]);
    text id = row_public_id(call, &rollback_drill_record, drill->id);
    text label = value_as_text(drill->value[ROLLBACK_DRILL_LABEL]);
    out_format(out, "The clock runs. Roll '%.*s' back as you would in earnest, with '%.*s' as its "
                    "label, then 'rondo rollback-drill confirm %.*s'.\n",
               TEXT_FMT(label), TEXT_FMT(label), TEXT_FMT(id));
    if (plan.at)
        out_format(out, "The plan: %.*s\n", TEXT_FMT(plan));
    else
        out_string(out, "There is no written plan: that is a lesson already.\n");
}

bool drill_run(struct call *call, struct invocation *invocation)
{
    struct row row;
    const struct drill_words words = { .prompt = invocation->argument[0],
                                       .label = option_text(invocation, "label"),
                                       .scenario = option_text(invocation, "scenario"),
                                       .plan = option_text(invocation, "plan"),
                                       .target = option_text(invocation, "target-seconds") };
    if (!start(call, &words, &row) || !print_row(call, invocation, &row))
        return false;
    if (!invocation->as_json)
        say_what_to_do(call, &row, invocation->out);
    return true;
}

bool drill_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    struct drill_words words = { .prompt = request->part[0] };
    const struct body_word known[] = { { "label", &words.label },
                                       { "scenario", &words.scenario },
                                       { "plan", &words.plan },
                                       { "target_seconds", &words.target } };
    reply->status = 201;
    return body_words_read(call, request, known, sizeof known / sizeof *known) &&
           start(call, &words, &row) && row_show_json(call, &row, refs_name, &reply->json);
}

static bool postpone(struct call *call, text prompt, text reason, text until, struct row *row)
{
    int64_t day;
    rid id;
    if (!date_read(until, &day))
        return fail_at(call, "until", "say until when, as a day such as 2027-01-15");
    return refs_find(call, &prompt_record, prompt, &id) &&
           drill_postpone(call, id, reason, day, row);
}

bool drill_postpone_run(struct call *call, struct invocation *invocation)
{
    struct row row;
    return postpone(call, invocation->argument[0], option_text(invocation, "reason"),
                    option_text(invocation, "until"), &row) &&
           print_row(call, invocation, &row);
}

bool drill_postpone_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    text reason, until;
    const struct body_word known[] = { { "reason", &reason }, { "until", &until } };
    reply->status = 201;
    return body_words_read(call, request, known, sizeof known / sizeof *known) &&
           postpone(call, request->part[0], reason, until, &row) &&
           row_show_json(call, &row, refs_name, &reply->json);
}

const struct option drill_options[] = {
    { .name = "scenario",
      .kind = OPTION_TEXT,
      .placeholder = "TEXT",
      .help = "What is supposed to have gone wrong; it is needed." },
    { .name = "label",
      .kind = OPTION_TEXT,
      .placeholder = "LABEL",
      .help = "What is practised for; else production, which is not touched." },
    { .name = "plan",
      .kind = OPTION_TEXT,
      .placeholder = "TEXT",
      .help = "The plan; else that of the last change that was served." },
    { .name = "target-seconds",
      .kind = OPTION_TEXT,
      .placeholder = "N",
      .help = "How long it may take; else 300." },
    { 0 },
};

const struct option drill_postpone_options[] = {
    { .name = "reason", .kind = OPTION_TEXT, .placeholder = "TEXT", .help = "Why; it is needed." },
    { .name = "until",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "The day from which one is due again." },
    { 0 },
};

/* --- reports --- */

static void write_reported(struct call *call, const struct prompt_reported *reported,
                           struct json_writer *writer)
{
    json_object(writer);
    json_put_bool(writer, "matches", reported->matches);
    json_put_text(writer, "released_hash", reported->released_hash);
    json_put_text(writer, "outside_change",
                  reported->outside_change ? row_public_id(call, &outside_change_record,
                                                           reported->outside_change)
                                           : TEXT_NONE);
    json_object_end(writer);
}

bool prompt_report_run(struct call *call, struct invocation *invocation)
{
    struct prompt_reported reported;
    struct json_writer writer;
    text label = option_text(invocation, "label");
    const struct prompt_report report = { .prompt = invocation->argument[0],
                                          .label = label.at ? label : DEFAULT_LABEL,
                                          .content_hash = option_text(invocation, "content-hash"),
                                          .application = option_text(invocation, "application") };
    if (!prompt_report(call, &report, &reported))
        return false;
    invocation->exit = reported.matches ? EXIT_DONE : EXIT_NO;
    json_writer_init(&writer, invocation->out, true);
    write_reported(call, &reported, &writer);
    out_char(invocation->out, '\n');
    return true;
}

bool prompt_report_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct prompt_reported reported;
    struct prompt_report report = { .prompt = request->part[0] };
    const struct body_word known[] = { { "label", &report.label },
                                       { "content_hash", &report.content_hash },
                                       { "application", &report.application } };
    if (!body_words_read(call, request, known, sizeof known / sizeof *known))
        return false;
    if (!report.label.at)
        report.label = DEFAULT_LABEL;
    if (!prompt_report(call, &report, &reported))
        return false;
    write_reported(call, &reported, &reply->json);
    return true;
}

const struct option prompt_report_options[] = {
    { .name = "content-hash",
      .kind = OPTION_TEXT,
      .placeholder = "HASH",
      .help = "Of the content that the application serves." },
    { .name = "application",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "Which application that is." },
    { .name = "label",
      .kind = OPTION_TEXT,
      .placeholder = "LABEL",
      .help = "Which label it serves; else production." },
    { 0 },
};

bool impact_rates_get(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return impact_rates_write_json(call, &reply->json);
}

bool impact_rates_run(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    if (!invocation->as_json)
        return impact_rates_write_text(call, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    bool is_written = impact_rates_write_json(call, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

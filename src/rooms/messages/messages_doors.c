/* Room messages: commands, routes, the job, and who is told of what did not arrive. */
#include "http/reply.h"
#include "http/request.h"
#include "offers/job.h"
#include "offers/needs.h"
#include "offers/refs.h"
#include "rooms/messages/messages.h"
#include "store/find.h"

enum { PERIOD_SECONDS = 10, PER_PERIOD = 5, PER_COMMAND = 8 };

/* --- commands --- */

static bool run_deliveries(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    int64_t left;
    int tried;
    if (!deliveries_run(call, PER_COMMAND, &tried) || !deliveries_left(call, &left))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        json_object(&writer);
        json_put_int(&writer, "tried", tried);
        json_put_int(&writer, "left", left);
        json_object_end(&writer);
    } else {
        deliveries_write_words(tried, left, invocation->out);
    }
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

static bool run_retry(struct call *call, struct invocation *invocation)
{
    rid id;
    if (!refs_find(call, &delivery_record, invocation->argument[0], &id) ||
        !delivery_retry(call, id))
        return false;
    out_format(invocation->out, "%.*s waits again\n",
               TEXT_FMT(row_public_id(call, &delivery_record, id)));
    return !invocation->out->failed;
}

static const struct command messages_commands[] = {
    { .name = "delivery",
      .verb = "run",
      .arguments = "",
      .group = "Friday",
      .help = "Try now what waits to be sent, eight deliveries at most, and say how many are left; "
              "a server does it by itself.",
      .run = run_deliveries },
    { .name = "delivery",
      .verb = "retry",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Friday",
      .help = "Send again what failed, or what nobody knows of.",
      .run = run_retry },
    { 0 },
};

/* --- routes --- */

static bool post_retry(struct call *call, const struct request *request, struct reply *reply)
{
    struct row delivery;
    rid id;
    return refs_find(call, &delivery_record, request->part[0], &id) && delivery_retry(call, id) &&
           find_row(call, &delivery_record, id, &delivery) &&
           row_show_json(call, &delivery, refs_name, &reply->json);
}

static const struct route messages_routes[] = {
    { .method = "POST", .path = "/api/v1/deliveries/{id}/retry", .handle = post_retry,
      .reply_schema = "delivery", .help = "Send again what failed, or what nobody knows of." },
    { 0 },
};

/* --- the job --- */

static bool run_job(struct call *call, struct job_run *run)
{
    int tried;
    (void)run;
    return deliveries_run(call, PER_PERIOD, &tried);
}

static const struct job_kind messages_jobs[] = {
    { .name = "deliver", .label = "Send messages", .run = run_job, .is_due = deliveries_are_due,
      .period_seconds = PERIOD_SECONDS },
    { 0 },
};

/* --- what did not arrive --- */

static bool add_need(struct call *call, const struct row *delivery, struct needs *needs)
{
    text own = value_as_text(delivery->value[DELIVERY_PERSONAL_ERROR]);
    text error = own.at ? own : value_as_text(delivery->value[DELIVERY_ERROR]);
    return needs_add(call, needs,
                     (struct need){ .kind = "delivery",
                                    .title = row_title(call, delivery),
                                    .why = call_format(call, "it did not arrive: %.*s",
                                                       TEXT_FMT(error)),
                                    .record = &delivery_record,
                                    .row = delivery->id });
}

static bool collect_in(struct call *call, rid person, const char *state, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &delivery_record);
    if (!query_add(call, &query, DELIVERY_STATE, FILTER_IS, value_choice(state)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        struct row channel;
        if (!find_row(call, &channel_record,
                      value_as_int(rows.row[i].value[DELIVERY_CHANNEL]), &channel))
            return false;
        bool is_own = value_as_int(rows.row[i].value[DELIVERY_PERSON]) == person;
        if ((is_own || value_as_int(channel.value[CHANNEL_OWNER]) == person) &&
            !add_need(call, &rows.row[i], needs))
            return false;
    }
    return true;
}

static bool collect_failed(struct call *call, rid person, struct needs *needs)
{
    return person == 0 || (collect_in(call, person, "failed", needs) &&
                           collect_in(call, person, "unsure", needs));
}

static const struct need_source messages_needs[] = {
    { "messages.failed", collect_failed },
    { 0 },
};

static const struct record *const messages_records[] = { &mail_server_record, &channel_record,
                                                         &delivery_record, &message_setting_record,
                                                         NULL };

const struct room messages_room = {
    .name = "messages",
    .label = "Messages",
    .help = "What leaves the house by mail, Slack and Teams, and what did not arrive.",
    .records = messages_records,
    .routes = messages_routes,
    .commands = messages_commands,
    .needs = messages_needs,
    .jobs = messages_jobs,
};

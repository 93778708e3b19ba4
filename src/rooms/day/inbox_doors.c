/* See inbox_doors.h. */
#include "rooms/day/inbox_doors.h"

#include "base/stamp.h"
#include "http/reply.h"
#include "http/request.h"
#include "offers/idempotency.h"
#include "rooms/day/day.h"
#include "rooms/day/day_body.h"
#include "rooms/day/inbox.h"

/* An instant with its zone, or a day, which begins where the actor is. */
static bool read_until(struct call *call, text word, stamp *until)
{
    int64_t today, day;
    text zone;
    if (!word.size)
        return fail_at(call, "until", "say until when: 'until' is missing");
    if (!day_today(call, call->actor.person, &today, &zone))
        return false;
    if (day_read(word, today, &day))
        return day_begin(call, zone, day, until);
    return stamp_read(word, until, NULL) == STAMP_WITH_ZONE ||
           fail_at(call, "until",
                   "'%.*s' is not a time: write it like 2026-12-01, 'tomorrow' or "
                   "2026-12-01T09:00:00Z",
                   TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
}

/* What is left of the inbox. */
static bool print_inbox(struct call *call, struct invocation *invocation)
{
    struct inbox inbox;
    struct json_writer writer;
    if (!inbox_read(call, &inbox))
        return false;
    if (!invocation->as_json)
        return inbox_write_words(call, &inbox, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!inbox_write_json(call, &inbox, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}

bool inbox_doors_show(struct call *call, struct invocation *invocation)
{
    return print_inbox(call, invocation);
}

bool inbox_doors_snooze(struct call *call, struct invocation *invocation)
{
    stamp until;
    return read_until(call, option_text(invocation, "until"), &until) &&
           inbox_put_aside(call, invocation->argument[0], until) && print_inbox(call, invocation);
}

bool inbox_doors_done(struct call *call, struct invocation *invocation)
{
    return inbox_put_aside(call, invocation->argument[0], 0) && print_inbox(call, invocation);
}

bool inbox_doors_delegate(struct call *call, struct invocation *invocation)
{
    return inbox_delegate(call, invocation->argument[0], option_text(invocation, "to")) &&
           print_inbox(call, invocation);
}

bool inbox_doors_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct inbox inbox;
    (void)request;
    return inbox_read(call, &inbox) && inbox_write_json(call, &inbox, &reply->json);
}

/* The one text of the body, TEXT_NONE without a body. */
static bool read_body(struct call *call, const struct request *request, const char *name,
                      text *value)
{
    struct json body = { .kind = JSON_OBJECT };
    const struct day_key keys[] = { { name, value }, { 0 } };
    *value = TEXT_NONE;
    return (!request->body.size || request_object(call, request, &body)) &&
           day_body_read(call, &body, name ? keys : keys + 1);
}

static bool snooze_inside(struct call *call, const struct request *request, struct reply *reply)
{
    text word;
    stamp until;
    return read_body(call, request, "until", &word) && read_until(call, word, &until) &&
           inbox_put_aside(call, request->part[0], until) && inbox_doors_get(call, request, reply);
}

bool inbox_doors_post_snooze(struct call *call, const struct request *request,
                             struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("snooze"), snooze_inside);
}

static bool done_inside(struct call *call, const struct request *request, struct reply *reply)
{
    text none;
    return read_body(call, request, NULL, &none) && inbox_put_aside(call, request->part[0], 0) &&
           inbox_doors_get(call, request, reply);
}

bool inbox_doors_post_done(struct call *call, const struct request *request, struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("inbox done"), done_inside);
}

static bool delegate_inside(struct call *call, const struct request *request, struct reply *reply)
{
    text person;
    return read_body(call, request, "to", &person) &&
           inbox_delegate(call, request->part[0], person) &&
           inbox_doors_get(call, request, reply);
}

bool inbox_doors_post_delegate(struct call *call, const struct request *request,
                               struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("delegate"), delegate_inside);
}

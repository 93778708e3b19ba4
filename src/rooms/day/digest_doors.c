/* See digest_doors.h. */
#include "rooms/day/digest_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/listing.h"
#include "rooms/day/digest_send.h"
#include "rooms/messages/messages.h"

enum { TRIES_PER_COMMAND = 8 };

bool digest_doors_show(struct call *call, struct invocation *invocation)
{
    struct digest digest;
    struct json_writer writer;
    if (!digest_read(call, &digest))
        return false;
    if (!invocation->as_json)
        return digest_write_words(call, &digest, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!digest_write_json(call, &digest, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}

bool digest_doors_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct digest digest;
    (void)request;
    return digest_read(call, &digest) && digest_write_json(call, &digest, &reply->json);
}

/* --- sending --- */

struct sent_digests {
    bool has_channel; /* some personal channel is on */
    int queued, tried;
    int64_t left;
};

static bool send_digests(struct call *call, stamp by, struct sent_digests *sent)
{
    return message_has_personal(call, &sent->has_channel) &&
           digests_send(call, by, &sent->queued) &&
           deliveries_run(call, TRIES_PER_COMMAND, &sent->tried) &&
           deliveries_left(call, &sent->left);
}

static void write_sent_json(const struct sent_digests *sent, struct out *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, true);
    json_object(&writer);
    json_put_bool(&writer, "has_channel", sent->has_channel);
    json_put_int(&writer, "queued", sent->queued);
    json_put_int(&writer, "tried", sent->tried);
    json_put_int(&writer, "left", sent->left);
    json_object_end(&writer);
}

static void write_sent_words(const struct sent_digests *sent, struct out *out)
{
    out_format(out, "Queued %d digest%s, ", sent->queued, sent->queued == 1 ? "" : "s");
    deliveries_write_words(sent->tried, sent->left, out);
    if (!sent->has_channel)
        out_string(out, "\nNo personal channel is on, so nobody is sent a digest: an owner makes "
                        "one, such as\n  rondo channel add --name \"personal mail\" --kind mail "
                        "--personal yes --on yes");
}

bool digest_doors_send(struct call *call, struct invocation *invocation)
{
    stamp by;
    struct sent_digests sent;
    if (!listing_read_as_of(call, option_text(invocation, "as-of"), &by))
        return false;
    if (by == LISTING_NOW)
        by = call->now;
    if (by > call->now)
        return fail_at(call, "as_of", "nobody knows yet what will wait then: name an instant that "
                       "has come");
    if (!send_digests(call, by, &sent))
        return false;
    if (invocation->as_json)
        write_sent_json(&sent, invocation->out);
    else
        write_sent_words(&sent, invocation->out);
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

bool digest_doors_job(struct call *call, struct job_run *run)
{
    int queued;
    (void)run;
    return digests_send(call, call->now, &queued);
}

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

bool digest_doors_send(struct call *call, struct invocation *invocation)
{
    stamp by;
    int queued, tried;
    if (!listing_read_as_of(call, option_text(invocation, "as-of"), &by))
        return false;
    if (by == LISTING_NOW)
        by = call->now;
    if (by > call->now)
        return fail_at(call, "as_of", "nobody knows yet what will wait then: name an instant that "
                       "has come");
    if (!digests_send(call, by, &queued) || !deliveries_run(call, TRIES_PER_COMMAND, &tried))
        return false;
    out_format(invocation->out, "Queued %d digest%s, tried %d deliver%s\n", queued,
               queued == 1 ? "" : "s", tried, tried == 1 ? "y" : "ies");
    return !invocation->out->failed;
}

bool digest_doors_job(struct call *call, struct job_run *run)
{
    int queued;
    (void)run;
    return digests_send(call, call->now, &queued);
}

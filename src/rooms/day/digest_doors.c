/* See digest_doors.h. */
#include "rooms/day/digest_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "rooms/day/digest.h"

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

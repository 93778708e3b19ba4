/* See prompt_events_doors.h. */
#include "rooms/prompts/prompt_events_doors.h"

#include "base/stamp.h"
#include "rooms/prompts/prompt_serve.h"

enum {
    WORD_MAX = 64,             /* of an event's id: the ETag without its quotes */
    RETRY_MS = 1000,           /* how long a client waits before it comes back */
    SILENCE_US = 15 * 1000000, /* after that a comment shows that the line is not dead */
};

/* One who listens. */
struct listener {
    text prompt, label;
    char heard[WORD_MAX]; /* the id of what he was told last */
    bool has_begun;
    int64_t told_us;
};

static text id_of(struct call *call, const struct served *served)
{
    text etag = served_etag(call, served);
    return etag.size < 2 ? etag : text_until(text_from(etag, 1), etag.size - 2);
}

static void hear(struct listener *listener, text id)
{
    snprintf(listener->heard, sizeof listener->heard, "%.*s", TEXT_FMT(id));
}

static void tell(struct call *call, const struct served *served, text id, struct out *out)
{
    struct json_writer writer;
    const struct value *value = served->version.value;
    out_format(out, "event: label\nid: %.*s\ndata: ", TEXT_FMT(id));
    json_writer_init(&writer, out, false);
    json_object(&writer);
    json_put_text(&writer, "name", row_title(call, &served->prompt));
    json_put_text(&writer, "label", value_as_text(served->label.value[PROMPT_LABEL_NAME]));
    json_put_int(&writer, "version", value_as_int(value[PROMPT_VERSION_NUMBER]));
    json_put_text(&writer, "content_hash", value_as_text(value[PROMPT_VERSION_CONTENT_HASH]));
    json_object_end(&writer);
    out_string(out, "\n\n");
}

static void break_silence(struct listener *listener, struct out *out)
{
    int64_t now = stamp_ticks();
    if (out->size == 0 && now - listener->told_us >= SILENCE_US)
        out_string(out, ":\n\n");
    if (out->size)
        listener->told_us = now;
}

/* It ends when the label may not be read any more, or is gone: who comes back is told why. */
static enum stream_state read_news(void *of, struct call *call, struct out *out)
{
    struct listener *listener = of;
    struct served served;
    if (!prompt_served(call, listener->prompt, listener->label, &served))
        return STREAM_ENDS;
    if (!listener->has_begun)
        out_format(out, "retry: %d\n\n", RETRY_MS);
    listener->has_begun = true;
    text id = id_of(call, &served);
    if (!text_is(id, listener->heard)) {
        tell(call, &served, id, out);
        hear(listener, id);
    }
    break_silence(listener, out);
    return STREAM_WAITS;
}

bool prompt_events_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct served served;
    struct listener *listener = call_new(call, struct listener);
    text label = request_query(request, "label");
    if (!listener)
        return false;
    listener->prompt = request->part[0];
    listener->label = label.at ? label : PROMPT_SERVED_LABEL;
    if (!prompt_served(call, listener->prompt, listener->label, &served))
        return false;
    hear(listener, request_header(request, "last-event-id"));
    reply->type = "text/event-stream";
    reply_header(reply, "Cache-Control", TEXT("no-store"));
    reply_header(reply, "X-Accel-Buffering", TEXT("no")); /* a proxy in between must not collect */
    reply->stream = (struct reply_stream){ .read = read_news, .of = listener };
    return true;
}

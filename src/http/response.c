/* See response.h. */
#include "http/response.h"

#include <string.h>

/* What a stream is handed out in, at most. */
enum { STREAM_BLOCK_BYTES = 4096 };

static const struct {
    const char *name;
    const char *value;
    bool json_only;
} usual_headers[] = {
    { "X-Content-Type-Options", "nosniff", false },
    { "Referrer-Policy", "no-referrer", false },
    { "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'", false },
    { "Cache-Control", "no-store", true },
};

static bool is_json(const struct reply *reply)
{
    text type = text_of(reply->type ? reply->type : "application/json");
    return text_starts(type, TEXT("application/json")) || text_is(type, "application/problem+json");
}

static bool reply_has(const struct reply *reply, const char *name)
{
    for (int i = 0; i < reply->header_count; i++)
        if (text_same_word(text_of(reply->header[i].name), text_of(name)))
            return true;
    return false;
}

static bool add_own_headers(struct MHD_Response *response, const struct reply *reply)
{
    for (int i = 0; i < reply->header_count; i++)
        if (!microhttpd()->add_response_header(response, reply->header[i].name,
                                               reply->header[i].value.at))
            return false;
    return true;
}

static bool add_usual_headers(struct MHD_Response *response, const struct reply *reply)
{
    for (size_t i = 0; i < sizeof usual_headers / sizeof *usual_headers; i++) {
        const char *name = usual_headers[i].name;
        if (reply_has(reply, name) || (usual_headers[i].json_only && !is_json(reply)))
            continue;
        if (!microhttpd()->add_response_header(response, name, usual_headers[i].value))
            return false;
    }
    return true;
}

static bool add_headers(struct MHD_Response *response, const struct reply *reply, bool has_body,
                        bool closes)
{
    const char *type = reply->type ? reply->type : "application/json";
    return add_own_headers(response, reply) && add_usual_headers(response, reply) &&
           (!has_body || microhttpd()->add_response_header(response, "Content-Type", type)) &&
           (!closes || microhttpd()->add_response_header(response, "Connection", "close"));
}

/* When not even the problem could be written, these words are left. */
static text body_of(const struct reply *reply)
{
    text body = out_view(&reply->body);
    if (body.at)
        return body;
    return TEXT(
        "{\"type\":\"about:blank\",\"title\":\"Too large\",\"status\":413,\"code\":\"too_large\","
        "\"detail\":\"the machine has no memory left for this request\"}");
}

static struct MHD_Response *response_of_body(const struct reply *reply, bool has_body)
{
    text body = has_body ? body_of(reply) : TEXT("");
    return microhttpd()->create_response_from_buffer(body.size, (void *)(uintptr_t)body.at,
                                                     MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *response_of_stream(struct stream *stream)
{
    return microhttpd()->create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES,
                                                       stream_take, stream, NULL);
}

struct MHD_Response *response_new(const struct reply *reply, struct stream *stream, bool closes)
{
    bool has_body = reply->status != 204 && reply->status != 304;
    struct MHD_Response *response =
        stream ? response_of_stream(stream) : response_of_body(reply, has_body);
    if (response && !add_headers(response, reply, has_body, closes)) {
        microhttpd()->destroy_response(response);
        return NULL;
    }
    return response;
}

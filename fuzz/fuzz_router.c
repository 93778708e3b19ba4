/*
 * Arbitrary methods, addresses, headers and bodies, each on a line of the input; every one must end
 * in a reply.
 */
#include "http/server.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADERS_MAX = 8 };

static bool echo(struct call *call, const struct request *request, struct reply *reply)
{
    bool is_set = false;
    int64_t limit = 10;
    if (!request_flag(call, request, "all", &is_set) ||
        !request_int(call, request, "limit", 1, 100, &limit))
        return false;
    for (int i = 0; i < request->part_count; i++)
        assert(text_is_utf8(request->part[i]) && request->part[i].size > 0);
    reply_header(reply, "X-Part", request->part[0]);
    return true;
}

static const struct query_parameter list_query[] = { { .name = "all" },
                                                    { .name = "limit" },
                                                    { 0 } };
static const struct route list = { .method = "GET",
                                   .path = "/api/v1/{record}",
                                   .handle = echo,
                                   .query = list_query };
static const struct route show = { .method = "GET",
                                   .path = "/api/v1/{record}/{id}",
                                   .handle = echo };
static const struct route jobs = {
    .method = "POST", .path = "/api/v1/jobs/{id}", .handle = echo, .body_max = 20
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct route *const routes[] = { &list, &show, &jobs };
    const struct server_options options = { .host = "127.0.0.1",
                                            .route = routes,
                                            .route_count = 3 };
    struct call call;
    call_init(&call, 1024 * 1024);
    text rest = { (const char *)data, size };
    char method[32];
    text word = text_cut(rest, '\n', &rest);
    snprintf(method, sizeof method, "%.*s", TEXT_FMT(word));
    struct request request = { .method = method, .path = text_cut(rest, '\n', &rest) };
    struct pair header[HEADERS_MAX];
    while (rest.at && request.header_count < HEADERS_MAX) {
        text value;
        text name = text_cut(text_cut(rest, '\n', &rest), ':', &value);
        if (!value.at)
            break;
        header[request.header_count++] = (struct pair){ name, text_trim(value) };
    }
    request.header = header;
    request.body = rest;
    struct reply reply;
    server_answer(&options, &call, &request, &reply);
    assert(reply.status >= 200 && reply.status < 600);
    assert(reply.status < 400 || call.fail.kind != FAIL_NONE);
    call_release(&call);
    return 0;
}

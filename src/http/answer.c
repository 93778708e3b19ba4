/* See answer.h. */
#include "http/answer.h"

#include "http/asset.h"
#include "http/guard.h"
#include "http/kept.h"
#include "http/router.h"
#include "http/target.h"

/* Browsers ask for a page so; programs ask for what they can read. */
static bool asks_for_html(const struct request *request)
{
    return text_find(request_header(request, "accept"), TEXT("text/html")) != SIZE_MAX;
}

/*
 * Nobody has the address, and a page may be meant by it. One that makes no sense, such as "/%zz",
 * is told to programs as their mistake, and to people by the page, which says that nothing is
 * there.
 */
static bool is_place_in_pages(const struct call *call, const struct request *request)
{
    bool is_reading = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
    enum fail_kind kind = call->fail.kind;
    return is_reading && asset_is_page(request->path) &&
           (kind == FAIL_NOT_FOUND ||
            ((kind == FAIL_USAGE || kind == FAIL_TOO_LARGE) && asks_for_html(request)));
}

static bool find_route(const struct server_options *options, struct call *call,
                       struct request *request, struct reply *reply)
{
    struct router made;
    const struct router *router = options->router;
    text allowed = TEXT_NONE;
    if (!router) {
        if (!router_init(call, options->route, options->route_count, &made))
            return false;
        router = &made;
    }
    if (target_read(call, request) && router_find(call, router, request, &allowed))
        return true;
    if (options->page && is_place_in_pages(call, request)) {
        fail_clear(call);
        request->route = options->page;
        return true;
    }
    if (allowed.at) {
        reply->status = 405;
        reply_header(reply, "Allow", allowed);
    }
    return false;
}

bool answer_check(const struct server_options *options, struct call *call, struct request *request,
                  size_t body_size, struct reply *reply)
{
    reply_init(reply, call);
    if (guard_headers(call, request, reply) && guard_host(call, options->host, request) &&
        guard_origin(call, request) && find_route(options, call, request, reply) &&
        guard_query(call, request) && guard_body(call, request, body_size, reply))
        return true;
    reply_problem(reply, call);
    return false;
}

static bool run_handler(const struct server_options *options, struct call *call,
                        const struct request *request, struct reply *reply)
{
    if (options->begin && !options->begin(options->context, call, request))
        return false;
    return request->route->handle(call, request, reply) && out_flush(&reply->body);
}

/* Whoever has it already is told so. */
static void spare_what_is_known(struct call *call, const struct request *request,
                                struct reply *reply)
{
    for (int i = 0; i < reply->header_count; i++) {
        if (strcmp(reply->header[i].name, "ETag") != 0 ||
            !request_names_etag(request, reply->header[i].value))
            continue;
        reply->status = 304;
        out_init(&reply->body, call);
    }
}

static bool give_kept(const struct server_options *options, const struct kept_name *name,
                      struct reply *reply)
{
    if (!name->is_kept || !kept_give(options->kept, name, reply))
        return false;
    reply->status = 200;
    return !reply->body.failed;
}

/* Headers hold ASCII alone: other bytes, and what could be taken for one of them, are escaped. */
static void write_escaped(const char *sentence, struct out *out)
{
    for (const unsigned char *at = (const unsigned char *)sentence; *at; at++)
        if (*at < ' ' || *at > '~' || *at == '%')
            out_format(out, "%%%02X", *at);
        else
            out_char(out, (char)*at);
}

static void put_warnings(struct call *call, struct reply *reply)
{
    struct out words;
    if (call->warnings.count == 0)
        return;
    out_init(&words, call);
    for (int i = 0; i < call->warnings.count; i++) {
        out_string(&words, i ? "; " : "");
        write_escaped(call->warnings.sentence[i], &words);
    }
    reply_header(reply, "Rondo-Warning", out_view(&words));
}

void answer_run(const struct server_options *options, struct call *call, struct request *request,
                struct reply *reply)
{
    struct kept_name name;
    kept_name_of(options, request, &name);
    reply_init(reply, call);
    if (give_kept(options, &name, reply)) {
        spare_what_is_known(call, request, reply);
        return;
    }
    if (run_handler(options, call, request, reply)) {
        int usual = request->route->status ? request->route->status : 200;
        reply->status = reply->status ? reply->status : usual;
        put_warnings(call, reply);
        if (name.is_kept)
            kept_put(options->kept, &name, reply);
        if (request->route->is_kept)
            spare_what_is_known(call, request, reply);
    } else {
        reply->header_count = 0; /* they were meant for the reply that did not come about */
        reply_problem(reply, call);
    }
    if (options->end)
        options->end(options->context, call);
}

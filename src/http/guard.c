/* See guard.h. */
#include "http/guard.h"

#include "http/listen.h"

static const char *const single_headers[] = {
    "host",          "origin",   "content-length",  "content-type",
    "authorization", "if-match", "idempotency-key",
};

static bool header_is_single(struct call *call, const struct request *request, const char *name)
{
    int seen = 0;
    for (size_t i = 0; i < request->header_count; i++)
        if (text_is(request->header[i].name, name))
            seen++;
    return seen < 2 || fail(call, FAIL_USAGE, "the header '%s' is given twice: send it once", name);
}

bool guard_headers(struct call *call, const struct request *request, struct reply *reply)
{
    if (request->header_count > GUARD_HEADERS_MAX) {
        reply->status = 431;
        return fail(call, FAIL_TOO_LARGE, "the request has more than %d headers",
                    GUARD_HEADERS_MAX);
    }
    for (size_t i = 0; i < sizeof single_headers / sizeof *single_headers; i++)
        if (!header_is_single(call, request, single_headers[i]))
            return false;
    return true;
}

/* "localhost" of "localhost:8080", "[::1]" of "[::1]:8080". */
static text host_without_port(text host)
{
    size_t end = text_starts(host, TEXT("[")) ? text_find(host, TEXT("]"))
                                              : text_find(host, TEXT(":"));
    if (end == SIZE_MAX)
        return host;
    return text_until(host, host.at[end] == ']' ? end + 1 : end);
}

bool guard_host(struct call *call, const char *listening_host, const struct request *request)
{
    static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };
    text host = request_header(request, "host");
    if (!host.at || !listen_is_loopback(listening_host))
        return true; /* a page cannot leave the header out, so nothing is gained by refusing that */
    text name = host_without_port(host);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_same_word(name, text_of(names[i])))
            return true;
    if (text_is(name, listening_host))
        return true;
    name = text_until_character(name, 100);
    return fail(call, FAIL_FORBIDDEN,
                "the host '%.*s' is not this machine: a strange name can lead a browser's page "
                "here (DNS rebinding), so use 'localhost' or '127.0.0.1'",
                TEXT_FMT(name));
}

static bool is_reading(const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

bool guard_origin(struct call *call, const struct request *request)
{
    text origin = request_header(request, "origin");
    if (!origin.at || is_reading(request->method))
        return true;
    size_t slashes = text_find(origin, TEXT("://"));
    text host = slashes == SIZE_MAX ? TEXT_NONE : text_from(origin, slashes + 3);
    if (host.size && text_same_word(host, request_header(request, "host")))
        return true;
    origin = text_until_character(origin, 100);
    return fail(call, FAIL_FORBIDDEN,
                "a page of '%.*s' may not change anything here: use Rondo's own pages or a token",
                TEXT_FMT(origin));
}

bool guard_same_origin(struct call *call, const struct request *request)
{
    text site = request_header(request, "sec-fetch-site");
    if (is_reading(request->method) || request_header(request, "origin").at ||
        text_same_word(site, TEXT("same-origin")))
        return true;
    return fail(call, FAIL_FORBIDDEN,
                "a session changes something by Rondo's own pages only: the request has neither "
                "the header 'Origin' nor 'Sec-Fetch-Site: same-origin'");
}

static bool query_is_declared(const struct route *route, text name)
{
    for (size_t i = 0; route->query && route->query[i].name; i++)
        if (text_is(name, route->query[i].name))
            return true;
    return false;
}

static bool fail_query(struct call *call, const struct route *route, text name)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; route->query && route->query[i].name; i++)
        out_format(&out, "%s'%s'", i ? ", " : "", route->query[i].name);
    text allowed = out_view(&out);
    if (!allowed.size)
        allowed = TEXT("none");
    name = text_until_character(name, 80);
    return fail(call, FAIL_USAGE, "unknown query parameter '%.*s': allowed at '%s' are %.*s",
                TEXT_FMT(name), route->path, TEXT_FMT(allowed));
}

bool guard_query(struct call *call, const struct request *request)
{
    for (size_t i = 0; !request->route->any_query && i < request->query_count; i++)
        if (!query_is_declared(request->route, request->query[i].name))
            return fail_query(call, request->route, request->query[i].name);
    return true;
}

size_t guard_body_max(const struct route *route)
{
    return route->body_max ? route->body_max : GUARD_BODY_DEFAULT;
}

bool guard_fail_body_size(struct call *call, const struct route *route)
{
    return fail(call, FAIL_TOO_LARGE, "the body is larger than the %zu bytes that '%s' takes",
                guard_body_max(route), route->path);
}

static bool is_json(text content_type)
{
    text parameters;
    text type = text_trim(text_cut(content_type, ';', &parameters));
    return text_same_word(type, TEXT("application/json"));
}

bool guard_body(struct call *call, const struct request *request, size_t body_size,
                struct reply *reply)
{
    const struct route *route = request->route;
    if (body_size == 0)
        return true;
    if (body_size != GUARD_SIZE_UNKNOWN && body_size > guard_body_max(route))
        return guard_fail_body_size(call, route);
    text type = request_header(request, "content-type");
    if (route->takes_body || is_json(type))
        return true;
    reply->status = 415;
    type = type.size ? text_until_character(type, 80) : TEXT("not given");
    return fail(call, FAIL_USAGE,
                "the type of the body is '%.*s': send 'Content-Type: application/json'",
                TEXT_FMT(type));
}

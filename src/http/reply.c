/* See reply.h. */
#include "http/reply.h"

#include <assert.h>

/* More than the longest problem needs: sentence, field and missing names are bounded in fail.h. */
enum { PROBLEM_RESERVE_BYTES = 64 * 1024 };

/*
 * What HTTP alone knows, and no kind of failure: these statuses are set before the problem is
 * written.
 */
static const struct {
    int status;
    const char *code;
    const char *title;
} http_titles[] = {
    { 405, "method_not_allowed", "Method not allowed" },
    { 415, "unsupported_media_type", "Unsupported media type" },
    { 429, "too_many_requests", "Too many requests" },
    { 431, "headers_too_large", "Headers too large" },
};

/* Headers that a status asks for. */
static const struct {
    int status;
    const char *name;
    text value;
} status_headers[] = {
    { 401, "WWW-Authenticate", { "Bearer", sizeof "Bearer" - 1 } },
    { 429, "Retry-After", { "900", 3 } },
    { 503, "Retry-After", { "1", 1 } },
};

void reply_init(struct reply *reply, struct call *call)
{
    *reply = (struct reply){ .status = 0 };
    out_init(&reply->body, call);
    json_writer_init(&reply->json, &reply->body, false);
}

/* A control byte becomes a blank: no value can end its line and begin a header of its own. */
static void blank_controls(char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)at[i] < ' ' || at[i] == 0x7F)
            at[i] = ' ';
}

void reply_header(struct reply *reply, const char *name, text value)
{
    assert(reply->header_count < REPLY_HEADERS_MAX);
    char *copy = call_take(reply->body.call, value.size + 1);
    if (!copy) {
        reply->body.failed = true;
        return;
    }
    if (value.size)
        memcpy(copy, value.at, value.size);
    blank_controls(copy, value.size);
    reply->header[reply->header_count].name = name;
    reply->header[reply->header_count].value = (text){ copy, value.size };
    reply->header_count++;
}

static void put_missing(struct json_writer *json, const struct fail *reason)
{
    json_key(json, "missing");
    json_list(json);
    for (int i = 0; i < reason->missing_count; i++)
        json_string(json, reason->missing[i]);
    json_list_end(json);
}

static void put_problem(struct json_writer *json, const struct fail *reason, int status,
                        const char *code, const char *title)
{
    json_object(json);
    json_put_string(json, "type", "about:blank");
    json_put_string(json, "title", title);
    json_put_int(json, "status", status);
    json_put_string(json, "code", code);
    json_put_string(json, "detail", reason->sentence);
    if (reason->field[0])
        json_put_string(json, "field", reason->field);
    if (reason->missing_count)
        put_missing(json, reason);
}

void reply_problem_open(struct reply *reply, struct call *call)
{
    if (call->fail.kind == FAIL_NONE)
        fail(call, FAIL_INTERNAL,
             "the request failed without a reason, which is a mistake in Rondo");
    const struct fail_fact *fact = fail_fact(call->fail.kind);
    int status = reply->status >= 400 ? reply->status : fact->status;
    const char *code = fact->code;
    const char *title = fact->title;
    for (size_t i = 0; i < sizeof http_titles / sizeof *http_titles; i++) {
        if (http_titles[i].status == status) {
            code = http_titles[i].code;
            title = http_titles[i].title;
        }
    }
    /* A call that ran out of memory must still be able to say so. */
    call->arena.limit += PROBLEM_RESERVE_BYTES;
    out_init(&reply->body, call);
    json_writer_init(&reply->json, &reply->body, false);
    put_problem(&reply->json, &call->fail, status, code, title);
    reply->status = status;
    reply->type = "application/problem+json";
    for (size_t i = 0; i < sizeof status_headers / sizeof *status_headers; i++)
        if (status_headers[i].status == status)
            reply_header(reply, status_headers[i].name, status_headers[i].value);
}

void reply_problem(struct reply *reply, struct call *call)
{
    reply_problem_open(reply, call);
    json_object_end(&reply->json);
}

/* See exchange.h. */
#include "http/exchange.h"

#include "base/stamp.h"
#include "http/answer.h"
#include "http/guard.h"
#include "http/response.h"

/*
 * A refusal that is sent while the client is still sending its body may be lost on the way, so
 * bodies up to this size are read and forgotten first. Larger ones are cut off.
 */
#define FORGET_MAX ((size_t)16 * 1024 * 1024)

/* A body grows in these steps until the client has shown that it really sends what it announced. */
#define BODY_FIRST ((size_t)64 * 1024)

struct exchange {
    struct call call;
    struct exchange_home *home;
    struct request request;
    struct reply reply;
    size_t announced; /* the body's size, or GUARD_SIZE_UNKNOWN */
    char *body;
    size_t body_size;
    size_t body_room;
    size_t forgotten;
    bool has_begun;
    bool is_refused;
    struct stream *stream; /* NULL: the reply has a body */
};

struct exchange *exchange_new(struct exchange_home *home, const char *target)
{
    struct call call;
    call_init(&call, home->options->call_memory ? home->options->call_memory : CALL_MEMORY_DEFAULT);
    struct exchange *exchange = call_new(&call, struct exchange);
    text path = call_text(&call, text_of(target));
    if (!exchange || !path.at) {
        call_release(&call);
        return NULL;
    }
    exchange->call = call;
    exchange->call.door = DOOR_API;
    exchange->call.now = stamp_clock();
    exchange->home = home;
    exchange->request.path = path;
    return exchange;
}

void exchange_free(struct exchange *exchange)
{
    if (exchange->stream)
        stream_close(exchange->stream);
    if (exchange->has_begun)
        metrics_leave(&exchange->home->metrics);
    struct call call = exchange->call; /* its arena holds the exchange itself */
    call_release(&call);
}

bool exchange_has_begun(const struct exchange *exchange)
{
    return exchange->has_begun;
}

struct header_list {
    struct call *call;
    struct pair *pair;
    size_t count;
};

static char *lower_case(struct call *call, const char *at, size_t size)
{
    char *copy = call_take(call, size + 1);
    for (size_t i = 0; copy && i < size; i++)
        copy[i] = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] | 0x20) : at[i];
    return copy;
}

static enum MHD_Result header_add(void *to, enum MHD_ValueKind kind, const char *name,
                                  size_t name_size, const char *value, size_t value_size)
{
    (void)kind;
    struct header_list *list = to;
    char *lower = lower_case(list->call, name, name_size);
    if (!lower)
        return MHD_NO;
    text copy = call_text(list->call, (text){ value ? value : "", value ? value_size : 0 });
    list->pair[list->count++] = (struct pair){ { lower, name_size }, copy };
    return copy.at ? MHD_YES : MHD_NO;
}

static void read_headers(struct exchange *exchange, struct MHD_Connection *connection)
{
    struct call *call = &exchange->call;
    int count = microhttpd()->get_connection_values_n(connection, MHD_HEADER_KIND, NULL, NULL);
    struct header_list list = { .call = call };
    list.pair = call_array(call, count > 0 ? (size_t)count : 1, sizeof *list.pair);
    if (list.pair)
        microhttpd()->get_connection_values_n(connection, MHD_HEADER_KIND, header_add, &list);
    exchange->request.header = list.pair;
    exchange->request.header_count = list.count;
}

/* What libmicrohttpd has checked already is not checked again. */
static size_t announced_size(const struct request *request)
{
    int64_t size = 0;
    if (request_header(request, "transfer-encoding").at)
        return GUARD_SIZE_UNKNOWN;
    if (!text_to_int(text_trim(request_header(request, "content-length")), &size) || size < 0)
        return 0;
    return (size_t)size;
}

/* The checks come first in time: what they need is not charged to the handler, nor is the body. */
static bool check(struct exchange *exchange)
{
    struct call *call = &exchange->call;
    struct reply *reply = &exchange->reply;
    reply_init(reply, call);
    if (atomic_load(&exchange->home->is_stopping))
        fail(call, FAIL_BUSY, "the server is stopping: try again in a moment");
    if (call->fail.kind != FAIL_NONE) {
        reply_problem(reply, call);
        return false;
    }
    if (!answer_check(exchange->home->options, call, &exchange->request, exchange->announced,
                      reply))
        return false;
    call->arena.limit = call->arena.used + BODY_FIRST + 2 * guard_body_max(exchange->request.route);
    return true;
}

static bool waits_for_leave(const struct request *request)
{
    return text_same_word(request_header(request, "expect"), TEXT("100-continue"));
}

enum MHD_Result exchange_begin(struct exchange *exchange, struct MHD_Connection *connection,
                               const char *method)
{
    exchange->has_begun = true;
    metrics_enter(&exchange->home->metrics);
    exchange->request.method = method;
    read_headers(exchange, connection);
    exchange->announced = announced_size(&exchange->request);
    exchange->is_refused = !check(exchange);
    bool is_small = exchange->announced <= FORGET_MAX || exchange->announced == GUARD_SIZE_UNKNOWN;
    if (exchange->is_refused && (!is_small || waits_for_leave(&exchange->request)))
        return exchange_answer(exchange, connection);
    return MHD_YES;
}

static void refuse_body(struct exchange *exchange)
{
    exchange->is_refused = true;
    reply_init(&exchange->reply, &exchange->call);
    reply_problem(&exchange->reply, &exchange->call);
}

static size_t next_room(const struct exchange *exchange, size_t need)
{
    bool is_known = exchange->announced != GUARD_SIZE_UNKNOWN && exchange->announced >= need;
    if (is_known && (exchange->announced <= BODY_FIRST || exchange->body_size >= BODY_FIRST))
        return exchange->announced;
    size_t room = exchange->body_room ? exchange->body_room : BODY_FIRST;
    while (room < need)
        room *= 4;
    size_t most = guard_body_max(exchange->request.route);
    return room < most ? room : most;
}

static bool keep(struct exchange *exchange, const char *bytes, size_t size)
{
    struct call *call = &exchange->call;
    if (size > guard_body_max(exchange->request.route) - exchange->body_size)
        return guard_fail_body_size(call, exchange->request.route);
    size_t need = exchange->body_size + size;
    if (need > exchange->body_room) {
        size_t room = next_room(exchange, need);
        exchange->body = call_grow_unset(call, exchange->body, exchange->body_room, room);
        if (!exchange->body)
            return false;
        exchange->body_room = room;
    }
    memcpy(exchange->body + exchange->body_size, bytes, size);
    exchange->body_size = need;
    return true;
}

enum MHD_Result exchange_take(struct exchange *exchange, const char *bytes, size_t size)
{
    if (!exchange->is_refused && !keep(exchange, bytes, size))
        refuse_body(exchange);
    if (!exchange->is_refused)
        return MHD_YES;
    exchange->forgotten += size;
    return exchange->forgotten <= FORGET_MAX ? MHD_YES : MHD_NO;
}

/* Who asks for the head alone listens to nothing. */
static void begin_stream(struct exchange *exchange, struct MHD_Connection *connection, bool is_head)
{
    struct reply *reply = &exchange->reply;
    if (!reply->stream.read || is_head)
        return;
    exchange->stream = stream_open(&exchange->home->streams, &exchange->call, connection,
                                   &exchange->request, &reply->stream);
    if (exchange->stream)
        return;
    reply->status = 0;
    reply->header_count = 0;
    reply_problem(reply, &exchange->call);
}

static enum MHD_Result send_reply(struct exchange *exchange, struct MHD_Connection *connection)
{
    bool closes = atomic_load(&exchange->home->is_stopping);
    struct MHD_Response *response = response_new(&exchange->reply, exchange->stream, closes);
    if (!response)
        return MHD_NO;
    enum MHD_Result sent =
        microhttpd()->queue_response(connection, (unsigned)exchange->reply.status, response);
    microhttpd()->destroy_response(response);
    return sent;
}

enum MHD_Result exchange_answer(struct exchange *exchange, struct MHD_Connection *connection)
{
    struct exchange_home *home = exchange->home;
    int64_t start = stamp_ticks();
    if (!exchange->is_refused) {
        struct call *call = &exchange->call;
        size_t memory = home->options->call_memory;
        call->arena.limit = call->arena.used + (memory ? memory : CALL_MEMORY_DEFAULT);
        exchange->request.body = (text){ exchange->body ? exchange->body : "",
                                         exchange->body_size };
        answer_run(home->options, call, &exchange->request, &exchange->reply);
    }
    bool is_head = strcmp(exchange->request.method, "HEAD") == 0;
    begin_stream(exchange, connection, is_head);
    metrics_count(&home->metrics, exchange->request.route, exchange->reply.status,
                  stamp_ticks() - start, is_head ? 0 : out_view(&exchange->reply.body).size);
    return send_reply(exchange, connection);
}

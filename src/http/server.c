/*
 * See server.h. Threads, the listener and the end of both; what happens to a request is in
 * exchange.c and answer.c.
 */
#include "http/server.h"

#include "http/answer.h"
#include "http/exchange.h"
#include "http/kept.h"
#include "http/listen.h"
#include "http/router.h"

#include <unistd.h>

enum {
    CONNECTIONS_MAX = 2000,
    CONNECTION_TIMEOUT_S = 30,
    STOP_WAIT_MS = 10000, /* for replies on their way; who never reads cannot hold the end up */
    STOP_STEP_MS = 2,
};

/*
 * Of one connection: the head of a request and what is being read and sent. libmicrohttpd clears
 * all of it twice for each request, which with 64 KiB took a quarter of the time of a small one.
 */
#define CONNECTION_MEMORY ((size_t)32 * 1024)

struct server {
    struct call call; /* its arena holds the server itself */
    struct server_options options;
    struct router router;
    struct exchange_home home;
    struct MHD_Daemon *daemon;
    int listener;
    int port;
};

static void *on_address(void *of, const char *target, struct MHD_Connection *connection)
{
    (void)connection;
    return exchange_new(of, target);
}

static enum MHD_Result on_request(void *of, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *size, void **state)
{
    (void)of, (void)path, (void)version;
    struct exchange *exchange = *state;
    if (!exchange)
        return MHD_NO;
    if (!exchange_has_begun(exchange))
        return exchange_begin(exchange, connection, method);
    if (*size == 0)
        return exchange_answer(exchange, connection);
    size_t taken = *size;
    *size = 0;
    return exchange_take(exchange, bytes, taken);
}

static void on_completed(void *of, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode why)
{
    (void)of, (void)connection, (void)why;
    if (*state)
        exchange_free(*state);
    *state = NULL;
}

/*
 * Not epoll: in 0.9.75 a thread that is told of exactly 128 events at once waits again before it
 * serves them.
 */
static bool start_daemon(struct server *server)
{
    unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    unsigned threads = server->options.threads > 1 ? (unsigned)server->options.threads : 0;
    /* clang-format off: one option a line */
    server->daemon = microhttpd()->start_daemon(
        flags, 0, NULL, NULL, on_request, &server->home, MHD_OPTION_LISTEN_SOCKET, server->listener,
        MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_TIMEOUT_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, on_address, &server->home, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, &server->home, MHD_OPTION_END);
    /* clang-format on */
    return server->daemon != NULL;
}

static struct server *server_new(struct call *call, const struct server_options *options)
{
    struct call own;
    call_init(&own, CALL_MEMORY_DEFAULT);
    struct server *server = call_new(&own, struct server);
    if (!server) {
        fail(call, FAIL_TOO_LARGE, "the machine has no memory left for a server");
        return NULL;
    }
    server->options = *options;
    server->home.options = &server->options;
    atomic_init(&server->home.is_stopping, false);
    stream_home_init(&server->home.streams, &server->options);
    server->options.router = &server->router;
    server->options.kept = kept_replies_new(&own);
    bool done = server->options.kept &&
                metrics_init(&server->home.metrics, &own, options->route, options->route_count) &&
                router_init(&own, options->route, options->route_count, &server->router);
    server->call = own;
    if (done)
        return server;
    if (server->options.kept)
        kept_replies_release(server->options.kept);
    stream_home_release(&server->home.streams);
    call_release(&own);
    fail(call, FAIL_TOO_LARGE, "%zu routes are more than a server can count", options->route_count);
    return NULL;
}

static void server_free(struct server *server)
{
    struct call own = server->call;
    kept_replies_release(server->options.kept);
    stream_home_release(&server->home.streams);
    call_release(&own);
}

struct server *server_start(struct call *call, const struct server_options *options)
{
    if (!microhttpd()) {
        fail(call, FAIL_STORE,
             "cannot serve without libmicrohttpd: install it (Debian's package "
             "libmicrohttpd12)");
        return NULL;
    }
    struct server *server = server_new(call, options);
    if (!server)
        return NULL;
    server->listener = listen_open(call, options->host, options->port, &server->port);
    if (server->listener < 0) {
        server_free(server);
        return NULL;
    }
    if (!start_daemon(server)) {
        fail(call, FAIL_STORE,
             "cannot start the %d threads that answer on port %d: allow more threads or give fewer",
             options->threads, server->port);
        close(server->listener);
        server_free(server);
        return NULL;
    }
    return server;
}

int server_port(const struct server *server)
{
    return server->port;
}

static void wait_for_replies(struct server *server)
{
    const struct timespec step = { .tv_nsec = STOP_STEP_MS * 1000000L };
    for (int waited = 0; waited < STOP_WAIT_MS; waited += STOP_STEP_MS) {
        if (metrics_in_flight(&server->home.metrics) == 0)
            return;
        nanosleep(&step, NULL);
    }
}

void server_stop(struct server *server)
{
    atomic_store(&server->home.is_stopping, true);
    microhttpd()->quiesce_daemon(server->daemon);
    stream_end_all(&server->home.streams);
    wait_for_replies(server);
    microhttpd()->stop_daemon(server->daemon);
    close(server->listener);
    server_free(server);
}

void server_wake(struct server *server)
{
    stream_wake_all(&server->home.streams);
}

void server_write_metrics(struct server *server, struct out *out)
{
    metrics_write(&server->home.metrics, out);
}

void server_answer(const struct server_options *options, struct call *call, struct request *request,
                   struct reply *reply)
{
    call->door = DOOR_API;
    fail_clear(call);
    if (answer_check(options, call, request, request->body.size, reply))
        answer_run(options, call, request, reply);
}

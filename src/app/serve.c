/*
 * See serve.h. Who calls: the token's person; the session's; on loopback without either the person
 * named by --as, else whom people_act_unnamed finds. Any other address needs a token or a session.
 */
#include "app/serve.h"

#include "app/early_maker.h"
#include "app/environment.h"
#include "app/event_watch.h"
#include "app/front.h"
#include "app/job_runner.h"
#include "app/node.h"
#include "http/guard.h"
#include "http/listen.h"
#include "http/server.h"
#include "ledger/audit.h"
#include "ledger/ledger.h"
#include "rooms/people/people.h"
#include "store/store.h"

#include <signal.h>
#include <sys/resource.h>

enum { SERVE_THREADS = 4, SERVE_FILES = 4096 };
#define SERVE_CALL_MEMORY ((size_t)1024 * 1024 * 1024)

struct serving {
    const struct house *house;
    struct store *store;
    text person; /* --as or RONDO_AS */
    bool is_loopback;
    bool has_fixed_clock;
    _Atomic(struct server *) server; /* NULL until it listens */
    struct job_runner jobs;
    struct event_watch watch;
    struct early_maker early;
};

/* --- who calls --- */

/*
 * TEXT_NONE: the request names nobody. A header of another kind is a wrong token, not none: who
 * says who he is must not be taken for the one person of the workspace.
 */
static text token_of(const struct request *request)
{
    text token;
    text header = request_header(request, "authorization");
    if (!header.at)
        return TEXT_NONE;
    bool is_bearer = text_same_word(text_cut(text_trim(header), ' ', &token), TEXT("Bearer"));
    return is_bearer && token.at ? text_trim(token) : TEXT("");
}

/*
 * Whatever the method, an answer may show what is stored: every token that gets one may read. What
 * may be written the ledger decides.
 */
static bool token_suffices(struct call *call, const struct request *request)
{
    bool reads = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
    unsigned needed = request->route->is_for_import ? SCOPE_READ | SCOPE_IMPORT : SCOPE_READ;
    return (call->actor.scopes & needed) ||
           fail(call, FAIL_FORBIDDEN, "this token does not have the scope '%s'",
                reads ? "read" : "write");
}

static bool find_caller(const struct serving *serving, struct call *call,
                        const struct request *request)
{
    text token = token_of(request);
    if (token.at)
        return people_sign_in(call, token) && token_suffices(call, request);
    text session = request_cookie(request, PEOPLE_COOKIE);
    if (session.size) {
        call->door = DOOR_WEB;
        return guard_same_origin(call, request) && people_session(call, session);
    }
    if (!serving->is_loopback)
        return fail(call, FAIL_UNKNOWN_USER,
                    "sign in, or send a token: 'Authorization: Bearer rondo_...'; make one with "
                    "'rondo token add'");
    return serving->person.at ? people_act_as(call, serving->person) : people_act_unnamed(call);
}

static bool begin_request(void *context, struct call *call, const struct request *request)
{
    struct serving *serving = context;
    bool is_fixed;
    if (!store_attach(call, serving->store) ||
        (serving->has_fixed_clock && !environment_clock(call, &call->now, &is_fixed)))
        return false;
    if (request->route && request->route->is_open)
        return true;
    if (!find_caller(serving, call, request))
        return false;
    early_maker_note(&serving->early, call->actor.person);
    return true;
}

static void end_request(void *context, struct call *call)
{
    (void)context;
    store_leave(call);
}

static uint64_t present_moment(void *context)
{
    const struct serving *serving = context;
    return store_moment(serving->store);
}

/* --- Rondo's own figures --- */

static bool get_metrics(struct call *call, const struct request *request, struct reply *reply)
{
    const struct serving *serving = request->route->context;
    struct server *server = serving->server;
    if (!server)
        return fail(call, FAIL_BUSY, "the server is starting");
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    server_write_metrics(server, &reply->body);
    return true;
}

/* The house's routes and the one that needs the server itself. NULL: the call has failed. */
static const struct route *const *serve_routes(struct call *call, const struct serving *serving,
                                               const struct house *house)
{
    const struct route **list = call_array(call, house->routes.count + 1, sizeof *list);
    struct route *metrics = call_new(call, struct route);
    if (!list || !metrics)
        return NULL;
    *metrics = (struct route){ .method = "GET",
                               .path = "/metrics",
                               .handle = get_metrics,
                               .context = serving,
                               .help = "Rondo's own figures for Prometheus." };
    memcpy(list, house->routes.route, house->routes.count * sizeof *list);
    list[house->routes.count] = metrics;
    return list;
}

/* --- the address --- */

static bool read_listen(struct call *call, text word, char **host, int *port)
{
    size_t colon = word.size;
    int64_t number;
    while (colon > 0 && word.at[colon - 1] != ':')
        colon--;
    text name = colon ? text_until(word, colon - 1) : TEXT("");
    if (name.size > 2 && name.at[0] == '[' && name.at[name.size - 1] == ']')
        name = text_until(text_from(name, 1), name.size - 2);
    if (name.size == 0 || !text_to_int(text_from(word, colon), &number) || number < 0 ||
        number > 65535)
        return fail_at(call, "listen",
                       "'%.*s' is not an address: write HOST:PORT, such as 127.0.0.1:8080",
                       TEXT_FMT(word));
    *host = call_string(call, name);
    *port = (int)number;
    return *host != NULL;
}

/* Every connection is a file: the usual limit would end a busy hour. */
static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= SERVE_FILES)
        return;
    limit.rlim_cur = limit.rlim_max < SERVE_FILES ? limit.rlim_max : SERVE_FILES;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* --- jobs --- */

static bool set_fixed_clock(struct call *call)
{
    bool is_fixed;
    return environment_clock(call, &call->now, &is_fixed);
}

static bool start_jobs(struct call *call, struct serving *serving)
{
    serving->jobs = (struct job_runner){ .house = serving->house,
                                         .store = serving->store,
                                         .node = node_name(call),
                                         .call_memory = SERVE_CALL_MEMORY,
                                         .set_clock =
                                             serving->has_fixed_clock ? set_fixed_clock : NULL };
    return serving->jobs.node.at && job_runner_start(call, &serving->jobs);
}

/* --- what is made early --- */

/* For those who were here before the server began. Whom it cannot tell it will see. */
static void note_readers(struct call *call, struct serving *serving)
{
    rid person[EARLY_READERS];
    size_t count = 0;
    if (people_lately_here(call, EARLY_READERS, person, &count))
        while (count)
            early_maker_note(&serving->early, person[--count]);
    if (serving->is_loopback && !serving->person.at && people_act_unnamed(call))
        early_maker_note(&serving->early, call->actor.person);
    if (serving->person.at)
        early_maker_note(&serving->early, call->actor.person); /* who was named acts already */
    fail_clear(call);
}

static void prepare_early(struct call *call, struct serving *serving)
{
    serving->early =
        (struct early_maker){ .rooms = serving->house->rooms,
                              .store = serving->store,
                              .call_memory = SERVE_CALL_MEMORY,
                              .set_clock = serving->has_fixed_clock ? set_fixed_clock : NULL };
    early_maker_init(&serving->early);
    note_readers(call, serving);
}

/* --- news --- */

struct news_to {
    struct server *server;
    struct early_maker *early;
};

static void tell_news(void *of)
{
    struct news_to *to = of;
    server_wake(to->server);
    early_maker_wake(to->early);
}

static bool start_background(struct call *call, struct serving *serving, struct news_to *to)
{
    serving->watch = (struct event_watch){ .store = serving->store, .wake = tell_news, .of = to };
    if (!start_jobs(call, serving))
        return false;
    if (early_maker_start(call, &serving->early)) {
        if (event_watch_start(call, &serving->watch))
            return true;
        early_maker_stop(&serving->early);
    }
    job_runner_stop(&serving->jobs);
    return false;
}

/* --- until told to stop --- */

static void seal_audit(const struct serving *serving)
{
    struct call call;
    call_init(&call, CALL_MEMORY_DEFAULT);
    call.now = stamp_clock();
    call.door = DOOR_JOB;
    if (store_attach(&call, serving->store))
        audit_seal(&call); /* a busy store is sealed next time */
    store_leave(&call);
    call_release(&call);
}

static void wait_for_stop(const sigset_t *stops)
{
    int signal;
    while (sigwait(stops, &signal) != 0)
        continue;
}

static bool listen_and_wait(struct call *call, struct invocation *invocation,
                            struct serving *serving, const struct server_options *options)
{
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stops, NULL); /* before the server's threads, which inherit it */
    struct server *server = server_start(call, options);
    if (!server)
        return false;
    struct news_to to = { server, &serving->early };
    if (!start_background(call, serving, &to)) {
        server_stop(server);
        return false;
    }
    serving->server = server;
    bool is_six = strchr(options->host, ':') != NULL;
    out_format(invocation->out, "listening on http://%s%s%s:%d\n", is_six ? "[" : "", options->host,
               is_six ? "]" : "", server_port(server));
    bool is_told = out_flush(invocation->out) && out_flush(invocation->err);
    if (is_told)
        wait_for_stop(&stops);
    serving->server = NULL;
    event_watch_stop(&serving->watch);
    early_maker_stop(&serving->early);
    server_stop(server);
    job_runner_stop(&serving->jobs);
    seal_audit(serving);
    return is_told;
}

static bool check_clock(struct call *call, const struct invocation *invocation,
                        struct serving *serving)
{
    stamp now;
    if (!environment_clock(call, &now, &serving->has_fixed_clock))
        return false;
    if (serving->has_fixed_clock && !serving->is_loopback)
        return fail(call, FAIL_USAGE,
                    "RONDO_NOW is accepted on loopback only: unset it, or listen on 127.0.0.1");
    if (serving->has_fixed_clock)
        out_format(invocation->err, "the clock is fixed at %s by RONDO_NOW\n", getenv("RONDO_NOW"));
    return true;
}

bool serve(struct call *call, const struct house *house, struct invocation *invocation)
{
    struct serving serving = { .house = house, .person = environment_person(invocation) };
    text listen = option_text(invocation, "listen");
    char *host = NULL;
    int port = 0;
    if (!read_listen(call, listen.at ? listen : TEXT("127.0.0.1:8080"), &host, &port))
        return false;
    serving.is_loopback = listen_is_loopback(host);
    if (!check_clock(call, invocation, &serving) ||
        (serving.person.at && !people_act_as(call, serving.person)) || !event_mark_make_key(call))
        return false;
    raise_file_limit();
    serving.store = call->store;
    const struct route *const *routes = serve_routes(call, &serving, house);
    if (!routes)
        return false;
    const struct server_options options = {
        .host = host,
        .port = port,
        .threads = SERVE_THREADS,
        .route = routes,
        .route_count = house->routes.count + 1,
        .page = &front_routes[0],
        .call_memory = SERVE_CALL_MEMORY,
        .context = &serving,
        .begin = begin_request,
        .moment = present_moment,
        .end = end_request,
    };
    prepare_early(call, &serving);
    /* The command's own call holds no snapshot while the server runs. */
    struct store *store = call->store;
    store_leave(call);
    bool done = listen_and_wait(call, invocation, &serving, &options);
    early_maker_end(&serving.early);
    return done && store_attach(call, store);
}

/*
 * The server over real sockets on loopback: what is answered, what is refused, many at once, and
 * the end.
 */
#include "support/support.h"

#include "base/json_read.h"
#include "http/server.h"
#include "support/client.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { CLIENTS = 16, REQUESTS_EACH = 200, RAW_MAX = 200 * 1000, BIG_SIZE = 200 * 1000 };

static struct client client;
static struct call call;
static struct server *server;
static int port;

static atomic_int begun;
static atomic_int ended;
static atomic_int slow_running;

static bool say_hello(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of;
    json_object(&reply->json);
    json_put_text(&reply->json, "hello", request_query(request, "name"));
    json_put_text(&reply->json, "agent", request_header(request, "user-agent"));
    json_object_end(&reply->json);
    return true;
}

static bool show_item(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of;
    json_object(&reply->json);
    json_put_text(&reply->json, "id", request->part[0]);
    json_object_end(&reply->json);
    return true;
}

static bool create_item(struct call *of, const struct request *request, struct reply *reply)
{
    struct json object;
    if (!request_object(of, request, &object))
        return false;
    const struct json *title = json_get(&object, "title");
    if (!title || title->kind != JSON_TEXT)
        return fail_at(of, "title", "'title' is missing: give one");
    json_object(&reply->json);
    json_put_text(&reply->json, "title", title->text);
    json_object_end(&reply->json);
    return true;
}

static bool count_bytes(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of;
    unsigned sum = 0;
    for (size_t i = 0; i < request->body.size; i++)
        sum = sum * 31 + (unsigned char)request->body.at[i];
    reply->type = "text/plain";
    out_format(&reply->body, "%zu %u", request->body.size, sum);
    return true;
}

static bool answer_slowly(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of, (void)request;
    atomic_store(&slow_running, 1);
    usleep(300 * 1000);
    reply->type = "text/plain";
    out_repeat(&reply->body, 'x', BIG_SIZE);
    return true;
}

static bool show_page(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of, (void)request;
    reply->type = "text/html; charset=utf-8";
    reply_header(reply, "Content-Security-Policy", TEXT("default-src 'self'"));
    reply_header(reply, "Set-Cookie", TEXT("a=1"));
    out_string(&reply->body, "<p>page</p>");
    return true;
}

static bool show_nothing(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of, (void)request;
    reply->status = 204;
    return true;
}

static bool fail_store(struct call *of, const struct request *request, struct reply *reply)
{
    (void)request;
    reply_header(reply, "ETag", TEXT("\"1\""));
    return fail(of, FAIL_STORE, "the store 'rondo.db' cannot be read");
}

static bool take_all_memory(struct call *of, const struct request *request, struct reply *reply)
{
    (void)request, (void)reply;
    while (call_take(of, 1000))
        continue;
    return false;
}

static const struct query_parameter hello_query[] = { { .name = "name" }, { 0 } };

static const struct route test_routes[] = {
    { "GET", "/api/v1/hello", .handle = say_hello, .query = hello_query },
    { "GET", "/api/v1/any", .handle = say_hello, .any_query = true },
    { "GET", "/api/v1/items/{id}", .handle = show_item },
    { "POST", "/api/v1/items", .handle = create_item, .body_max = 100, .status = 201 },
    { "POST", "/api/v1/raw", .handle = count_bytes, .body_max = RAW_MAX, .takes_body = true },
    { "GET", "/api/v1/slow", .handle = answer_slowly },
    { "GET", "/page", .handle = show_page },
    { "DELETE", "/api/v1/items/{id}", .handle = show_nothing },
    { "GET", "/api/v1/broken", .handle = fail_store },
    { "GET", "/api/v1/greedy", .handle = take_all_memory },
};

enum { ROUTES = sizeof test_routes / sizeof *test_routes };

static const struct route *route_list[ROUTES];

static bool begin(void *context, struct call *of, const struct request *request)
{
    (void)context;
    atomic_fetch_add(&begun, 1);
    if (of->door != DOOR_API || of->now == 0)
        return fail(of, FAIL_INTERNAL, "the call came without its door or its clock");
    if (text_is(request_header(request, "authorization"), "Bearer wrong"))
        return fail(of, FAIL_UNKNOWN_USER, "this token is not valid: sign in again");
    return true;
}

static void end(void *context, struct call *of)
{
    (void)context, (void)of;
    atomic_fetch_add(&ended, 1);
}

static struct server_options options = {
    .host = "127.0.0.1",
    .threads = 4,
    .route = route_list,
    .route_count = ROUTES,
    .call_memory = 1024 * 1024,
    .begin = begin,
    .end = end,
};

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROUTES; i++)
        route_list[i] = &test_routes[i];
    test_call_init(&call);
    server = server_start(&call, &options);
    if (!server)
        return -1;
    port = server_port(server);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    server_stop(server);
    call_release(&call);
    return 0;
}

/* Asks on a connection of its own; the answer stays in `client`. */
static void ask(const char *method_and_path, const char *headers, const char *body)
{
    assert_true(client_ask(&client, port, method_and_path, headers, body));
    client_close(&client);
}

static void assert_problem(int status, const char *code, const char *part)
{
    struct json problem;
    assert_int_equal(client.status, status);
    assert_text(client_header(&client, "Content-Type"), "application/problem+json");
    assert_done(&call, json_read(&call, client.body, &problem, NULL));
    assert_text(json_get(&problem, "code")->text, code);
    assert_int_equal(json_get(&problem, "status")->integer, status);
    if (text_find(json_get(&problem, "detail")->text, text_of(part)) == SIZE_MAX)
        print_error("wanted '%s' in: %.*s\n", part, TEXT_FMT(client.body));
    assert_true(text_find(json_get(&problem, "detail")->text, text_of(part)) != SIZE_MAX);
}

static void a_get_is_answered_with_its_query_and_headers(void **state)
{
    (void)state;
    ask("GET /api/v1/hello?name=J%C3%BCrgen+M", "User-Agent: test\r\n", NULL);
    assert_int_equal(client.status, 200);
    assert_text(client.body, "{\"hello\":\"J\xc3\xbcrgen M\",\"agent\":\"test\"}");
    assert_text(client_header(&client, "Content-Type"), "application/json");
    ask("GET /api/v1/items/a%2Fb", "", NULL);
    assert_text(client.body, "{\"id\":\"a/b\"}");
}

static void every_reply_carries_the_security_headers(void **state)
{
    (void)state;
    static const char *const paths[] = { "GET /api/v1/hello", "GET /nothing" };
    for (size_t i = 0; i < 2; i++) {
        ask(paths[i], "", NULL);
        assert_text(client_header(&client, "X-Content-Type-Options"), "nosniff");
        assert_text(client_header(&client, "Referrer-Policy"), "no-referrer");
        assert_text(client_header(&client, "Content-Security-Policy"),
                    "default-src 'none'; frame-ancestors 'none'");
        assert_text(client_header(&client, "Cache-Control"), "no-store");
    }
}

static void a_handler_may_set_its_own_policy(void **state)
{
    (void)state;
    ask("GET /page", "", NULL);
    assert_text(client.body, "<p>page</p>");
    assert_text(client_header(&client, "Content-Security-Policy"), "default-src 'self'");
    assert_text(client_header(&client, "Set-Cookie"), "a=1");
    assert_text(client_header(&client, "X-Content-Type-Options"), "nosniff");
    assert_null(client_header(&client, "Cache-Control").at);
}

static void head_is_get_without_the_body(void **state)
{
    (void)state;
    ask("HEAD /api/v1/items/7", "", NULL);
    assert_int_equal(client.status, 200);
    assert_text(client_header(&client, "Content-Length"), "10");
    ask("HEAD /nothing", "", NULL);
    assert_int_equal(client.status, 404);
}

static void a_reply_without_content_has_no_type(void **state)
{
    (void)state;
    ask("DELETE /api/v1/items/7", "", NULL);
    assert_int_equal(client.status, 204);
    assert_null(client_header(&client, "Content-Type").at);
}

static void a_post_is_read_as_json(void **state)
{
    (void)state;
    ask("POST /api/v1/items", "Content-Type: application/json; charset=utf-8\r\n",
        "{\"title\":\"a\"}");
    assert_int_equal(client.status, 201);
    assert_text(client.body, "{\"title\":\"a\"}");
    ask("POST /api/v1/items", "Content-Type: application/json\r\n", "{\"title\":1}");
    assert_problem(422, "invalid", "'title' is missing");
    struct json problem;
    assert_done(&call, json_read(&call, client.body, &problem, NULL));
    assert_text(json_get(&problem, "field")->text, "title");
}

static void unknown_pages_and_methods_are_told_apart(void **state)
{
    (void)state;
    ask("GET /api/v1/nothing", "", NULL);
    assert_problem(404, "not_found", "'/api/v1/nothing'");
    ask("PUT /api/v1/items/7", "", NULL);
    assert_problem(405, "method_not_allowed", "'PUT'");
    assert_text(client_header(&client, "Allow"), "GET, HEAD, DELETE");
}

static void broken_addresses_are_refused(void **state)
{
    (void)state;
    ask("GET /api/v1/items/%zz", "", NULL);
    assert_problem(400, "usage", "'%zz'");
    ask("GET /api/v1/hello?name=%ff", "", NULL);
    assert_problem(400, "usage", "UTF-8");
}

static void unknown_query_parameters_are_refused_by_name(void **state)
{
    (void)state;
    ask("GET /api/v1/hello?nam=x", "", NULL);
    assert_problem(400, "usage",
                   "unknown query parameter 'nam': allowed at '/api/v1/hello' are 'name'");
    ask("GET /api/v1/items/7?x", "", NULL);
    assert_problem(400, "usage", "are none");
    ask("GET /api/v1/any?nam=x", "", NULL);
    assert_int_equal(client.status, 200);
}

static void a_body_must_be_json_unless_the_route_takes_any(void **state)
{
    (void)state;
    ask("POST /api/v1/items", "Content-Type: text/plain\r\n", "{}");
    assert_problem(415, "unsupported_media_type", "'text/plain'");
    ask("POST /api/v1/items", "", "{}");
    assert_problem(415, "unsupported_media_type", "'not given'");
    ask("POST /api/v1/items", "Content-Type: application/jsonp\r\n", "{}");
    assert_problem(415, "unsupported_media_type", "'application/jsonp'");
    ask("POST /api/v1/raw", "Content-Type: text/plain\r\n", "ab");
    assert_int_equal(client.status, 200);
    assert_text(client.body, "2 3105");
}

static void a_body_over_the_limit_is_refused(void **state)
{
    (void)state;
    static char body[102];
    memset(body, ' ', sizeof body - 1);
    memcpy(body, "{\"title\":\"a\"}", 13);
    ask("POST /api/v1/items", "Content-Type: application/json\r\n", body);
    assert_problem(413, "too_large", "100 bytes");
    body[100] = '\0';
    ask("POST /api/v1/items", "Content-Type: application/json\r\n", body);
    assert_int_equal(client.status, 201);
}

static void a_body_that_is_announced_as_huge_is_not_waited_for(void **state)
{
    (void)state;
    ask("POST /api/v1/raw", "Content-Length: 99999999999\r\n", NULL);
    assert_problem(413, "too_large", "200000 bytes");
    ask("POST /api/v1/raw", "Expect: 100-continue\r\nContent-Length: 200001\r\n", NULL);
    assert_problem(413, "too_large", "200000 bytes");
}

/* Sends `size` bytes in chunks without telling the size beforehand. */
static void ask_in_chunks(size_t size)
{
    static char chunk[5000];
    memset(chunk, 'a', sizeof chunk);
    assert_true(client_open(&client, port));
    assert_true(client_send(&client, TEXT("POST /api/v1/raw HTTP/1.1\r\nHost: localhost\r\n"
                                          "Transfer-Encoding: chunked\r\n\r\n")));
    for (size_t sent = 0; sent < size; sent += sizeof chunk) {
        char line[32];
        size_t part = size - sent < sizeof chunk ? size - sent : sizeof chunk;
        snprintf(line, sizeof line, "%zx\r\n", part);
        assert_true(client_send(&client, text_of(line)));
        assert_true(client_send(&client, (text){ chunk, part }));
        assert_true(client_send(&client, TEXT("\r\n")));
    }
    assert_true(client_send(&client, TEXT("0\r\n\r\n")));
    assert_true(client_read(&client, true));
    client_close(&client);
}

static void a_body_in_chunks_keeps_to_the_limit_too(void **state)
{
    (void)state;
    ask_in_chunks(RAW_MAX);
    assert_int_equal(client.status, 200);
    assert_true(text_starts(client.body, TEXT("200000 ")));
    ask_in_chunks(RAW_MAX + 1);
    assert_problem(413, "too_large", "200000 bytes");
    ask_in_chunks(1);
    assert_text(client.body, "1 97");
}

static void a_strange_host_is_refused_on_loopback(void **state)
{
    (void)state;
    static const char *const good[] = { "Host: localhost:1\r\n", "Host: 127.0.0.1\r\n",
                                        "Host: [::1]:80\r\n", "Host: LOCALHOST\r\n" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ask("GET /api/v1/hello", good[i], NULL);
        assert_int_equal(client.status, 200);
    }
    static const char *const bad[] = { "Host: evil.example\r\n", "Host: localhost.evil.example\r\n",
                                       "Host: 127.0.0.1.evil.example:80\r\n", "Host: \r\n" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ask("GET /api/v1/hello", bad[i], NULL);
        assert_problem(403, "forbidden", "DNS rebinding");
    }
    ask("GET /api/v1/hello", "Host: localhost\r\nHost: evil.example\r\n", NULL);
    assert_problem(400, "usage", "'host' is given twice");
}

static void another_sites_page_may_not_change_anything(void **state)
{
    (void)state;
    ask("DELETE /api/v1/items/7", "Host: localhost:99\r\nOrigin: http://localhost:99\r\n", NULL);
    assert_int_equal(client.status, 204);
    ask("GET /api/v1/hello", "Origin: https://evil.example\r\n", NULL);
    assert_int_equal(client.status, 200);
    static const char *const bad[] = { "Origin: https://evil.example\r\n", "Origin: null\r\n",
                                       "Origin: http://localhost:100\r\n" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ask("DELETE /api/v1/items/7", bad[i], NULL);
        assert_problem(403, "forbidden", "may not change anything");
    }
}

static void who_is_refused_at_the_door_is_told_how_to_enter(void **state)
{
    (void)state;
    ask("GET /api/v1/hello", "Authorization: Bearer wrong\r\n", NULL);
    assert_problem(401, "unknown_user", "not valid");
    assert_text(client_header(&client, "WWW-Authenticate"), "Bearer");
}

static void a_failing_handler_leaves_only_the_problem(void **state)
{
    (void)state;
    ask("GET /api/v1/broken", "", NULL);
    assert_problem(503, "store", "'rondo.db'");
    assert_text(client_header(&client, "Retry-After"), "1");
    assert_null(client_header(&client, "ETag").at);
    ask("GET /api/v1/greedy", "", NULL);
    assert_problem(413, "too_large", "one request may use");
}

static void too_many_headers_are_refused(void **state)
{
    (void)state;
    static char headers[4096];
    size_t size = 0;
    for (int i = 0; i < 100; i++)
        size += (size_t)snprintf(headers + size, sizeof headers - size, "X-%d: a\r\n", i);
    ask("GET /api/v1/hello", headers, NULL);
    assert_problem(431, "headers_too_large", "100 headers");
    headers[size - strlen("X-99: a\r\n")] = '\0';
    ask("GET /api/v1/hello", headers, NULL);
    assert_int_equal(client.status, 200);
}

static void a_connection_serves_two_requests(void **state)
{
    (void)state;
    assert_true(client_open(&client, port));
    assert_true(
        client_send(&client, TEXT("GET /api/v1/items/1 HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    assert_true(client_read(&client, true));
    assert_text(client.body, "{\"id\":\"1\"}");
    assert_true(client_send(&client, TEXT("POST /nothing HTTP/1.1\r\nHost: localhost\r\n"
                                          "Content-Length: 4\r\n\r\nbody")));
    assert_true(client_read(&client, true));
    assert_int_equal(client.status, 404);
    assert_true(
        client_send(&client, TEXT("GET /api/v1/items/2 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                  "GET /api/v1/items/3 HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    assert_true(client_read(&client, true));
    assert_text(client.body, "{\"id\":\"2\"}");
    assert_true(client_read(&client, true));
    assert_text(client.body, "{\"id\":\"3\"}");
    client_close(&client);
}

static void send_and_leave(text bytes)
{
    assert_true(client_open(&client, port));
    client_send(&client, bytes);
    client_close(&client);
}

static void half_a_request_harms_nobody(void **state)
{
    (void)state;
    static const char *const halves[] = {
        "",
        "G",
        "GET /api/v1/hello HTTP/1.1\r\nHost: loc",
        "\r\n\r\n\r\n",
        "GET",
        "\x16\x03\x01\x02",
        "POST /api/v1/raw HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc",
        "POST /api/v1/raw HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        send_and_leave(text_of(halves[i]));
    send_and_leave(TEXT("GET /api/v1/hello\0x HTTP/1.1\r\nHost: local\0host\r\n\r\n"));
    static char long_query[100 * 1000] = "GET /api/v1/hello?";
    memset(long_query + 18, '&', sizeof long_query - 18);
    send_and_leave((text){ long_query, sizeof long_query });
    ask("GET /api/v1/hello", "", NULL);
    assert_int_equal(client.status, 200);
}

static void *ask_often(void *of)
{
    struct client *own = of;
    intptr_t answered = 0;
    if (!client_open(own, port))
        return (void *)answered;
    for (int i = 0; i < REQUESTS_EACH; i++) {
        bool is_post = i % 2;
        bool sent = is_post
                        ? client_send(own, TEXT("POST /api/v1/items HTTP/1.1\r\nHost: localhost\r\n"
                                                "Content-Type: application/json\r\n"
                                                "Content-Length: 13\r\n\r\n{\"title\":\"a\"}"))
                        : client_send(
                              own,
                              TEXT("GET /api/v1/items/123 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        if (sent && client_read(own, true) &&
            text_is(own->body, is_post ? "{\"title\":\"a\"}" : "{\"id\":\"123\"}"))
            answered++;
    }
    client_close(own);
    return (void *)answered;
}

static void many_clients_at_once_are_all_answered(void **state)
{
    (void)state;
    static struct client clients[CLIENTS];
    pthread_t thread[CLIENTS];
    for (int i = 0; i < CLIENTS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, ask_often, &clients[i]), 0);
    intptr_t answered = 0;
    for (int i = 0; i < CLIENTS; i++) {
        void *own;
        pthread_join(thread[i], &own);
        answered += (intptr_t)own;
    }
    assert_int_equal(answered, CLIENTS * REQUESTS_EACH);
    assert_int_equal(atomic_load(&begun), atomic_load(&ended));
}

static void figures_are_counted_by_pattern(void **state)
{
    (void)state;
    ask("GET /api/v1/items/secret-name", "", NULL);
    ask("BREW /coffee", "", NULL);
    struct out out;
    out_init(&out, &call);
    server_write_metrics(server, &out);
    text figures = out_view(&out);
    static const char *const wanted[] = {
        "# TYPE rondo_http_requests_total counter\n",
        "rondo_http_requests_total{route=\"/api/v1/items/{id}\",method=\"GET\",status=\"200\"} ",
        "rondo_http_requests_total{route=\"none\",method=\"any\",status=\"404\"} ",
        "rondo_http_request_duration_seconds_bucket{route=\"/api/v1/hello\",method=\"GET\","
        "le=\"+Inf\"} ",
        "rondo_http_request_duration_seconds_sum{route=\"/api/v1/hello\",method=\"GET\"} ",
        "# TYPE rondo_http_requests_in_flight gauge\n",
        "rondo_http_response_bytes_total ",
        "rondo_build_info{version=\"" RONDO_VERSION "\"} 1\n",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (text_find(figures, text_of(wanted[i])) == SIZE_MAX)
            print_error("no '%s' in:\n%.*s\n", wanted[i], TEXT_FMT(figures));
        assert_true(text_find(figures, text_of(wanted[i])) != SIZE_MAX);
    }
    assert_true(text_find(figures, TEXT("secret-name")) == SIZE_MAX);
    assert_true(text_find(figures, TEXT("BREW")) == SIZE_MAX);
}

static void an_address_that_cannot_be_had_is_named(void **state)
{
    (void)state;
    struct server_options other = options;
    other.port = port;
    assert_null(server_start(&call, &other));
    assert_refused(&call, FAIL_STORE, "in use");
    other.host = "rondo.example";
    assert_null(server_start(&call, &other));
    assert_refused(&call, FAIL_INVALID, "'rondo.example'");
    other.host = "192.0.2.1";
    assert_null(server_start(&call, &other));
    assert_refused(&call, FAIL_INVALID, "'192.0.2.1' is not an address of this machine");
    other.host = "localhost";
    other.port = 65536;
    assert_null(server_start(&call, &other));
    assert_refused(&call, FAIL_INVALID, "65536");
}

static void a_server_off_loopback_takes_any_host_name(void **state)
{
    (void)state;
    struct server_options other = options;
    other.host = "0.0.0.0";
    other.threads = 1;
    struct server *open = server_start(&call, &other);
    assert_non_null(open);
    assert_true(client_ask(&client, server_port(open), "GET /api/v1/hello",
                           "Host: rondo.example\r\n", NULL));
    assert_int_equal(client.status, 200);
    client_close(&client);
    server_stop(open);
}

static void *ask_slowly(void *of)
{
    struct client *own = of;
    bool done = client_ask(own, port, "GET /api/v1/slow", "", NULL);
    client_close(own);
    return done && own->status == 200 && own->body.size == BIG_SIZE ? own : NULL;
}

static void a_stop_lets_running_requests_finish(void **state)
{
    (void)state;
    static struct client slow;
    static struct client idle;
    pthread_t thread;
    assert_true(client_open(&idle, port));
    assert_int_equal(pthread_create(&thread, NULL, ask_slowly, &slow), 0);
    while (!atomic_load(&slow_running))
        usleep(1000);
    server_stop(server);
    void *done;
    pthread_join(thread, &done);
    assert_non_null(done);
    assert_text(client_header(&slow, "Connection"), "close");
    assert_false(client_read(&idle, true));
    client_close(&idle);
    assert_false(client_open(&client, port));
    server = server_start(&call, &options);
    assert_non_null(server);
}

static void an_answer_needs_no_socket(void **state)
{
    (void)state;
    struct reply reply;
    struct request request = { .method = "GET", .path = TEXT("/api/v1/hello?name=x") };
    server_answer(&options, &call, &request, &reply);
    assert_int_equal(reply.status, 200);
    assert_text(out_view(&reply.body), "{\"hello\":\"x\",\"agent\":null}");
    request = (struct request){ .method = "GET", .path = TEXT("/api/v1/hello?nom=x") };
    server_answer(&options, &call, &request, &reply);
    assert_int_equal(reply.status, 400);
    assert_refused(&call, FAIL_USAGE, "'nom'");
    static const struct pair header[] = { { { "content-type", 12 }, { "application/json", 16 } } };
    request = (struct request){ .method = "POST",
                                .path = TEXT("/api/v1/items"),
                                .header = header,
                                .header_count = 1,
                                .body = TEXT("{\"title\":\"b\"}") };
    server_answer(&options, &call, &request, &reply);
    assert_int_equal(reply.status, 201);
    assert_int_equal(atomic_load(&begun), atomic_load(&ended));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_get_is_answered_with_its_query_and_headers),
        cmocka_unit_test(every_reply_carries_the_security_headers),
        cmocka_unit_test(a_handler_may_set_its_own_policy),
        cmocka_unit_test(head_is_get_without_the_body),
        cmocka_unit_test(a_reply_without_content_has_no_type),
        cmocka_unit_test(a_post_is_read_as_json),
        cmocka_unit_test(unknown_pages_and_methods_are_told_apart),
        cmocka_unit_test(broken_addresses_are_refused),
        cmocka_unit_test(unknown_query_parameters_are_refused_by_name),
        cmocka_unit_test(a_body_must_be_json_unless_the_route_takes_any),
        cmocka_unit_test(a_body_over_the_limit_is_refused),
        cmocka_unit_test(a_body_that_is_announced_as_huge_is_not_waited_for),
        cmocka_unit_test(a_body_in_chunks_keeps_to_the_limit_too),
        cmocka_unit_test(a_strange_host_is_refused_on_loopback),
        cmocka_unit_test(another_sites_page_may_not_change_anything),
        cmocka_unit_test(who_is_refused_at_the_door_is_told_how_to_enter),
        cmocka_unit_test(a_failing_handler_leaves_only_the_problem),
        cmocka_unit_test(too_many_headers_are_refused),
        cmocka_unit_test(a_connection_serves_two_requests),
        cmocka_unit_test(half_a_request_harms_nobody),
        cmocka_unit_test(many_clients_at_once_are_all_answered),
        cmocka_unit_test(figures_are_counted_by_pattern),
        cmocka_unit_test(an_address_that_cannot_be_had_is_named),
        cmocka_unit_test(a_server_off_loopback_takes_any_host_name),
        cmocka_unit_test(a_stop_lets_running_requests_finish),
        cmocka_unit_test(an_answer_needs_no_socket),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Replies that go on, over real sockets: pieces, wakes, and every way in which one ends. */
#include "support/support.h"

#include "http/server.h"
#include "http/stream.h"
#include "support/client.h"

#include <stdatomic.h>
#include <sys/socket.h>

enum { LARGE_SIZE = 100 * 1000 };

static struct client client;
static struct call call;
static struct server *server;

/* What the one source of these tests has to say: numbers up to `news`. */
static atomic_int news;
static atomic_bool is_signed_out;
static atomic_int begun, ended;

struct counting {
    int said;
    bool ends; /* at 3 */
    bool is_large;
};

static enum stream_state count_on(void *of, struct call *own, struct out *out)
{
    struct counting *counting = of;
    assert_ptr_not_equal(own, &call);
    if (counting->said == atomic_load(&news))
        return counting->ends && counting->said >= 3 ? STREAM_ENDS : STREAM_WAITS;
    if (counting->is_large)
        out_repeat(out, 'x', LARGE_SIZE);
    out_format(out, "<%d>", ++counting->said);
    return STREAM_HAS_MORE;
}

static bool open_counting(struct call *of, struct reply *reply, struct counting counting)
{
    struct counting *own = call_new(of, struct counting);
    if (!own)
        return false;
    *own = counting;
    reply->type = "text/plain";
    reply->stream = (struct reply_stream){ .read = count_on, .of = own };
    return true;
}

static bool get_numbers(struct call *of, const struct request *request, struct reply *reply)
{
    (void)request;
    return open_counting(of, reply, (struct counting){ .said = 0 });
}

static bool get_three(struct call *of, const struct request *request, struct reply *reply)
{
    (void)request;
    return open_counting(of, reply, (struct counting){ .ends = true });
}

static bool get_large(struct call *of, const struct request *request, struct reply *reply)
{
    (void)request;
    return open_counting(of, reply, (struct counting){ .is_large = true });
}

static bool begin(void *context, struct call *of, const struct request *request)
{
    (void)context;
    assert_non_null(request->route);
    atomic_fetch_add(&begun, 1);
    return !atomic_load(&is_signed_out) || fail(of, FAIL_UNKNOWN_USER, "sign in again");
}

static void end(void *context, struct call *of)
{
    (void)context, (void)of;
    atomic_fetch_add(&ended, 1);
}

static const struct route test_routes[] = {
    { "GET", "/numbers", .handle = get_numbers },
    { "GET", "/three", .handle = get_three },
    { "GET", "/large", .handle = get_large },
};
static const struct route *const route_list[] = { &test_routes[0], &test_routes[1],
                                                  &test_routes[2] };

static const struct server_options options = {
    .host = "127.0.0.1",
    .threads = 2,
    .route = route_list,
    .route_count = 3,
    .call_memory = 1024 * 1024,
    .begin = begin,
    .end = end,
};

static int setup(void **state)
{
    (void)state;
    atomic_store(&news, 1);
    atomic_store(&is_signed_out, false);
    test_call_init(&call);
    server = server_start(&call, &options);
    return server ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    client_close(&client);
    if (server)
        server_stop(server);
    call_release(&call);
    assert_int_equal(atomic_load(&begun), atomic_load(&ended));
    return 0;
}

static void listen_to(const char *method_and_path)
{
    assert_true(client_ask(&client, server_port(server), method_and_path, "", NULL));
    assert_int_equal(client.status, 200);
}

static bool has_come(const char *words)
{
    return text_find((text){ client.bytes, client.held }, text_of(words)) != SIZE_MAX;
}

/* False: the connection ended, or nothing came for long. */
static bool hear(const char *words)
{
    while (!has_come(words)) {
        size_t room = sizeof client.bytes - client.held;
        ssize_t got = recv(client.socket, client.bytes + client.held, room, 0);
        if (got <= 0)
            return false;
        client.held += (size_t)got;
    }
    return true;
}

static void say(int until)
{
    atomic_store(&news, until);
    server_wake(server);
}

/* --- going on --- */

static void what_is_there_is_said_at_once_and_news_after_a_wake(void **state)
{
    (void)state;
    listen_to("GET /numbers");
    assert_true(hear("<1>"));
    assert_false(has_come("<2>"));
    server_wake(server); /* nothing is new */
    say(2);
    assert_true(hear("<2>"));
    say(40);
    assert_true(hear("<40>"));
    assert_false(has_come("<41>"));
    assert_true(has_come("<39>"));
}

static void many_wakes_at_once_lose_nothing(void **state)
{
    (void)state;
    listen_to("GET /numbers");
    for (int i = 2; i <= 2000; i++)
        say(i);
    assert_true(hear("<2000>"));
    assert_false(has_come("<2001>"));
}

static void a_piece_larger_than_a_block_arrives_whole(void **state)
{
    (void)state;
    size_t crosses = 0;
    listen_to("GET /large");
    assert_true(hear("<1>"));
    for (size_t i = 0; i < client.held; i++)
        crosses += client.bytes[i] == 'x';
    crosses -= text_find(client.head, TEXT("x")) == SIZE_MAX ? 0 : 1; /* "text/plain" */
    assert_in_range(crosses, LARGE_SIZE, LARGE_SIZE + 8);
}

static void others_are_answered_meanwhile(void **state)
{
    (void)state;
    static struct client others[20];
    for (int i = 0; i < 20; i++)
        assert_true(client_ask(&others[i], server_port(server), "GET /numbers", "", NULL));
    listen_to("GET /three");
    say(3);
    assert_true(hear("<3>"));
    for (int i = 0; i < 20; i++)
        client_close(&others[i]);
    say(4); /* to who has left */
    listen_to("GET /numbers");
    assert_true(hear("<4>"));
}

/* --- ends --- */

static void a_stream_that_has_said_all_ends(void **state)
{
    (void)state;
    listen_to("GET /three");
    say(3);
    assert_true(hear("<3>"));
    assert_true(hear("\r\n0\r\n\r\n"));
}

static void who_may_not_listen_any_more_hears_the_end(void **state)
{
    (void)state;
    listen_to("GET /numbers");
    assert_true(hear("<1>"));
    atomic_store(&is_signed_out, true);
    say(2);
    assert_true(hear("\r\n0\r\n\r\n"));
    assert_false(has_come("<2>"));
}

static void a_server_that_stops_ends_its_streams(void **state)
{
    (void)state;
    listen_to("GET /numbers");
    assert_true(hear("<1>"));
    server_stop(server);
    server = NULL;
    assert_true(hear("\r\n0\r\n\r\n"));
}

static void the_head_alone_listens_to_nothing(void **state)
{
    (void)state;
    int before = atomic_load(&begun);
    listen_to("HEAD /numbers");
    assert_text(client_header(&client, "Content-Type"), "text/plain");
    assert_int_equal(atomic_load(&begun), before + 1);
}

static void no_more_than_a_thousand_listen(void **state)
{
    (void)state;
    struct stream_home home;
    struct stream *stream[STREAMS_MAX];
    const struct request request = { .method = "GET" };
    const struct reply_stream source = { .read = count_on };
    stream_home_init(&home, &options);
    for (int i = 0; i < STREAMS_MAX; i++) {
        stream[i] = stream_open(&home, &call, NULL, &request, &source);
        assert_non_null(stream[i]);
    }
    assert_null(stream_open(&home, &call, NULL, &request, &source));
    assert_refused(&call, FAIL_BUSY, "1000 clients");
    fail_clear(&call);
    stream_close(stream[500]);
    stream[500] = stream_open(&home, &call, NULL, &request, &source);
    assert_non_null(stream[500]);
    for (int i = 0; i < STREAMS_MAX; i++)
        stream_close(stream[i]);
    assert_null(home.first);
    assert_int_equal(home.count, 0);
    stream_home_release(&home);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_there_is_said_at_once_and_news_after_a_wake),
        TEST(many_wakes_at_once_lose_nothing),
        TEST(a_piece_larger_than_a_block_arrives_whole),
        TEST(others_are_answered_meanwhile),
        TEST(a_stream_that_has_said_all_ends),
        TEST(who_may_not_listen_any_more_hears_the_end),
        TEST(a_server_that_stops_ends_its_streams),
        TEST(the_head_alone_listens_to_nothing),
        TEST(no_more_than_a_thousand_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Replies that are given again: to whom, until when, and which are not kept. */
#include "support/support.h"

#include "http/answer.h"
#include "http/kept.h"
#include "http/server.h"

static struct call shelf_call, call;
static struct kept_replies *kept;
static int made, begun;
static uint64_t moment;
static uint64_t moment_after; /* set by the handler: something changes while it works; 0: not */

static bool answer(struct call *of, const struct request *request, struct reply *reply)
{
    made++;
    reply_header(reply, "ETag", call_format(of, "\"%d\"", made));
    json_object(&reply->json);
    json_put_int(&reply->json, "made", made);
    json_put_text(&reply->json, "name", request_query(request, "name"));
    json_object_end(&reply->json);
    moment = moment_after ? moment_after : moment;
    return true;
}

static bool answer_long(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of, (void)request;
    made++;
    reply_header(reply, "ETag", TEXT("\"long\""));
    out_repeat(&reply->body, ' ', KEPT_BYTES_MAX + 1);
    return true;
}

static bool answer_bare(struct call *of, const struct request *request, struct reply *reply)
{
    (void)of, (void)request;
    made++;
    out_string(&reply->body, "{}");
    return true;
}

static bool begin(void *context, struct call *of, const struct request *request)
{
    (void)context;
    begun++;
    return !text_is(request_header(request, "authorization"), "Bearer wrong") ||
           fail(of, FAIL_UNKNOWN_USER, "this token is not valid");
}

static uint64_t present(void *context)
{
    (void)context;
    return moment;
}

static const struct route routes[] = {
    { "GET", "/kept/{id}", .handle = answer, .any_query = true, .is_kept = true },
    { "GET", "/long", .handle = answer_long, .is_kept = true },
    { "GET", "/bare", .handle = answer_bare, .is_kept = true },
    { "GET", "/other", .handle = answer },
};

enum { ROUTES = sizeof routes / sizeof *routes };

static const struct route *const route_list[ROUTES] = { &routes[0], &routes[1], &routes[2],
                                                        &routes[3] };

static int set_up(void **state)
{
    (void)state;
    made = begun = 0;
    moment = 2;
    moment_after = 0;
    test_call_init(&shelf_call);
    kept = kept_replies_new(&shelf_call);
    test_call_init(&call);
    return kept ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    kept_replies_release(kept);
    call_release(&shelf_call);
    call_release(&call);
    return 0;
}

/* The body of what is answered, "" for none; the status goes to `status` when it is asked for. */
static text ask_as(const char *method, const char *path, const char *name, const char *value,
                   int *status)
{
    const struct server_options options = { .route = route_list,
                                            .route_count = ROUTES,
                                            .kept = kept,
                                            .moment = present,
                                            .begin = begin };
    struct pair header = { text_of(name), text_of(value) };
    struct request request = { .method = method,
                               .path = text_of(path),
                               .header = &header,
                               .header_count = *name != '\0' };
    struct reply reply;
    call_release(&call);
    test_call_init(&call);
    server_answer(&options, &call, &request, &reply);
    if (status)
        *status = reply.status;
    return out_view(&reply.body);
}

static text ask(const char *path)
{
    return ask_as("GET", path, "", "", NULL);
}

static void the_same_question_is_answered_again_without_asking_anybody(void **state)
{
    (void)state;
    assert_text(ask("/kept/1?name=a"), "{\"made\":1,\"name\":\"a\"}");
    assert_text(ask("/kept/1?name=a"), "{\"made\":1,\"name\":\"a\"}");
    assert_int_equal(begun, 1);
}

static void another_question_is_another(void **state)
{
    (void)state;
    static const char *const paths[] = { "/kept/1", "/kept/2", "/kept/1?name=a", "/kept/1?name=b",
                                         "/kept/1?name=a&name=a", "/kept/1?namea=" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ask(paths[i]);
        assert_int_equal(made, (int)i + 1);
    }
}

static void who_asks_is_part_of_the_question(void **state)
{
    (void)state;
    int status;
    ask_as("GET", "/kept/1", "authorization", "Bearer right", NULL);
    ask_as("GET", "/kept/1", "authorization", "Bearer right", &status);
    assert_int_equal(status, 200);
    assert_int_equal(made, 1);
    ask_as("GET", "/kept/1", "authorization", "Bearer wrong", &status);
    assert_int_equal(status, 401);
    ask("/kept/1");
    ask_as("GET", "/kept/1", "authorization", "", NULL);
    assert_int_equal(made, 3);
}

static void a_change_ends_it_and_so_does_one_that_came_while_it_was_made(void **state)
{
    (void)state;
    ask("/kept/1");
    moment = 4;
    ask("/kept/1");
    assert_int_equal(made, 2);
    moment = 6;
    moment_after = 8;
    ask("/kept/1");
    ask("/kept/1");
    assert_int_equal(made, 4);
}

static void while_nobody_can_tell_it_is_asked_anew(void **state)
{
    (void)state;
    ask("/kept/1");
    moment = 0;
    ask("/kept/1");
    ask("/kept/1");
    assert_int_equal(made, 3);
}

static void what_is_known_already_is_not_sent(void **state)
{
    (void)state;
    int status;
    for (int i = 0; i < 2; i++) { /* as it is made, and as it is kept */
        text body = ask_as("GET", "/kept/1", "if-none-match", "\"0\", W/\"1\"", &status);
        assert_int_equal(status, 304);
        assert_int_equal(body.size, 0);
    }
    assert_int_equal(made, 1);
    assert_true(ask_as("GET", "/kept/1", "if-none-match", "\"2\"", &status).size > 0);
    assert_int_equal(status, 200);
}

static void what_is_not_for_keeping_is_made_each_time(void **state)
{
    (void)state;
    static const char *const paths[] = { "/other", "/long", "/bare" };
    for (size_t i = 0; i < 2 * sizeof paths / sizeof *paths; i++) {
        ask(paths[i / 2]);
        assert_int_equal(made, (int)i + 1);
    }
    made = 0;
    for (int i = 1; i <= 2; i++) {
        ask_as("GET", "/kept/1", "cookie", "rondo_session=x", NULL);
        assert_int_equal(made, i);
    }
    ask_as("HEAD", "/kept/1", "", "", NULL);
    ask_as("HEAD", "/kept/1", "", "", NULL);
    assert_int_equal(made, 4);
}

int main(void)
{
#define TEST_OF(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST_OF(the_same_question_is_answered_again_without_asking_anybody),
        TEST_OF(another_question_is_another),
        TEST_OF(who_asks_is_part_of_the_question),
        TEST_OF(a_change_ends_it_and_so_does_one_that_came_while_it_was_made),
        TEST_OF(while_nobody_can_tell_it_is_asked_anew),
        TEST_OF(what_is_known_already_is_not_sent),
        TEST_OF(what_is_not_for_keeping_is_made_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

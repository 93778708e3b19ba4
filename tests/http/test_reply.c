/* Replies: headers, and failures as problem JSON. */
#include "support/support.h"

#include "base/json_read.h"
#include "http/reply.h"

static struct call call;
static struct reply reply;

static int set_up(void **state)
{
    (void)state;
    test_call_init(&call);
    reply_init(&reply, &call);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static text header_of(const char *name)
{
    for (int i = 0; i < reply.header_count; i++)
        if (strcmp(reply.header[i].name, name) == 0)
            return reply.header[i].value;
    return TEXT_NONE;
}

static void read_problem(struct json *problem)
{
    struct fail reason = call.fail;
    fail_clear(&call);
    assert_done(&call, json_read(&call, out_view(&reply.body), problem, NULL));
    call.fail = reason;
}

static void a_failure_becomes_problem_json(void **state)
{
    (void)state;
    fail_at(&call, "title", "'title' is missing: \"give\" one");
    reply_problem(&reply, &call);
    assert_int_equal(reply.status, 422);
    assert_string_equal(reply.type, "application/problem+json");
    struct json problem;
    read_problem(&problem);
    assert_text(json_get(&problem, "type")->text, "about:blank");
    assert_text(json_get(&problem, "title")->text, "Invalid input");
    assert_int_equal(json_get(&problem, "status")->integer, 422);
    assert_text(json_get(&problem, "code")->text, "invalid");
    assert_text(json_get(&problem, "detail")->text, "'title' is missing: \"give\" one");
    assert_text(json_get(&problem, "field")->text, "title");
    assert_null(json_get(&problem, "missing"));
}

static void what_is_missing_is_listed(void **state)
{
    (void)state;
    fail(&call, FAIL_CONFLICT, "'INC-3' cannot be closed");
    fail_missing(&call, "impact");
    fail_missing(&call, "cause");
    reply_problem(&reply, &call);
    assert_int_equal(reply.status, 409);
    struct json problem;
    read_problem(&problem);
    assert_null(json_get(&problem, "field"));
    const struct json *missing = json_get(&problem, "missing");
    assert_non_null(missing);
    assert_int_equal(missing->count, 2);
    assert_text(missing->item[1].text, "cause");
}

static void a_half_written_body_is_forgotten(void **state)
{
    (void)state;
    json_object(&reply.json);
    json_put_string(&reply.json, "secret", "half");
    reply.status = 201;
    reply.type = "text/csv";
    fail(&call, FAIL_STORE, "the store cannot be read");
    reply_problem(&reply, &call);
    assert_int_equal(reply.status, 503);
    assert_text(header_of("Retry-After"), "1");
    struct json problem;
    read_problem(&problem);
    assert_null(json_get(&problem, "secret"));
}

static void a_status_of_http_alone_is_kept_with_its_own_words(void **state)
{
    (void)state;
    reply.status = 405;
    fail(&call, FAIL_USAGE, "use GET");
    reply_problem(&reply, &call);
    assert_int_equal(reply.status, 405);
    struct json problem;
    read_problem(&problem);
    assert_text(json_get(&problem, "code")->text, "method_not_allowed");
    assert_int_equal(json_get(&problem, "status")->integer, 405);
}

static void nobody_is_told_how_to_sign_in(void **state)
{
    (void)state;
    fail(&call, FAIL_UNKNOWN_USER, "sign in first");
    reply_problem(&reply, &call);
    assert_int_equal(reply.status, 401);
    assert_text(header_of("WWW-Authenticate"), "Bearer");
    assert_null(header_of("Retry-After").at);
}

static void a_failure_without_a_reason_is_our_mistake(void **state)
{
    (void)state;
    reply_problem(&reply, &call);
    assert_int_equal(reply.status, 500);
    assert_refused(&call, FAIL_INTERNAL, "without a reason");
}

static void a_call_without_memory_can_still_say_so(void **state)
{
    (void)state;
    assert_null(call_take(&call, (size_t)CALL_MEMORY_DEFAULT + 1));
    call.arena.limit = call.arena.used;
    reply_problem(&reply, &call);
    assert_int_equal(reply.status, 413);
    struct json problem;
    read_problem(&problem);
    assert_text(json_get(&problem, "code")->text, "too_large");
}

static void a_header_value_cannot_begin_another_header(void **state)
{
    (void)state;
    reply_header(&reply, "Content-Disposition", TEXT("a\r\nSet-Cookie: x=1\t\x7f"));
    assert_text(header_of("Content-Disposition"), "a  Set-Cookie: x=1  ");
    reply_header(&reply, "ETag", TEXT("\"3\""));
    assert_text(header_of("ETag"), "\"3\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_failure_becomes_problem_json, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_missing_is_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_half_written_body_is_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_status_of_http_alone_is_kept_with_its_own_words, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nobody_is_told_how_to_sign_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_without_a_reason_is_our_mistake, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_call_without_memory_can_still_say_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_header_value_cannot_begin_another_header, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

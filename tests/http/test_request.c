/* What a handler reads from its request: parameters, headers, the body as JSON. */
#include "support/support.h"

#include "http/request.h"

static struct call call;

static const struct pair query[] = {
    { { "yes", 3 }, { "TRUE", 4 } },    { { "bare", 4 }, { "", 0 } },
    { { "no", 2 }, { "0", 1 } },        { { "odd", 3 }, { "maybe", 5 } },
    { { "seven", 5 }, { "7", 1 } },     { { "minus", 5 }, { "-7", 2 } },
    { { "words", 5 }, { "seven", 5 } },
};
static const struct pair header[] = { { { "if-match", 8 }, { "\"3\"", 3 } } };
static const struct request request = {
    .query = query, .query_count = 7, .header = header, .header_count = 1
};

static int set_up(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    (void)state;
    static const struct pair cookies[] = {
        { { "cookie", 6 }, { "theme=dark; xsession=1;session=2=3; bare; empty=", 47 } }
    };
    static const struct request asked = { .header = cookies, .header_count = 1 };
    assert_text(request_cookie(&asked, "session"), "2=3");
    assert_text(request_cookie(&asked, "theme"), "dark");
    assert_text(request_cookie(&asked, "empty"), "");
    static const char *const absent[] = { "ession", "SESSION", "bare", "dark", "" };
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        assert_null(request_cookie(&asked, absent[i]).at);
    assert_null(request_cookie(&request, "session").at);
}

static void what_was_not_given_is_absent(void **state)
{
    (void)state;
    assert_text(request_query(&request, "seven"), "7");
    assert_null(request_query(&request, "eight").at);
    assert_text(request_header(&request, "if-match"), "\"3\"");
    assert_null(request_header(&request, "if-none-match").at);
}

static void a_flag_is_set_by_a_word_or_by_being_there(void **state)
{
    (void)state;
    bool is_set = false;
    assert_done(&call, request_flag(&call, &request, "yes", &is_set));
    assert_true(is_set);
    assert_done(&call, request_flag(&call, &request, "bare", &is_set));
    assert_true(is_set);
    assert_done(&call, request_flag(&call, &request, "no", &is_set));
    assert_false(is_set);
    is_set = true;
    assert_done(&call, request_flag(&call, &request, "absent", &is_set));
    assert_false(is_set);
    assert_false(request_flag(&call, &request, "odd", &is_set));
    assert_string_equal(call.fail.field, "odd");
    assert_refused(&call, FAIL_INVALID, "'odd' is 'maybe'");
}

static void a_whole_number_keeps_to_its_bounds(void **state)
{
    (void)state;
    int64_t value = 50;
    assert_done(&call, request_int(&call, &request, "absent", 1, 9, &value));
    assert_int_equal(value, 50);
    assert_done(&call, request_int(&call, &request, "seven", 7, 7, &value));
    assert_int_equal(value, 7);
    assert_done(&call, request_int(&call, &request, "minus", -7, 0, &value));
    assert_int_equal(value, -7);
    assert_false(request_int(&call, &request, "seven", 8, 9, &value));
    assert_refused(&call, FAIL_INVALID, "'seven' is '7': give a whole number from 8 to 9");
    assert_false(request_int(&call, &request, "words", 0, 9, &value));
    assert_string_equal(call.fail.field, "words");
    assert_refused(&call, FAIL_INVALID, "'words' is 'seven'");
    assert_false(request_int(&call, &request, "bare", 0, 9, &value));
    assert_refused(&call, FAIL_INVALID, "'bare' is ''");
    assert_int_equal(value, -7);
}

static bool read_body(const char *body, struct json *object)
{
    const struct request with_body = { .body = text_of(body) };
    return request_object(&call, &with_body, object);
}

static void a_body_is_a_json_object(void **state)
{
    (void)state;
    struct json object;
    assert_done(&call, read_body(" {\"title\": \"a\"}\n", &object));
    assert_text(json_get(&object, "title")->text, "a");
    assert_done(&call, read_body("\xEF\xBB\xBF{}", &object));
    assert_int_equal(object.count, 0);
}

static void other_bodies_are_refused(void **state)
{
    (void)state;
    struct json object;
    assert_false(read_body("", &object));
    assert_refused(&call, FAIL_INVALID, "no body");
    assert_false(read_body(" \n", &object));
    assert_refused(&call, FAIL_INVALID, "no body");
    assert_false(read_body("[1]", &object));
    assert_refused(&call, FAIL_INVALID, "not an object");
    assert_false(read_body("{\"a\": }", &object));
    assert_refused(&call, FAIL_INVALID, "");
    assert_false(read_body("{\"a\": NaN}", &object));
    assert_refused(&call, FAIL_INVALID, "NaN");
    assert_false(read_body("{\"a\": 1, \"a\": 2}", &object));
    assert_refused(&call, FAIL_INVALID, "twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
        cmocka_unit_test(what_was_not_given_is_absent),
        cmocka_unit_test(a_flag_is_set_by_a_word_or_by_being_there),
        cmocka_unit_test(a_whole_number_keeps_to_its_bounds),
        cmocka_unit_test(a_body_is_a_json_object),
        cmocka_unit_test(other_bodies_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

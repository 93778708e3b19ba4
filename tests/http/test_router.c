/* Addresses: taking them apart, decoding them, finding their route. */
#include "support/support.h"

#include "http/router.h"
#include "http/target.h"

static const struct route list = { .method = "GET", .path = "/api/v1/jobs" };
static const struct route create = { .method = "POST", .path = "/api/v1/jobs" };
static const struct route show = { .method = "GET", .path = "/api/v1/jobs/{id}" };
static const struct route drop = { .method = "DELETE", .path = "/api/v1/jobs/{id}" };
static const struct route import = { .method = "POST", .path = "/api/v1/jobs/import" };
static const struct route newest = { .method = "GET", .path = "/api/v1/jobs/newest" };
static const struct route any = { .method = "GET", .path = "/api/v1/{record}/{id}/{verb}" };
static const struct route log_line = { .method = "GET", .path = "/api/v1/jobs/{id}/{line}" };
static const struct route root = { .method = "GET", .path = "/" };

/* The general ones stand first, so that order alone does not decide. */
static const struct route *const routes[] = { &any,    &log_line, &show,   &drop, &list,
                                              &create, &import,   &newest, &root };

struct asked {
    struct call call;
    struct router router;
    struct request request;
    text allowed;
};

static bool ask(struct asked *asked, const char *method, const char *path)
{
    fail_clear(&asked->call);
    asked->request = (struct request){ .method = method, .path = text_of(path) };
    return target_read(&asked->call, &asked->request) &&
           router_find(&asked->call, &asked->router, &asked->request, &asked->allowed);
}

static int set_up(void **state)
{
    static struct asked asked;
    test_call_init(&asked.call);
    assert_done(&asked.call, router_init(&asked.call, routes, sizeof routes / sizeof *routes,
                                         &asked.router));
    *state = &asked;
    return 0;
}

static int tear_down(void **state)
{
    struct asked *asked = *state;
    call_release(&asked->call);
    return 0;
}

static void a_path_finds_its_route_by_method(void **state)
{
    struct asked *asked = *state;
    assert_done(&asked->call, ask(asked, "GET", "/api/v1/jobs"));
    assert_ptr_equal(asked->request.route, &list);
    assert_done(&asked->call, ask(asked, "POST", "/api/v1/jobs"));
    assert_ptr_equal(asked->request.route, &create);
    assert_done(&asked->call, ask(asked, "GET", "/"));
    assert_ptr_equal(asked->request.route, &root);
    assert_int_equal(asked->request.part_count, 0);
}

static void brackets_match_one_segment_and_keep_it(void **state)
{
    struct asked *asked = *state;
    assert_done(&asked->call, ask(asked, "GET", "/api/v1/cards/7/close"));
    assert_ptr_equal(asked->request.route, &any);
    assert_int_equal(asked->request.part_count, 3);
    assert_text(asked->request.part[0], "cards");
    assert_text(asked->request.part[1], "7");
    assert_text(asked->request.part[2], "close");
    assert_false(ask(asked, "GET", "/api/v1/jobs/"));
    assert_refused(&asked->call, FAIL_NOT_FOUND, "'/api/v1/jobs/'");
}

static void a_literal_segment_is_preferred_to_brackets(void **state)
{
    struct asked *asked = *state;
    assert_done(&asked->call, ask(asked, "GET", "/api/v1/jobs/newest"));
    assert_ptr_equal(asked->request.route, &newest);
    assert_done(&asked->call, ask(asked, "GET", "/api/v1/jobs/7/3"));
    assert_ptr_equal(asked->request.route, &log_line);
    assert_done(&asked->call, ask(asked, "GET", "/api/v1/jobs/import"));
    assert_ptr_equal(asked->request.route, &show); /* the literal one does not take GET */
}

static void head_is_served_by_get(void **state)
{
    struct asked *asked = *state;
    assert_done(&asked->call, ask(asked, "HEAD", "/api/v1/jobs/7"));
    assert_ptr_equal(asked->request.route, &show);
}

static void a_wrong_method_is_told_the_right_ones(void **state)
{
    struct asked *asked = *state;
    assert_false(ask(asked, "PUT", "/api/v1/jobs/7"));
    assert_text(asked->allowed, "GET, HEAD, DELETE");
    assert_refused(&asked->call, FAIL_USAGE, "'PUT'");
    assert_false(ask(asked, "HEAD", "/api/v1/nothing"));
    assert_null(asked->allowed.at);
    assert_refused(&asked->call, FAIL_NOT_FOUND, "there is nothing at '/api/v1/nothing'");
}

static void paths_near_a_route_are_not_the_route(void **state)
{
    struct asked *asked = *state;
    static const char *const paths[] = {
        "/api/v1",
        "/api/v1/job",
        "/api/v1/jobs2",
        "/API/v1/jobs",
        "//api/v1/jobs",
        "/api/v1/jobs/7/3/x",
        "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r",
        "/api/v1//7/close",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_false(ask(asked, "GET", paths[i]));
        assert_refused(&asked->call, FAIL_NOT_FOUND, "");
    }
}

static void escapes_are_decoded_after_the_cut_at_slashes(void **state)
{
    struct asked *asked = *state;
    assert_done(&asked->call, ask(asked, "GET", "/api/v1/jobs/a%2Fb%20+%c3%bc"));
    assert_text(asked->request.part[0], "a/b +\xc3\xbc");
    assert_text(asked->request.path, "/api/v1/jobs/a%2Fb%20+%c3%bc");
    assert_done(&asked->call, ask(asked, "GET", "/%61pi/v1/jobs"));
    assert_ptr_equal(asked->request.route, &list);
}

static void broken_escapes_are_refused(void **state)
{
    struct asked *asked = *state;
    static const char *const paths[] = { "/api/v1/jobs/%", "/api/v1/jobs/%4", "/api/v1/jobs/%zz",
                                         "/api/v1/jobs/%4g", "/api/v1/jobs?a=%-1" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_false(ask(asked, "GET", paths[i]));
        assert_refused(&asked->call, FAIL_USAGE, "no percent escape");
    }
}

static void nul_bytes_and_malformed_utf8_are_refused(void **state)
{
    struct asked *asked = *state;
    assert_false(ask(asked, "GET", "/api/v1/jobs/%00"));
    assert_refused(&asked->call, FAIL_USAGE, "NUL");
    static const char *const paths[] = { "/api/v1/jobs/%ff", "/api/v1/jobs/\xc3(",
                                         "/api/v1/jobs?a=%c0%af", "/api/v1/jobs?%ed%a0%80=1" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_false(ask(asked, "GET", paths[i]));
        assert_refused(&asked->call, FAIL_USAGE, "not UTF-8");
    }
}

static void a_query_is_pairs_with_plus_as_blank(void **state)
{
    struct asked *asked = *state;
    assert_done(&asked->call, ask(asked, "GET", "/api/v1/jobs?q=a+b%2Bc&&flag&empty=&x=1=2"));
    assert_text(asked->request.path, "/api/v1/jobs");
    assert_int_equal(asked->request.query_count, 4);
    assert_text(request_query(&asked->request, "q"), "a b+c");
    assert_text(request_query(&asked->request, "flag"), "");
    assert_text(request_query(&asked->request, "empty"), "");
    assert_text(request_query(&asked->request, "x"), "1=2");
    assert_null(request_query(&asked->request, "y").at);
}

static void an_address_has_limits(void **state)
{
    struct asked *asked = *state;
    static char path[TARGET_PATH_MAX + 2];
    memset(path, 'a', sizeof path - 1);
    path[0] = '/';
    assert_false(ask(asked, "GET", path));
    assert_refused(&asked->call, FAIL_TOO_LARGE, "2048 bytes");
    path[TARGET_PATH_MAX] = '\0';
    assert_false(ask(asked, "GET", path));
    assert_refused(&asked->call, FAIL_NOT_FOUND, "nothing at");
    static char query[TARGET_PAIRS_MAX * 2 + 5] = "/?";
    for (size_t i = 0; i <= TARGET_PAIRS_MAX; i++)
        memcpy(query + 2 + 2 * i, "a&", 2);
    assert_false(ask(asked, "GET", query));
    assert_refused(&asked->call, FAIL_USAGE, "more than 64 query parameters");
    query[1 + 2 * TARGET_PAIRS_MAX] = '\0';
    assert_done(&asked->call, ask(asked, "GET", query));
    assert_false(ask(asked, "GET", "http://localhost/"));
    assert_refused(&asked->call, FAIL_USAGE, "begin with '/'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_finds_its_route_by_method),
        cmocka_unit_test(brackets_match_one_segment_and_keep_it),
        cmocka_unit_test(a_literal_segment_is_preferred_to_brackets),
        cmocka_unit_test(head_is_served_by_get),
        cmocka_unit_test(a_wrong_method_is_told_the_right_ones),
        cmocka_unit_test(paths_near_a_route_are_not_the_route),
        cmocka_unit_test(escapes_are_decoded_after_the_cut_at_slashes),
        cmocka_unit_test(broken_escapes_are_refused),
        cmocka_unit_test(nul_bytes_and_malformed_utf8_are_refused),
        cmocka_unit_test(a_query_is_pairs_with_plus_as_blank),
        cmocka_unit_test(an_address_has_limits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

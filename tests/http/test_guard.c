/* What a cookie needs beside itself: the proof that one of our own pages asks. */
#include "support/support.h"

#include "http/guard.h"

static struct call call;

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

/* Both checks, as a request by cookie meets them. */
static bool passes(const char *method, const char *name, const char *value)
{
    const struct pair header[] = { { TEXT("host"), TEXT("rondo.example:8080") },
                                   { text_of(name), text_of(value) } };
    const struct request request = { .method = method,
                                     .header = header,
                                     .header_count = name ? 2 : 1 };
    fail_clear(&call);
    return guard_origin(&call, &request) && guard_same_origin(&call, &request);
}

static void a_page_of_this_server_may_change_something(void **state)
{
    (void)state;
    assert_true(passes("POST", "origin", "http://rondo.example:8080"));
    assert_true(passes("DELETE", "origin", "https://RONDO.example:8080"));
    assert_true(passes("PATCH", "sec-fetch-site", "same-origin"));
}

static void no_other_page_may_and_silence_is_no_proof(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value;
    } others[] = {
        { "origin", "http://rondo.example" },
        { "origin", "http://rondo.example:8080.evil.example" },
        { "origin", "null" },
        { "origin", "" },
        { "sec-fetch-site", "cross-site" },
        { "sec-fetch-site", "same-site" },
        { "sec-fetch-site", "none" },
        { "referer", "http://rondo.example:8080/" },
        { NULL, NULL },
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(passes("POST", others[i].name, others[i].value));
        assert_refused(&call, FAIL_FORBIDDEN, "");
    }
}

static void reading_needs_no_proof(void **state)
{
    (void)state;
    assert_true(passes("GET", NULL, NULL));
    assert_true(passes("HEAD", "sec-fetch-site", "none"));
}

#define GUARD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GUARD(a_page_of_this_server_may_change_something),
        GUARD(no_other_page_may_and_silence_is_no_proof),
        GUARD(reading_needs_no_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What may be fetched from, and how a form is written; the wire itself is tried from outside. */
#include "base/fetch.h"

#include "support/support.h"

static void an_address_is_of_http_and_names_a_host(void **state)
{
    (void)state;
    static const char *const good[] = { "http://a", "https://a.example:9090", "http://[::1]:1/x" };
    static const char *const bad[] = { "",           "ftp://a",      "http://",     "http:///x",
                                       "file:///x",  "HTTP",         "http://a b",  "http://a?b",
                                       "http://a#b", "http://u:p@a", "http://u@a/x" };
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_done(&call, fetch_check_url(&call, "url", text_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(fetch_check_url(&call, "url", text_of(bad[i])));
        assert_string_equal(call.fail.field, "url");
        assert_refused(&call, FAIL_INVALID, "address");
    }
    call_release(&call);
}

static void an_at_sign_in_the_path_is_no_password(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_done(&call, fetch_check_url(&call, "url", TEXT("http://a/b@c")));
    call_release(&call);
}

static void a_form_escapes_all_but_the_plainest_bytes(void **state)
{
    (void)state;
    struct call call;
    struct out form;
    test_call_init(&call);
    out_init(&form, &call);
    fetch_form_add(&form, "query", TEXT("rate(a{b=\"c d\"}[5m]) + 1 & \xC3\xA9~-._"));
    fetch_form_add(&form, "step", TEXT("60"));
    assert_text(out_view(&form),
                "query=rate%28a%7Bb%3D%22c%20d%22%7D%5B5m%5D%29%20%2B%201%20%26%20%C3%A9~-._"
                "&step=60");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_of_http_and_names_a_host),
        cmocka_unit_test(an_at_sign_in_the_path_is_no_password),
        cmocka_unit_test(a_form_escapes_all_but_the_plainest_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

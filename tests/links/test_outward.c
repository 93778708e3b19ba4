/* Which addresses people may give, and which networks are the own one. */
#include "links/outward.h"

#include "support/support.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static bool is_inside(const char *word)
{
    struct sockaddr_storage address = { .ss_family = AF_INET };
    struct sockaddr_in in = { .sin_family = AF_INET };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, word, &in.sin_addr) == 1)
        memcpy(&address, &in, sizeof in);
    else {
        assert_int_equal(inet_pton(AF_INET6, word, &in6.sin6_addr), 1);
        memcpy(&address, &in6, sizeof in6);
    }
    return outward_is_inside((const struct sockaddr *)&address);
}

static void the_own_network_and_its_neighbours(void **state)
{
    static const struct {
        const char *inside, *outside;
    } pairs[] = {
        { "0.0.0.0", "1.0.0.1" },
        { "10.255.255.255", "11.0.0.0" },
        { "100.64.0.1", "100.128.0.1" },
        { "127.0.0.1", "128.0.0.1" },
        { "169.254.169.254", "169.253.255.255" },
        { "172.16.0.1", "172.32.0.1" },
        { "192.168.1.1", "192.169.0.1" },
        { "198.19.255.255", "198.20.0.0" },
        { "224.0.0.1", "223.255.255.255" },
        { "255.255.255.255", "203.0.114.1" },
        { "::", "2001:4860::1" },
        { "::1", "2600::1" },
        { "fd00::1", "2a00::1" },
        { "fe80::1", "2606:4700::1" },
        { "ff02::1", "2400::1" },
        { "::ffff:127.0.0.1", "::ffff:8.8.8.8" },
        { "64:ff9b::a00:1", "65::1" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        print_message("%s, %s\n", pairs[i].inside, pairs[i].outside);
        assert_true(is_inside(pairs[i].inside));
        assert_false(is_inside(pairs[i].outside));
    }
}

static void what_is_neither_is_refused(void **state)
{
    const struct sockaddr local = { .sa_family = AF_UNIX };
    (void)state;
    assert_true(outward_is_inside(&local));
}

static void an_address_has_a_host_and_no_user(void **state)
{
    (void)state;
    assert_true(outward_is_address(TEXT("https://calendar.example/a?key=b"), false));
    assert_false(outward_is_address(TEXT("https:///a"), false));
    assert_false(outward_is_address(TEXT("https://ada:word@calendar.example/a"), false));
    assert_false(outward_is_address(TEXT("https://calendar.example/a b"), false));
    assert_false(outward_is_address(TEXT("https://calendar.example/\r\nHost: b"), false));
    assert_true(outward_is_address(TEXT("http://calendar.example/a"), true));
    assert_false(outward_is_address(TEXT("http://calendar.example/a"), false));
    assert_false(outward_is_address(TEXT("file:///etc/passwd"), true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_own_network_and_its_neighbours),
        cmocka_unit_test(what_is_neither_is_refused),
        cmocka_unit_test(an_address_has_a_host_and_no_user),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

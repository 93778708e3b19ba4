/* Passwords at rest: theirs matches, no other does, and nobody's never. */
#include "support/support.h"

#include "base/password.h"

#include <string.h>

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

static void a_password_matches_what_is_kept_of_it_and_no_other_does(void **state)
{
    (void)state;
    text kept;
    assert_done(&call, password_hash(&call, TEXT("correct horse"), &kept));
    assert_true(text_starts(kept, TEXT("$argon2id$")));
    assert_true(text_find(kept, TEXT("correct")) == SIZE_MAX);
    assert_true(password_matches(kept, TEXT("correct horse")));
    assert_false(password_matches(kept, TEXT("correct horsf")));
    assert_false(password_matches(kept, TEXT("correct hors")));
    assert_false(password_matches(kept, TEXT("")));
    assert_false(password_matches(kept, TEXT_NONE));
}

static void what_is_kept_is_never_the_same_twice(void **state)
{
    (void)state;
    text one, other;
    assert_done(&call, password_hash(&call, TEXT("correct horse"), &one));
    assert_done(&call, password_hash(&call, TEXT("correct horse"), &other));
    assert_false(text_equal(one, other));
}

static void nobodys_password_and_a_broken_one_are_matched_by_nothing(void **state)
{
    (void)state;
    assert_false(password_matches(TEXT_NONE, TEXT("nobody at all")));
    assert_false(password_matches(TEXT_NONE, TEXT("")));
    assert_false(password_matches(TEXT("$argon2id$broken"), TEXT("nobody at all")));
    assert_false(password_matches(TEXT(""), TEXT("nobody at all")));
}

static void too_short_and_too_long_are_no_passwords(void **state)
{
    (void)state;
    char longest[PASSWORD_BYTES_MAX + 1];
    memset(longest, 'a', sizeof longest);
    assert_done(&call, password_check(&call, TEXT("ten bytes!")));
    assert_done(&call, password_check(&call, (text){ longest, PASSWORD_BYTES_MAX }));
    assert_false(password_check(&call, TEXT("ninebytes")));
    assert_refused(&call, FAIL_INVALID, "10 to 1000");
    assert_false(password_check(&call, (text){ longest, PASSWORD_BYTES_MAX + 1 }));
    assert_refused(&call, FAIL_INVALID, "10 to 1000");
}

#define PASSWORD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PASSWORD(a_password_matches_what_is_kept_of_it_and_no_other_does),
        PASSWORD(what_is_kept_is_never_the_same_twice),
        PASSWORD(nobodys_password_and_a_broken_one_are_matched_by_nothing),
        PASSWORD(too_short_and_too_long_are_no_passwords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Values of options: the sentences that end where the caller says, and words made fit to show. */
#include "support/support.h"

#include "offers/option_value.h"

#include <math.h>

static void limits_are_said_as_people_say_them(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct option option = { .name = "n", .kind = OPTION_INT };
    assert_text(option_limits(&call, &option), "");
    option.max = 1000000;
    assert_text(option_limits(&call, &option), "from 0 to 1000000");
    option.max = INFINITY;
    assert_text(option_limits(&call, &option), "from 0 up");
    option.min = -INFINITY;
    option.max = 0.05;
    assert_text(option_limits(&call, &option), "up to 0.05");
    call_release(&call);
}

static void a_refusal_ends_as_the_caller_says(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct option option = { .name = "n", .kind = OPTION_REAL, .max = 1 };
    assert_done(&call, option_value_check(&call, &option, TEXT("1"), TEXT("; ask")));
    assert_false(option_value_check(&call, &option, TEXT("1e400"), TEXT("; ask")));
    assert_refused(&call, FAIL_USAGE, "option '--n' takes a number from 0 to 1, not '1e400'; ask");
    call_release(&call);
}

static void a_word_is_shown_short_and_harmless(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_text(option_value_shown(&call, TEXT("gr\u00fc\u00df")), "gr\u00fc\u00df");
    assert_text(option_value_shown(&call, TEXT("a\nb")), "a\\nb");
    char longest[100];
    memset(longest, 'x', sizeof longest);
    assert_int_equal(option_value_shown(&call, (text){ longest, sizeof longest }).size, 60);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_said_as_people_say_them),
        cmocka_unit_test(a_refusal_ends_as_the_caller_says),
        cmocka_unit_test(a_word_is_shown_short_and_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

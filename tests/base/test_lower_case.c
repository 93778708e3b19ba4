/* Lower case of any script, also where it takes more bytes. */
#include "base/lower_case.h"
#include "support/support.h"

static void assert_lower(const char *source, const char *wanted)
{
    struct call call;
    test_call_init(&call);
    assert_text(lower_case(&call, text_of(source)), wanted);
    call_release(&call);
}

static void every_script_has_its_lower_case(void **state)
{
    (void)state;
    assert_lower("", "");
    assert_lower("Login FAILS 42", "login fails 42");
    assert_lower("STRASSE Stra\u00dfe", "strasse stra\u00dfe");
    assert_lower("\u0391\u03a3", "\u03b1\u03c2"); /* a final sigma */
    assert_lower("\u0130", "i\u0307");            /* one character becomes two */
    assert_lower("\u041c\u041e\u0421\u041a\u0412\u0410", "\u043c\u043e\u0441\u043a\u0432\u0430");
    assert_lower("\u6a21\u578b", "\u6a21\u578b");
}

static void what_grows_has_room(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    char *many = call_take(&call, 2 * 5000 + 1);
    for (int i = 0; i < 5000; i++)
        memcpy(many + 2 * i, "\u0130", 2);
    assert_int_equal(lower_case(&call, (text){ many, 10000 }).size, 15000);
    call_release(&call);
}

static void bytes_that_are_no_characters_stay(void **state)
{
    (void)state;
    assert_lower("A\xff"
                 "B",
                 "a\xff"
                 "b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_script_has_its_lower_case),
        cmocka_unit_test(what_grows_has_room),
        cmocka_unit_test(bytes_that_are_no_characters_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

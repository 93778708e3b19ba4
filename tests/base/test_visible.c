/* Foreign text: widths and escapes. */
#include "support/support.h"

#include "base/visible.h"

static void widths_are_columns_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(visible_width(TEXT("gr\u00fc\u00df")), 4);
    assert_int_equal(visible_width(TEXT("\u65e5\u672c")), 4);
    assert_int_equal(visible_width(TEXT("e\u0301")), 1);
    assert_int_equal(visible_width(TEXT("\U0001F642")), 2);
    assert_int_equal(visible_width(TEXT("\u2026")), 1);
    assert_int_equal(visible_width(TEXT("a\tb")), 4); /* shown as a\tb */
    assert_int_equal(visible_width(TEXT_NONE), 0);
}

static void what_acts_on_a_terminal_is_escaped_and_the_rest_is_not(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_text(visible_text(&call, TEXT("a\x1b[2Jb")), "a\\x1b[2Jb");
    assert_text(visible_text(&call, TEXT("a\nb\r\x7f")), "a\\nb\\r\\x7f");
    assert_text(visible_text(&call, TEXT("\xc2\x85\u202e\u2028")), "\\u0085\\u202e\\u2028");
    assert_text(visible_text(&call, (text){ "a\xff\xc3", 3 }), "a\\xff\\xc3");
    assert_text(visible_text(&call, (text){ "a\0b", 3 }), "a\\x00b");
    assert_text(visible_text(&call, TEXT_NONE), "");
    text plain = TEXT("gr\u00fc\u00df \u65e5\u672c \U0001F642 e\u0301");
    assert_ptr_equal(visible_text(&call, plain).at, plain.at);
    call_release(&call);
}

static void a_cut_never_splits_a_character_nor_passes_the_width(void **state)
{
    (void)state;
    text words = TEXT("a\u65e5e\u0301x");
    assert_text(visible_until(words, 2), "a");
    assert_text(visible_until(words, 3), "a\u65e5");
    assert_text(visible_until(words, 4), "a\u65e5e\u0301");
    assert_text(visible_until(words, 99), "a\u65e5e\u0301x");
    assert_text(visible_until(words, 0), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_columns_not_bytes),
        cmocka_unit_test(what_acts_on_a_terminal_is_escaped_and_the_rest_is_not),
        cmocka_unit_test(a_cut_never_splits_a_character_nor_passes_the_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

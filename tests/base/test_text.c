/* Views: cutting, reading numbers, UTF-8. */
#include "support/support.h"

static void numbers_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    int64_t i = 7;
    assert_true(text_to_int(TEXT("-9223372036854775808"), &i));
    assert_true(i == INT64_MIN);
    assert_false(text_to_int(TEXT("9223372036854775808"), &i));
    assert_false(text_to_int(TEXT(""), &i));
    assert_false(text_to_int(TEXT("12 "), &i));
    double r = 0;
    assert_true(text_to_real(TEXT("2.5e3"), &r));
    assert_true(r == 2500);
    assert_false(text_to_real(TEXT("0x10"), &r));
    assert_false(text_to_real(TEXT("inf"), &r));
    assert_false(text_to_real(TEXT("1e999"), &r));
}

static void a_cut_gives_both_sides(void **state)
{
    (void)state;
    text rest;
    assert_text(text_cut(TEXT("a=b=c"), '=', &rest), "a");
    assert_text(rest, "b=c");
    assert_text(text_cut(TEXT("abc"), '=', &rest), "abc");
    assert_null(rest.at);
    assert_text(text_trim(TEXT(" \t x y\r\n")), "x y");
}

static void only_well_formed_utf8_passes(void **state)
{
    (void)state;
    assert_true(text_is_utf8(TEXT("\xf0\x9f\x99\x82 \xe2\x82\xac gr\xc3\xbc\xc3\x9f")));
    assert_true(text_is_utf8(TEXT("12345678 1234567\xc3\xbc 12345678")));
    assert_false(text_is_utf8(TEXT("12345678\x80")));
    assert_false(text_is_utf8(TEXT("1234567\xff 12345678")));
    assert_false(text_is_utf8(TEXT("\xc0\xaf")));         /* overlong */
    assert_false(text_is_utf8(TEXT("\xed\xa0\x80")));     /* surrogate */
    assert_false(text_is_utf8(TEXT("\xf4\x90\x80\x80"))); /* beyond U+10FFFF */
    assert_false(text_is_utf8(TEXT("abc\xe2\x82")));      /* cut */
    assert_text(text_until_character(TEXT("a\xe2\x82\xac"), 3), "a");
}

static void texts_are_equal_when_every_byte_is(void **state)
{
    (void)state;
    char one[40], other[40];
    for (size_t size = 0; size < sizeof one; size++) {
        memset(one, 'x', sizeof one);
        memset(other, 'x', sizeof other);
        one[size] = 'a'; /* behind the text */
        assert_true(text_equal((text){ one, size }, (text){ other, size }));
        assert_false(text_equal((text){ one, size + 1 }, (text){ other, size }));
        for (size_t at = 0; at < size; at++) {
            other[at] = 'y';
            assert_false(text_equal((text){ one, size }, (text){ other, size }));
            other[at] = 'x';
        }
    }
    assert_true(text_equal(TEXT_NONE, TEXT("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_equal_when_every_byte_is),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(a_cut_gives_both_sides),
        cmocka_unit_test(only_well_formed_utf8_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

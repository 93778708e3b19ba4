/* Texts of iCalendar: folding loses nothing, and escaping comes back. */
#include "base/ics_text.h"
#include "base/out.h"
#include "support/support.h"

static void folded_lines_join_to_what_they_were(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    static const char *const pieces[] = { "a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80" };
    for (size_t offset = 0; offset < 4; offset++)
        for (size_t size = 1; size < 200; size++) {
            struct out whole, joined;
            out_init(&whole, &call);
            out_init(&joined, &call);
            for (size_t i = 0; i < size; i++)
                out_string(&whole, pieces[(i + offset) % 4]);
            text rest = out_view(&whole);
            for (bool is_first = true; rest.size; is_first = false) {
                text line = ics_text_fold(&rest, is_first);
                assert_true(text_is_utf8(line));
                assert_in_range(line.size + !is_first, 1, ICS_LINE_OCTETS);
                /* greedy: the next character would not have fitted */
                if (rest.size)
                    assert_true(line.size + !is_first + text_character(rest) > ICS_LINE_OCTETS);
                out_text(&joined, line);
            }
            assert_true(text_equal(out_view(&joined), out_view(&whole)));
        }
    call_release(&call);
}

static void escaping_comes_back(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    static const char *const plain[] = { "", "a", "\\n", "a;b,c\\", "one\ntwo", "\\\\;", "\n\n" };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        text raw = ics_text_escape(&call, text_of(plain[i]));
        assert_int_equal(text_find(raw, TEXT("\n")), SIZE_MAX);
        assert_text(ics_text_unescape(&call, raw), plain[i]);
    }
    assert_text(ics_text_escape(&call, TEXT("a\r\nb\rc")), "a\\nb\\nc");
    assert_text(ics_text_unescape(&call, TEXT("a\\Nb\\:c\\")), "a\nb\\:c\\");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folded_lines_join_to_what_they_were),
        cmocka_unit_test(escaping_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

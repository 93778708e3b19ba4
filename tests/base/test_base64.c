/* Bytes as text and back. */
#include "support/support.h"

#include "base/base64.h"

static void bytes_of_every_length_come_back(void **state)
{
    (void)state;
    static const struct { text bytes; const char *base64; } cases[] = {
        { { "", 0 }, "" },
        { { "\xff", 1 }, "/w==" },
        { { "\xff\0", 2 }, "/wA=" },
        { { "\xff\0\x01", 3 }, "/wAB" },
        { { "\xfb\xef\xbe\xfb", 4 }, "+++++w==" },
    };
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        text back;
        assert_text(base64_write(&call, cases[i].bytes), cases[i].base64);
        assert_true(base64_read(&call, text_of(cases[i].base64), &back));
        assert_true(text_equal(back, cases[i].bytes));
    }
    call_release(&call);
}

static void what_is_not_base64_is_refused(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "/w", "/w=", "/w===", "_wAB", "/w AB", "/wAB\n", "A", "=",
    };
    struct call call;
    text back = TEXT("kept");
    test_call_init(&call);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(base64_read(&call, text_of(refused[i]), &back));
    assert_text(back, "kept");
    assert_int_equal(call.fail.kind, FAIL_NONE);
    call_release(&call);
}

static void no_memory_is_a_failure(void **state)
{
    (void)state;
    struct call call;
    text back;
    call_init(&call, 1);
    assert_null(base64_write(&call, TEXT("abc")).at);
    assert_refused(&call, FAIL_TOO_LARGE, "MiB");
    assert_false(base64_read(&call, TEXT("/wAB"), &back));
    assert_refused(&call, FAIL_TOO_LARGE, "MiB");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_of_every_length_come_back),
        cmocka_unit_test(what_is_not_base64_is_refused),
        cmocka_unit_test(no_memory_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

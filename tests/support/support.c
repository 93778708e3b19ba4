/* See support.h. */
#include "support/support.h"

void test_call_init(struct call *call)
{
    call_init(call, CALL_MEMORY_DEFAULT);
    call->now = TEST_NOW;
}

void test_assert_done(struct call *call, bool done, const char *what, const char *file, int line)
{
    if (!done)
        print_error("%s failed: %s\n", what, call->fail.sentence);
    _assert_true(done, what, file, line);
}

void test_assert_refused(struct call *call, enum fail_kind kind, const char *part, const char *file,
                         int line)
{
    if (call->fail.kind != kind || !strstr(call->fail.sentence, part))
        print_error("wanted %s with '%s', got %s: %s\n", fail_fact(kind)->code, part,
                    fail_fact(call->fail.kind)->code, call->fail.sentence);
    _assert_true(call->fail.kind == kind, "fail kind", file, line);
    _assert_true(strstr(call->fail.sentence, part) != NULL, part, file, line);
    fail_clear(call);
}

void test_assert_text(text view, const char *string, const char *file, int line)
{
    if (!text_is(view, string))
        print_error("wanted '%s', got '%.*s'\n", string, TEXT_FMT(view));
    _assert_true(text_is(view, string), string, file, line);
}

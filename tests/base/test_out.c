/* A sink in memory and one on a stream: nothing is lost, doubled or out of its place. */
#include "base/out.h"
#include "support/support.h"

enum { LONG = 100 * 1000 };

static void what_is_long_keeps_its_place_in_a_stream(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    char *written = NULL, line[LONG];
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);
    test_call_init(&call);
    out_init_stream(&out, &call, stream);
    memset(line, 'x', sizeof line);
    out_string(&out, "before ");
    out_text(&out, (text){ line, sizeof line });
    out_string(&out, " between ");
    out_text(&out, (text){ line, sizeof line });
    out_string(&out, " after");
    assert_done(&call, out_flush(&out));
    fclose(stream);
    assert_int_equal(size, 7 + LONG + 9 + LONG + 6);
    assert_memory_equal(written, "before xx", 9);
    assert_memory_equal(written + 7 + LONG - 1, "x between x", 11);
    assert_memory_equal(written + size - 7, "x after", 7);
    free(written);
    call_release(&call);
}

static void a_full_disk_is_told_once_and_swallows_the_rest(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    char line[LONG];
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    test_call_init(&call);
    out_init_stream(&out, &call, full);
    memset(line, 'x', sizeof line);
    out_text(&out, (text){ line, sizeof line });
    assert_null(out_begin(&out, 8));
    out_text(&out, (text){ line, sizeof line });
    assert_false(out_flush(&out));
    assert_refused(&call, FAIL_STORE, "cannot write the output: No space left on device");
    fclose(full);
    call_release(&call);
}

static void room_is_given_where_the_next_bytes_stand(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    out_string(&out, "a");
    for (int i = 0; i < LONG; i++) {
        char *at = out_begin(&out, 64); /* more than is used: the rest is given back */
        assert_non_null(at);
        at[0] = 'b';
        out_end(&out, at + 1);
    }
    out_string(&out, "c");
    text view = out_view(&out);
    assert_int_equal(view.size, LONG + 2);
    assert_memory_equal(view.at, "abb", 3);
    assert_memory_equal(view.at + LONG - 1, "bbc", 3);
    call_release(&call);
}

static void what_is_expected_stays_where_it_was_begun(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    out_string(&out, "a");
    out_expect(&out, LONG);
    const char *begun = out.at;
    for (int i = 0; i < LONG; i++)
        out_char(&out, 'b');
    assert_ptr_equal(out.at, begun);
    assert_int_equal(out_view(&out).size, LONG + 1);
    assert_memory_equal(out_view(&out).at, "abb", 3);
    out_expect(&out, call.arena.limit - call.arena.used); /* more than half: it may never come */
    assert_ptr_equal(out.at, begun);
    out_char(&out, 'c');
    assert_int_equal(out_view(&out).size, LONG + 2);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_long_keeps_its_place_in_a_stream),
        cmocka_unit_test(a_full_disk_is_told_once_and_swallows_the_rest),
        cmocka_unit_test(room_is_given_where_the_next_bytes_stand),
        cmocka_unit_test(what_is_expected_stays_where_it_was_begun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

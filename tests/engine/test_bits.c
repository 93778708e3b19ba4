/* Bitsets: against arrays of bool at every size around a word. */
#include "engine/bits.h"
#include "support/runs.h"

static const size_t sizes[] = { 0, 1, 2, 63, 64, 65, 127, 128, 129, 1000 };
enum { SIZES = sizeof sizes / sizeof *sizes };

static void a_new_set_is_empty(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < SIZES; i++) {
        uint64_t *set = bits_new(&call, sizes[i]);
        size_t at = 0;
        assert_non_null(set);
        assert_int_equal(bits_count(set, sizes[i]), 0);
        assert_false(bits_next(set, sizes[i], &at));
        assert_int_equal(at, 0);
    }
    call_release(&call);
}

static void a_set_too_large_for_the_call_is_refused(void **state)
{
    (void)state;
    struct call call;
    call_init(&call, 1024);
    assert_non_null(bits_new(&call, 4096));
    assert_null(bits_new(&call, 8192));
    assert_refused(&call, FAIL_TOO_LARGE, "one request may use");
    call_release(&call);
}

static void counts_equal_plain_loops(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    uint64_t seed = 11;
    for (size_t i = 0; i < SIZES * 20; i++) {
        size_t size = sizes[i % SIZES];
        uint64_t *a = bits_new(&call, size), *b = bits_new(&call, size);
        int64_t in_a = 0, in_both = 0, in_a_only = 0;
        for (size_t at = 0; at < size; at++) {
            uint32_t draw = test_random(&seed, 4);
            if (draw & 1)
                bits_set(a, at);
            if (draw & 2)
                bits_set(b, at);
            assert_true(bits_has(a, at) == (draw & 1));
            in_a += draw & 1;
            in_both += draw == 3;
            in_a_only += draw == 1;
        }
        assert_int_equal(bits_count(a, size), in_a);
        assert_int_equal(bits_and_count(a, b, size), in_both);
        assert_int_equal(bits_and_not_count(a, b, size), in_a_only);
    }
    call_release(&call);
}

static void walking_visits_each_member_once_in_order(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    uint64_t seed = 12;
    for (size_t i = 0; i < SIZES * 20; i++) {
        size_t size = sizes[i % SIZES], expected = 0, at = 0;
        uint64_t *set = bits_new(&call, size);
        for (size_t j = 0; j < size; j++)
            if (test_random(&seed, 20) == 0)
                bits_set(set, j);
        for (; bits_next(set, size, &at); at++) {
            while (!bits_has(set, expected))
                expected++;
            assert_int_equal(at, expected++);
        }
        for (; expected < size; expected++)
            assert_false(bits_has(set, expected));
    }
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_set_is_empty),
        cmocka_unit_test(a_set_too_large_for_the_call_is_refused),
        cmocka_unit_test(counts_equal_plain_loops),
        cmocka_unit_test(walking_visits_each_member_once_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Memory that dies together: limits, growth in place, rewinding. */
#include "support/support.h"

static void the_limit_turns_into_a_sentence(void **state)
{
    (void)state;
    struct call call;
    call_init(&call, 1024 * 1024);
    assert_non_null(call_take(&call, 1024));
    assert_null(call_take(&call, 1024 * 1024));
    assert_refused(&call, FAIL_TOO_LARGE, "1 MiB");
    assert_null(call_array(&call, SIZE_MAX / 2, 3));
    assert_refused(&call, FAIL_TOO_LARGE, "1 MiB");
    call_release(&call);
}

static void the_last_piece_grows_in_place(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    char *piece = arena_take(&arena, 10);
    memcpy(piece, "123456789", 10);
    assert_ptr_equal(arena_grow(&arena, piece, 10, 100), piece);
    char *other = arena_take(&arena, 10);
    char *moved = arena_grow(&arena, piece, 100, 1000);
    assert_ptr_not_equal(moved, piece);
    assert_string_equal(moved, "123456789");
    assert_int_equal(moved[999], 0);
    assert_non_null(other);
    arena_release(&arena);
}

static void a_rewind_takes_back_what_came_after(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 24);
    arena_take(&arena, 100);
    size_t used = arena.used;
    struct arena_mark mark = arena_mark(&arena);
    for (int i = 0; i < 100; i++)
        assert_non_null(arena_take(&arena, 50000));
    arena_rewind(&arena, mark);
    assert_int_equal(arena.used, used);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_limit_turns_into_a_sentence),
        cmocka_unit_test(the_last_piece_grows_in_place),
        cmocka_unit_test(a_rewind_takes_back_what_came_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

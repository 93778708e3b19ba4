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

/* Pieces are rounded up: the last bytes before the limit are over it, too. */
static void just_over_the_limit_is_over_it(void **state)
{
    (void)state;
    struct call call;
    for (size_t size = 0; size <= 64; size++) {
        call_init(&call, 1024);
        assert_non_null(call_take(&call, 1024 - 64));
        assert_non_null(call_take(&call, size));
        size_t left = call.arena.limit - call.arena.used;
        for (size_t more = left + 1; more < left + 32; more++) {
            assert_false(arena_has_room(&call.arena, more));
            assert_null(call_take(&call, more));
            assert_refused(&call, FAIL_TOO_LARGE, "this needs more than");
        }
        call_release(&call);
    }
}

static void a_limit_that_is_no_multiple_is_kept(void **state)
{
    (void)state;
    struct call call;
    call_init(&call, 1000);
    assert_non_null(call_take(&call, 992));
    assert_null(call_take(&call, 1)); /* eight bytes are left, a piece takes sixteen */
    assert_refused(&call, FAIL_TOO_LARGE, "this needs more than");
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
    memset(moved, 'x', 1000);
    char *unset = arena_grow_unset(&arena, moved, 1000, 2000);
    assert_int_equal(unset[999], 'x');
    memset(unset, 'x', 2000);
    char *set = arena_grow(&arena, unset, 2000, 90000);
    for (int i = 0; i < 90000; i++)
        assert_int_equal(set[i], i < 2000 ? 'x' : 0);
    arena_release(&arena);
}

static void the_end_of_the_last_piece_is_given_back_and_of_no_other(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 4096);
    char *first = arena_take(&arena, 1000);
    char *last = arena_take(&arena, 1000);
    size_t used = arena.used;
    arena_shrink(&arena, first, 1000, 10);
    assert_int_equal(arena.used, used);
    arena_shrink(&arena, last, 1000, 10);
    assert_int_equal(arena.used, used - 1008 + 16);
    memset(last, 1, 10);
    char *next = arena_take(&arena, 20);
    assert_ptr_equal(next, last + 16);
    for (int i = 0; i < 20; i++)
        assert_int_equal(next[i], 0);
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

static void adopted_pieces_live_on_and_count(void **state)
{
    (void)state;
    struct arena arena, other;
    arena_init(&arena, 1 << 24);
    arena_init(&other, 1 << 20);
    char *own = arena_take(&arena, 100), *foreign = arena_take(&other, 40000);
    memset(own, 'o', 100);
    memset(foreign, 'f', 40000);
    size_t used = arena.used + other.used;
    arena_adopt(&arena, &other);
    assert_int_equal(arena.used, used);
    assert_null(other.last);
    assert_int_equal(other.used, 0);
    assert_int_equal(other.limit, 1 << 20);
    assert_ptr_equal(arena_grow(&arena, own, 100, 200), own); /* the newest chunk is still ours */
    assert_int_equal(foreign[39999], 'f');
    assert_non_null(arena_take(&other, 100)); /* the other goes on, on its own */
    arena_release(&other);
    arena_release(&arena);
}

static void an_empty_arena_adopts_and_is_adopted(void **state)
{
    (void)state;
    struct arena arena, other;
    arena_init(&arena, 1 << 20);
    arena_init(&other, 1 << 20);
    arena_adopt(&arena, &other);
    assert_null(arena.last);
    char *foreign = arena_take(&other, 10);
    foreign[9] = 'f';
    arena_adopt(&arena, &other);
    arena_adopt(&arena, &other);
    assert_int_equal(foreign[9], 'f');
    assert_int_equal(arena.used, 16);
    arena_release(&arena);
}

static void what_is_adopted_counts_against_the_limit(void **state)
{
    (void)state;
    struct arena arena, other;
    arena_init(&arena, 1000);
    arena_init(&other, 1000);
    assert_non_null(arena_take(&arena, 600));
    assert_non_null(arena_take(&other, 600));
    arena_adopt(&arena, &other);
    assert_true(arena.used > arena.limit);
    assert_null(arena_take(&arena, 1));
    char *piece = arena_take(&other, 16);
    assert_non_null(piece);
    arena_release(&other);
    arena_release(&arena);
}

/* What is taken and rewound over and over comes from the same chunks, large ones apart. */
static void chunks_that_a_rewind_left_are_taken_again(void **state)
{
    enum { PIECE = 3 << 20, PIECES = 5, LARGE = 20 << 20 };
    (void)state;
    struct arena arena;
    char *first[PIECES], *large[2];
    arena_init(&arena, (size_t)1 << 30);
    assert_non_null(arena_take(&arena, 16));
    struct arena_mark mark = arena_mark(&arena);
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < PIECES; i++) {
            char *piece = arena_take(&arena, PIECE);
            assert_non_null(piece);
            assert_int_equal(piece[PIECE - 1], 0);
            piece[PIECE - 1] = 1;
            bool is_known = turn == 0;
            for (int before = 0; before < PIECES && turn; before++)
                is_known = is_known || piece == first[before];
            assert_true(is_known);
            first[i] = turn ? first[i] : piece;
        }
        large[turn] = arena_take(&arena, LARGE);
        assert_non_null(large[turn]);
        arena_rewind(&arena, mark);
    }
    assert_ptr_equal(large[0], large[1]);
    arena_release(&arena);
}

/* A mark is older than what is adopted after it: rewinding keeps the foreign pieces. */
static void a_rewind_keeps_what_was_adopted_since(void **state)
{
    (void)state;
    struct arena arena, other;
    arena_init(&arena, 1 << 24);
    arena_init(&other, 1 << 24);
    assert_non_null(arena_take(&arena, 100));
    struct arena_mark mark = arena_mark(&arena);
    char *foreign = arena_take(&other, 100);
    memset(foreign, 'f', 100);
    arena_adopt(&arena, &other);
    assert_non_null(arena_take(&arena, 1 << 20));
    arena_rewind(&arena, mark);
    assert_int_equal(foreign[99], 'f');
    assert_non_null(arena_take(&arena, 1 << 20));
    assert_int_equal(foreign[0], 'f');
    arena_release(&arena);
}

static void swapped_memory_outlives_a_rewind_of_the_call(void **state)
{
    (void)state;
    struct call call;
    struct arena kept;
    test_call_init(&call);
    arena_init(&kept, 1 << 20);
    assert_non_null(call_take(&call, 10));
    struct arena_mark mark = arena_mark(&call.arena);
    call_swap_memory(&call, &kept);
    text word = call_text(&call, TEXT("kept"));
    call_swap_memory(&call, &kept);
    assert_int_equal(arena_mark(&call.arena).used, mark.used);
    arena_rewind(&call.arena, mark);
    assert_non_null(call_take(&call, 100000));
    assert_text(word, "kept");
    assert_int_equal(kept.used, 16);
    arena_release(&kept);
    call_release(&call);
}

/* The limit is the swapped arena's own, and its sentence names it. */
static void swapped_memory_has_its_own_limit(void **state)
{
    (void)state;
    struct call call;
    struct arena small;
    test_call_init(&call);
    arena_init(&small, 2 << 20);
    call_swap_memory(&call, &small);
    assert_null(call_take(&call, 3 << 20));
    call_swap_memory(&call, &small);
    assert_refused(&call, FAIL_TOO_LARGE, "2 MiB");
    assert_non_null(call_take(&call, 3 << 20));
    arena_release(&small);
    call_release(&call);
}

/* Whoever says so has its first megabyte in one piece of the system's memory. */
static void what_expects_much_begins_large(void **state)
{
    (void)state;
    enum { PIECE = 256 * 1024, PIECES = 4 };
    struct arena little, much;
    arena_init(&little, 8 << 20);
    arena_init(&much, 8 << 20);
    arena_expect_much(&much);
    const char *first = arena_take(&much, 16), *before = arena_take(&little, 16);
    for (int i = 0; i < PIECES; i++)
        assert_ptr_equal(arena_take(&much, PIECE), first + 16 + i * PIECE);
    assert_ptr_not_equal(arena_take(&little, PIECE), before + 16);
    assert_int_equal(much.used, 16 + PIECES * PIECE); /* what it has, not what it was given */
    arena_release(&much);
    arena_release(&little);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_limit_turns_into_a_sentence),
        cmocka_unit_test(just_over_the_limit_is_over_it),
        cmocka_unit_test(a_limit_that_is_no_multiple_is_kept),
        cmocka_unit_test(the_last_piece_grows_in_place),
        cmocka_unit_test(the_end_of_the_last_piece_is_given_back_and_of_no_other),
        cmocka_unit_test(a_rewind_takes_back_what_came_after),
        cmocka_unit_test(adopted_pieces_live_on_and_count),
        cmocka_unit_test(an_empty_arena_adopts_and_is_adopted),
        cmocka_unit_test(what_is_adopted_counts_against_the_limit),
        cmocka_unit_test(chunks_that_a_rewind_left_are_taken_again),
        cmocka_unit_test(a_rewind_keeps_what_was_adopted_since),
        cmocka_unit_test(what_expects_much_begins_large),
        cmocka_unit_test(swapped_memory_outlives_a_rewind_of_the_call),
        cmocka_unit_test(swapped_memory_has_its_own_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

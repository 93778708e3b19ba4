/*
 * Texts of a run while they are gathered: numbered, packed in pieces, and the same on the way back.
 */
#include "engine/column.h"
#include "engine/gathered_texts.h"
#include "support/runs.h"

static uint32_t add(struct call *call, struct gathered_texts *texts, struct text_packer *packer,
                    text value)
{
    uint32_t number = gathered_texts_add(call, texts, packer, value);
    assert_true(number != UINT32_MAX);
    return number;
}

static void texts_come_back_by_number_whatever_piece_they_are_in(void **state)
{
    enum { COUNT = 5000 };
    (void)state;
    struct call call;
    struct gathered_texts texts = { .count = 0 };
    struct text_packer packer = { .last_packed = TEXT_NONE };
    static uint32_t number[COUNT];
    uint64_t seed = 3;
    test_call_init(&call);
    for (uint32_t i = 0; i < COUNT; i++) {
        number[i] = add(&call, &texts, &packer, call_format(&call, "text %u\n", i % 1700));
        if (test_random(&seed, 200) == 0)
            assert_done(&call, gathered_texts_pack(&call, &texts, &packer));
    }
    assert_true(texts.piece_count > 3 && texts.open.count > 0);
    const text *view = gathered_texts_view(&call, &texts);
    assert_non_null(view);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_text(view[number[i]], call_format(&call, "text %u\n", i % 1700).at);
        assert_true(gathered_texts_equal(&texts, number[i], number[i % 1700]));
        assert_false(gathered_texts_equal(&texts, number[i], number[(i + 1) % 1700]));
    }
    assert_false(gathered_texts_equal(&texts, number[0], UINT32_MAX));
    assert_true(gathered_texts_equal(&texts, UINT32_MAX, UINT32_MAX));
    gathered_texts_release(&texts);
    text_packer_release(&packer);
    call_release(&call);
}

static void an_open_text_is_kept_once_and_the_empty_one_is_a_text(void **state)
{
    (void)state;
    struct call call;
    struct gathered_texts texts = { .count = 0 };
    struct text_packer packer = { .last_packed = TEXT_NONE };
    test_call_init(&call);
    assert_int_equal(add(&call, &texts, &packer, TEXT("")), 0);
    assert_int_equal(add(&call, &texts, &packer, TEXT("a")), 1);
    assert_int_equal(add(&call, &texts, &packer, TEXT("")), 0);
    assert_int_equal(add(&call, &texts, &packer, TEXT("a")), 1);
    assert_int_equal(add(&call, &texts, &packer, (text){ "a\0", 2 }), 2);
    assert_int_equal(texts.open.size, 3);
    gathered_texts_release(&texts);
    text_packer_release(&packer);
    call_release(&call);
}

/*
 * The inputs of a suite are those of the run before: packing them again would be half of the work.
 */
static void the_same_texts_again_are_packed_once(void **state)
{
    enum { RUNS = 4 };
    (void)state;
    struct call call;
    struct gathered_texts run[RUNS] = { { .count = 0 } };
    struct text_packer packer = { .last_packed = TEXT_NONE };
    test_call_init(&call);
    for (int i = 0; i < RUNS; i++) {
        for (int at = 0; at < 100; at++)
            add(&call, &run[i], &packer, call_format(&call, "%d", i == 2 ? at + 1 : at));
        assert_done(&call, gathered_texts_pack(&call, &run[i], &packer));
    }
    assert_ptr_equal(run[0].piece[0].packed.at, run[1].piece[0].packed.at);
    assert_ptr_not_equal(run[1].piece[0].packed.at, run[2].piece[0].packed.at);
    assert_ptr_not_equal(run[2].piece[0].packed.at, run[3].piece[0].packed.at);
    assert_text(gathered_texts_view(&call, &run[1])[99], "99");
    assert_text(gathered_texts_view(&call, &run[2])[99], "100");
    for (int i = 0; i < RUNS; i++)
        gathered_texts_release(&run[i]);
    text_packer_release(&packer);
    call_release(&call);
}

static void a_column_of_several_pieces_is_read_as_any_other(void **state)
{
    enum { COUNT = 700 };
    (void)state;
    struct call call;
    struct gathered_texts texts = { .count = 0 };
    struct text_packer packer = { .last_packed = TEXT_NONE };
    uint32_t index[COUNT];
    text packed, *back;
    test_call_init(&call);
    for (uint32_t i = 0; i < COUNT; i++) {
        index[COUNT - 1 - i] =
            i % 7 ? add(&call, &texts, &packer, call_format(&call, "%u", i)) + 1 : 0;
        if (i % 100 == 99)
            assert_done(&call, gathered_texts_pack(&call, &texts, &packer));
    }
    assert_int_equal(texts.piece_count, 7);
    assert_done(&call, column_pack_gathered(&call, "c", &texts, index, COUNT, &packed));
    assert_done(&call, column_unpack_texts(&call, "c", packed, COUNT, &back));
    for (uint32_t i = 0; i < COUNT; i++) {
        if (i % 7)
            assert_text(back[COUNT - 1 - i], call_format(&call, "%u", i).at);
        else
            assert_null(back[COUNT - 1 - i].at);
    }
    gathered_texts_release(&texts);
    text_packer_release(&packer);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_come_back_by_number_whatever_piece_they_are_in),
        cmocka_unit_test(an_open_text_is_kept_once_and_the_empty_one_is_a_text),
        cmocka_unit_test(the_same_texts_again_are_packed_once),
        cmocka_unit_test(a_column_of_several_pieces_is_read_as_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

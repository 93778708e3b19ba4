/* Columns: every value comes back, the smallest form is taken, and damage is refused. */
#include "engine/column.h"
#include "engine/bits.h"
#include "support/runs.h"

#include <float.h>
#include <math.h>

static const uint32_t sizes[] = { 0, 1, 63, 64, 65, 300, 70000 };
enum { SIZES = sizeof sizes / sizeof *sizes, HEAD_SIZE = 16 };

static void bits_come_back(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    uint64_t seed = 51;
    for (size_t i = 0; i < SIZES; i++) {
        text packed;
        uint64_t *set = bits_new(&call, sizes[i]), *back;
        for (size_t at = 0; at < sizes[i]; at++)
            if (test_random(&seed, 3) == 0)
                bits_set(set, at);
        assert_done(&call, column_pack_bits(&call, set, sizes[i], &packed));
        assert_int_equal(packed.size, HEAD_SIZE + bits_words(sizes[i]) * 8);
        assert_done(&call, column_unpack_bits(&call, "passed", packed, sizes[i], &back));
        assert_memory_equal(set, back, bits_words(sizes[i]) * 8);
    }
    call_release(&call);
}

static void bits_beyond_the_count_are_refused(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    uint64_t set[] = { 1, 0x20 }, *back;
    text packed;
    assert_done(&call, column_pack_bits(&call, set, 70, &packed));
    assert_done(&call, column_unpack_bits(&call, "passed", packed, 70, &back));
    assert_done(&call, column_pack_bits(&call, set, 69, &packed));
    assert_false(column_unpack_bits(&call, "passed", packed, 69, &back));
    assert_refused(&call, FAIL_STORE, "column 'passed' is damaged");
    call_release(&call);
}

static bool same_real(double a, double b)
{
    return isnan(a) ? isnan(b) : memcmp(&a, &b, sizeof a) == 0;
}

/* Packs, unpacks, compares, and says how many bytes a value takes. */
static size_t real_width(const double *value, uint32_t count)
{
    struct call call;
    test_call_init(&call);
    text packed;
    double *back;
    assert_done(&call, column_pack_reals(&call, value, count, &packed));
    assert_done(&call, column_unpack_reals(&call, "score", packed, count, &back));
    for (size_t i = 0; i < count; i++)
        assert_true(same_real(value[i], back[i]));
    size_t width = packed.at ? (packed.size - HEAD_SIZE) / count : 0;
    call_release(&call);
    return width;
}

static void reals_take_the_smallest_form_that_keeps_them(void **state)
{
    (void)state;
    const double scores[] = { 0, 0.5, 0.87, -1, NAN, 3.2767 }, too_fine[] = { 0.87, 0.12345 };
    assert_int_equal(real_width(scores, 6), 2);
    assert_int_equal(real_width(too_fine, 2), 8);
    const double whole[] = { 32767, -32767, NAN }, larger[] = { 32768 }, lowest[] = { -32768 };
    assert_int_equal(real_width(whole, 3), 2);
    assert_int_equal(real_width(larger, 1), 4);
    assert_int_equal(real_width(lowest, 1), 4); /* its 16 bits mean unknown */
    const double wide_and_fine[] = { 0.1234, 300 };
    assert_int_equal(real_width(wide_and_fine, 2), 8);
    const double halves[] = { 0.0009765625, NAN, 65536 }, long_decimal[] = { 1.0 / 3 };
    assert_int_equal(real_width(halves, 3), 4);
    assert_int_equal(real_width(long_decimal, 1), 8);
}

static void odd_reals_keep_their_bits(void **state)
{
    (void)state;
    const double zero[] = { -0.0 }, endless[] = { INFINITY, -INFINITY };
    const double huge[] = { DBL_MAX, DBL_TRUE_MIN };
    assert_int_equal(real_width(zero, 1), 4);
    assert_int_equal(real_width(endless, 2), 4);
    assert_int_equal(real_width(huge, 2), 8);
}

static void all_unknown_is_no_column_at_all(void **state)
{
    (void)state;
    const double unknown[] = { NAN, NAN, NAN }, nearly[] = { NAN, 0, NAN };
    assert_int_equal(real_width(unknown, 3), 0);
    assert_int_equal(real_width(NULL, 0), 0);
    assert_int_equal(real_width(nearly, 3), 2);
}

static void random_reals_come_back(void **state)
{
    (void)state;
    uint64_t seed = 52;
    static double value[300];
    for (size_t round = 0; round < 200; round++) {
        double power = (const double[]){ 1, 10, 100, 1000, 10000, 1024, 3 }[round % 7];
        uint32_t count = sizes[1 + round % 5], reach = round % 2 ? 20000 : 2000000;
        for (size_t i = 0; i < count; i++)
            value[i] = test_random(&seed, 9) ? test_random(&seed, reach) / power : NAN;
        real_width(value, count);
    }
}

static size_t number_width(const uint32_t *value, uint32_t count)
{
    struct call call;
    test_call_init(&call);
    text packed;
    uint32_t *back;
    assert_done(&call, column_pack_numbers(&call, value, count, &packed));
    assert_done(&call, column_unpack_numbers(&call, "trial", packed, count, &back));
    if (count)
        assert_memory_equal(value, back, count * sizeof *value);
    size_t width = count ? (packed.size - HEAD_SIZE) / count : 0;
    call_release(&call);
    return width;
}

static void numbers_are_narrowed_by_the_largest(void **state)
{
    (void)state;
    const uint32_t byte[] = { 0, 255 }, two[] = { 0, 256 }, two_most[] = { 65535 };
    const uint32_t four[] = { 65536, 1 }, most[] = { UINT32_MAX };
    assert_int_equal(number_width(byte, 2), 1);
    assert_int_equal(number_width(two, 2), 2);
    assert_int_equal(number_width(two_most, 1), 2);
    assert_int_equal(number_width(four, 2), 4);
    assert_int_equal(number_width(most, 1), 4);
    assert_int_equal(number_width(NULL, 0), 0);
}

/* Packs into one call and unpacks after the packed bytes are gone. Gives the packed size. */
static size_t texts_come_back(const text *value, uint32_t count)
{
    struct call call, other;
    test_call_init(&call);
    test_call_init(&other);
    text packed, *back;
    assert_done(&call, column_pack_texts(&call, "model", value, count, &packed));
    size_t size = packed.size;
    text copy = packed.at ? call_text(&call, packed) : TEXT_NONE;
    assert_done(&other, column_unpack_texts(&other, "model", copy, count, &back));
    call_release(&call);
    for (size_t i = 0; i < count; i++) {
        assert_true(text_equal(value[i], back[i]));
        assert_true((value[i].at == NULL) == (back[i].at == NULL));
    }
    call_release(&other);
    return size;
}

static void texts_come_back_and_none_is_not_empty(void **state)
{
    (void)state;
    const text value[] = { TEXT("b"), TEXT_NONE, TEXT(""), TEXT("a\0b"), TEXT("b"), TEXT("\xff") };
    assert_true(texts_come_back(value, 6) > 0);
    const text none[] = { TEXT_NONE, TEXT_NONE }, empty[] = { TEXT("") };
    assert_int_equal(texts_come_back(none, 2), 0);
    assert_int_equal(texts_come_back(NULL, 0), 0);
    assert_true(texts_come_back(empty, 1) > 0);
}

static void a_text_is_stored_once_and_long_columns_are_compressed(void **state)
{
    (void)state;
    static text value[70000];
    for (size_t i = 0; i < 70000; i++)
        value[i] = i % 2 ? TEXT("model-a") : TEXT("model-b");
    assert_true(texts_come_back(value, 70000) < 1000);
    for (size_t i = 0; i < 300; i++)
        value[i] = (text){ "0123456789abcdefghijklmnopqrstuvwxyz" + i % 30, 1 + i % 6 };
    assert_true(texts_come_back(value, 300) < 700);
}

static void many_distinct_texts_widen_the_index(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < SIZES; i++) {
        text *value = call_array(&call, sizes[i], sizeof *value);
        for (size_t at = 0; at < sizes[i]; at++)
            value[at] = at % 7 == 6 ? TEXT_NONE : call_format(&call, "case %zu", at);
        texts_come_back(value, sizes[i]);
    }
    call_release(&call);
}

/* Four columns of 70 values, one of each kind. */
static void pack_all(struct call *call, text packed[4])
{
    uint64_t *set = bits_new(call, 70);
    double *real = call_array(call, 70, sizeof *real);
    uint32_t *number = call_array(call, 70, sizeof *number);
    text *view = call_array(call, 70, sizeof *view);
    for (size_t i = 0; i < 70; i++) {
        bits_set(set, i);
        real[i] = (double)i / 10;
        number[i] = (uint32_t)i * 3;
        view[i] = call_format(call, "text %zu", i / 2);
    }
    assert_done(call, column_pack_bits(call, set, 70, &packed[0]));
    assert_done(call, column_pack_reals(call, real, 70, &packed[1]));
    assert_done(call, column_pack_numbers(call, number, 70, &packed[2]));
    assert_done(call, column_pack_texts(call, "c", view, 70, &packed[3]));
}

static bool unpacks(struct call *call, size_t kind, text packed, uint32_t count)
{
    uint64_t *set;
    double *real;
    uint32_t *number;
    text *view;
    switch (kind) {
    case 0:
        return column_unpack_bits(call, "c", packed, count, &set);
    case 1:
        return column_unpack_reals(call, "c", packed, count, &real);
    case 2:
        return column_unpack_numbers(call, "c", packed, count, &number);
    default:
        return column_unpack_texts(call, "c", packed, count, &view);
    }
}

static void a_column_of_another_kind_or_count_is_refused(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text packed[4];
    pack_all(&call, packed);
    for (size_t kind = 0; kind < 4; kind++) {
        assert_done(&call, unpacks(&call, kind, packed[kind], 70));
        assert_false(unpacks(&call, kind, packed[kind], 71));
        assert_refused(&call, FAIL_STORE, "column 'c' is damaged");
        assert_false(unpacks(&call, kind, packed[(kind + 1) % 4], 70));
        assert_refused(&call, FAIL_STORE, "column 'c' is damaged");
        assert_false(unpacks(&call, kind, TEXT(""), 70));
        assert_refused(&call, FAIL_STORE, "column 'c' is damaged");
    }
    call_release(&call);
}

static void every_cut_and_every_changed_bit_is_refused(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text packed[4];
    pack_all(&call, packed);
    for (size_t kind = 0; kind < 4; kind++) {
        for (size_t size = 0; size < packed[kind].size; size++) {
            char *cut = malloc(size + 1); /* its own piece, so that the sanitizer sees its end */
            memcpy(cut, packed[kind].at, size);
            assert_false(unpacks(&call, kind, (text){ cut, size }, 70));
            assert_refused(&call, FAIL_STORE, "column 'c' is damaged");
            free(cut);
        }
        for (size_t bit = 0; bit < packed[kind].size * 8; bit++) {
            char *byte = (char *)(uintptr_t)packed[kind].at + bit / 8;
            *byte = (char)(*byte ^ 1 << bit % 8);
            assert_false(unpacks(&call, kind, packed[kind], 70));
            assert_refused(&call, FAIL_STORE, "column 'c' is damaged");
            *byte = (char)(*byte ^ 1 << bit % 8);
        }
        assert_done(&call, unpacks(&call, kind, packed[kind], 70));
    }
    call_release(&call);
}

static void little_memory_is_a_failure_and_never_half_a_column(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text packed[4];
    pack_all(&call, packed);
    for (size_t kind = 0; kind < 4; kind++) {
        bool is_done = false;
        for (size_t limit = 0; limit < 20000 && !is_done; limit += 16) {
            struct call small;
            call_init(&small, limit);
            is_done = unpacks(&small, kind, packed[kind], 70);
            if (!is_done)
                assert_refused(&small, FAIL_TOO_LARGE, "one request may use");
            call_release(&small);
        }
        assert_true(is_done);
    }
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_come_back),
        cmocka_unit_test(bits_beyond_the_count_are_refused),
        cmocka_unit_test(reals_take_the_smallest_form_that_keeps_them),
        cmocka_unit_test(odd_reals_keep_their_bits),
        cmocka_unit_test(all_unknown_is_no_column_at_all),
        cmocka_unit_test(random_reals_come_back),
        cmocka_unit_test(numbers_are_narrowed_by_the_largest),
        cmocka_unit_test(texts_come_back_and_none_is_not_empty),
        cmocka_unit_test(a_text_is_stored_once_and_long_columns_are_compressed),
        cmocka_unit_test(many_distinct_texts_widen_the_index),
        cmocka_unit_test(a_column_of_another_kind_or_count_is_refused),
        cmocka_unit_test(every_cut_and_every_changed_bit_is_refused),
        cmocka_unit_test(little_memory_is_a_failure_and_never_half_a_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

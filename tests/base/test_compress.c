/* Packing and unpacking: what comes back, and what is refused. */
#include "base/compress.h"
#include "support/support.h"

static struct call call;

static int begin(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static text packed_of(text plain)
{
    text packed = TEXT_NONE;
    assert_done(&call, compress(&call, plain, &packed));
    return packed;
}

static void what_is_packed_comes_back(void **state)
{
    (void)state;
    char *large = call_take(&call, 1000000);
    for (size_t i = 0; i < 1000000; i++)
        large[i] = (char)('a' + i * i % 23);
    const text cases[] = { TEXT(""), TEXT_NONE, TEXT("a"), TEXT("a\0b"), { large, 1000000 } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        text plain = TEXT_NONE;
        text packed = packed_of(cases[i]);
        assert_done(&call, decompress(&call, packed, cases[i].size, &plain));
        assert_true(text_equal(plain, cases[i]));
        assert_non_null(plain.at);
    }
    assert_true(packed_of(cases[4]).size < 100000);
}

static void a_piece_that_claims_too_much_is_refused(void **state)
{
    (void)state;
    text plain;
    text packed = packed_of(TEXT("twelve bytes"));
    assert_true(decompress(&call, packed, 12, &plain));
    assert_false(decompress(&call, packed, 11, &plain));
    assert_refused(&call, FAIL_TOO_LARGE, "12 bytes, more than the 11");
}

static void every_damage_is_noticed(void **state)
{
    (void)state;
    text plain;
    text packed = packed_of(TEXT("the quick brown fox jumps over the lazy dog"));
    char *damaged = call_take(&call, packed.size);
    for (size_t i = 0; i < packed.size; i++) {
        memcpy(damaged, packed.at, packed.size);
        damaged[i] ^= 0x11;
        assert_false(decompress(&call, (text){ damaged, packed.size }, 1000, &plain));
        fail_clear(&call);
        assert_false(decompress(&call, text_until(packed, i), 1000, &plain));
        assert_refused(&call, FAIL_STORE, "is damaged");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_packed_comes_back, begin, end),
        cmocka_unit_test_setup_teardown(a_piece_that_claims_too_much_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(every_damage_is_noticed, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Digests: known answers, borders between parts, hexadecimal. */
#include "base/hash.h"
#include "support/support.h"

static void assert_hash(struct hash hash, const char *written)
{
    char room[HASH_TEXT_SIZE];
    hash_write(&hash, room);
    assert_string_equal(room, written);
}

static void known_texts_have_known_digests(void **state)
{
    (void)state;
    assert_hash(hash_sha256(TEXT("")),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash(hash_sha256(TEXT_NONE),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash(hash_sha256(TEXT("abc")),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash(hash_strong(TEXT("abc")),
                "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_true(hash_quick(TEXT(""), 0) == 0x2D06800538D394C2u);
}

static void the_seed_and_every_byte_count(void **state)
{
    (void)state;
    assert_true(hash_quick(TEXT("abc"), 1) == hash_quick(TEXT("abc"), 1));
    assert_true(hash_quick(TEXT("abc"), 1) != hash_quick(TEXT("abc"), 2));
    assert_true(hash_quick(TEXT("abc"), 1) != hash_quick(TEXT("abd"), 1));
}

static void moving_a_border_changes_the_digest(void **state)
{
    (void)state;
    const text a[] = { TEXT("ab"), TEXT("c") }, b[] = { TEXT("a"), TEXT("bc") };
    struct hash first = hash_strong_parts(a, 2), second = hash_strong_parts(b, 2);
    struct hash again = hash_strong_parts(a, 2), fewer = hash_strong_parts(a, 1);
    assert_memory_equal(first.byte, again.byte, HASH_SIZE);
    assert_memory_not_equal(first.byte, second.byte, HASH_SIZE);
    assert_memory_not_equal(first.byte, fewer.byte, HASH_SIZE);
}

static void a_digest_is_read_back_and_nothing_else_is(void **state)
{
    (void)state;
    struct hash hash = hash_sha256(TEXT("x")), read = { { 0 } };
    char room[HASH_TEXT_SIZE];
    hash_write(&hash, room);
    assert_true(hash_read(text_of(room), &read));
    assert_memory_equal(hash.byte, read.byte, HASH_SIZE);
    assert_false(hash_read(text_until(text_of(room), 63), &read));
    room[10] = 'g';
    assert_false(hash_read(text_of(room), &read));
    assert_false(hash_read(TEXT_NONE, &read));
    assert_memory_equal(hash.byte, read.byte, HASH_SIZE);
}

static void random_bytes_do_not_repeat(void **state)
{
    (void)state;
    char first[32] = { 0 }, second[32] = { 0 };
    random_bytes(first, sizeof first);
    random_bytes(second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_texts_have_known_digests),
        cmocka_unit_test(the_seed_and_every_byte_count),
        cmocka_unit_test(moving_a_border_changes_the_digest),
        cmocka_unit_test(a_digest_is_read_back_and_nothing_else_is),
        cmocka_unit_test(random_bytes_do_not_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

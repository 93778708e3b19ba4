/*
 * Distinct texts by number: first appearance decides, copies are the call's, growth moves nothing.
 */
#include "engine/lexicon.h"

#include "support/runs.h"

static void numbers_follow_first_appearance(void **state)
{
    (void)state;
    struct call call;
    struct lexicon lexicon = { .count = 0 };
    test_call_init(&call);
    assert_int_equal(lexicon_add(&call, &lexicon, TEXT("b")), 0);
    assert_int_equal(lexicon_add(&call, &lexicon, TEXT("a")), 1);
    assert_int_equal(lexicon_add(&call, &lexicon, TEXT("b")), 0);
    assert_int_equal(lexicon.count, 2);
    assert_int_equal(lexicon_find(&lexicon, TEXT("a")), 1);
    assert_true(lexicon_find(&lexicon, TEXT("c")) == LEXICON_NONE);
    assert_true(lexicon_find(&lexicon, TEXT("A")) == LEXICON_NONE);
    assert_int_equal(call.fail.kind, FAIL_NONE);
    lexicon_release(&lexicon);
    call_release(&call);
}

static void an_empty_lexicon_knows_nothing(void **state)
{
    (void)state;
    struct lexicon lexicon = { .count = 0 };
    assert_true(lexicon_find(&lexicon, TEXT("")) == LEXICON_NONE);
    lexicon_release(&lexicon);
    assert_int_equal(lexicon.room, 0);
}

static void the_empty_text_and_bytes_of_any_kind_are_words(void **state)
{
    (void)state;
    struct call call;
    struct lexicon lexicon = { .count = 0 };
    test_call_init(&call);
    assert_int_equal(lexicon_add(&call, &lexicon, TEXT("")), 0);
    assert_int_equal(lexicon_add(&call, &lexicon, (text){ "a\0b", 3 }), 1);
    assert_int_equal(lexicon_add(&call, &lexicon, (text){ "a\0c", 3 }), 2);
    assert_int_equal(lexicon_find(&lexicon, (text){ "a\0b", 3 }), 1);
    assert_int_equal(lexicon_find(&lexicon, TEXT("")), 0);
    assert_true(lexicon_find(&lexicon, TEXT("a")) == LEXICON_NONE);
    lexicon_release(&lexicon);
    call_release(&call);
}

static void words_are_copied(void **state)
{
    (void)state;
    struct call call;
    struct lexicon lexicon = { .count = 0 };
    char word[] = "case-1";
    test_call_init(&call);
    lexicon_add(&call, &lexicon, text_of(word));
    word[5] = '2';
    assert_text(lexicon.word[0], "case-1");
    assert_int_equal(lexicon_add(&call, &lexicon, text_of(word)), 1);
    lexicon_release(&lexicon);
    call_release(&call);
}

/* Against the obvious list, through several growths. */
static void growth_keeps_every_number(void **state)
{
    (void)state;
    enum { DRAWS = 4000, WORDS = 1500 };
    static int number_of[WORDS];
    struct call call;
    struct lexicon lexicon = { .count = 0 };
    uint64_t seed = 7;
    int known = 0;
    test_call_init(&call);
    memset(number_of, 0xFF, sizeof number_of);
    for (int i = 0; i < DRAWS; i++) {
        char word[16];
        int draw = (int)test_random(&seed, WORDS);
        snprintf(word, sizeof word, "w%d", draw);
        if (number_of[draw] < 0)
            assert_true(lexicon_find(&lexicon, text_of(word)) == LEXICON_NONE);
        uint32_t number = lexicon_add(&call, &lexicon, text_of(word));
        if (number_of[draw] < 0)
            number_of[draw] = known++;
        assert_int_equal(number, number_of[draw]);
        assert_text(lexicon.word[number], word);
    }
    assert_int_equal(lexicon.count, known);
    for (int i = 0; i < WORDS; i++) {
        char word[16];
        snprintf(word, sizeof word, "w%d", i);
        assert_int_equal((int)lexicon_find(&lexicon, text_of(word)), number_of[i]);
    }
    lexicon_release(&lexicon);
    call_release(&call);
}

static void a_word_that_finds_no_memory_leaves_the_others(void **state)
{
    (void)state;
    struct call call;
    struct lexicon lexicon = { .count = 0 };
    char large[2000];
    memset(large, 'x', sizeof large);
    call_init(&call, 1024);
    assert_int_equal(lexicon_add(&call, &lexicon, TEXT("small")), 0);
    assert_true(lexicon_add(&call, &lexicon, (text){ large, sizeof large }) == LEXICON_NONE);
    assert_refused(&call, FAIL_TOO_LARGE, "more than");
    assert_int_equal(lexicon.count, 1);
    assert_true(lexicon_find(&lexicon, (text){ large, sizeof large }) == LEXICON_NONE);
    assert_int_equal(lexicon_add(&call, &lexicon, TEXT("next")), 1);
    lexicon_release(&lexicon);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_first_appearance),
        cmocka_unit_test(an_empty_lexicon_knows_nothing),
        cmocka_unit_test(the_empty_text_and_bytes_of_any_kind_are_words),
        cmocka_unit_test(words_are_copied),
        cmocka_unit_test(growth_keeps_every_number),
        cmocka_unit_test(a_word_that_finds_no_memory_leaves_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

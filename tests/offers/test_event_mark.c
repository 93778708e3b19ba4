/* Marks: what they say comes back, what they hide stays hidden, what is forged is known. */
#include "offers/event_mark.h"

#include "store/setting.h"
#include "support/support.h"
#include "support/test_doors.h"

static struct hash key_of(unsigned char byte)
{
    struct hash key;
    memset(key.byte, byte, sizeof key.byte);
    return key;
}

static void a_mark_comes_back_as_it_was(void **state)
{
    (void)state;
    static const struct event_mark marks[] = {
        { 0, 0 }, { 1, 2 }, { 123456789, 7 }, { INT64_MAX, INT64_MAX }
    };
    const struct hash key = key_of(7);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char word[EVENT_MARK_SIZE];
        struct event_mark read = { .line = 99 };
        event_mark_write(&key, &marks[i], word);
        assert_true(event_mark_read(&key, text_of(word), &read));
        assert_int_equal(read.line, marks[i].line);
        assert_int_equal(read.job, marks[i].job);
    }
}

static void the_same_place_never_reads_alike(void **state)
{
    (void)state;
    const struct hash key = key_of(7);
    const struct event_mark mark = { 5, 6 };
    char first[EVENT_MARK_SIZE], second[EVENT_MARK_SIZE];
    event_mark_write(&key, &mark, first);
    event_mark_write(&key, &mark, second);
    assert_string_not_equal(first, second);
    assert_string_not_equal(first + 16, second + 16);
}

static void what_is_forged_is_refused(void **state)
{
    (void)state;
    const struct hash key = key_of(7), other = key_of(8);
    const struct event_mark mark = { 5, 6 };
    struct event_mark read = { .line = 99 };
    char word[EVENT_MARK_SIZE];
    event_mark_write(&key, &mark, word);
    assert_false(event_mark_read(&other, text_of(word), &read));
    assert_false(event_mark_read(&key, text_until(text_of(word), 62), &read));
    assert_false(event_mark_read(&key, TEXT(""), &read));
    assert_false(event_mark_read(&key, TEXT("12"), &read));
    for (int i = 0; word[i]; i++) {
        char before = word[i];
        word[i] = before == '0' ? '1' : '0';
        assert_false(event_mark_read(&key, text_of(word), &read));
        word[i] = before;
    }
    assert_int_equal(read.line, 99);
    assert_true(event_mark_read(&key, text_of(word), &read));
}

static void a_workspace_keeps_the_key_that_it_made_first(void **state)
{
    struct test_doors *test = *state;
    struct hash first, second;
    assert_false(event_mark_key(&test->call, &first));
    assert_refused(&test->call, FAIL_INTERNAL, "start the server again");
    test_doors_renew(test);
    assert_done(&test->call, event_mark_make_key(&test->call));
    assert_done(&test->call, event_mark_key(&test->call, &first));
    test_doors_renew(test);
    assert_done(&test->call, event_mark_make_key(&test->call));
    assert_done(&test->call, event_mark_key(&test->call, &second));
    assert_memory_equal(&first, &second, sizeof first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_comes_back_as_it_was),
        cmocka_unit_test(the_same_place_never_reads_alike),
        cmocka_unit_test(what_is_forged_is_refused),
        WITH_DOORS(a_workspace_keeps_the_key_that_it_made_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
